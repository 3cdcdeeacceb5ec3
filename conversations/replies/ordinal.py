"""Places on a list, as people give them: 2, ②, 第二个, 头一个, 最后一个; 1 3 5, 135, 前三个."""

import re
from collections.abc import Callable
from typing import Final

from conversations.replies.characters import plain
from conversations.replies.numerals import number_in

_NUMERAL: Final = r"[0-9一二三四五六七八九十两]{1,4}"
_CHOSEN: Final = r"(?:我|就|要|选|想选|选择|第|是)*"
_COUNTER: Final = r"(?:个|项|号|条|种|样|那个|题)?(?:吧|的)?"
_ORDINAL: Final = rf"{_CHOSEN}({_NUMERAL}){_COUNTER}"
_FROM_END: Final = rf"倒数第?({_NUMERAL}){_COUNTER}"
_FIRST: Final = r"(?:头一|打头那?|最前面那?|最上面那?)个?"
_LAST: Final = r"(?:最后|末尾|最下面|最底下)(?:那|的)?一?(?:个|项)?"
_MIDDLE: Final = r"(?:中间|当中)(?:那|的)?一?个?"
_FRONT: Final = rf"(?:前|头|前面)({_NUMERAL})个?(?:都要|都行)?"
_BACK: Final = rf"(?:后|后面|最后)({_NUMERAL})个?(?:都要|都行)?"
_SPAN: Final = rf"({_NUMERAL})(?:-|~|到|至|—)({_NUMERAL})"
_ALL: Final = (
    rf"(?:我?(?:{_NUMERAL}个?)?(?:全|全部|都|全都|统统|一样不落)"
    r"(?:要|选|行|学|想学|想要|可以|中|会)?(?:了|吧|上)?)"
)
_RUN: Final = r"[1-9]{2,9}|[一二三四五六七八九]{2,9}"
_DINGBATS: Final = {place: str(place - 0x2775) for place in range(0x2776, 0x2780)}


def place_in(bare: str, count: int) -> int | None:
    """Return the place from 1 that the words give, 0 when it is beyond the list, else None."""
    bare = bare.translate(_DINGBATS)
    if found := re.fullmatch(_ORDINAL, bare):
        number = number_in(found[1])
        return int(number) if number is not None and 1 <= number <= count else 0
    if re.fullmatch(_FIRST, bare):
        return 1
    if re.fullmatch(_LAST, bare):
        return count
    if re.fullmatch(_MIDDLE, bare) and count % 2:
        return count // 2 + 1
    if found := re.fullmatch(_FROM_END, bare):
        number = number_in(found[1])
        return count + 1 - int(number) if number is not None and 1 <= number <= count else 0
    return None


def places_in(text: str, count: int) -> tuple[int, ...] | None:
    """Return the places that words give together: all, the first three, 1 to 3, 135; else None.

    Digits in a row are places only where they are not a place themselves, stand for themselves in
    the list and do not repeat: 12 is the twelfth of a long list, the first two of a short one.
    """
    bare = "".join(char for char in plain(text) if not char.isspace()).strip("。.!！,，")
    if re.fullmatch(_ALL, bare):
        return tuple(range(1, count + 1))
    for pattern, spanned in _SPANS:
        if found := re.fullmatch(pattern, bare):
            numbers = [number_in(numeral) for numeral in found.groups()]
            first, last = spanned(count, *(int(number or 0) for number in numbers))
            return tuple(range(first, last + 1)) if 1 <= first < last <= count else None
    return _in_a_row(bare, count) if re.fullmatch(_RUN, bare) else None


_SPANS: Final[tuple[tuple[str, Callable[..., tuple[int, int]]], ...]] = (
    (_FRONT, lambda count, first: (1, first)),
    (_BACK, lambda count, last: (count + 1 - last, count)),
    (_SPAN, lambda count, first, last: (first, last)),
)


def _in_a_row(bare: str, count: int) -> tuple[int, ...] | None:
    places = [int(number) for char in bare if (number := number_in(char)) is not None]
    whole = int(bare) if bare.isdecimal() else None
    if whole is not None and whole <= count:
        return None
    is_plain = len(set(places)) == len(places) == len(bare) and max(places) <= count
    return tuple(places) if is_plain else None
