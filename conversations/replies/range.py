"""Ranges of numbers as people say them: 三四千, 三千五六, 3-4千, 三千到四千."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from conversations.replies.numerals import number_in

_JOINED: Final = r"(.+?)(?:-|~|—|–|到|至)(.+)"
_LISTED: Final = r"([0-9一二三四五六七八九])、([0-9一二三四五六七八九].*)"
_UNITS: Final = r"[百千万亿佰仟萬kw]+$"
_ADJACENT: Final = r"([一二三四五六七八九两])([二三四五六七八九两])"


@dataclass(frozen=True, slots=True)
class Range:
    """From low to high; one number is both."""

    low: Decimal
    high: Decimal

    @property
    def middle(self) -> Decimal:
        """Return the number in the middle."""
        return (self.low + self.high) / 2


def range_in(text: str) -> Range | None:
    """Return the range or the single number that the whole text is, None when it is neither."""
    bare = text.strip(".")
    if found := re.fullmatch(_JOINED, bare) or re.fullmatch(_LISTED, bare):
        return _ordered(*_with_units(found[1], found[2]))
    number = number_in(bare)
    if number is not None:
        return Range(number, number)
    if found := re.search(_ADJACENT, bare):
        before, after = bare[: found.start()], bare[found.end() :]
        return _ordered(before + found[1] + after, before + found[2] + after)
    return None


def _with_units(low: str, high: str) -> tuple[str, str]:
    """Return both ends with their unit: in 三到四千 the first has that of the second."""
    units = re.search(_UNITS, high)
    value = number_in(low)
    is_short = value is not None and value < 10 and not re.search(_UNITS, low)
    return (low + units[0] if units and is_short else low), high


def _ordered(low: str, high: str) -> Range | None:
    least, most = number_in(low), number_in(high)
    if least is None or most is None:
        return None
    return Range(least, most) if least <= most else Range(most, least)
