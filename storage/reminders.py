"""Reminders: rows with a state, so that nobody is asked twice and every silence has a reason.

planned → claimed → sending (a commit of its own) → sent. A stale claim is planned again, a stale
sending becomes unknown and is never sent again. Each other state ends a row, with its reason.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from storage.times import from_micros, to_micros
from storage.transaction import Reading, Row, Transaction

State = Literal[
    "planned",
    "claimed",
    "sending",
    "sent",
    "answered",
    "cleared",
    "muted",
    "blocked",
    "failed",
    "expired",
    "unknown",
]


@dataclass(frozen=True, slots=True)
class Plan:
    """A prompt to come; after `not_after` it is not sent any more."""

    kind: str
    cycle: int
    step: int
    due_at: datetime
    not_after: datetime


@dataclass(frozen=True, slots=True)
class Reminder:
    """One row; its id is `kind:person:cycle:step`."""

    id: str
    kind: str
    person_id: str
    chat_id: str | None
    cycle: int
    step: int
    due_at: datetime
    not_after: datetime
    state: State
    reason: str
    attempts: int


async def plan(
    tx: Transaction, person_id: str, chat_id: str | None, plans: Iterable[Plan]
) -> None:
    """Keep what is to be sent; what was called off comes back, what was sent does not."""
    for one in plans:
        await tx.one(
            "reminders.plan",
            id=f"{one.kind}:{person_id}:{one.cycle}:{one.step}",
            kind=one.kind,
            person_id=person_id,
            chat_id=chat_id,
            cycle=one.cycle,
            step=one.step,
            due_at=to_micros(one.due_at),
            not_after=to_micros(one.not_after),
        )


async def claim_due(tx: Transaction, now: datetime, most: int) -> list[Reminder]:
    """Take what is due, earliest first; two claimers never get the same row."""
    rows = await tx.all("reminders.claim_due", now=to_micros(now), most=most)
    return sorted(map(_reminder, rows), key=lambda reminder: (reminder.due_at, reminder.id))


async def mark(
    tx: Transaction,
    reminder_id: str,
    *,
    was: State,
    state: State,
    reason: str = "",
    now: datetime,
) -> bool:
    """Move a row on; False when it is not in state `was` any more."""
    at = to_micros(now)
    row = await tx.one(
        "reminders.mark",
        id=reminder_id,
        was=was,
        state=state,
        reason=reason,
        claimed_at=at if state == "sending" else None,
        sent_at=at if state == "sent" else None,
    )
    return row is not None


async def put_off(
    tx: Transaction,
    reminder_id: str,
    until: datetime,
    reason: str,
    *,
    not_after: datetime | None = None,
) -> bool:
    """Plan a claimed row for later (quiet hours, a conversation is going on, a pause).

    Args:
        not_after: until when it makes sense, if that is later than it was.
    """
    row = await tx.one(
        "reminders.put_off",
        id=reminder_id,
        due_at=to_micros(until),
        not_after=to_micros(not_after) if not_after else 0,
        reason=reason,
    )
    return row is not None


async def move(
    tx: Transaction,
    reminder_id: str,
    *,
    due_at: datetime,
    not_after: datetime,
    reason: str,
    chat_id: str | None,
) -> bool:
    """Plan a row anew at the person's wish, even one that was sent or muted.

    Returns:
        False when a report answered it, or it is being sent just now.
    """
    row = await tx.one(
        "reminders.move",
        id=reminder_id,
        due_at=to_micros(due_at),
        not_after=to_micros(not_after),
        reason=reason,
        chat_id=chat_id,
    )
    return row is not None


async def settle_stale(tx: Transaction, before: datetime) -> tuple[int, int]:
    """Return to `planned` what was claimed, and to `unknown` what was sending, before then."""
    at = to_micros(before)
    released = await tx.all("reminders.release_claimed", before=at)
    given_up = await tx.all("reminders.give_up_sending", before=at)
    return len(released), len(given_up)


async def end_open(
    tx: Transaction, person_id: str, cycle: int, state: State, reason: str = ""
) -> None:
    """End what is open for a person up to a cycle: `answered`, `muted`, `cleared`."""
    await tx.all(
        "reminders.end_open", person_id=person_id, cycle=cycle, state=state, reason=reason
    )


async def of_person(reading: Reading, person_id: str) -> list[Reminder]:
    """Return the rows of a person, by due time."""
    return [
        _reminder(row) for row in await reading.all("reminders.of_person", person_id=person_id)
    ]


async def by_state(reading: Reading) -> dict[tuple[State, str], int]:
    """Return how many rows are in which state for which reason."""
    rows = await reading.all("reminders.by_state")
    return {(row["state"], row["reason"]): row["total"] for row in rows}


def _reminder(row: Row) -> Reminder:
    """Return the reminder of a row."""
    return Reminder(
        row["id"],
        row["kind"],
        row["person_id"],
        row["chat_id"],
        row["cycle"],
        row["step"],
        from_micros(row["due_at"]),
        from_micros(row["not_after"]),
        row["state"],
        row["reason"],
        row["attempts"],
    )
