"""English months: March 2027, March next year, next month, in three months, two years ago."""

import re
from datetime import date
from typing import Final

from conversations.replies.english.numbers import number_in
from conversations.replies.english.words import each, folded
from conversations.replies.outcome import Reading, Reason, Unclear, Understood

_NAMES: Final = each(
    "january february march april may june july august september october november december"
)
_MONTH: Final = {name: at for at, name in enumerate(_NAMES, 1)} | {
    name[:3]: at for at, name in enumerate(_NAMES, 1)
}
_MONTH["sept"] = 9
_FIND_MONTH: Final = re.compile(rf"\b({'|'.join(sorted(_MONTH, key=len, reverse=True))})\b")
_FIND_YEAR: Final = re.compile(r"\b((?:19|20)[0-9]{2})\b")
_YEARS: Final = (
    (re.compile(r"\byear before last\b"), -2),
    (re.compile(r"\blast year\b"), -1),
    (re.compile(r"\bthis year\b"), 0),
    (re.compile(r"\byear after next\b"), 2),
    (re.compile(r"\bnext year\b"), 1),
)
_MONTHS: Final = (
    (re.compile(r"\bmonth before last\b"), -2),
    (re.compile(r"\blast month\b"), -1),
    (re.compile(r"\bmonth after next\b"), 2),
    (re.compile(r"\bnext month\b"), 1),
    (re.compile(r"\bthis month\b|^(?:now|right now|today|at once|any time|soon|at any time)$"), 0),
)
_SPAN: Final = re.compile(
    r"^(?P<before>in |after |since |for )?(?:about )?(?P<count>half a|an?|[a-z0-9 ]+?) "
    r"(?P<unit>month|year)s?(?P<after> ago| later| from now| before| now)?$"
)


def read_month(text: str, today: date, *, is_past: bool) -> Reading | None:
    """Read a month; a bare March is the next one, or the last one when `is_past`."""
    bare = folded(text)
    for pattern, step in _MONTHS:
        if pattern.search(bare):
            return _moved(today, step)
    month, year = _FIND_MONTH.search(bare), _year_in(bare, today)
    if month is not None:
        number = _MONTH[month[1]]
        return _understood(year or _nearest(number, bare, today, is_past=is_past), number)
    if year is not None and not re.search(r"[0-9]", bare.replace(str(year), "")):
        return Unclear(Reason.MONTH_MISSING, {"example": f"March {year}"})
    return _span(bare, today, is_past=is_past)


def _year_in(bare: str, today: date) -> int | None:
    if found := _FIND_YEAR.search(bare):
        return int(found[1])
    return next((today.year + step for pattern, step in _YEARS if pattern.search(bare)), None)


def _nearest(month: int, bare: str, today: date, *, is_past: bool) -> int:
    if is_past or bare.startswith("last "):
        return today.year if month <= today.month else today.year - 1
    return today.year if month >= today.month else today.year + 1


def _span(bare: str, today: date, *, is_past: bool) -> Reading | None:
    """Read in three months, half a year ago, for two years now."""
    found = _SPAN.fullmatch(bare)
    if found is None:
        return None
    months = 12 if found["unit"] == "year" else 1
    if found["count"] == "half a":
        count = months // 2
    else:
        number = 1 if found["count"] in ("a", "an") else number_in(found["count"])
        if number is None or number != int(number):
            return None
        count = int(number) * months
    is_ago = found["after"] in (" ago", " before") or (is_past and found["before"] != "in ")
    return _moved(today, -count if is_ago else count)


def _moved(today: date, months: int) -> Reading:
    count = today.year * 12 + today.month - 1 + months
    return _understood(count // 12, count % 12 + 1)


def _understood(year: int, month: int) -> Reading:
    if not 1900 <= year <= 2200:
        return Unclear(Reason.MONTH_IMPOSSIBLE)
    return Understood(f"{year:04}-{month:02}", f"{_NAMES[month - 1].capitalize()} {year}")
