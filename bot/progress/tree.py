"""The places of the province from the bottom up, as the kept counts go by them."""

from collections.abc import Sequence

from bot.places import Place, Places
from bot.world import World
from conversations.scope import PROVINCE
from storage.days import LocalDays
from storage.progress import NOWHERE, Above, Counting


def above_of(places: Places) -> Above:
    """Return each place with itself and all above it, the province last."""
    found: dict[str, Sequence[str]] = {PROVINCE: (PROVINCE,), NOWHERE: (NOWHERE, PROVINCE)}
    for place in places.by_id.values():
        found[place.id] = (place.id, *(one.id for one in places.above(place)), PROVINCE)
    return found


def counting_of(world: World) -> Counting:
    """Return how counts go up from place to place, by the days of the stations."""
    return Counting(above_of(world.places), LocalDays(world.zone))


def children_of(places: Places, place_id: str) -> list[Place]:
    """Return the places right below one, in the order of their codes; none below a township."""
    parent = "" if place_id == PROVINCE else place_id
    below = (one for one in places.by_id.values() if one.parent_id == parent)
    return sorted(below, key=lambda one: one.code)


def name_of(places: Places, place_id: str, province: str) -> str:
    """Return what a place is called.

    Args:
        province: the name of the province, which no row of the divisions has.
    """
    place = places.by_id.get(place_id)
    return province if place is None else place.name


def level_of(places: Places, place_id: str) -> str:
    """Return `province`, `city`, `county` or `township`."""
    place = places.by_id.get(place_id)
    return "province" if place is None else place.level
