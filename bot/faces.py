"""How somebody is shown to the staff: what is opened for them, and masked before it is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.world import World
from conversations.record import by_role
from storage import followups, people, reports, roster
from storage.transaction import Reading

_PHONES = ("phone", "contact_phone", "phone_listed", "informant_phone")


@dataclass(frozen=True, slots=True)
class Face:
    """What is known of somebody, in full: nothing of it is shown as it is."""

    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    village: str = field(default="", repr=False)


async def face_of(reading: Reading, world: World, person_id: str | None) -> Face:
    """Return what the last report says of a person, or else the roster; nothing of nobody."""
    key = await people.key_of(reading, person_id) if person_id else None
    if person_id is None or key is None:
        return Face()
    report = await reports.latest(reading, person_id, key)
    if report is not None:
        form = await world.shelf.get(reading, report.form_hash)
        return face_in(by_role(form, report.answers))
    return face_in(await roster.prefill(reading, person_id, key) or {})


async def faces_of(reading: Reading, world: World, person_ids: Sequence[str]) -> dict[str, Face]:
    """Return the faces of many by id, with few calls; who is gone, or nobody, has none."""
    faces: dict[str, Face] = {}
    async for chunk in followups.answers(reading, person_ids):
        for opened in chunk:
            values = followups.values_of(opened)
            if opened.form_hash:
                values = by_role(await world.shelf.get(reading, opened.form_hash), values)
            faces[opened.person_id] = face_in(values)
    return faces


def face_in(values: Mapping[str, str]) -> Face:
    """Return what values by role say."""
    phone = next((values[role] for role in _PHONES if values.get(role)), "")
    return Face(values.get("name", ""), phone, values.get("village", ""))
