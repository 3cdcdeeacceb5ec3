"""Typed words -> the choices of a list that they may mean, best first.

One rule for reading an answer and for narrowing a list on show, so that both find the same: the
label itself; a part of it; a label inside a sentence; pinyin or its initials; another character
of the same sound, then of nearly the same.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from conversations.replies.characters import bared, is_han
from conversations.replies.sounds import (
    SILENT,
    Likeness,
    Sounds,
    Spelling,
    letters_of,
    sounds_like,
    spelled,
    spelled_nearly,
)
from conversations.xform.question import Choice

_ENDINGS: Final = r"(?:自治[区县]|地区|街道|[省市县区镇乡村族])$"
_SAID_ENDINGS: Final = r"(?:自治[区县]|地区|街道(?:办事处|办)?|办事处|[省市县区镇乡村族民人])$"
_PIECES: Final = r"[、，,/（）()]|或"
_DENIAL: Final = r"[不没无非未]"
_ASKED_BACK: Final = r"(.{1,2})[不没]\1"
_SHORTEST_PART: Final = 2


@dataclass(frozen=True, slots=True)
class Found:
    """Choices that words may mean, in the list's order.

    Args of the constructor:
        is_sure: the words name them in full; otherwise one hit is only likely.
        is_part: the words stand in the label as they are; otherwise they merely sound so.
    """

    choices: tuple[Choice, ...]
    is_sure: bool = False
    is_part: bool = False


NOTHING: Final = Found(())


def find(choices: Sequence[Choice], words: str, sounds: Sounds = SILENT) -> Found:
    """Return what the words may mean; the first way of matching that finds anything counts."""
    bare = bared(words)
    if not bare:
        return NOTHING
    if named := _named(choices, bare):
        return Found(named, is_sure=True, is_part=True)
    if holding := tuple(choice for choice in choices if bare in _name(choice.label).label):
        return Found(holding, is_part=True)
    if mentioned := _mentioned(choices, bare):
        return Found(mentioned, is_sure=True, is_part=True)
    if begun := _begun(choices, bare):
        return Found(begun, is_part=True)
    return Found(_heard(choices, words, bare, sounds))


def matching(
    choices: tuple[Choice, ...], query: str, sounds: Sounds = SILENT
) -> tuple[Choice, ...]:
    """Return the choices to show for typed words; all of them for none."""
    return find(choices, query, sounds).choices if query else choices


def first_of_all(choices: tuple[Choice, ...], value: str) -> tuple[Choice, ...]:
    """Return the choices with the answer of before in front, the others as they were."""
    before = frozenset(value.split())
    return tuple(sorted(choices, key=lambda choice: choice.name not in before))


def stem(label: str) -> str:
    """Return a label without the word for its kind: 平遥县 -> 平遥, 回族 -> 回."""
    return re.sub(_ENDINGS, "", label) or label


class _Name(NamedTuple):
    """A label made ready for comparing: folded, without its kind, and its pieces."""

    label: str
    stem: str
    pieces: tuple[str, ...]


# Only labels of lists are remembered here, never what somebody typed.
@lru_cache(maxsize=4096)
def _name(label: str) -> _Name:
    folded = bared(label)
    pieces = (bared(piece) for piece in re.split(_PIECES, label))
    return _Name(folded, stem(folded), tuple(one for one in pieces if len(one) >= _SHORTEST_PART))


def is_label(choice: Choice, bare: str) -> bool:
    """Tell whether folded words are the choice's label."""
    return _name(choice.label).label == bare


def _named(choices: Sequence[Choice], bare: str) -> tuple[Choice, ...]:
    """Return those whose whole label, stem or piece between commas the words are."""
    said = re.sub(_SAID_ENDINGS, "", bare)
    names = [(choice, _name(choice.label)) for choice in choices]
    ways: tuple[Callable[[_Name], bool], ...] = (
        lambda name: name.label == bare,
        lambda name: name.stem == bare or (len(said) > 1 and said in (name.stem, name.label)),
        lambda name: bare in name.pieces,
    )
    for way in ways:
        if found := tuple(choice for choice, name in names if way(name)):
            return found
    return ()


def _mentioned(choices: Sequence[Choice], bare: str) -> tuple[Choice, ...]:
    """Return those whose label, stem or piece stands in the words; the longest ones count."""
    mentions = []
    for choice in choices:
        name = _name(choice.label)
        mentions += [
            (part, choice)
            for part in (name.label, name.stem, *name.pieces)
            if len(part) >= _SHORTEST_PART and part in bare
        ]
    longest = [
        (part, choice)
        for part, choice in mentions
        if not any(part != other and part in other for other, _ in mentions)
    ]
    return tuple(dict.fromkeys(choice for part, choice in longest if agrees(bare, part)))


