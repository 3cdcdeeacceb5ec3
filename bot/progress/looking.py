"""Whose progress somebody of the staff sees: of the places that they look after, and those below.

Counts of places are figures for everybody, so looking at them is not in the audit; the villages of
a township, for which its people are opened, are (`Action.SEE_VILLAGES`).
"""

from bot.figures import figure
from bot.places import Places
from bot.staff.access import above
from bot.world import World
from conversations.scope import Action, decide, does
from storage.staff import Staff

# The first cycle that the notice knows.
FIRST_CYCLE = 2022


def home_of(who: Staff) -> str:
    """Return the place that somebody is shown first: their own, or else whom they stand in for."""
    own = [one for one in who.mandates if does(one.role, Action.SEE_PROGRESS)]
    return own[0].scope_id if own else ""


def may(places: Places, who: Staff, action: Action, place_id: str) -> bool:
    """Tell whether an account may do something about the figures of a place."""
    near, viewing = above(places, place_id), bool(who.viewer_id)
    return decide(action, who.mandates, place_id, near, is_viewing=viewing) is not None


def cycle_from(world: World, given: str) -> int:
    """Return the cycle that was asked for, or else this year's."""
    today = world.today(world.clock())
    return figure(given, today.year, least=FIRST_CYCLE, most=today.year + 1)
