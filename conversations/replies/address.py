"""An address typed as one line -> the places of the cascade that it names, and the rest."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from conversations.replies.atlas import LEVELS, Atlas, Division
from conversations.replies.characters import cleaned, is_picture
from conversations.replies.sounds import Likeness
from conversations.replies.villages import stem_of_village

_LONGEST: Final = 200
_BETWEEN: Final = r"[\s,，、。.;；:：/|—\-]+"
_BEFORE: Final = (
    r"^(?:(?:我|俺|咱|他|她)?(?:们|家)?(?:的)?(?:户口|老家|家|住址|地址|户籍)?"
    r"(?:是|在|住在|住|叫)?)"
)
_PROVINCE: Final = r"^山西省?"
_AFTER: Final = r"(?:的人|人|的|那边|这边|里)$"
_VILLAGE: Final = r"(.{1,12}?(?:村|社区|庄|屯|堡|居委会|村委会))(.*)"


@dataclass(frozen=True, slots=True)
class Located:
    """What one line of address says.

    Args of the constructor:
        city, county, township: permanent ids, "" where not known; upper ones are filled in where
            the lower one lies in no other place.
        village: a known name, or the words that call themselves a village.
        detail: what remains.
        is_sure: everything was found as it is written; otherwise ask before taking it.
        candidates: ids of the places that the deepest name may mean, when there are several.
    """

    city: str = ""
    county: str = ""
    township: str = ""
    village: str = ""
    detail: str = ""
    is_sure: bool = True
    candidates: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether any place was understood."""
        return bool(self.city or self.candidates)


NOWHERE: Final = Located()


def read_address(text: str, atlas: Atlas, within: Sequence[str] = ()) -> Located:
    """Return the places that a line names, in order from city to village; never raises.

    Args:
        within: ids that are known already; they decide between places of one name.
    """
    if len(text) > _LONGEST:
        return NOWHERE
    rest = _bare(text)
    places: tuple[Division, ...] = ()
    is_sure = True
    while rest:
        step = _next(rest, atlas, places)
        if step is None:
            break
        length, places, heard = step
        is_sure = is_sure and not heard
        rest = rest[length:]
    if not places:
        return NOWHERE
    return _located(_decided(places, atlas, within), rest, atlas, is_sure=is_sure)


def _bare(text: str) -> str:
    visible = "".join(char for char in cleaned(text) if not is_picture(char))
    joined = re.sub(_BETWEEN, "", visible)
    return re.sub(_AFTER, "", re.sub(_PROVINCE, "", re.sub(_BEFORE, "", joined)))


def _next(
    rest: str, atlas: Atlas, places: tuple[Division, ...]
) -> tuple[int, tuple[Division, ...], bool] | None:
    """Return the longest name at the start that fits below the places found so far.

    A name that merely sounds so must leave nothing that sounds better unread, so it comes second.
    """
    if places and places[0].level == "township":
        return None
    for length, found in atlas.starting(rest):
        if fitting := _fitting(rest[:length], found, places, atlas):
            return length, fitting, False
    for length, found in atlas.sounding(rest):
        fitting = _fitting(rest[:length], found, places, atlas)
        # Out of a whole province some township sounds like any two characters.
        if fitting and (places or length > 2 or fitting[0].level != "township"):
            return length, fitting, True
    return None


def _fitting(
    said: str, found: tuple[Division, ...], places: tuple[Division, ...], atlas: Atlas
) -> tuple[Division, ...]:
    """Return those that lie in one of the places; those of that very name before the others.

    Of several levels the uppermost counts.
    """
    above = {place.id for place in places}
    below = [
        one
        for one in found
        if not above or any(upper.id in above for upper in atlas.above(one) if upper != one)
    ]
    below = [one for one in below if one.name == said] or below
    top = min((LEVELS.index(one.level) for one in below), default=0)
    return tuple(one for one in below if one.level == LEVELS[top])


def _decided(
    places: tuple[Division, ...], atlas: Atlas, within: Sequence[str]
) -> tuple[Division, ...]:
    """Return those of the places that lie in what is known already, if any does."""
    known = set(within)
    near = [one for one in places if known & {upper.id for upper in atlas.above(one)}]
    return tuple(near) or places


def _located(places: tuple[Division, ...], rest: str, atlas: Atlas, *, is_sure: bool) -> Located:
    """Return the places with those above them that are the same for all, and the village."""
    chains = [{one.level: one.id for one in atlas.above(place)} for place in places]
    shared = {
        level: chains[0].get(level, "")
        for level in LEVELS
        if len({chain.get(level, "") for chain in chains}) == 1
    }
    village, detail, known = _village(rest, shared.get("township", ""), atlas)
    return Located(
        city=shared.get("city", ""),
        county=shared.get("county", ""),
        township=shared.get("township", ""),
        village=village,
        detail=detail,
        is_sure=is_sure and known and len(places) == 1,
        candidates=tuple(place.id for place in places) if len(places) > 1 else (),
    )


def _sounds_the_same(said: str, name: str, atlas: Atlas) -> bool:
    pairs = zip(said, name, strict=False)
    return len(said) == len(name) and all(
        atlas.sounds.alike(one, other) is Likeness.SAME for one, other in pairs
    )


def _village(rest: str, township: str, atlas: Atlas) -> tuple[str, str, bool]:
    """Return the village, what remains, and whether it stands as it was written.

    Villages of one township differ in a character (西王村, 西元村): a slip is never guessed here.
    """
    if not township or not rest:
        return "", rest, True
    known = atlas.villages.get(township, ())
    for name in sorted(known, key=len, reverse=True):
        for said in (name, f"{stem_of_village(name)}村", stem_of_village(name)):
            if rest.startswith(said):
                return name, rest[len(said) :].removeprefix("村"), True
    for name in known:
        if len(name) > 2 and _sounds_the_same(rest[: len(name)], name, atlas):
            return name, rest[len(name) :], False
    if found := re.fullmatch(_VILLAGE, rest):
        return found[1], found[2], True
    return "", rest, True
