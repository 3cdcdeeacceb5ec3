"""The functions of ODK XForms that only need the values of their arguments."""

import base64
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from conversations.xform import dates, numbers, strings
from conversations.xform.errors import EvaluationError
from conversations.xform.facts import Facts
from conversations.xform.patterns import matches
from conversations.xform.values import (
    Value,
    index_of,
    only_text,
    to_boolean,
    to_int,
    to_number,
    to_text,
)


@dataclass(frozen=True, slots=True)
class Function:
    """A function with the least and most number of arguments; facts come first when asked for."""

    least: int
    most: int
    call: Callable[..., Value]
    needs_facts: bool = False


def _selected(chosen: Value, name: Value) -> bool:
    if not isinstance(name, str):
        raise EvaluationError("The second argument of selected() must be in quotes.")
    return strings.is_selected(only_text(chosen, "selected"), name)


def _selected_at(chosen: Value, place: Value) -> str:
    names = strings.choices_of(only_text(chosen, "selected-at"))
    at = index_of(place)
    return names[at] if 0 <= at < len(names) else ""


def _count_selected(chosen: Value) -> float:
    return float(len(strings.choices_of(only_text(chosen, "count-selected"))))


def _from_base64(value: Value) -> str:
    try:
        return base64.b64decode(to_text(value)).decode("utf-8", "replace")
    except ValueError as error:
        raise EvaluationError("base64-decode() got a text that is not base64.") from error


def _uuid(facts: Facts, _length: Value = 0.0) -> str:
    return uuid_text(facts.chance)


def uuid_text(chance: Callable[[], float]) -> str:
    """Return a random UUID (version 4) made of chance numbers."""
    signs = [f"{int(chance() * 16):x}" for _ in range(32)]
    signs[12], signs[16] = "4", "89ab"[int(signs[16], 16) % 4]
    text = "".join(signs)
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _number(function: Callable[..., float], count: int) -> Function:
    """Return a function of numbers, where a date keeps its time of day."""
    safe = numbers.guarded(function)
    return Function(count, count, lambda *args: safe(*map(dates.fractional_number, args)))


_LOGIC: Final = {
    "true": Function(0, 0, lambda: True),
    "false": Function(0, 0, lambda: False),
    "boolean": Function(1, 1, to_boolean),
    "not": Function(1, 1, lambda value: not to_boolean(value)),
    "boolean-from-string": Function(
        1, 1, lambda value: to_text(value).lower() == "true" or to_text(value) == "1"
    ),
    "selected": Function(2, 2, _selected),
    "is-selected": Function(2, 2, _selected),
    "selected-at": Function(2, 2, _selected_at),
    "count-selected": Function(1, 1, _count_selected),
    "regex": Function(2, 2, lambda text, pattern: matches(to_text(pattern), to_text(text))),
}

_TEXTS: Final = {
    "string": Function(1, 1, to_text),
    "substr": Function(2, 3, strings.substr),
    "substring-before": Function(2, 2, strings.before),
    "substring-after": Function(2, 2, strings.after),
    "contains": Function(2, 2, lambda text, part: to_text(part) in to_text(text)),
    "starts-with": Function(2, 2, lambda text, part: to_text(text).startswith(to_text(part))),
    "ends-with": Function(2, 2, lambda text, part: to_text(text).endswith(to_text(part))),
    "translate": Function(3, 3, strings.translate),
    "string-length": Function(1, 1, strings.length),
    "normalize-space": Function(1, 1, strings.normalize_space),
    "base64-decode": Function(1, 1, _from_base64),
}

_NUMBERS: Final = {
    "number": Function(1, 1, to_number),
    "int": Function(1, 1, to_int),
    "round": Function(1, 2, numbers.rounded),
    "pi": Function(0, 0, lambda: math.pi),
    "abs": _number(abs, 1),
    "acos": _number(math.acos, 1),
    "asin": _number(math.asin, 1),
    "atan": _number(math.atan, 1),
    "atan2": _number(math.atan2, 2),
    "cos": _number(math.cos, 1),
    "sin": _number(math.sin, 1),
    "tan": _number(math.tan, 1),
    "exp": _number(math.exp, 1),
    "exp10": _number(lambda number: numbers.power(10.0, number), 1),
    "log": _number(numbers.logarithm, 1),
    "log10": _number(numbers.logarithm10, 1),
    "sqrt": _number(math.sqrt, 1),
    "pow": _number(numbers.power, 2),
}

_DATES: Final = {
    "today": Function(0, 0, lambda facts: dates.midnight(facts.now.date(), facts.zone), True),
    "now": Function(0, 0, lambda facts: facts.now, True),
    "date": Function(
        1, 1, lambda facts, value: dates.to_date(value, facts.zone, with_time=False), True
    ),
    "date-time": Function(
        1, 1, lambda facts, value: dates.to_date(value, facts.zone, with_time=True), True
    ),
    "decimal-date-time": Function(
        1, 1, lambda facts, value: dates.decimal_days(value, facts.zone), True
    ),
    "decimal-time": Function(
        1, 1, lambda facts, value: dates.decimal_time(value, facts.zone, facts.now), True
    ),
    "format-date": Function(
        2, 2, lambda facts, value, how: dates.format_date(value, how, facts.zone), True
    ),
    "format-date-time": Function(
        2, 2, lambda facts, value, how: dates.format_date(value, how, facts.zone), True
    ),
}

_CHANCE: Final = {
    "random": Function(0, 0, lambda facts: facts.chance(), True),
    "uuid": Function(0, 1, _uuid, True),
}

FUNCTIONS: Final = {**_LOGIC, **_TEXTS, **_NUMBERS, **_DATES, **_CHANCE}
"""Every plain function by name. Those with rules of their own are in special.py."""
