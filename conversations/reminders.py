"""Rules of the yearly reminder: when it is due, and whether it may go out now.

Dates are local calendar dates of the person's station, instants are aware UTC. The decision is
taken again at the moment of sending, because between planning and sending a year goes by.
"""

import zlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Final, Literal, assert_never

from conversations.replies.lunar import spring_festival

LASTS: Final = timedelta(days=30)
# From this day on: never.
NEVER: Final = date.max
_TALKING: Final = timedelta(hours=24)
# Somebody who chose the hour is kept waiting for less.
_TALKING_JUST_NOW: Final = timedelta(hours=1)
_SUNDAY: Final = 6
_MID_MONTH: Final = 15
# The first three days of the year belong to the family, then people still are at home.
_AFTER_NEW_YEAR: Final = timedelta(days=3)


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


@dataclass(frozen=True, slots=True)
class Preference:
    """When somebody wants to be reminded.

    Args of the constructor:
        weekday: 0 is Monday; None for any.
        hour: the full hour from which on, local; None for any.
        paused_until: the day from which on reminders may come again; NEVER for none at all.
    """

    weekday: int | None = None
    hour: int | None = None
    paused_until: date | None = None

    def is_paused(self, today: date) -> bool:
        """Tell whether nothing may come today."""
        return self.paused_until is not None and today < self.paused_until


ANY_TIME: Final = Preference()


def due_at(
    update_on: date,
    person_id: str,
    hours: Hours,
    zone: tzinfo,
    preference: Preference = ANY_TIME,
) -> datetime:
    """Return the instant (UTC) of the reminder: that day, at the person's slot.

    A chosen weekday is the first one from that day on. A chosen hour spreads people over that
    hour; one that the station has closed since counts as any. A pause moves the day to its end;
    whoever wants no reminders at all has a day too, for the decision is taken again on it.
    """
    on = update_on
    if preference.paused_until not in (None, NEVER):
        on = max(on, preference.paused_until or on)
    if preference.weekday is not None:
        on += timedelta(days=(preference.weekday - on.weekday()) % 7)
    seconds = slot(person_id, hours)
    if preference.hour is not None:
        chosen = datetime.combine(on, time(preference.hour), zone)
        if hours.hold(chosen) and hours.hold(chosen + timedelta(minutes=59)):
            return (chosen + timedelta(seconds=seconds % 3600)).astimezone(UTC)
    opens = datetime.combine(on, hours.opens, zone)
    return (opens + timedelta(seconds=seconds)).astimezone(UTC)


def full_hours(hours: Hours) -> tuple[int, ...]:
    """Return the hours of the day that people may choose: those that are open from end to end."""
    day = date(2026, 1, 1)
    return tuple(
        hour
        for hour in range(24)
        if hours.hold(datetime.combine(day, time(hour)))
        and hours.hold(datetime.combine(day, time(hour, 59)))
    )


class Delay(StrEnum):
    """How a person puts a reminder off; the value is what its button carries."""

    TONIGHT = "eve"
    SUNDAY = "sun"
    MID_MONTH = "mid"
    SPRING_FESTIVAL = "cny"


def put_off_until(
    delay: Delay,
    now: datetime,
    person_id: str,
    hours: Hours,
    zone: tzinfo,
    *,
    preference: Preference = ANY_TIME,
) -> datetime:
    """Return when (UTC) a reminder comes again that was put off at `now`; always later than that.

    Tonight is the last open hour of the day; from then on it is the next evening. Sunday on a
    Sunday is the next one. The 15th, once it has come, is that of the next month. The Spring
    Festival is the fourth day of the farmers' year, when people are still at home and the feast
    is over; once that day has come it is next year's, and beyond the table 10 February.

    The days but not the evening keep to the hour that the person once chose.
    """
    today = now.astimezone(zone).date()
    if delay is Delay.TONIGHT:
        evening = _evening(today, hours, zone)
        return evening if now < evening else _evening(today + timedelta(days=1), hours, zone)
    at_hour = Preference(hour=preference.hour)
    return due_at(_later_day(delay, today), person_id, hours, zone, at_hour)


