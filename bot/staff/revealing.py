"""The whole numbers of a person: only for a reason, which the audit keeps sealed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.desk import Desk, Office, Step
from bot.errands.opening import open_state
from bot.faces import face_in
from bot.staff.access import is_granted, scope_of
from conversations.lobby.accounts import ReasonAsked, WholeMissed, WholeShown
from conversations.record import by_role
from conversations.scope import Action
from storage import desks, people, reports, roster
from storage.desks import DeskState
from storage.people import Person
from storage.staff import Staff

SHORTEST: Final = 4
LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Whole:
    """What is known of a person, unmasked; "" for what is not known. Never kept, never logged."""

    name: str = field(repr=False)
    id_number: str = field(repr=False)
    phone: str = field(repr=False)


def is_reason(text: str) -> bool:
    """Tell whether these words can be why somebody looks."""
    return SHORTEST <= len(text.strip()) <= LONGEST


async def may_see_whole(office: Office, who: Staff, person: Person, reason: str) -> bool:
    """Decide whether the account may see somebody whole for this reason; the audit keeps both."""
    if person.state == "erased" or not is_reason(reason):
        return False
    place, whom = person.township_id or person.county_id, f"person:{person.id}"
    return await is_granted(office, who, Action.SEE_WHOLE, place, whom, reason=reason.strip())


async def reveal(office: Office, who: Staff, person_id: str, reason: str) -> Whole | None:
    """Return the whole numbers, from the last report or else the roster; the audit says why.

    None for no reason, no right, or nobody of whom anything is known.
    """
    person = await people.get(office.tx, person_id)
    if person is None or not await may_see_whole(office, who, person, reason):
        return None
    values = await _known(office, person_id)
    if values is None:
        return None
    face = face_in(values)
    return Whole(face.name, values.get("id_number", ""), face.phone)


async def ask(desk: Desk, who: Staff, tag: str) -> Step:
    """Ask why, before anything is shown."""
    scope = scope_of(desk.world.places, who, Action.SEE_WHOLE)
    found = await people.named(desk.tx, scope, tag) if tag else []
    if len(found) != 1:
        # Nobody is told whether the person exists; that somebody tried is kept.
        await is_granted(desk, who, Action.SEE_WHOLE, None, f"tag:{tag}")
        return Step((WholeMissed(),), open_state(desk))
    await desks.put(desk.tx, desk.chat.id, "acc.why", {"person": found[0].id}, desk.now)
    return Step((ReasonAsked(),), open_state(desk))


async def typed(desk: Desk, who: Staff, state: DeskState, text: str) -> Step:
    """Take the reason and show the numbers."""
    if not is_reason(text):
        return Step((ReasonAsked(is_refused=True),), open_state(desk))
    await desks.clear(desk.tx, desk.chat.id)
    whole = await reveal(desk, who, state.values["person"], text)
    if whole is None:
        return Step((WholeMissed(),), open_state(desk))
    shown = WholeShown(whole.name, whole.id_number, whole.phone)
    return Step((shown,), open_state(desk))


async def _known(office: Office, person_id: str) -> Mapping[str, str] | None:
    key = await people.key_of(office.tx, person_id)
    if key is None:
        return None
    report = await reports.latest(office.tx, person_id, key)
    if report is None:
        return await roster.prefill(office.tx, person_id, key)
    form = await office.world.shelf.get(office.tx, report.form_hash)
    return by_role(form, report.answers)
