"""Whose statistics an account sees: those of its own scope and of every place below it."""

from collections.abc import Iterator

from bot.places import Places
from bot.staff.access import above
from conversations.scope import Action, does
from storage.staff import Staff


def may_see(places: Places, who: Staff, place_id: str, action: Action = Action.STATISTICS) -> bool:
    """Tell whether an account sees the numbers of a place.

    A station helps callers of whom only the county is known, but it does not see the county's
    numbers: so this looks only at the places above.
    """
    held = above(places, place_id)
    return any(one in held for one in scopes(who, action))


def scopes(who: Staff, action: Action = Action.STATISTICS) -> Iterator[str]:
    """Yield the places at which an account may do this, its own first."""
    for mandate in who.mandates:
        if does(mandate.role, action):
            yield mandate.scope_id
