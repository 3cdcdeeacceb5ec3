"""Cities, counties and townships by every name that people give them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, product
from typing import Final, Literal

from conversations.replies.search import stem
from conversations.replies.sounds import SILENT, Sounds, blurred, sounds_like

Level = Literal["city", "county", "township"]
LEVELS: Final[tuple[Level, ...]] = ("city", "county", "township")
_ENDINGS: Final[Mapping[Level, tuple[str, ...]]] = {
    "city": ("市",),
    "county": ("县", "区", "市"),
    "township": ("镇", "乡", "街道", "街道办事处", "街道办", "办事处"),
}
_LONGEST: Final = 6
_READINGS: Final = 8


@dataclass(frozen=True, slots=True)
class Division:
    """One division; `parent_id` is "" for a city."""

    id: str
    parent_id: str
    level: Level
    name: str


@dataclass(frozen=True)
class Atlas:
    """All divisions and villages, made ready for reading addresses.

    The indexes are made at their first use: an address typed as one line is rare.

    Args of the constructor:
        divisions: by id.
        villages: names of the villages by township id.
    """

    divisions: Mapping[str, Division]
    villages: Mapping[str, tuple[str, ...]]
    sounds: Sounds

    @cached_property
    def _by_stem(self) -> dict[str, tuple[Division, ...]]:
        stems: dict[str, list[Division]] = {}
        for division in self.divisions.values():
            stems.setdefault(_stem(division), []).append(division)
        return {said: tuple(found) for said, found in stems.items()}

    @cached_property
    def _by_sound(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        """Return the bare names by their blurred syllables, in each reading."""
        stems: dict[tuple[str, ...], list[str]] = {}
        for said in self._by_stem:
            for key in self._keys(said):
                stems.setdefault(key, []).append(said)
        return {key: tuple(found) for key, found in stems.items()}

    def _keys(self, name: str) -> Iterator[tuple[str, ...]]:
        readings = [{blurred(one) for one in self.sounds.of(char)} for char in name]
        return islice(product(*readings), _READINGS)

    def starting(self, text: str) -> list[tuple[int, tuple[Division, ...]]]:
        """Return lengths of the names that the text starts with, and whose they are; long first.

        Any word of its kind may follow the bare name: townships become towns and counties
        districts faster than people change their words.
        """
        found: dict[int, list[Division]] = {}
        for length in range(2, min(_LONGEST, len(text)) + 1):
            for division in self._by_stem.get(text[:length], ()):
                whole = length + _ending(division, text[length:])
                found.setdefault(whole, []).append(division)
        return _long_first(found)

    def sounding(self, text: str) -> list[tuple[int, tuple[Division, ...]]]:
        """Return the same for names that the text's start merely sounds like."""
        found: dict[int, list[Division]] = {}
        for length in range(2, min(_LONGEST, len(text)) + 1):
            said = text[:length]
            stems = {one for key in self._keys(said) for one in self._by_sound.get(key, ())}
            for division in [one for name in stems for one in self._by_stem[name]]:
                if sounds_like(said, _stem(division), self.sounds) is not None:
                    whole = length + _ending(division, text[length:])
                    found.setdefault(whole, []).append(division)
        return _long_first(found)

    def above(self, division: Division) -> Iterator[Division]:
        """Yield the division and those that hold it, from the nearest up."""
        found: Division | None = division
        while found is not None:
            yield found
            found = self.divisions.get(found.parent_id)


def atlas_of(
    divisions: Iterable[Division], villages: Mapping[str, tuple[str, ...]], sounds: Sounds
) -> Atlas:
    """Return the atlas of these divisions."""
    return Atlas({division.id: division for division in divisions}, villages, sounds)


def _stem(division: Division) -> str:
    """Return the name by which a place is found; one character alone would be found anywhere."""
    bare = stem(division.name)
    return bare if len(bare) > 1 else division.name


def _ending(division: Division, rest: str) -> int:
    """Return how long the word of its kind is that follows the bare name, 0 for none."""
    fitting = (len(one) for one in _ENDINGS[division.level] if rest.startswith(one))
    return max(fitting, default=0)


def _long_first(
    found: dict[int, list[Division]],
) -> list[tuple[int, tuple[Division, ...]]]:
    return [(length, tuple(found[length])) for length in sorted(found, reverse=True)]


NO_PLACES: Final = Atlas({}, {}, SILENT)
