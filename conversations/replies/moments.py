"""What a month is reckoned from, and what was meant by words about it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from conversations.replies.lunar import lunar_year_of
from conversations.replies.outcome import Reading, Reason, Unclear, Understood


@dataclass(frozen=True, slots=True)
class Frame:
    """What a month is reckoned from.

    Args of the constructor:
        year: the year that was said, None when none was.
        lunar_year: the same in the farmers' calendar, where 去年 turns over at Spring Festival.
        is_past: a month without a year is the last one, not the next one.
    """

    today: date
    year: int | None
    lunar_year: int | None
    is_past: bool

    def nearest(self, of_year: Callable[[int], date | None], around: int) -> date | None:
        """Return the day next to today, in the direction of the question, over three years."""
        found = [day for step in (-1, 0, 1) if (day := of_year(around + step)) is not None]
        this = (self.today.year, self.today.month)
        if self.is_past:
            return max((day for day in found if (day.year, day.month) <= this), default=None)
        return min((day for day in found if (day.year, day.month) >= this), default=None)


class Moment(NamedTuple):
    """A day in the month that was meant, with what to doubt about it."""

    day: date | None
    doubt: Reason | None = None


def lunar_moment(frame: Frame, of_year: Callable[[int], date | None]) -> Moment:
    """Return the day in the farmers' year that was said, or the nearest one."""
    if frame.lunar_year is not None:
        return Moment(_upcoming(frame, of_year), Reason.MONTH_LUNAR)
    return Moment(frame.nearest(of_year, lunar_year_of(frame.today)), Reason.MONTH_LUNAR)


def _upcoming(frame: Frame, of_year: Callable[[int], date | None]) -> date | None:
    """Return the day of the year that was said; in January 今年正月 may be of either calendar."""
    year = frame.lunar_year or 0
    day = of_year(year)
    is_gone = day is not None and (day.year, day.month) < (frame.today.year, frame.today.month)
    if is_gone and not frame.is_past and year < (frame.year or year):
        return of_year(year + 1)
    return day


def full_year(digits: str, today: date) -> int:
    """Return a year of two digits in full: at most twenty years ahead."""
    year = int(digits)
    if len(digits) == 4:
        return year
    return 2000 + year if 2000 + year <= today.year + 20 else 1900 + year


def month_of(year: int, month: int, doubt: Reason | None = None) -> Reading:
    """Return a month as understood, or that there is none such."""
    if not (1 <= month <= 12 and 1900 <= year <= 2200):
        return Unclear(Reason.MONTH_IMPOSSIBLE)
    return Understood(f"{year:04}-{month:02}", f"{year}年{month}月", doubt)


def moved(today: date, months: int) -> date:
    """Return the first day of the month that lies so many months ahead."""
    count = today.year * 12 + today.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)
