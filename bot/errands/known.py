"""Interviews about people who are known: from their last report, or from the roster."""

from typing import Literal

from bot.beginning import begin_again, begin_known
from bot.closing import drop
from bot.desk import Desk, Step, keep, state_of
from bot.errands.opening import menu_or_begin, open_state, resume_open
from bot.household import Draft, drafts_of, set_aside
from bot.known import Known, known_people, record_shown, station_asks
from conversations.dialogue.converse import ask_again
from conversations.lobby.events import Event, InterviewSetAside, RecordReached
from conversations.lobby.finding import RosterReached
from conversations.lobby.queries import QueryOpened, QuerySettled
from storage import chats, household, people, reviews, roster
from storage.interviews import OpenInterview


async def begin_about(desk: Desk, one: Known, purpose: Literal["update", "correction"]) -> Step:
    """Begin from a person's last report; what is open about others is kept, about them resumed."""
    drafts, same = await _drafts(desk, one.person_id)
    if same is not None:
        return await _resume(desk, drafts, same)
    before = await _make_room(desk, drafts)
    step = await begin_again(desk, one.person_id, one.key, purpose, one.report)
    return Step((*before, *step.events), step.interview)


async def answer_query(desk: Desk, one: Known) -> Step:
    """Open the question that the station asks; its answer leads back to the summary."""
    asks = await station_asks(desk, one)
    query = await reviews.open_query(desk.tx, one.person_id, one.key)
    if asks is None or query is None:
        return Step((QuerySettled(), await record_shown(desk, one)), open_state(desk))
    step = await begin_about(desk, one, "correction")
    held = await _held(desk, step)
    if held is None:
        return step
    form = await desk.world.shelf.get(desk.tx, held.form_hash)
    turn = ask_again(form, state_of(held), query.path, desk.world.setting(desk.now))
    at_it = await keep(desk, held, turn)
    before = tuple(event for event in step.events if isinstance(event, InterviewSetAside))
    opened = QueryOpened(asks)
    return Step((*before, opened, *at_it.events), at_it.interview)


async def _held(desk: Desk, step: Step) -> OpenInterview | None:
    if step.interview is None:
        return None
    return await household.hold(desk.tx, desk.chat.id, step.interview.number)


async def begin_from_roster(desk: Desk, person_id: str) -> Step | None:
    """Begin with somebody on the roster; None when nobody waits for them any more."""
    drafts, same = await _drafts(desk, person_id)
    if same is not None:
        return await _resume(desk, drafts, same)
    key = await people.key_of(desk.tx, person_id)
    values = await roster.prefill(desk.tx, person_id, key) if key else None
    if key is None or values is None:
        return None
    before = await _make_room(desk, drafts)
    await chats.link(desk.tx, desk.chat.id, person_id, "", desk.now)
    step = await begin_known(desk, person_id, key, values)
    return Step((*before, RosterReached(), *step.events), step.interview)


async def reach_record(desk: Desk, person_id: str, relation: str = "") -> Step:
    """Let this chat speak for somebody with a report, and go on with what is to be done.

    Args:
        relation: as what; "" when that is not known, so that it is asked.
    """
    await chats.link(desk.tx, desk.chat.id, person_id, relation, desk.now)
    return await go_on_with(desk, person_id, RecordReached())


async def go_on_with(desk: Desk, person_id: str, told: Event) -> Step:
    """Update the record when it is due, otherwise return to what is open, or to the menu."""
    one = next((one for one in await known_people(desk) if one.person_id == person_id), None)
    if one is not None and one.shown.is_due:
        step = await begin_about(desk, one, "update")
        return Step((told, *step.events), step.interview)
    drafts, _ = await _drafts(desk, person_id)
    current = next((draft for draft in drafts if draft.member.is_current), None)
    if current is not None and not current.is_nobodys:
        step = await resume_open(desk, current.stored)
    else:
        await _make_room(desk, drafts)
        step = await menu_or_begin(desk)
    return Step((told, *step.events), step.interview)


async def _drafts(desk: Desk, person_id: str) -> tuple[list[Draft], Draft | None]:
    """Return what is unfinished in this chat, and which of it is about this person."""
    current = desk.open.number if desk.open is not None else 0
    drafts = await drafts_of(desk.tx, desk.world, desk.chat.id, desk.now, current)
    same = next((draft for draft in drafts if draft.stored.person_id == person_id), None)
    return drafts, same


async def _resume(desk: Desk, drafts: list[Draft], same: Draft) -> Step:
    before = () if same.member.is_current else set_aside(drafts)
    await household.make_current(desk.tx, same.stored)
    held = await household.hold(desk.tx, desk.chat.id, same.stored.number) or same.stored
    step = await resume_open(desk, held)
    return Step((*before, *step.events), step.interview)


async def _make_room(desk: Desk, drafts: list[Draft]) -> tuple[Event, ...]:
    """Keep what is open for later; a beginning that is about nobody yet is let go."""
    for draft in drafts:
        if draft.is_nobodys and draft.member.is_current:
            await drop(desk, draft.stored)
    return set_aside(drafts)
