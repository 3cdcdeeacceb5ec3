"""Rules of leaving the range: which reasons a person may give, and since when."""

import re
from datetime import date, timedelta
from typing import Final, Literal

DIED: Final = "01"
# Codes of the list exit_reason that people give themselves, the most usual first.
REASONS: Final = ("04", "05", "02", "03", "06", DIED)
UNKNOWN: Final = "none"
_OLDEST: Final = 1990
_WHEN: Final = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2]))?")

Since = Literal["this_month", "last_month", "this_year", "last_year", "unknown"]


def times_offered(today: date) -> tuple[tuple[Since, str], ...]:
    """Return since when one may have left, with what a button carries: YYYY-MM, YYYY or UNKNOWN.

    The values name the month and year themselves, so a button that is pressed later still means
    what it said. "Earlier this year" makes no sense before March.
    """
    last_month = today.replace(day=1) - timedelta(days=1)
    earlier: tuple[tuple[Since, str], ...] = (("this_year", f"{today.year:04}"),)
    return (
        ("this_month", f"{today:%Y-%m}"),
        ("last_month", f"{last_month:%Y-%m}"),
        *(earlier if today.month > 2 else ()),
        ("last_year", f"{today.year - 1:04}"),
        ("unknown", UNKNOWN),
    )


def read_since(value: str, today: date) -> str | None:
    """Return what is kept of a button's value: a month, a year, or "" where it is not known.

    Returns:
        None for anything that no button of ours carries, a time to come among it.
    """
    if value == UNKNOWN:
        return ""
    found = _WHEN.fullmatch(value)
    if found is None or int(found[1]) < _OLDEST:
        return None
    now = f"{today:%Y-%m}"[: len(value)]
    return value if value <= now else None