def _later_day(
    delay: Literal[Delay.SUNDAY, Delay.MID_MONTH, Delay.SPRING_FESTIVAL], today: date
) -> date:
    """Return the local day that is meant; never today."""
    match delay:
        case Delay.SUNDAY:
            return today + timedelta(days=(_SUNDAY - today.weekday()) % 7 or 7)
        case Delay.MID_MONTH if today.day < _MID_MONTH:
            return today.replace(day=_MID_MONTH)
        case Delay.MID_MONTH:
            return (today.replace(day=1) + timedelta(days=31)).replace(day=_MID_MONTH)
        case Delay.SPRING_FESTIVAL:
            return after_feast(today)
        case _:
            assert_never(delay)


def after_feast(today: date) -> date:
    """Return the next fourth day of the farmers' year, never today."""
    this_year = _home_on(today.year)
    return this_year if today < this_year else _home_on(today.year + 1)


def _home_on(year: int) -> date:
    festival = spring_festival(year)
    return date(year, 2, 10) if festival is None else festival + _AFTER_NEW_YEAR


def _evening(day: date, hours: Hours, zone: tzinfo) -> datetime:
    """Return the last open hour of a day; the opening where the day is shorter than an hour."""
    closes = datetime.combine(day, hours.closes, zone)
    opens = datetime.combine(day, hours.opens, zone)
    return max(opens, closes - timedelta(hours=1)).astimezone(UTC)


# Reasons in the ledger that are looked at again.
WANTS_NONE: Final = "the person wants no reminders"
PAUSED: Final = "paused by the person"
# The beginning of the reason of those that were put off with a button.
PUT_OFF: Final = "put off by the person: "
NOT_AT_THIS_PHONE: Final = "the person is not at this phone"

# What becomes of a due reminder, in the states of the ledger: "planned" is to wait.
Course = Literal["sending", "planned", "answered", "cleared", "blocked", "expired", "muted"]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the person at the moment of sending.

    Args of the constructor:
        reported_cycle: the cycle of the last report, None when there is none any more.
        is_active: in range and not erased.
        can_prompt: the chat's channel can be written to first.
        is_blocked: the chat does not take messages.
        last_turn_at: when the chat last said something in an interview that is still open.
        preference: when the person wants to be reminded.
    """

    reported_cycle: int | None
    is_active: bool
    can_prompt: bool
    is_blocked: bool
    last_turn_at: datetime | None
    preference: Preference = ANY_TIME


@dataclass(frozen=True, slots=True)
class Prompt:
    """The reminder in question: for which cycle, and until when it makes sense.

    `is_promised` says that the person chose this hour themselves.
    """

    cycle: int
    not_after: datetime
    is_promised: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """A course and its reason, in words for the ledger; `until` when to wait for what is known."""

    course: Course
    reason: str
    until: datetime | None = None


def decide(prompt: Prompt, facts: Facts, now: datetime, hours: Hours, zone: tzinfo) -> Decision:
    """Decide what becomes of a claimed reminder; every answer carries its reason."""
    if not facts.is_active or facts.reported_cycle is None:
        return Decision("cleared", "person left the range or withdrew")
    if facts.reported_cycle >= prompt.cycle:
        return Decision("answered", "reported in this cycle")
    if facts.preference.paused_until == NEVER:
        return Decision("muted", WANTS_NONE)
    if facts.preference.is_paused(now.astimezone(zone).date()):
        return Decision("planned", PAUSED, _end_of(facts.preference, hours, zone))
    if now > prompt.not_after:
        return Decision("expired", "its time went by")
    if not facts.can_prompt:
        return Decision("blocked", "no channel that can be prompted")
    if facts.is_blocked:
        return Decision("blocked", "the chat blocked the bot")
    if not hours.hold(now.astimezone(zone)):
        return Decision("planned", "quiet hours")
    patience = _TALKING_JUST_NOW if prompt.is_promised else _TALKING
    if facts.last_turn_at is not None and now - facts.last_turn_at < patience:
        return Decision("planned", "in a conversation", now + patience)
    return Decision("sending", "due")


def _end_of(preference: Preference, hours: Hours, zone: tzinfo) -> datetime:
    """Return the opening of the day on which a pause ends."""
    day = preference.paused_until or NEVER
    return datetime.combine(day, hours.opens, zone).astimezone(UTC)


def look_again_at(decision: Decision, now: datetime, hours: Hours, zone: tzinfo) -> datetime:
    """Return when a waiting reminder is looked at again: as decided, or at the next opening."""
    if decision.until is not None:
        return decision.until
    local = now.astimezone(zone)
    day = local.date() if local.time() < hours.opens else local.date() + timedelta(days=1)
    return datetime.combine(day, hours.opens, zone).astimezone(UTC)
