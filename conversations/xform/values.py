"""XPath values and how they turn into one another, as JavaRosa's XPathFuncExpr does it."""

import math
import re
from datetime import date, datetime
from typing import Final

from conversations.xform.doubles import double_text
from conversations.xform.errors import EvaluationError

Value = str | float | bool | datetime

EPOCH_DAY: Final = date(1970, 1, 1).toordinal()
NAN: Final = math.nan
TRIMMED: Final = "".join(map(chr, range(33)))
"""What Java's String.trim() takes off: everything up to the space."""

_NUMBER: Final = re.compile(r"-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)")
_TINY: Final = 1.0e-12
_INT_MAX: Final = 2**31 - 1
_LONG_MAX: Final = 2**63 - 1


def to_boolean(value: Value) -> bool:
    """Return the truth of a value: a text is true when it is not empty, a date always."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return value != ""
    if isinstance(value, float):
        return abs(value) > _TINY
    return True


def to_number(value: Value) -> float:
    """Return the number of a value; NaN for text that is none, days since 1970 for a date."""
    if isinstance(value, float):
        return value
    if isinstance(value, str):
        text = value.replace(",", ".").strip(TRIMMED)
        return float(text) if _NUMBER.fullmatch(text) else NAN
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    return float(value.toordinal() - EPOCH_DAY)


def to_text(value: Value) -> str:
    """Return the text of a value; whole numbers have no point, dates are ISO without a time."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return number_text(value)
    return date_text(value)


def date_text(value: date) -> str:
    """Return the ISO date; the year is not padded."""
    return f"{value.year}-{value.month:02}-{value.day:02}"


def number_text(number: float) -> str:
    """Return a number as XPath's string() shows it in JavaRosa."""
    if math.isnan(number):
        return "NaN"
    if abs(number) < _TINY:
        return "0"
    if math.isinf(number):
        return "-Infinity" if number < 0 else "Infinity"
    whole = saturated(number)
    return str(whole) if abs(number - whole) < _TINY else double_text(number)


def to_int(value: Value) -> float:
    """Return the number without its fraction; NaN and infinities stay."""
    number = to_number(value)
    if math.isnan(number) or math.isinf(number) or abs(number) >= _LONG_MAX:
        return number
    return float(math.copysign(math.trunc(number), number))


def saturated(number: float) -> int:
    """Return Java's (int) cast: NaN is 0, too large is the largest."""
    if math.isnan(number):
        return 0
    return int(max(-_INT_MAX - 1, min(_INT_MAX, number)))


def index_of(value: Value) -> int:
    """Return a value as an index into a text or a list."""
    if type(value) is float and 0.0 <= value < 1e6:
        return int(value)
    return saturated(to_int(value))


def equal(a: Value, b: Value) -> bool:
    """Compare as XPath's `=`: as booleans if one is, else as numbers if one is, else as text."""
    if isinstance(a, str) and isinstance(b, str):
        return a == b
    if isinstance(a, bool) or isinstance(b, bool):
        return to_boolean(a) == to_boolean(b)
    if isinstance(a, float) or isinstance(b, float):
        return abs(to_number(a) - to_number(b)) < _TINY
    return to_text(a) == to_text(b)


def only_text(value: Value, function: str) -> str:
    """Return the text that a selection function needs.

    Raises:
        EvaluationError: the value is a number, a date or a truth value.
    """
    if not isinstance(value, str):
        raise EvaluationError(f"{function}() works on choices and texts only")
    return value
