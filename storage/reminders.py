"""Reminders: rows with a state, so that nobody is asked twice and every silence has a reason.

planned → claimed → sending (a commit of its own) → sent. A stale claim is planned again, a stale
sending becomes unknown and is never sent again. Each other state ends a row, with its reason.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from storage.reminder_rows import Outcome, Plan, Reminder, State, reminder_of
from storage.times import maybe_from_micros, to_micros
from storage.transaction import Reading, Transaction


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
            ladder=one.ladder,
        )


async def plan_next(tx: Transaction, nexts: Iterable[tuple[Reminder, datetime, datetime]]) -> None:
    """Plan the step after each of these rows, for the same chat and under the same ladder.

    Args:
        nexts: with each row the due time of its next step, and until when that makes sense.
    """
    rows = [
        (
            before.id,
            before.step + 1,
            f"{before.kind}:{before.person_id}:{before.cycle}:{before.step + 1}",
            to_micros(due_at),
            to_micros(not_after),
        )
        for before, due_at, not_after in nexts
    ]
    if rows:
        await tx.all("reminders.plan_next", rows=json.dumps(rows))


async def claim_due(tx: Transaction, now: datetime, most: int, fencing: int = 0) -> list[Reminder]:
    """Take what is due, earliest first; two claimers never get the same row.

    Args:
        fencing: the number of the lease under which it is claimed.
    """
    rows = await tx.all("reminders.claim_due", now=to_micros(now), most=most, fencing=fencing)
    return sorted(map(reminder_of, rows), key=lambda reminder: (reminder.due_at, reminder.id))


async def start_sending(
    tx: Transaction, wordings: Mapping[str, str], now: datetime, fencing: int = 0
) -> set[str]:
    """Note that claimed rows are being sent; return those that are still ours to send.

    Args:
        wordings: by the id of a row, which text goes out.
    """
    if not wordings:
        return set()
    rows = json.dumps(list(wordings.items()))
    found = await tx.all("reminders.start_sending", rows=rows, now=to_micros(now), fencing=fencing)
    return {row["id"] for row in found}


async def settle(tx: Transaction, outcomes: Iterable[Outcome]) -> set[str]:
    """Note what became of messages; return the rows that were not ended meanwhile by an answer."""
    rows = [
        (one.id, one.state, one.reason, None if one.sent_at is None else to_micros(one.sent_at))
        for one in outcomes
    ]
    if not rows:
        return set()
    found = await tx.all("reminders.settle", rows=json.dumps(rows, ensure_ascii=False))
    return {row["id"] for row in found}


async def not_taken(tx: Transaction, reminder_id: str, until: datetime, reason: str) -> bool:
    """Plan a row again that the channel did not take."""
    row = await tx.one(
        "reminders.not_taken", id=reminder_id, due_at=to_micros(until), reason=reason
    )
    return row is not None


async def mark(
    tx: Transaction, reminder_id: str, *, was: State, state: State, reason: str = ""
) -> bool:
    """Move a row on; False when it is not in state `was` any more."""
    row = await tx.one("reminders.mark", id=reminder_id, was=was, state=state, reason=reason)
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
        False when a report answered it, it is being sent just now, or its wave was stopped.
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


async def call_off_after(tx: Transaction, row: Reminder, reason: str) -> None:
    """Call off what is planned beyond a step, because that step comes again."""
    await tx.all(
        "reminders.call_off_after",
        person_id=row.person_id,
        kind=row.kind,
        cycle=row.cycle,
        step=row.step,
        reason=reason,
    )


async def settle_stale(tx: Transaction, fencing: int) -> tuple[int, list[Reminder]]:
    """Free what holders of earlier leases left behind: no clock is asked.

    Returns:
        How many claims are planned again, and the rows that were being sent, now `unknown`.
    """
    released = await tx.all("reminders.release_claimed", fencing=fencing)
    given_up = await tx.all("reminders.give_up_sending", fencing=fencing)
    return len(released), [reminder_of(row) for row in given_up]


async def release(tx: Transaction, fencing: int) -> None:
    """Plan again what was claimed under this lease or an earlier one and not sent."""
    await tx.all("reminders.release_claimed", fencing=fencing + 1)


async def end_open(
    tx: Transaction, person_id: str, cycle: int, state: State, reason: str = ""
) -> None:
    """End what is open for a person up to a cycle: `answered`, `muted`, `cleared`."""
    await tx.all(
        "reminders.end_open", person_id=person_id, cycle=cycle, state=state, reason=reason
    )


async def hand_on(tx: Transaction, from_person_id: str, person_id: str) -> None:
    """Make the rows of one person those of another, the same one after all, who has answered."""
    await tx.all("reminders.hand_on", person_id=person_id, from_person_id=from_person_id)


async def opened(tx: Transaction, person_id: str, now: datetime) -> None:
    """Note that somebody did something about what was sent about a person."""
    await tx.all("reminders.opened", person_id=person_id, now=to_micros(now))


async def opened_in(tx: Transaction, chat_id: str, now: datetime) -> None:
    """Note that somebody did something about what was sent to a chat."""
    await tx.all("reminders.opened_in", chat_id=chat_id, now=to_micros(now))


async def get(reading: Reading, reminder_id: str) -> Reminder | None:
    """Return a row by its id."""
    row = await reading.one("reminders.get", id=reminder_id)
    return None if row is None else reminder_of(row)


async def next_due_at(reading: Reading) -> datetime | None:
    """Return when the next planned row is due; None when none is planned."""
    row = await reading.one("reminders.next_due")
    return None if row is None else maybe_from_micros(row["due_at"])


async def of_person(reading: Reading, person_id: str) -> list[Reminder]:
    """Return the rows of a person, by due time."""
    return [
        reminder_of(row) for row in await reading.all("reminders.of_person", person_id=person_id)
    ]


async def by_state(reading: Reading) -> dict[tuple[State, str], int]:
    """Return how many rows are in which state for which reason."""
    rows = await reading.all("reminders.by_state")
    return {(row["state"], row["reason"]): row["total"] for row in rows}
