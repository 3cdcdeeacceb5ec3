"""How characters are read: pinyin that people type, and words written with the wrong character.

The table is data that an edge reads and hands in. Tones are left out: phones type without them.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from operator import eq
from typing import Final

_NOT_LETTERS: Final = re.compile(r"[^a-z]+")
_LATIN: Final = re.compile(r"[a-z][a-z1-5 '’\-]*")
_LONGEST_TYPED: Final = 40


class Likeness(IntEnum):
    """How well a sound fits, best first."""

    SAME = 0
    NEAR = 1


@dataclass(frozen=True, slots=True)
class Sounds:
    """The readings of characters.

    Args of the constructor:
        readings: syllables without tones, ü as v, by character.
    """

    readings: Mapping[str, tuple[str, ...]]

    def of(self, char: str) -> tuple[str, ...]:
        """Return the syllables of a character; letters and digits are read as themselves."""
        return self.readings.get(char) or ((char.casefold(),) if char.isascii() else ())

    def alike(self, one: str, other: str) -> Likeness | None:
        """Tell how alike two characters sound, None when they do not."""
        if one == other:
            return Likeness.SAME
        mine, theirs = self.readings.get(one, ()), self.readings.get(other, ())
        if any(syllable in theirs for syllable in mine):
            return Likeness.SAME
        near = {blurred(syllable) for syllable in mine}
        return Likeness.NEAR if any(blurred(syllable) in near for syllable in theirs) else None


SILENT: Final = Sounds({})


def sounds_from(rows: Iterable[tuple[str, str]]) -> Sounds:
    """Return the table from its rows, each a syllable and all characters that are read so."""
    readings: dict[str, tuple[str, ...]] = {}
    for syllable, characters in rows:
        alone = (syllable,)
        for char in characters:
            before = readings.get(char)
            readings[char] = alone if before is None else (*before, syllable)
    return Sounds(readings)


def blurred(syllable: str) -> str:
    """Return a syllable without the differences that many people do not hear.

    Flat and curled tongue (z, zh), n and l at the start, front and back nasal at the end.
    """
    start = syllable[0]
    if syllable[1:2] == "h" and start in "zcs":
        syllable = start + syllable[2:]
    elif start == "n":
        syllable = "l" + syllable[1:]
    return syllable.removesuffix("g").replace("v", "u") if len(syllable) > 1 else syllable


def letters_of(text: str) -> str:
    """Return typed pinyin as bare letters, "" when the text is none: Tài Yuán -> taiyuan."""
    apart = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold()).replace(
        "u\u0308", "v"
    )
    bare = "".join(char for char in apart if unicodedata.category(char) != "Mn")
    if len(bare) > _LONGEST_TYPED or not _LATIN.fullmatch(bare):
        return ""
    return _NOT_LETTERS.sub("", bare).replace("lyu", "lv").replace("nyu", "nv")


class Spelling(IntEnum):
    """What typed letters are of each character, best first."""

    FULL = 0
    CUT = 1  # the last syllable is not finished, as while typing: taiy
    INITIALS = 2  # a first letter may stand for a character: ty, taiy


def spelled(typed: str, word: str, sounds: Sounds, way: Spelling) -> int:
    """Return how many characters the letters spell from the word's start, 0 when they do not."""
    first = typed[:1]
    if not any(syllable[0] == first for syllable in sounds.of(word[:1])):
        return 0
    places = {0}
    for count, char in enumerate(word, 1):
        onward = set()
        for place in places:
            rest = typed[place:]
            for syllable in sounds.of(char):
                if syllable == rest or (way > Spelling.FULL and syllable.startswith(rest)):
                    return count
                if rest.startswith(syllable):
                    onward.add(place + len(syllable))
                if way is Spelling.INITIALS and rest[0] == syllable[0]:
                    onward.add(place + 1 + (rest[1:2] == "h" == syllable[1:2]))
        if not onward:
            return 0
        places = onward
    return 0


def spelled_nearly(typed: str, word: str, sounds: Sounds) -> bool:
    """Tell whether the letters spell the whole word but for differences that are not heard."""
    places = {0}
    for char in word:
        places = {
            place + length
            for place in places
            for syllable in sounds.of(char)
            for length in range(max(1, len(syllable) - 1), len(syllable) + 2)
            if length <= len(typed) - place
            and blurred(typed[place : place + length]) == blurred(syllable)
        }
        if not places:
            return False
    return len(typed) in places


def sounds_like(typed: str, word: str, sounds: Sounds) -> Likeness | None:
    """Tell whether two words of one length sound alike.

    A near sound may not stand alone. Of three characters or more one may be wrong altogether: it
    merely looks alike, as 翰 and 斡.
    """
    if len(typed) != len(word):
        return None
    pairs = list(zip(typed, word, strict=True))
    same = sum(map(eq, typed, word))
    if len(word) > 2 and same == len(word) - 1:
        slip = next(pair for pair in pairs if pair[0] != pair[1])
        likeness = sounds.alike(*slip)
        return Likeness.NEAR if likeness is None else likeness
    nears = 0
    for one, other in pairs:
        likeness = sounds.alike(one, other)
        if likeness is None:
            return None
        nears += likeness
    if nears == len(word):
        return None
    return Likeness.NEAR if nears else Likeness.SAME
