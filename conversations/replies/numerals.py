"""Numbers as people write them: 3500, 3,500, 三千五, 1万2, 1.2万, 二〇二七."""

import re
from decimal import Decimal
from typing import Final

_DIGITS: Final = {
    **dict(zip("〇零一二三四五六七八九", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)),
    **dict(zip("壹贰叁肆伍陆柒捌玖", range(1, 10), strict=True)),
    **{"两": 2, "俩": 2, "幺": 1, "○": 0},
}
_UNITS: Final = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "k": 1000}
_MYRIADS: Final = {"万": 10**4, "萬": 10**4, "w": 10**4, "亿": 10**8}
_NUMBER: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_GROUPED: Final = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_PIECE: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?|\S")
_LONGEST: Final = 40


def number_in(text: str) -> Decimal | None:
    """Return the number that the whole text is, None when it is none. Text must be `plain`."""
    bare = _GROUPED.sub("", text.replace(" ", "").casefold())
    if not bare or len(bare) > _LONGEST:
        return None
    if _NUMBER.fullmatch(bare):
        return Decimal(bare)
    if all(char in _DIGITS for char in bare):
        if len(bare) == 2 and not set(bare) & set("〇零○"):
            return None  # 两三 and 三五 are guesses, not 23 and 35
        return Decimal("".join(str(_DIGITS[char]) for char in bare))
    return _composed(_PIECE.findall(bare))


def digits_of(text: str) -> str:
    """Return the text with Chinese digits written as 0 to 9: 二〇二七年 -> 2027年."""
    return "".join(str(_DIGITS[char]) if char in _DIGITS else char for char in text)


def _composed(pieces: list[str]) -> Decimal | None:
    """Add up sections such as 三千五 | 万 | 二: the last digit alone counts tenths of its unit."""
    total = section = Decimal(0)
    pending: Decimal | None = None
    last_unit = 1
    after_zero = False
    for piece in pieces:
        if piece in _MYRIADS:
            last_unit, after_zero = _MYRIADS[piece], False
            total += (section + (pending or 0)) * last_unit
            section, pending = Decimal(0), None
            if not total:
                return None
        elif piece in _UNITS:
            if pending is None and (_UNITS[piece] != 10 or section):
                return None
            last_unit, after_zero = _UNITS[piece], False
            section += (Decimal(1) if pending is None else pending) * last_unit
            pending = None
        elif piece in ("零", "〇") and pending is None:
            after_zero = True
        elif pending is None and (value := _value(piece)) is not None:
            pending = value
        else:
            return None
    return total + section + _tail(pending, last_unit, after_zero)


def _value(piece: str) -> Decimal | None:
    if piece in _DIGITS:
        return Decimal(_DIGITS[piece])
    return Decimal(piece) if _NUMBER.fullmatch(piece) else None


def _tail(pending: Decimal | None, last_unit: int, after_zero: bool) -> Decimal:
    if pending is None:
        return Decimal(0)
    is_shortened = last_unit >= 100 and not after_zero and 0 < pending < 10
    return pending * last_unit / 10 if is_shortened else pending
