"""Rules of the yearly reminder: when it is due, and whether it may go out now.

Dates are local calendar dates of the person's station, instants are aware UTC. The decision is
taken again at the moment of sending, because between planning and sending a year goes by.
"""

import zlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final, Literal

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


def slot(person_id: str, hours: Hours) -> int:
    """Return the person's place in the open hours, in seconds after they open.

    A stable hash of the person, so that a county does not hear from us in one minute and
    planning twice gives the same row.
    """
    opens = timedelta(hours=hours.opens.hour, minutes=hours.opens.minute)
    closes = timedelta(hours=hours.closes.hour, minutes=hours.closes.minute)
    return zlib.crc32(person_id.encode()) % max(1, int((closes - opens).total_seconds()))


def due_at(update_on: date, person_id: str, hours: Hours, zone: tzinfo) -> datetime:
    """Return the instant (UTC) of the reminder: that day, at the person's slot."""
    opens = datetime.combine(update_on, hours.opens, zone)
    return (opens + timedelta(seconds=slot(person_id, hours))).astimezone(UTC)


# What becomes of a due reminder, in the states of the ledger: "planned" is to wait.
Course = Literal["sending", "planned", "answered", "cleared", "blocked", "expired"]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the person at the moment of sending.

    Args of the constructor:
        reported_cycle: the cycle of the last report, None when there is none any more.
        is_active: in range and not erased.
        can_prompt: the chat's channel can be written to first.
        is_blocked: the chat does not take messages.
        last_turn_at: when the chat last said something in an interview that is still open.
    """

    reported_cycle: int | None
    is_active: bool
    can_prompt: bool
    is_blocked: bool
    last_turn_at: datetime | None


@dataclass(frozen=True, slots=True)
class Prompt:
    """The reminder in question: for which cycle, and until when it makes sense."""

    cycle: int
    not_after: datetime


@dataclass(frozen=True, slots=True)
class Decision:
    """A course and its reason, in words for the ledger."""

    course: Course
    reason: str


def decide(prompt: Prompt, facts: Facts, now: datetime, hours: Hours, zone: tzinfo) -> Decision:
    """Decide what becomes of a claimed reminder; every answer carries its reason."""
    if not facts.is_active or facts.reported_cycle is None:
        return Decision("cleared", "person left the range or withdrew")
    if facts.reported_cycle >= prompt.cycle:
        return Decision("answered", "reported in this cycle")
    if now > prompt.not_after:
        return Decision("expired", "its time went by")
    if not facts.can_prompt:
        return Decision("blocked", "no channel that can be prompted")
    if facts.is_blocked:
        return Decision("blocked", "the chat blocked the bot")
    if not hours.hold(now.astimezone(zone)):
        return Decision("planned", "quiet hours")
    if facts.last_turn_at is not None and now - facts.last_turn_at < _TALKING:
        return Decision("planned", "in a conversation")
    return Decision("sending", "due")


def look_again_at(decision: Decision, now: datetime, hours: Hours, zone: tzinfo) -> datetime:
    """Return when a waiting reminder is looked at again: at the next opening, or in a day."""
    if decision.reason != "quiet hours":
        return now + _TALKING
    local = now.astimezone(zone)
    day = local.date() if local.time() < hours.opens else local.date() + timedelta(days=1)
    return datetime.combine(day, hours.opens, zone).astimezone(UTC)
