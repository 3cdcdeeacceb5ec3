"""Finding people for the staff: inside their scope, masked, page by page.

What stands in the clear is asked of the database. Names, numbers and villages are sealed, so they
are opened and looked at in a thread, from where the page begins until it is full.
"""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from bot.places import Place, Places
from bot.staff.followups_choosing import moments_of
from bot.staff.followups_lists import group_name
from bot.whereabouts import within
from bot.world import World
from conversations.cases import masked_name
from conversations.dialogue.shown import masked
from conversations.searching import Search
from conversations.xform import Form
from storage import finding, followups, identities, roster
from storage.finding import Found
from storage.followups import Moments, Opened, values_of
from storage.scope import Scope
from storage.transaction import Reading

PAGE: Final = 50
_STATE: Final = "at"


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody on the list, masked."""

    found: Found = field(repr=False)
    name: str
    village: str
    number: str


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page of those found.

    Args of the constructor:
        total: how many there are in all; None where that would mean opening everybody's values.
        next: where the next page begins, "" at the end.
    """

    lines: tuple[Line, ...]
    total: int | None
    next: str


@dataclass(frozen=True, slots=True)
class Ground:
    """Where somebody looks: a county, and those of its places that they may see."""

    county_id: str
    scope: Scope


def ground_of(places: Places, scope: Scope, at: str) -> Ground | None:
    """Return where a search at a place looks; None where the place is no one county's.

    Args:
        scope: what the account sees.
        at: a township or county; "" stands for the only county of the scope.
    """
    counties = counties_in(places, scope)
    place = places.by_id.get(at)
    if place is None:
        return Ground(counties[0].id, scope) if len(counties) == 1 and not at else None
    county_id = place.parent_id if place.level == "township" else place.id
    below = [place.id] if place.level == "township" else [place.id, *within(places, place.id)]
    seen = tuple(one for one in below if one in scope)
    if county_id not in {one.id for one in counties} or not seen:
        return None
    return Ground(county_id, Scope(seen))


def counties_in(places: Places, scope: Scope) -> list[Place]:
    """Return the counties that places of a scope lie in, in the order of their codes."""
    found = {}
    for place_id in scope:
        place = places.by_id.get(place_id)
        if place is not None:
            county = places.by_id[place.parent_id] if place.level == "township" else place
            found[county.id] = county
    return sorted(found.values(), key=lambda one: one.code)


async def find(
    reading: Reading,
    world: World,
    ground: Ground,
    search: Search,
    now: datetime,
    *,
    after: str = "",
    size: int = PAGE,
) -> FoundPage:
    """Return a page of those for whom all holds that is asked."""
    moments = moments_of(world, search.filter, now)
    scope, county_id = ground.scope, ground.county_id
    total: int | None = None
    if search.looks_inside:
        ids = await finding.ids(reading, scope, county_id, search, moments, after=after)
        if search.filter.stuck_in:
            ids = await _stuck_in(reading, ids, search.filter.stuck_in, moments)
        ids = await _fitting(reading, world, ids, search, most=size + 1)
    else:
        ids, total = await finding.page(
            reading, scope, county_id, search, moments, after=after, most=size + 1
        )
    found = await finding.shown(reading, ids[:size])
    forms = await _forms(reading, world, (one.form_hash for one in found))
    if search.looks_inside and not after and len(ids) <= size:
        total = len(ids)
    more = ids[size - 1] if len(ids) > size else ""
    return FoundPage(tuple(_line(one, forms) for one in found), total, more)


async def owner_of(reading: Reading, id_number: str) -> str | None:
    """Return whose identity number this is, from reports or else the roster; None for nobody's."""
    number = id_number.upper()
    return await identities.find(reading, number) or await roster.find(reading, number)


async def _fitting(
    reading: Reading, world: World, ids: list[str], search: Search, *, most: int
) -> list[str]:
    """Return the first of these people of whom the sealed values fit as well."""
    if not (search.name or search.ending or search.filter.village):
        return ids[:most]
    fits: list[str] = []
    async for chunk in followups.answers(reading, ids):
        forms = await _forms(reading, world, (one.form_hash for one in chunk))
        fits += sorted(await asyncio.to_thread(_meant, chunk, forms, search))
        if len(fits) >= most:
            break
    return fits[:most]


async def _stuck_in(reading: Reading, ids: list[str], group: str, moments: Moments) -> list[str]:
    found = set()
    async for chunk in followups.unfinished(reading, ids, moments):
        found |= {one.person_id for one in chunk if _group_in(one) == group}
    return [person_id for person_id in ids if person_id in found]


def _group_in(one: Opened) -> str:
    values: Mapping[str, str] = values_of(one)
    return group_name(values[_STATE])


def _meant(chunk: Iterable[Opened], forms: Mapping[str, Form], search: Search) -> set[str]:
    """Return those whose name, number and village fit; of most the text alone tells."""
    wanted = [said for said in (search.name, search.ending, search.filter.village) if said]
    found = set()
    for one in chunk:
        if all(said in one.text for said in wanted):
            known = _known(values_of(one), forms.get(one.form_hash))
            if (
                search.name in known["name"]
                and known["id_number"].endswith(search.ending)
                and search.filter.village in known["village"]
            ):
                found.add(one.person_id)
    return found


def _known(values: Mapping[str, str], form: Form | None) -> dict[str, str]:
    """Return name, number and village from a report, or from the roster where there is no form."""
    roles = ("name", "id_number", "village")
    places = {role: role if form is None else form.roles.get(role, "") for role in roles}
    return {role: values.get(place, "") for role, place in places.items()}


def _line(found: Found, forms: Mapping[str, Form]) -> Line:
    known = _known(found.answers, forms.get(found.form_hash))
    number = known["id_number"]
    return Line(
        found,
        masked_name(known["name"]),
        known["village"],
        masked(number, "id") if number else "",
    )


async def _forms(reading: Reading, world: World, hashes: Iterable[str]) -> dict[str, Form]:
    return {hash: await world.shelf.get(reading, hash) for hash in set(hashes) if hash}
