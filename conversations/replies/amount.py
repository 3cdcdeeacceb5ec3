"""Whole and decimal numbers."""

import re
from decimal import Decimal
from typing import Final

from conversations.replies.characters import plain
from conversations.replies.numerals import number_in
from conversations.replies.outcome import Reading, Reason, Unclear, Understood

_LARGEST: Final = 999_999_999
_COUNTED: Final = re.compile(r"(?:个月|个|人|口|岁|年|天|次|元|块|亩|小时)$")


def read_integer(text: str) -> Reading:
    """Read a whole number, with a counting word behind it or not."""
    number = _counted(text)
    if number is None:
        return Unclear(Reason.NOT_A_NUMBER)
    if number != int(number):
        return Unclear(Reason.NUMBER_NOT_WHOLE)
    return in_bounds(number, str(int(number)), str(int(number)))


def read_decimal(text: str) -> Reading:
    """Read a number that may have decimal places."""
    number = _counted(text)
    if number is None:
        return Unclear(Reason.NOT_A_NUMBER)
    value = f"{number:f}"
    if "." in value:
        value = value.rstrip("0").rstrip(".")
    return in_bounds(number, value, value)


def _counted(text: str) -> Decimal | None:
    bare = plain(text).replace(" ", "")
    sign, bare = (-1, bare[1:]) if bare[:1] in ("-", "负") else (1, bare)
    number = number_in(bare)
    if number is None:
        number = number_in(_COUNTED.sub("", bare))
    return None if number is None else number * sign


def in_bounds(number: Decimal, value: str, shown: str, doubt: Reason | None = None) -> Reading:
    """Return the number as understood, or why it is too small or too big."""
    if number < 0:
        return Unclear(Reason.NUMBER_NEGATIVE)
    if number > _LARGEST:
        return Unclear(Reason.NUMBER_TOO_BIG)
    return Understood(value, shown, doubt)
