"""Typed answers: read from text, made from an expression's result, written as text.

A kept answer is None, str, int, float, bool, date or datetime, by the type of its node, as the
IAnswerData classes of JavaRosa.
"""

import math
import re
from datetime import date, datetime, timedelta, tzinfo
from typing import Final

from conversations.xform.dates import midnight, offset_of, parse_date, parse_moment
from conversations.xform.doubles import double_text
from conversations.xform.errors import EvaluationError
from conversations.xform.values import TRIMMED, Value, date_text, saturated

Kept = str | int | float | bool | date | None

_INT_MAX: Final = 2**31 - 1
_LONG_MAX: Final = 2**63 - 1
_WHOLE: Final = re.compile(r"[+-]?\d{1,40}")
_DOUBLE: Final = re.compile(
    r"[+-]?(?:NaN|Infinity|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?[fFdD]?)"
)


def read_answer(kind: str, text: str, zone: tzinfo) -> Kept:
    """Return the answer that a text is, by the type of its node; "" is none.

    Raises:
        ValueError: the text is not of the type. The error holds no part of it.
    """
    if text == "":
        return None
    match kind:
        case "integer":
            return _whole(text, _INT_MAX)
        case "long":
            return _whole(text, _LONG_MAX)
        case "decimal":
            return _double(text)
        case "date":
            return _some(parse_date(text))
        case "datetime":
            return _some(parse_moment(text, zone))
        case "choices":
            return " ".join(name for name in text.split(" ") if name) or None
        case _:
            return text


def read_default(kind: str, text: str, zone: tzinfo) -> Kept:
    """Return the answer that the form itself gives; what is not of the type is none."""
    if kind in ("text", "other", "choice"):
        return text or None
    kept = text.strip(TRIMMED)
    if kind == "boolean":
        return None if not kept else kept in ("1", "t")
    try:
        return read_answer(kind, kept, zone)
    except ValueError:
        return None


def _whole(text: str, largest: int) -> int:
    """Return a whole number in range, in any script's digits as Java reads them."""
    number = int(text) if _WHOLE.fullmatch(text) else largest + 1
    if not -largest - 1 <= number <= largest:
        raise ValueError("not a whole number in range")
    return number


def _double(text: str) -> float:
    """Return a number as Java's Double.parseDouble reads it."""
    trimmed = text.strip(TRIMMED)
    if not _DOUBLE.fullmatch(trimmed):
        raise ValueError("not a number")
    if trimmed.endswith(("NaN", "Infinity")):
        return float(trimmed)
    return float(trimmed.rstrip("fFdD"))


def _some(found: date | None) -> date:
    """Return what was found."""
    if found is None:
        raise ValueError("not a date")
    return found


def keep_result(kind: str, result: Value) -> Kept:
    """Return what a calculation's result is kept as: whole numbers become whole, text stays.

    Raises:
        EvaluationError: it does not fit the type of the node.
    """
    if result == "" or (isinstance(result, float) and math.isnan(result)):
        return None
    if isinstance(result, bool):
        return result
    if kind == "boolean":
        return _truth(result)
    if isinstance(result, float):
        return _number(kind, result)
    if isinstance(result, datetime):
        return result.date() if kind == "date" else result
    if kind == "choices":
        return " ".join(name for name in result.split(" ") if name)
    return result


def _truth(result: Value) -> bool:
    """Return a result as a truth value."""
    if isinstance(result, datetime):
        raise EvaluationError("A date cannot be kept as a truth value.")
    return result != "" if isinstance(result, str) else abs(result) > 1.0e-12


def _number(kind: str, number: float) -> int | float:
    """Return a number, whole where it is or where its node is."""
    if math.isinf(number):
        return saturated(number) if kind == "integer" else number
    whole = max(-_LONG_MAX - 1, min(_LONG_MAX, int(number)))
    if kind == "integer":
        return saturated(number)
    return whole if kind == "long" or abs(number - whole) < 1.0e-9 else number


def seen_as(kept: Kept, zone: tzinfo) -> Value:
    """Return a kept answer as expressions see it."""
    if type(kept) is str:
        return kept
    if kept is None:
        return ""
    if isinstance(kept, str | bool | float | datetime):
        return kept
    if isinstance(kept, int):
        return float(kept)
    return midnight(kept, zone)


def kept_text(kept: Kept) -> str:
    """Return a kept answer as it is written into the form's data."""
    if kept is None:
        return ""
    if isinstance(kept, str):
        return kept
    if isinstance(kept, bool):
        return "1" if kept else "0"
    if isinstance(kept, int):
        return str(kept)
    if isinstance(kept, float):
        return double_text(kept)
    if isinstance(kept, datetime):
        return _moment_text(kept)
    return date_text(kept)


def _moment_text(moment: datetime) -> str:
    """Return date and time in ISO form with the offset of the zone, Z for none."""
    offset = offset_of(moment)
    minutes = abs(int(offset.total_seconds())) // 60
    sign = "-" if offset < timedelta() else "+"
    away = f"{sign}{minutes // 60:02}:{minutes % 60:02}" if offset else "Z"
    clock = f"{moment:%H:%M:%S}.{moment.microsecond // 1000:03}"
    return f"{date_text(moment)}T{clock}{away}"
