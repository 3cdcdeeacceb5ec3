"""Tells a number that a spreadsheet destroyed: no digit that it took comes back.

Excel keeps 15 digits of a number, so the last three of 18 become 000 and are shown as 1.40122E+17;
and it takes a number that looks like a day for a date.
"""

import re
from datetime import date
from typing import Final

from conversations.replies.identity_number import read_identity_number
from conversations.replies.outcome import Unclear

_EXPONENT: Final = re.compile(r"\d[.,]?\d*[eE]\+?\d+")
_ROUNDED: Final = re.compile(r"\d{15}0{3}")
_EXACT: Final = 15


def is_spoilt(text: str, mark: str, today: date) -> bool:
    """Tell whether a spreadsheet destroyed the identity number that stood in a cell.

    Args:
        mark: what the cell was where it was no text, as the reader of tables says.
    """
    bare = text.strip()
    if mark in {"date", "time"} or has_exponent(bare):
        return True
    if mark == "number" and is_inexact(bare):
        return True
    return is_rounded(bare, today)


def has_exponent(text: str) -> bool:
    """Tell whether a number is shown by its first digits and a power of ten."""
    return _EXPONENT.fullmatch(text) is not None


def is_inexact(number: str) -> bool:
    """Tell whether a cell of numbers could not keep it; by chance the check digit may be right."""
    return len(number) > _EXACT


def is_rounded(number: str, today: date) -> bool:
    """Tell whether an identity number ends in zeros and can only be wrong."""
    if not _ROUNDED.fullmatch(number):
        return False
    return isinstance(read_identity_number(number, today), Unclear)
