"""Public holidays that can be known before they are announced.

全国年节及纪念日放假办法, as revised in 2024 (in force 2025-01-01), article 2: the days themselves.
Which working days are moved for longer holidays the State Council announces year by year; what it
has announced stands in a table beside the form.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from conversations.replies.lunar import day_of, spring_festival

_CENTURY: Final = 100


def statutory(year: int) -> frozenset[date]:
    """Return the holidays of a year that the rule itself fixes."""
    return frozenset(_days(year))


def _days(year: int) -> Iterator[date]:
    yield date(year, 1, 1)
    new_year = spring_festival(year)
    if new_year is not None:
        yield from (new_year + timedelta(days=day) for day in range(-1, 3))
    yield pure_brightness(year)
    yield from (date(year, 5, 1), date(year, 5, 2))
    yield from (day for day in (day_of(year, 5, 5), day_of(year, 8, 15)) if day is not None)
    yield from (date(year, 10, day) for day in (1, 2, 3))


def pure_brightness(year: int) -> date:
    """Return the day of 清明, 4 or 5 April.

    The usual approximation of the solar term for the years 2000 to 2099.
    """
    short = year % _CENTURY
    return date(year, 4, int(short * 0.2422 + 4.81) - short // 4)
