"""Says how a spreadsheet destroyed an identity number: no digit that it took comes back.

Excel keeps 15 digits of a number, so the last three of 18 become 000 and are shown as 1.40122E+17;
and it takes a number that looks like a day for a date.
"""

import re
from datetime import date
from typing import Final, Literal

from conversations.replies.identity_number import read_identity_number
from conversations.replies.outcome import Reason, Unclear

Spoilt = Literal["", "rounded", "exponent", "date"]
_EXPONENT: Final = re.compile(r"\d([.,]\d+)?[eE]\+?\d{1,2}")
_ROUNDED: Final = re.compile(r"\d{15}0{3}")
_SURE: Final = 15


def spoilt(text: str, mark: str, today: date) -> Spoilt:
    """Return what happened to an identity number that stands in a cell, "" for nothing.

    Args:
        mark: what the cell was where it was no text, as the reader of tables says.
    """
    bare = text.strip()
    if mark in {"date", "time"}:
        return "date"
    if _EXPONENT.fullmatch(bare):
        return "exponent"
    if mark == "number" and len(bare) > _SURE:
        return "rounded"
    if _ROUNDED.fullmatch(bare):
        read = read_identity_number(bare, today)
        is_wrong = isinstance(read, Unclear) and read.reason is Reason.ID_CHECK_DIGIT
        return "rounded" if is_wrong else ""
    return ""
