"""What a row of the reminders holds, what is planned into it and what comes of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from storage.times import from_micros, maybe_from_micros
from storage.transaction import Row

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
    """A prompt to come; after `not_after` it is not sent any more. `ladder` is a version."""

    kind: str
    cycle: int
    step: int
    due_at: datetime
    not_after: datetime
    ladder: str = ""


@dataclass(frozen=True, slots=True)
class Reminder:
    """One row; its id is `kind:person:cycle:step`, of a follow-up `kind:person:cycle:wave`.

    Args of the constructor, where not plain:
        wave_id: the wave that it belongs to, None for one planned by itself.
        ladder: version of the ladder that its step is one of, "" for none.
        wording: which text went out, as `key@version`; "" before it did.
        sent_at: when it was handed to the channel, None when it never was.
        opened_at: when whoever got it first did something about it.
    """

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
    wave_id: str | None = None
    ladder: str = ""
    wording: str = ""
    sent_at: datetime | None = None
    opened_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a row that was being sent; without `sent_at` it was no contact."""

    id: str
    state: State
    reason: str
    sent_at: datetime | None


def reminder_of(row: Row) -> Reminder:
    """Return the reminder of a row."""
    return Reminder(
        id=row["id"],
        kind=row["kind"],
        person_id=row["person_id"],
        chat_id=row["chat_id"],
        cycle=row["cycle"],
        step=row["step"],
        due_at=from_micros(row["due_at"]),
        not_after=from_micros(row["not_after"]),
        state=row["state"],
        reason=row["reason"],
        attempts=row["attempts"],
        wave_id=row["wave_id"],
        ladder=row["ladder"],
        wording=row["wording"],
        sent_at=maybe_from_micros(row["sent_at"]),
        opened_at=maybe_from_micros(row["opened_at"]),
    )
