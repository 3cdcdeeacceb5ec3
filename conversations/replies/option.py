"""Which option words mean: its text, its number on the list, yes or no, or a part of its text."""

import re
from collections.abc import Sequence
from typing import Final

from conversations.replies.characters import plain
from conversations.replies.numerals import number_in
from conversations.replies.outcome import Reading, Reason, Several, Unclear, Understood
from conversations.xform.question import Choice


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


YES: Final = _words("""
    是 是的 是啊 是滴 对 对的 好 好的 行 中 可以 能 要 嗯 嗯嗯 有 有的 想 想的 我想 想学 想找
    同意 我同意 愿意 没错 没问题 确认 正确 成 得 yes y ok
""")
NO: Final = _words("""
    不 否 不是 不是的 不对 不行 不中 不要 不用 不想 不了 没 没有 没的 无 算了 不同意 我不同意
    不愿意 不可以 不能 错 错了 不学 不找 no n
""")
_PUNCTUATION: Final = re.compile(r"[\s。.,，、;；!！?？~～'\"“”‘’()（）:：]+")
_ORDINAL: Final = re.compile(
    r"(?:我?选|就|第|选第|我选第)*([0-9一二三四五六七八九十两]{1,4})(?:个|项|号|条|种)?"
)
_BETWEEN: Final = re.compile(r"[\s,，、;；/。.+&]+|和|跟|还有|以及")
_NEGATION: Final = re.compile(r"[不没无非未]")
_SHORTEST_PART: Final = 2


def yes_or_no(text: str) -> bool | None:
    """Return what the whole text says as yes or no, None when it is neither."""
    bare = bared(text)
    return True if bare in YES else False if bare in NO else None


def bared(text: str) -> str:
    """Return the text folded for comparing: no punctuation, pictures, spaces or capitals."""
    return _PUNCTUATION.sub("", plain(text)).casefold()


def read_option(text: str, choices: Sequence[Choice], on_show: Sequence[Choice] = ()) -> Reading:
    """Read one choice. Numbers count within `on_show`, by default within all choices."""
    bare = bared(text)
    if not bare:
        return Unclear(Reason.NOT_AN_OPTION)
    for choice in choices:
        if bared(choice.label) == bare:
            return _taken(choice)
    if found := _ORDINAL.fullmatch(bare):
        return _by_number(found[1], on_show or choices)
    return _by_yes_or_no(bare, choices) or _by_part(plain(text), bare, choices)


def _taken(choice: Choice) -> Understood:
    return Understood(choice.name, choice.label)


def _by_number(numeral: str, numbered: Sequence[Choice]) -> Reading:
    number = number_in(numeral)
    if number is not None and 1 <= number <= len(numbered):
        return _taken(numbered[int(number) - 1])
    return Unclear(Reason.NO_SUCH_NUMBER, {"count": str(len(numbered))})


def _by_yes_or_no(bare: str, choices: Sequence[Choice]) -> Understood | None:
    """Where one of two labels says no, as in 想 and 不想, any yes and any no will do."""
    negative = [bool(_NEGATION.search(choice.label)) for choice in choices]
    if sorted(negative) != [False, True] or bare not in YES | NO:
        return None
    return _taken(choices[negative.index(bare in NO)])


def _by_part(typed: str, bare: str, choices: Sequence[Choice]) -> Reading:
    holding = tuple(choice for choice in choices if bare in bared(choice.label))
    if len(holding) == 1:
        return _taken(holding[0])
    if holding:
        narrowing = tuple(choice for choice in choices if typed in choice.label)
        return Several(typed, narrowing) if len(narrowing) > 1 else _several(holding)
    return _by_mention(bare, choices)


def _by_mention(bare: str, choices: Sequence[Choice]) -> Reading:
    """Find the labels, or parts of labels, that the words mention; the longest ones count."""
    mentions = [(part, choice) for choice in choices for part in _parts(choice) if part in bare]
    longest = [
        (part, choice)
        for part, choice in mentions
        if not any(part != other and part in other for other, _ in mentions)
    ]
    found = tuple(dict.fromkeys(choice for part, choice in longest if _agrees(bare, part)))
    if len(found) == 1:
        return _taken(found[0])
    return _several(found) if found else Unclear(Reason.NOT_AN_OPTION)


def _agrees(bare: str, part: str) -> bool:
    """Tell whether both or neither deny: 不太想 does not mean 想."""
    return bool(_NEGATION.search(bare)) == bool(_NEGATION.search(part))


def _parts(choice: Choice) -> list[str]:
    pieces = [choice.label, *re.split(r"[、，,/（）()]|或", choice.label)]
    return [bared(piece) for piece in pieces if len(bared(piece)) >= _SHORTEST_PART]


def _several(found: Sequence[Choice]) -> Unclear:
    labels = "、".join(choice.label for choice in found[:4])
    return Unclear(Reason.SEVERAL_OPTIONS, {"options": labels})


def read_options(text: str, choices: Sequence[Choice], on_show: Sequence[Choice] = ()) -> Reading:
    """Read several choices, separated by almost anything: 1 3 5, 1、3, 电工和焊工."""
    whole = read_option(text, choices, on_show)
    pieces = [piece for piece in _BETWEEN.split(plain(text)) if piece]
    if isinstance(whole, Understood) and (len(pieces) < 2 or whole.shown == plain(text)):
        return whole
    if len(pieces) < 2:
        return whole
    readings = [read_option(piece, choices, on_show) for piece in pieces]
    for reading in readings:
        if not isinstance(reading, Understood):
            return reading
    named = {reading.value for reading in readings if isinstance(reading, Understood)}
    taken = [choice for choice in choices if choice.name in named]
    return Understood(
        " ".join(choice.name for choice in taken), "、".join(choice.label for choice in taken)
    )
