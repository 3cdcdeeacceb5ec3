"""The one door between staff and people: who asks, whether they may, and a line in the audit.

Whatever somebody of the staff reads or writes of a person goes through `is_granted`.
"""

from bot.desk import Desk
from bot.places import Places
from bot.whereabouts import shared_with, within
from conversations.scope import Action, may
from storage import audits, staff
from storage.staff import Staff


async def staff_of(desk: Desk) -> Staff | None:
    """Return whose chat it is; None when that account was suspended or the chat is a worker's."""
    if desk.chat.staff_id is None:
        return None
    found = await staff.get(desk.tx, desk.chat.staff_id)
    return found if found is not None and found.state == "active" else None


async def is_granted(
    desk: Desk, who: Staff, action: Action, place_id: str | None, about: str
) -> bool:
    """Decide whether the account may do this about somebody of a place; the audit keeps either.

    Args:
        about: `person:ID`, or `chat:ID` where nobody is known yet.
    """
    allowed = place_id is not None and may(
        who.role, who.scope_id, action, place_id, around(desk.world.places, place_id)
    )
    await audits.write(
        desk.tx,
        actor=f"staff:{who.id}",
        action=str(action) if allowed else f"{action}.refused",
        scope=about,
        now=desk.now,
    )
    return allowed


def about(person_id: str | None, chat_id: str) -> str:
    """Return how the audit names whom something is about."""
    return f"chat:{chat_id}" if person_id is None else f"person:{person_id}"


def around(places: Places, place_id: str) -> frozenset[str]:
    """Return the places whose staff may help somebody of this place: it, those above, and for a
    county, which stands for whoever said no more, its townships.
    """
    place = places.by_id.get(place_id)
    if place is None:
        return frozenset()
    above = {one.id for one in places.above(place)}
    return frozenset({place_id, *above, *within(places, place_id)})


def looked_after(places: Places, who: Staff) -> list[str]:
    """Return the places whose people an account sees: its own, and what its level shares.

    A station shares the callers of its county who did not say of which township they are.
    """
    return shared_with(places, who.scope_id)
