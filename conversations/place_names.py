"""Names of places in what people write: 盐湖区解州镇, 解州, 我是解州的."""

from typing import Final

_ENDINGS: Final = ("街道办事处", "街道", "经济技术开发区", "镇", "乡", "县", "市", "区")
_SHORTEST: Final = 2


def is_named(place: str, text: str) -> bool:
    """Tell whether words name a place, with what it is (镇, 县) or without."""
    short = place
    for ending in _ENDINGS:
        short = short.removesuffix(ending)
    return place in text or (len(short) >= _SHORTEST and short in text)
