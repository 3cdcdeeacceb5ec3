"""A cell as text, with a mark for what it was where it was no text."""

import math
import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

from storage.tables.rows import Mark

_GUARDED: Final = re.compile(r'="(.*)"|\'(.*)', re.S)


def text_of(value: object) -> tuple[str, Mark | None]:
    """Return a cell's text and its mark.

    A number is written out whole, without exponent: 1.40122199001011e+17 -> 140122199001011000.
    """
    if isinstance(value, str):
        return unguarded(value), None
    if isinstance(value, bool):
        return ("TRUE" if value else "FALSE"), "boolean"
    if isinstance(value, int | float):
        return _number(value), "number"
    if isinstance(value, datetime):
        return value.isoformat(" "), "date"
    if isinstance(value, date):
        return value.isoformat(), "date"
    if isinstance(value, time):
        return value.isoformat(), "time"
    if isinstance(value, timedelta):
        return str(value), "time"
    return "", None


def unguarded(text: str) -> str:
    """Return the text without what keeps Excel from making a number of it: '… and ="…"."""
    if text[:1] not in {"'", "="}:
        return text
    match = _GUARDED.fullmatch(text)
    return (match[1] if match[1] is not None else match[2]) if match else text


def _number(value: float) -> str:
    if not math.isfinite(value):
        return str(value)
    whole = format(Decimal(repr(value)), "f")
    return whole.removesuffix(".0")
