"""When a reminder is due: the day, the slot in it, and the person's own wishes about both.

Dates are local calendar dates of the person's station, instants are aware UTC. Whether it may
go out when its time has come is decided then (sending.py).
"""

import zlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Final, Literal, assert_never

from conversations.hours import Hours, Span
from conversations.replies.lunar import spring_festival

LASTS: Final = timedelta(days=30)
# From this day on: never.
NEVER: Final = date.max
_SUNDAY: Final = 6
_MID_MONTH: Final = 15
# The first three days of the year belong to the family, then people still are at home.
_AFTER_NEW_YEAR: Final = timedelta(days=3)


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
    planning twice gives the same row. On a day with shorter hours it is taken again within them.
    """
    return zlib.crc32(person_id.encode()) % Span(hours.opens, hours.closes).seconds


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
    *,
    is_promised: bool = False,
) -> datetime:
    """Return the instant (UTC) of the reminder: that day, at the person's slot.

    A closed day moves to the next open one, unless the person chose it (`is_promised`). A chosen
    weekday is the first one from that day on, and stays it on a holiday. A chosen hour spreads
    people over that hour; one that the station has closed since counts as any. A pause moves the
    day to its end; whoever wants no reminders at all has a day too, for the decision is taken
    again on it.
    """
    on = update_on
    if preference.paused_until not in (None, NEVER):
        on = max(on, preference.paused_until or on)
    if preference.weekday is not None:
        on += timedelta(days=(preference.weekday - on.weekday()) % 7)
    elif not is_promised:
        on = hours.open_day(on)
    span = hours.usual(on)
    seconds = slot(person_id, hours)
    if preference.hour is not None:
        chosen = time(preference.hour)
        if span.holds(chosen) and span.holds(time(preference.hour, 59)):
            at = datetime.combine(on, chosen, zone)
            return (at + timedelta(seconds=seconds % 3600)).astimezone(UTC)
    opens = datetime.combine(on, span.opens, zone)
    return (opens + timedelta(seconds=seconds % span.seconds)).astimezone(UTC)


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
    day = _later_day(delay, today)
    return due_at(day, person_id, hours, zone, at_hour, is_promised=True)


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
    span = hours.usual(day)
    closes = datetime.combine(day, span.closes, zone)
    opens = datetime.combine(day, span.opens, zone)
    return max(opens, closes - timedelta(hours=1)).astimezone(UTC)
