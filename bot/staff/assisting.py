"""The same interview, filled in by the staff for somebody, in the staff's own chat."""

from collections.abc import Mapping
from typing import Final

from bot.assisted import Run, keep_run
from bot.beginning import begin_again, begin_first, begin_known
from bot.desk import Desk, Step
from bot.errands.opening import resume_open
from bot.household import draft_of
from bot.staff.access import is_granted
from conversations.cases import masked_name
from conversations.lobby.entry import EntryBegun
from conversations.people import Assistance
from conversations.record import by_role
from conversations.scope import Action
from storage import household, people, reports, roster
from storage.interviews import OpenInterview
from storage.people import Person
from storage.staff import Staff

# What a button carries: method of the list collection_method, and who speaks ("" is asked).
MODES: Final[Mapping[str, tuple[str, str]]] = {
    "tel": ("5", "0"),
    "home": ("4", "0"),
    "telkin": ("5", ""),
    "homekin": ("4", ""),
}
_LONGEST: Final = 9


async def begin(desk: Desk, who: Staff, run: Run) -> Step | None:
    """Open the interview, or go on with the one begun before; None for whoever may not."""
    method, relation = MODES[run.mode]
    assistance = Assistance(who.id, method, relation)
    if not run.person_id:
        return await _begin_new(desk, who, run, assistance)
    person = await people.get(desk.tx, run.person_id)
    place = (person.township_id or person.county_id) if person else None
    scope = f"person:{run.person_id}"
    if not await is_granted(desk, who, Action.ENTER, place, scope) or person is None:
        return None
    begun = await _begun_before(desk, who, run.person_id)
    if begun is not None:
        await keep_run(desk, run)
        return await _resume(desk, begun)
    return await _begin_known(desk, run, person, assistance)


async def go_on(desk: Desk, who: Staff, argument: str) -> Step | None:
    """Go on with what this account began here; None when it is no such number."""
    if not (argument.isascii() and argument.isdecimal() and len(argument) <= _LONGEST):
        return None
    stored = await household.hold(desk.tx, desk.chat.id, int(argument))
    if stored is None or stored.entered_by != who.id:
        return None
    return await _resume(desk, stored)


async def _begin_new(desk: Desk, who: Staff, run: Run, assistance: Assistance) -> Step | None:
    if not await is_granted(desk, who, Action.ENTER, who.scope_id, f"place:{who.scope_id}"):
        return None
    await keep_run(desk, run)
    step = await begin_first(desk, who.scope_id, assistance=assistance)
    return Step((EntryBegun("", is_update=False), *step.events), step.interview)


async def _begin_known(
    desk: Desk, run: Run, person: Person, assistance: Assistance
) -> Step | None:
    """Begin from the last report, or from the roster; None when there is neither."""
    key = await people.key_of(desk.tx, person.id)
    if key is None or person.state == "erased":
        return None
    report = await reports.latest(desk.tx, person.id, key)
    if report is not None:
        form = await desk.world.shelf.get(desk.tx, report.form_hash)
        name = by_role(form, report.answers).get("name", "")
        step = await begin_again(desk, person.id, key, "update", report, assistance=assistance)
    else:
        values = await roster.prefill(desk.tx, person.id, key)
        if values is None:
            return None
        name = values.get("name", "")
        step = await begin_known(desk, person.id, key, values, assistance)
    await keep_run(desk, run)
    begun = EntryBegun(masked_name(name), is_update=report is not None)
    return Step((begun, *step.events), step.interview)


async def _begun_before(desk: Desk, who: Staff, person_id: str) -> OpenInterview | None:
    for stored in await household.open_interviews(desk.tx, desk.chat.id):
        if stored.person_id == person_id and stored.entered_by == who.id:
            return await household.hold(desk.tx, desk.chat.id, stored.number)
    return None


async def _resume(desk: Desk, stored: OpenInterview) -> Step:
    await household.make_current(desk.tx, stored)
    member = await draft_of(desk.tx, desk.world, stored, desk.now)
    step = await resume_open(desk, stored)
    is_update = stored.purpose != "first"
    begun = EntryBegun(masked_name(member.name), is_update, is_resumed=True)
    return Step((begun, *step.events), step.interview)
