"""Days of leave as somebody of the staff types them: two days, or one."""

import re
import unicodedata
from datetime import date, timedelta
from typing import Final

# Longer than this nobody is on leave; a slip of the finger is.
LONGEST: Final = timedelta(days=180)
_NUMBERS: Final = re.compile(r"\d+")
_YEAR: Final = 4


def days_in(text: str, today: date) -> tuple[date, date] | None:
    """Return the first and the last day that the words name; None when they are not clear.

    `12月1日到12月5日`, `12.1-12.5`, `2026-12-01 2026-12-05` or one day alone. A day without its
    year is the next one of that name; nothing may begin before today.
    """
    numbers = _NUMBERS.findall(unicodedata.normalize("NFKC", text[:60]))
    days: list[date] = []
    while numbers:
        day = _next_day(numbers, days[0] if days else today)
        if day is None:
            return None
        days.append(day)
    if len(days) not in (1, 2) or not today <= days[0] <= days[-1] <= days[0] + LONGEST:
        return None
    return days[0], days[-1]


def _next_day(numbers: list[str], since: date) -> date | None:
    """Take one day off the numbers; None when they make none."""
    year = int(numbers.pop(0)) if len(numbers[0]) == _YEAR else None
    if len(numbers) < 2 or max(map(len, numbers[:2])) > 2:
        return None
    month, day = int(numbers.pop(0)), int(numbers.pop(0))
    if year is not None:
        return _date(year, month, day)
    found = _date(since.year, month, day)
    return found if found is None or found >= since else _date(since.year + 1, month, day)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
