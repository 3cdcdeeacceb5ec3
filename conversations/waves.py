"""When a yearly update is asked for: on the anniversary, or in a wave of a county's choosing.

Days are local calendar days of the stations, instants are aware UTC. A wave fills its open days
evenly: everybody has a place in the sum of all open seconds, by the stable hash of the person.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import Enum
from functools import cache
from itertools import accumulate
from math import ceil
from typing import Final, NamedTuple

from conversations.hours import Hours
from conversations.replies.lunar import spring_festival

# People come home two weeks before the feast, and leave when the lanterns are down.
_HOME_BEFORE: Final = timedelta(days=14)
_LANTERNS: Final = timedelta(days=14)
# New Year's Eve and the first three days belong to the family.
_EVE: Final = timedelta(days=1)
_FAMILY: Final = timedelta(days=2)
# Whose day went by unplanned is asked within so many days.
_CATCH_UP: Final = 28
_LONGEST: Final = timedelta(days=366)
_LEAP_YEAR: Final = 2028


class Opening(NamedTuple):
    """The hours of one day in which people may be prompted.

    Args of the constructor:
        on: the day.
        opens_at: its first instant (UTC).
        seconds: how long it is open.
    """

    on: date
    opens_at: datetime
    seconds: int


# Returns the opening of a day, or of the next open one where that day is closed.
Openings = Callable[[date], Opening]


def opening_of(hours: Hours, zone: tzinfo) -> Openings:
    """Return what tells when people may be prompted on a day, or on the next open one."""

    @cache
    def opening(day: date) -> Opening:
        on = hours.open_day(day)
        span = hours.usual(on)
        opens_at = datetime.combine(on, span.opens, zone).astimezone(UTC)
        return Opening(on, opens_at, span.seconds)

    return opening


class Span(NamedTuple):
    """From the first to the last day, both of them included."""

    first_on: date
    last_on: date


def feast_span(year: int) -> Span | None:
    """Return the weeks around the Spring Festival of a year, None outside of the table."""
    feast = spring_festival(year)
    return None if feast is None else Span(feast - _HOME_BEFORE, feast + _LANTERNS)


def is_family_day(day: date) -> bool:
    """Tell whether this is New Year's Eve of the farmers' year or one of the three days after."""
    feast = spring_festival(day.year)
    return feast is not None and feast - _EVE <= day <= feast + _FAMILY


def wave_days(span: Span, openings: Openings) -> tuple[Opening, ...]:
    """Return the open days of a wave, in order; family days are none of them."""
    days = (span.first_on + timedelta(days=ahead) for ahead in range(_length(span)))
    found = (openings(day) for day in days if not is_family_day(day))
    return tuple(sorted({one for one in found if one.on <= span.last_on and _asks(one)}))


def _asks(opening: Opening) -> bool:
    return not is_family_day(opening.on)


def _length(span: Span) -> int:
    return (span.last_on - span.first_on).days + 1


class Problem(Enum):
    """Why a wave cannot be planned like this."""

    BACKWARDS = "the last day is before the first"
    PAST = "the first day has gone by"
    TOO_LONG = "it is longer than a year"
    CLOSED = "nobody may be prompted on any of these days"
    CROWDED = "so many people do not fit into these days"


def problem_with(
    span: Span, today: date, openings: Openings, people: int, per_second: float
) -> Problem | None:
    """Return what is wrong with a wave, None when it can be planned."""
    if span.last_on < span.first_on:
        return Problem.BACKWARDS
    if span.first_on < today:
        return Problem.PAST
    if span.last_on - span.first_on > _LONGEST:
        return Problem.TOO_LONG
    days = wave_days(span, openings)
    if not days:
        return Problem.CLOSED
    return Problem.CROWDED if people > room(days) * per_second else None


def room(days: tuple[Opening, ...]) -> int:
    """Return how many open seconds there are on these days, all together."""
    return sum(day.seconds for day in days)


def days_needed(people: int, day: Opening, per_second: float) -> int:
    """Return how many days as open as this one are needed for so many people."""
    return max(1, ceil(people / (day.seconds * per_second)))


@dataclass(frozen=True, slots=True)
class Placed:
    """Where somebody stands in a wave: the day, and how many seconds after it opens."""

    day: Opening
    second: int

    @property
    def due_at(self) -> datetime:
        """Return the instant."""
        return self.day.opens_at + timedelta(seconds=self.second)


def place(days: tuple[Opening, ...], slot: int, width: int) -> Placed:
    """Return the place of a slot in a wave; `storage.planning` does the same in SQL.

    Args:
        width: how many slots there are; a slot from longer hours is taken again within them.
    """
    position = slot % width * room(days) // width
    starts = tuple(accumulate((day.seconds for day in days[:-1]), initial=0))
    found = bisect_right(starts, position) - 1
    return Placed(days[found], position - starts[found])


def anniversary(due_on: date, cycle: int) -> date:
    """Return a due day in another year; 29 February becomes 28 February where there is none."""
    try:
        return due_on.replace(year=cycle)
    except ValueError:
        return due_on.replace(year=cycle, day=28)


def asked_on(day: date, today: date) -> date:
    """Return when somebody is asked whose day nobody planned: then, or within four weeks.

    A day that went by is spread by its own number, so that a county that begins in December
    does not ask everybody at once.
    """
    if day >= today:
        return day
    return today + timedelta(days=1 + day.toordinal() % _CATCH_UP)


def year_days(cycle: int, today: date, openings: Openings) -> Iterator[tuple[str, Opening]]:
    """Yield for each day of the year, as `02-29`, when those are asked whose day it is."""
    first = date(_LEAP_YEAR, 1, 1)
    for ahead in range(366):
        day = first + timedelta(days=ahead)
        yield day.isoformat()[5:], openings(asked_on(anniversary(day, cycle), today))
