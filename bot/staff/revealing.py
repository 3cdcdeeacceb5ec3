"""The whole phone number of somebody: takes a reason, and leaves a line in the audit."""

from bot.desk import Desk
from bot.faces import face_of
from bot.staff.access import is_granted
from conversations.scope import Action
from storage import audits, people
from storage.staff import Staff


async def reveal(desk: Desk, who: Staff, person_id: str, reason: str) -> str | None:
    """Return the whole number; None for whoever may not see it, "" where there is none."""
    person = await people.get(desk.tx, person_id)
    place = (person.township_id or person.county_id) if person else None
    if not await is_granted(desk, who, Action.REVEAL, place, f"person:{person_id}"):
        return None
    await audits.write(
        desk.tx,
        actor=f"staff:{who.id}",
        action="phone.reason",
        scope=f"reason:{person_id}",
        now=desk.now,
        detail=reason,
    )
    return (await face_of(desk.tx, desk.world, person_id)).phone
