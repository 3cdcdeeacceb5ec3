"""Tells an identity number that a spreadsheet destroyed: no digit that it took comes back.

Excel keeps 15 digits of a number, so the last three of 18 become 000 and are shown as 1.40122E+17;
and it takes a number that looks like a day for a date.
"""

import re
from datetime import date
from typing import Final

from conversations.replies.identity_number import read_identity_number
from conversations.replies.outcome import Reason, Unclear

_EXPONENT: Final = re.compile(r"\d([.,]\d+)?[eE]\+?\d{1,2}")
_ROUNDED: Final = re.compile(r"\d{15}0{3}")
_SURE: Final = 15


def is_spoilt(text: str, mark: str, today: date) -> bool:
    """Tell whether a spreadsheet destroyed the identity number that stood in a cell.

    Args:
        mark: what the cell was where it was no text, as the reader of tables says.
    """
    bare = text.strip()
    if mark in {"date", "time"} or _EXPONENT.fullmatch(bare):
        return True
    if mark == "number" and len(bare) > _SURE:
        return True
    if not _ROUNDED.fullmatch(bare):
        return False
    read = read_identity_number(bare, today)
    return isinstance(read, Unclear) and read.reason is Reason.ID_CHECK_DIGIT
