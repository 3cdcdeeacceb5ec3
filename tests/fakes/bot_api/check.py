"""Calls are checked against the description of the Bot API, more strictly than Telegram does.

Telegram ignores what it does not know; here an unknown method, parameter or field is a 400, and
kept in `World.violations`, so that a test can say that there was none.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from aiohttp.web import FileField

from tests.fakes.bot_api.refusal import Refusal, bad

DESCRIPTION: Final = json.loads(Path(__file__).with_name("description.json").read_text("utf-8"))
METHODS: Final[Mapping[str, Mapping[str, str]]] = DESCRIPTION["methods"]
TYPES: Final[Mapping[str, Mapping[str, Any]]] = DESCRIPTION["types"]


def parameters(method: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters as values of their types.

    Args:
        given: from a form or query string (texts) or from JSON (values).
    """
    if method not in METHODS:
        raise Refusal(404, "Not Found")
    return _fields(METHODS[method], given, method)


def _fields(spec: Mapping[str, str], given: Mapping[str, Any], place: str) -> dict[str, Any]:
    for name in given:
        if name not in spec:
            raise bad(f"strict: {place} has no {name}")
    for name, types in spec.items():
        if types.startswith("!") and name not in given:
            raise bad(f"strict: {place} needs {name}")
    return {
        name: _value(spec[name].removeprefix("!").split("|"), value, f"{place}.{name}")
        for name, value in given.items()
    }


def _value(types: list[str], value: Any, place: str) -> Any:
    for kind in types:
        found = _as_type(kind, value, place)
        if found is not None:
            return found
    raise bad(f"strict: {place} is no {' or '.join(types)}")


def _as_type(kind: str, value: Any, place: str) -> Any:
    if kind == "InputFile":
        return value if isinstance(value, FileField) else None
    if kind == "String":
        return value if isinstance(value, str) else None
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            return None
    if kind == "Integer":
        return value if isinstance(value, int) and not isinstance(value, bool) else None
    if kind == "Boolean":
        return value if isinstance(value, bool) else None
    if kind.startswith("Array of "):
        return _array(kind.removeprefix("Array of "), value, place)
    return _object(kind, value, place)


def _array(kind: str, value: Any, place: str) -> list[Any] | None:
    if not isinstance(value, list):
        return None
    return [_value([kind], item, f"{place}[{i}]") for i, item in enumerate(value)]


def _object(kind: str, value: Any, place: str) -> dict[str, Any] | None:
    if not isinstance(value, dict) or kind not in TYPES:
        return None
    spec = TYPES[kind]
    if "one_of" in spec:
        return dict(value)
    if any(name not in spec for name in value):
        return None
    return _fields(spec, value, place)
