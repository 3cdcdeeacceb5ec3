"""English numbers and money: 3,500 yuan, 3.5k, four thousand, 3 to 4 thousand, 150 a day."""

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Final

from conversations.replies.amount import in_bounds
from conversations.replies.english.words import each, folded, says_nothing
from conversations.replies.outcome import Reading, Reason, Unclear

_UNITS: Final = {
    word: number
    for number, word in enumerate(
        each(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen "
            "fourteen fifteen sixteen seventeen eighteen nineteen"
        )
    )
}
_TENS: Final = {
    word: 10 * number
    for number, word in enumerate(each("twenty thirty forty fifty sixty seventy eighty ninety"), 2)
}
_SCALES: Final = {"hundred": 100, "thousand": 1000, "k": 1000, "million": 1_000_000}
_GROUPED: Final = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_TOKEN: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?|[a-z]+")
_RANGE: Final = re.compile(r"\s(?:to|or|and|-|–|~)\s|(?<=[0-9k])\s*[-–~]\s*(?=[0-9])")
_NOISE: Final = frozenset(
    each(
        "about around roughly some nearly almost maybe perhaps between from yuan rmb cny a an "
        "and i we get earn make made income per month monthly each every the in is it my our "
        "day daily hour hourly year yearly only just over under up"
    )
)
_PERIODS: Final = (
    (re.compile(r"\b(?:hour|hourly)\b"), "H"),
    (re.compile(r"\b(?:day|daily)\b"), "D"),
    (re.compile(r"\b(?:year|yearly|annually)\b"), "Y"),
)
_FEW_DAYS, _MANY_DAYS = 20, 26


def number_in(text: str) -> Decimal | None:
    """Return the number that the whole text is, None when it is none: two thousand five."""
    tokens = _TOKEN.findall(_GROUPED.sub("", text.casefold()).replace("-", " "))
    spoken = [token for token in tokens if token not in _NOISE]
    return _sum(spoken) if spoken else None


def read_money(text: str) -> Reading | None:
    """Read yuan per month; None when it does not look like an amount in English."""
    if says_nothing(text) or folded(text) in ("no income", "no money", "nothing at all"):
        return in_bounds(Decimal(0), "0", "0")
    bare = _GROUPED.sub("", text.casefold())
    ends = [number_in(piece) for piece in _RANGE.split(bare)]
    if len(ends) == 2 and ends[0] is not None and ends[1] is not None:
        low, high = _with_scale(ends[0], ends[1])
        return _per_month(low, high, bare)
    whole = number_in(text)
    return None if whole is None else _per_month(whole, whole, bare)


def _sum(tokens: list[str]) -> Decimal | None:
    """Add up what number words and figures say, None when another word is among them."""
    total, part = Decimal(0), Decimal(0)
    is_open = False
    for token in tokens:
        if token in _SCALES:
            part = (part if is_open else Decimal(1)) * _SCALES[token]
            if _SCALES[token] > 100:
                total, part = total + part, Decimal(0)
        else:
            value = _value(token)
            if value is None or (is_open and value >= 100):
                return None
            part += value
        is_open = True
    return total + part


def _value(token: str) -> Decimal | None:
    if token in _UNITS:
        return Decimal(_UNITS[token])
    if token in _TENS:
        return Decimal(_TENS[token])
    try:
        return Decimal(token)
    except InvalidOperation:
        return None


def _with_scale(low: Decimal, high: Decimal) -> tuple[Decimal, Decimal]:
    """Return both ends with their scale: in 3 to 4 thousand the first has that of the second."""
    if low < 100 <= high:
        low *= 1000
    return (low, high) if low <= high else (high, low)


def _per_month(low: Decimal, high: Decimal, bare: str) -> Reading:
    period = next((mark for pattern, mark in _PERIODS if pattern.search(bare)), "M")
    middle = (low + high) / 2
    if period == "H":
        return Unclear(Reason.MONEY_PER_HOUR)
    if period == "D":
        sums = {"few": str(_whole(middle * _FEW_DAYS)), "many": str(_whole(middle * _MANY_DAYS))}
        return Unclear(Reason.MONEY_PER_DAY, sums)
    if period == "Y":
        return _yuan(middle / 12, Reason.MONEY_FROM_YEAR)
    return _yuan(middle, Reason.MONEY_MIDDLE if low != high else None)


def _yuan(number: Decimal, doubt: Reason | None) -> Reading:
    whole = _whole(number)
    return in_bounds(number, str(whole), str(whole), doubt)


def _whole(number: Decimal) -> int:
    return int(number.quantize(Decimal(1), ROUND_HALF_UP))
