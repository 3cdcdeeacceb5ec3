"""Which station a chat belongs to: from what was answered, or from a name or a tap."""

from collections.abc import Iterable

from bot.desk import Desk, state_of
from bot.places import Place, Places
from conversations.lobby.talks import PlaceAsked, PlaceOffered
from conversations.place_names import is_named
from conversations.record import by_role
from storage import people


async def whereabouts(desk: Desk) -> Place | None:
    """Return the township of the answers so far or of the last report, or else the county."""
    by_id = desk.world.places.by_id
    if desk.open is not None:
        form = await desk.world.shelf.get(desk.tx, desk.open.form_hash)
        values = by_role(form, state_of(desk.open).answers)
        answered = values.get("township") or values.get("county", "")
        if answered in by_id:
            return by_id[answered]
    for person in await people.of_chat(desk.tx, desk.chat.id):
        known = person.township_id or person.county_id or ""
        if known in by_id:
            return by_id[known]
    return None


def choices_in(places: Places, inside: Place | None) -> PlaceAsked:
    """Return the question for the next place down: a city, its county, its township."""
    if inside is None or inside.level not in ("city", "county"):
        return PlaceAsked("city", _offered(one for one in _all(places) if one.level == "city"))
    below = _offered(one for one in _all(places) if one.parent_id == inside.id)
    if inside.level == "city":
        return PlaceAsked("county", below, _offer(inside))
    return PlaceAsked("township", below, _offer(inside))


def place_said(places: Places, text: str) -> Place | None:
    """Return the township that the words name, or else the county; None when it is not clear.

    A township counts when its name is the only one of its kind, or its county is named too.
    """
    counties = [one for one in _all(places) if one.level == "county" and is_named(one.name, text)]
    townships = [
        one for one in _all(places) if one.level == "township" and is_named(one.name, text)
    ]
    if counties:
        named = {one.id for one in counties}
        townships = [one for one in townships if one.parent_id in named] or townships
    if len(townships) == 1:
        return townships[0]
    return counties[0] if len(counties) == 1 else None


def within(places: Places, place_id: str) -> list[str]:
    """Return the townships of a county, in the order of their codes; none of any other place."""
    place = places.by_id.get(place_id)
    if place is None or place.level != "county":
        return []
    return [one.id for one in _all(places) if one.parent_id == place_id]


def shared_with(places: Places, scope_id: str) -> list[str]:
    """Return the places whose people those of a place look after: its own, and for a township
    its county, which stands for whoever said no more.
    """
    place = places.by_id.get(scope_id)
    if place is None:
        return []
    if place.level == "township":
        return [place.id, place.parent_id]
    return [place.id, *within(places, place.id)]


def _all(places: Places) -> Iterable[Place]:
    return places.by_id.values()


def _offered(found: Iterable[Place]) -> tuple[PlaceOffered, ...]:
    return tuple(_offer(place) for place in found)


def _offer(place: Place) -> PlaceOffered:
    return PlaceOffered(place.id, place.name)
