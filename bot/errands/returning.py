"""Codes: the way to a record, or to what a roster knows, from a new phone or browser.

A return code stands on a receipt, a personal code comes from the station. Both are looked up
alike, so that nobody needs to know which they hold, and a guess tells nothing.
"""

from dataclasses import replace
from typing import Final

from bot.desk import Desk, Step
from bot.errands.known import begin_from_roster, go_on_with, reach_record
from bot.errands.opening import open_state
from bot.errands.pin import reset_by_code
from bot.known import known_people
from bot.submitting import plans
from conversations.lobby.events import ReturnCodeAsked, ReturnCodeRefused
from conversations.lobby.finding import RecordTakenOver
from storage import attempts, household, people, personal_codes, pins, reminders, return_codes
from storage.personal_codes import PersonalCode

CODES_AN_HOUR: Final = 5


async def take_code(desk: Desk, code: str) -> Step:
    """Let this chat reach what the code opens; tries are limited."""
    if not code:
        return Step((ReturnCodeAsked(),), open_state(desk))
    tries = await attempts.count_up(desk.tx, return_codes.USE, desk.chat.id, desk.now)
    if tries > CODES_AN_HOUR:
        return _refused(desk, limited=True)
    person_id = await return_codes.find(desk.tx, code)
    personal = await personal_codes.find(desk.tx, code, desk.now)
    if person_id is not None:
        reset = await reset_by_code(desk, person_id, code)
        step = await reach_record(desk, person_id)
        return replace(step, events=(*reset, *step.events))
    taken = None if personal is None else await _take_personal(desk, personal)
    return _refused(desk, limited=False) if taken is None else taken


async def _take_personal(desk: Desk, code: PersonalCode) -> Step | None:
    if code.kind == "roster":
        return await begin_from_roster(desk, code.person_id)
    return await _take_over(desk, code)


async def _take_over(desk: Desk, code: PersonalCode) -> Step | None:
    """Give the record to this chat alone, with a new return code: others may know the old one."""
    if not await personal_codes.use(desk.tx, code, desk.now):
        return None
    await household.take_over(desk.tx, code.person_id, desk.chat.id, desk.now)
    await _remind_here(desk, code.person_id)
    # Whoever was handed this code at the station has shown who they are.
    await pins.drop(desk.tx, code.person_id)
    fresh = await return_codes.issue(desk.tx, code.person_id, desk.now)
    known = {one.person_id: one.shown.name for one in await known_people(desk)}
    told = RecordTakenOver(known.get(code.person_id, ""), fresh)
    return await go_on_with(desk, code.person_id, told)


async def _remind_here(desk: Desk, person_id: str) -> None:
    """Let the next reminder come to this chat; it may have had none before."""
    person = await people.get(desk.tx, person_id)
    if person is not None and person.due is not None and person.state == "active":
        planned = await plans(desk, person_id, person.due.on)
        await reminders.plan(desk.tx, person_id, desk.chat.id, planned)


def _refused(desk: Desk, *, limited: bool) -> Step:
    return Step((ReturnCodeRefused(limited=limited),), open_state(desk))