def agrees(bare: str, part: str) -> bool:
    """Tell whether the words say the part as it is: 不太想 is not 想, 没有不同意 not 不同意."""
    before, _, after = bare.partition(part)
    if re.search(_ASKED_BACK, bare):
        return False
    if re.search(_DENIAL, part):
        return not re.search(_DENIAL, before)
    return not re.search(_DENIAL, before) and not re.search(_DENIAL, after)


def _begun(choices: Sequence[Choice], bare: str) -> tuple[Choice, ...]:
    """Return those that begin with the words less their kind: 蒙族 -> 蒙古族."""
    said = re.sub(_SAID_ENDINGS, "", bare)
    if not said or said == bare:
        return ()
    return tuple(choice for choice in choices if _name(choice.label).label.startswith(said))


def _heard(choices: Sequence[Choice], words: str, bare: str, sounds: Sounds) -> tuple[Choice, ...]:
    if not sounds.readings:
        return ()
    if letters := letters_of(words):
        return _spelled(choices, letters, sounds)
    if all(is_han(char) for char in bare):
        return _sounding(choices, bare, sounds)
    return ()


def _spelled(choices: Sequence[Choice], letters: str, sounds: Sounds) -> tuple[Choice, ...]:
    """Return those that pinyin spells: from the start before inside, near at last."""
    for way in (_from_start, _inside, _nearly):
        ranked: dict[int, list[Choice]] = {}
        for choice in choices:
            if (rank := way(_name(choice.label), letters, sounds)) is not None:
                ranked.setdefault(rank, []).append(choice)
        if ranked:
            return tuple(ranked[min(ranked)])
    return ()


def _from_start(name: _Name, letters: str, sounds: Sounds) -> int | None:
    """Return how well the letters begin the label: whole before part, full before initials."""
    for way in Spelling:
        if covered := spelled(letters, name.label, sounds, way):
            return way if covered >= len(name.stem) else len(Spelling) + way
    return None


def _inside(name: _Name, letters: str, sounds: Sounds) -> int | None:
    for way in Spelling:
        starts = range(1, len(name.label))
        if any(spelled(letters, name.label[at:], sounds, way) > 1 for at in starts):
            return way
    return None


def _nearly(name: _Name, letters: str, sounds: Sounds) -> int | None:
    is_near = len(letters) >= _SHORTEST_PART and spelled_nearly(letters, name.stem, sounds)
    return 0 if is_near else None


def _sounding(choices: Sequence[Choice], bare: str, sounds: Sounds) -> tuple[Choice, ...]:
    """Return those that sound like the words: wholly, then in part, then nearly so."""
    said = re.sub(_SAID_ENDINGS, "", bare) or bare
    denies = bool(re.search(_DENIAL, bare))
    names = [(choice, _name(choice.label)) for choice in choices]
    ways: tuple[Callable[[_Name], Likeness | None], ...] = (
        lambda name: sounds_like(said, name.stem, sounds) if len(said) > 1 else None,
        lambda name: sounds_like(bare, name.label, sounds),
        lambda name: sounds_like(bare, name.stem, sounds),
        lambda name: sounds_like(said, name.stem, sounds),
        lambda name: _within(said, name.label, sounds),
        lambda name: _within(name.stem, bare, sounds) if not denies else None,
    )
    near: tuple[Choice, ...] = ()
    for way in ways:
        heard = [
            (choice, likeness) for choice, name in names if (likeness := way(name)) is not None
        ]
        if same := tuple(choice for choice, likeness in heard if likeness is Likeness.SAME):
            return same
        # A whole sentence that merely nearly holds a name is a guess too many.
        if not near and way is not ways[-1]:
            near = tuple(choice for choice, _ in heard)
    return near


def _within(short: str, long: str, sounds: Sounds) -> Likeness | None:
    """Return the best likeness of the shorter words to a stretch of the longer ones."""
    if not _SHORTEST_PART <= len(short) < len(long):
        return None
    starts = range(len(long) - len(short) + 1)
    found = [sounds_like(short, long[start : start + len(short)], sounds) for start in starts]
    return min((likeness for likeness in found if likeness is not None), default=None)
