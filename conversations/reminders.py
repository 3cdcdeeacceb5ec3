"""Rules of the yearly reminder: when it is due, and whether it may go out now.

Dates are local calendar dates of the person's station, instants are aware UTC. The decision is
taken again at the moment of sending, because between planning and sending a year goes by.
"""

import zlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Final

LASTS: Final = timedelta(days=30)
_TALKING: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Hours:
    """The part of a day in which people may be prompted: from `opens`, before `closes`."""

    opens: time = time(9)
    closes: time = time(20)

    def hold(self, local: datetime) -> bool:
        """Tell whether this local moment is inside; outside are the quiet hours."""
        return self.opens <= local.timetz().replace(tzinfo=None) < self.closes


def next_update_on(confirmed_on: date) -> date:
    """Return the day one year later; 29 February becomes 28 February.

    Both are local calendar dates of the person's station, never UTC instants.
    """
    try:
        return confirmed_on.replace(year=confirmed_on.year + 1)
    except ValueError:
        return confirmed_on.replace(year=confirmed_on.year + 1, day=28)


def due_at(update_on: date, person_id: str, hours: Hours, zone: tzinfo) -> datetime:
    """Return the instant of the reminder: that day, spread over the open hours.

    The place inside the hours is a stable hash of the person, so that a county does not hear
    from us in one minute and planning twice gives the same row.
    """
    opens = datetime.combine(update_on, hours.opens, zone)
    closes = datetime.combine(update_on, hours.closes, zone)
    seconds = int((closes - opens).total_seconds())
    spread = timedelta(seconds=zlib.crc32(person_id.encode()) % max(1, seconds))
    return (opens + spread).astimezone(UTC)


def reminder_id(kind: str, person_id: str, cycle: int, step: int) -> str:
    """Return the row's id; insert-or-ignore on it is the guard against sending twice."""
    return f"{kind}:{person_id}:{cycle}:{step}"


class Course(StrEnum):
    """What becomes of a due reminder; the values are states of the ledger."""

    SEND = "sending"
    WAIT = "planned"
    ANSWERED = "answered"
    CLEARED = "cleared"
    BLOCKED = "blocked"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the person at the moment of sending.

    Args of the constructor:
        last_report_at: when the last report was submitted, None when there is none any more.
        planned_from: the report that the reminder was planned from.
        is_active: in range and not erased.
        is_blocked: the chat does not take messages; `can_prompt`: its channel can be prompted.
        last_turn_at: when the chat last said something with an interview open.
    """

    last_report_at: datetime | None
    planned_from: datetime
    is_active: bool
    is_blocked: bool
    can_prompt: bool
    last_turn_at: datetime | None
    not_after: datetime


@dataclass(frozen=True, slots=True)
class Decision:
    """A course and its reason, in words for the ledger."""

    course: Course
    reason: str


def decide(facts: Facts, now: datetime, hours: Hours, zone: tzinfo) -> Decision:
    """Decide what becomes of a claimed reminder; every answer carries its reason."""
    if not facts.is_active or facts.last_report_at is None:
        return Decision(Course.CLEARED, "person left the range or withdrew")
    if facts.last_report_at > facts.planned_from:
        return Decision(Course.ANSWERED, "a newer report exists")
    if now > facts.not_after:
        return Decision(Course.EXPIRED, "its time went by")
    if not facts.can_prompt:
        return Decision(Course.BLOCKED, "no channel that can be prompted")
    if facts.is_blocked:
        return Decision(Course.BLOCKED, "the chat blocked the bot")
    if not hours.hold(now.astimezone(zone)):
        return Decision(Course.WAIT, "quiet hours")
    if facts.last_turn_at is not None and now - facts.last_turn_at < _TALKING:
        return Decision(Course.WAIT, "in a conversation")
    return Decision(Course.SEND, "due")


def look_again_at(decision: Decision, now: datetime, hours: Hours, zone: tzinfo) -> datetime:
    """Return when a waiting reminder is looked at again: at the next opening, or in a day."""
    if decision.reason != "quiet hours":
        return now + _TALKING
    local = now.astimezone(zone)
    day = local.date() if local.time() < hours.opens else local.date() + timedelta(days=1)
    return datetime.combine(day, hours.opens, zone).astimezone(UTC)
