"""The townships and villages of a scope, by every name that files give them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import Final

from conversations.replies.characters import plain
from conversations.replies.villages import matched, stem_of_village

_KIND: Final = re.compile(r"(?:街道办事处|街道办|办事处|街道|乡政府|镇政府|人民政府|镇|乡)$")
_CODE: Final = re.compile(r"[0-9]{9}(?:000)?")
_NEAR: Final = 3


@dataclass(frozen=True, slots=True)
class Township:
    """A township with the places that hold it.

    Args of the constructor:
        county_names: what the county is called in files: its id, code and name.
    """

    id: str
    code: str
    name: str
    county_id: str
    county: str
    county_code: str
    city_id: str


@dataclass(frozen=True, slots=True)
class Found:
    """What was made of a township's name: it, or the key of what is wrong and words for it."""

    township: Township | None = None
    fault: str = ""
    near: tuple[str, ...] = ()


@dataclass(frozen=True)
class Gazetteer:
    """All townships, those of the scope apart.

    Args of the constructor:
        scope: ids of the townships whose people the importing account may take over.
        villages: names by township id.
    """

    townships: tuple[Township, ...]
    scope: frozenset[str]
    villages: Mapping[str, tuple[str, ...]]

    @cached_property
    def by_id(self) -> Mapping[str, Township]:
        """Return the townships by id."""
        return {one.id: one for one in self.townships}

    @cached_property
    def _by_word(self) -> Mapping[str, tuple[Township, ...]]:
        found: dict[str, list[Township]] = {}
        for one in self.townships:
            for word in (one.id, one.code, one.name):
                found.setdefault(word, []).append(one)
        return {word: tuple(those) for word, those in found.items()}

    @cached_property
    def _by_stem(self) -> Mapping[str, tuple[Township, ...]]:
        found: dict[str, list[Township]] = {}
        for one in self.townships:
            found.setdefault(_stem(one.name), []).append(one)
        return {word: tuple(those) for word, those in found.items()}

    def township(self, said: str, county: str = "") -> Found:
        """Return the township of a name, code or id, or what is wrong with it.

        Args:
            county: what the row says of the county, "" for nothing.
        """
        found = self._named(plain(said).replace(" ", ""))
        inside = [one for one in found if one.id in self.scope]
        if county:
            here = tuple(one for one in found if _is_called(one, plain(county)))
            found, inside = here or found, [one for one in inside if one in here]
            if found and not here:
                return Found(fault="township_county", near=_told(found))
        if len(inside) == 1:
            return Found(inside[0])
        if inside:
            return Found(fault="township_several", near=_told(inside))
        if found:
            return Found(fault="wrong_scope", near=_told(found))
        return Found(fault="township_unknown", near=self._near(said))

    def village(self, said: str, township_id: str) -> tuple[str, bool]:
        """Return a village's name as the table has it, and whether it is in the table."""
        known = self.villages.get(township_id, ())
        name = matched(said, known)
        return (said, False) if name is None else (name, True)

    def near_villages(self, said: str, township_id: str) -> tuple[str, ...]:
        """Return villages of a similar name."""
        known = self.villages.get(township_id, ())
        stems = {stem_of_village(name): name for name in known}
        close = get_close_matches(stem_of_village(said), stems, n=_NEAR, cutoff=0.5)
        return tuple(stems[one] for one in close)

    def mentioned(self, texts: Iterable[str]) -> tuple[str, str]:
        """Return the one township of the scope, and its village, that a file's name speaks of."""
        text = plain("".join(texts)).replace(" ", "")
        said = [one for one in self.townships if one.id in self.scope and one.name in text]
        if len(said) != 1:
            return "", ""
        rest = text.partition(said[0].name)[2]
        villages = [name for name in self.villages.get(said[0].id, ()) if name in rest]
        return said[0].id, max(villages, key=len, default="")

    def _named(self, said: str) -> tuple[Township, ...]:
        if _CODE.fullmatch(said):
            return self._by_word.get(said[:9], ())
        found = self._by_word.get(said) or self._by_stem.get(_stem(said))
        if found or len(said) < 4:
            return found or ()
        # 运城市稷山县西社镇: the city and the county stand before it.
        return tuple(
            one
            for one in self.townships
            if said.endswith(one.name) and (one.county in said or one.id in self.scope)
        )

    def _near(self, said: str) -> tuple[str, ...]:
        names = [one.name for one in self.townships if one.id in self.scope]
        return tuple(get_close_matches(plain(said), names, n=_NEAR, cutoff=0.4))


def _stem(name: str) -> str:
    stem = _KIND.sub("", name)
    return stem if len(stem) > 1 else name


def _is_called(township: Township, county: str) -> bool:
    said = county.replace(" ", "")
    short = township.county[:-1] if len(township.county) > 2 else township.county
    return said in (township.county_id, township.county_code, township.county, short) or (
        said.endswith(township.county)
    )


def _told(townships: Iterable[Township]) -> tuple[str, ...]:
    return tuple(f"{one.county}{one.name}" for one in townships)[:_NEAR]
