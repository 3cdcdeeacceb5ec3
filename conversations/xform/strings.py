"""Text functions. Java counts UTF-16 units, so an emoji has length 2."""

import re
from typing import Final

from conversations.xform.values import TRIMMED, Value, index_of, to_text

_SPACES: Final = re.compile(r"[ \t\n\x0b\f\r]+")


def _units(text: str) -> list[str]:
    """Return a text as UTF-16 units."""
    raw = text.encode("utf-16-le", "surrogatepass")
    return [raw[at : at + 2].decode("utf-16-le", "surrogatepass") for at in range(0, len(raw), 2)]


def _joined(units: list[str]) -> str:
    """Return the text of UTF-16 units."""
    raw = b"".join(unit.encode("utf-16-le", "surrogatepass") for unit in units)
    return raw.decode("utf-16-le", "surrogatepass")


def length(value: Value) -> float:
    """Return the length in UTF-16 units."""
    text = to_text(value)
    return float(len(text) + sum(sign > "\uffff" for sign in text))


def substr(value: Value, start: Value, end: Value | None = None) -> str:
    """Return the part from start to before end; negative ones count from the end."""
    text = to_text(value)
    if text.isascii() or max(text) <= "\uffff":
        low, high = _ends(len(text), start, end)
        return text[low:high]
    units = _units(text)
    low, high = _ends(len(units), start, end)
    return _joined(units[low:high])


def _ends(size: int, start: Value, end: Value | None) -> tuple[int, int]:
    """Return both ends of a part, forced into range."""
    low = index_of(start)
    high = size if end is None else index_of(end)
    low = low + size if low < 0 else low
    high = high + size if high < 0 else high
    return min(max(0, low), size), min(max(0, high), size)


def before(value: Value, sign: Value) -> str:
    """Return what stands before the first occurrence, "" if there is none."""
    head, found, _ = to_text(value).partition(to_text(sign)) if to_text(sign) else ("", "", "")
    return head if found else ""


def after(value: Value, sign: Value) -> str:
    """Return what stands after the first occurrence, "" if there is none."""
    text, wanted = to_text(value), to_text(sign)
    return text.partition(wanted)[2] if wanted else text


def translate(value: Value, old: Value, new: Value) -> str:
    """Return the text with signs of `old` replaced by those of `new`, or left out."""
    fresh = to_text(new)
    table: dict[int, str] = {}
    for at, sign in enumerate(to_text(old)):
        table.setdefault(ord(sign), fresh[at] if at < len(fresh) else "")
    return to_text(value).translate(table)


def normalize_space(value: Value) -> str:
    """Return the text without spaces at its ends, one where there were several."""
    return _SPACES.sub(" ", to_text(value).strip(TRIMMED))


def is_selected(chosen: str, name: str) -> bool:
    """Tell whether a choice is among the chosen ones."""
    return f" {name.strip(TRIMMED)} " in f" {chosen} "


def choices_of(chosen: str) -> list[str]:
    """Return the names in a multiple choice."""
    return [name for name in chosen.split(" ") if name]
