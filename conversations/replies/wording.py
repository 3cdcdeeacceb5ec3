"""Names, villages and free words: kept as typed, freed of what cannot be seen or stored."""

import re
import unicodedata
from typing import Final

from conversations.replies.characters import cleaned, is_han, is_picture
from conversations.replies.outcome import Reading, Reason, Unclear, Understood

NAME_LIMIT: Final = 50
_INTRODUCED: Final = re.compile(
    r"^(?:我的名字叫|我的名字是|名字叫|名字是|我叫|我是|本人叫|姓名|名字)[是:：\s]*"
)
_DOTS: Final = re.compile(r"\s*[·•・･‧∙⋅．.]\s*")
_RADICALS: Final = re.compile("[\u2e80-\u2fdf]")
_EDGES: Final = " 。.,，、;；!！?？~～:："


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_UNKNOWING: Final = _words("""
    不知道 不清楚 不晓得 不记得 记不清 记不清了 记不得 想不起来 忘了 忘咧 说不好 说不来
    说不上来 说不上 不好说 不确定 说不准 闹不清 不知道咧 不知道呀
""")
_NOTHING: Final = _words("没有 没 无 没了 没有了 没手机 没有手机 没电话 没有电话 不填 空")


def says_nothing(text: str) -> bool:
    """Tell whether the words mean that there is nothing to write."""
    return cleaned(text).strip(_EDGES) in _NOTHING


def does_not_know(text: str) -> bool:
    """Tell whether the words mean that the person does not know."""
    return cleaned(text).strip(_EDGES) in _UNKNOWING


def read_name(text: str) -> Reading:
    """Read a person's name; rare characters and the · of minority names stay."""
    bare = _without_introduction(_RADICALS.sub(_unified, cleaned(text)))
    name = _DOTS.sub("·", "".join(c for c in bare if not is_picture(c)).strip(_EDGES))
    if any(is_han(char) for char in name):
        name = name.replace(" ", "")
    name = cleaned(name.strip("·"))
    reason = _name_fault(name)
    return Understood(name, name) if reason is None else Unclear(reason)


def _without_introduction(text: str) -> str:
    before = ""
    while text != before:
        before, text = text, _INTRODUCED.sub("", text).strip(_EDGES)
    return text


def _unified(found: re.Match[str]) -> str:
    """Some keyboards write radicals that only look like characters: ⼤ is 大."""
    return unicodedata.normalize("NFKC", found[0])


def _name_fault(name: str) -> Reason | None:
    if any(char.isdecimal() for char in name):
        return Reason.NAME_DIGITS
    if not any(is_han(char) for char in name):
        return Reason.NAME_NOT_HAN
    if len(name) < 2:
        return Reason.NAME_SHORT
    return Reason.NAME_LONG if len(name) > NAME_LIMIT else None


def read_village(text: str) -> Reading:
    """Read the name of a village; a number alone or foreign letters are none."""
    name = cleaned("".join(c for c in cleaned(text) if not is_picture(c))).strip(_EDGES)
    if not any(is_han(char) for char in name):
        return Unclear(Reason.VILLAGE_UNCLEAR)
    return Understood(name, name)


def read_words(text: str) -> Reading:
    """Read free words."""
    words = cleaned(text)
    return Understood(words, words)
