"""Assisted entry, at the desk: for whom, how, and one after the other."""

from datetime import datetime, timedelta
from typing import Final

from bot.assisted import RUN, Run, run_of
from bot.desk import Desk, Step
from bot.errands.opening import open_state
from bot.faces import face_of
from bot.household import draft_of
from bot.staff.access import is_granted
from bot.staff.assisting import MODES, begin, go_on
from bot.waiting import Found, Waiting, next_waited, waited_for, waiting_for
from conversations.cases import masked_name
from conversations.desk_errands import DeskErrand
from conversations.lobby.entry import (
    DraftLine,
    EntryModeAsked,
    EntryRefused,
    EntryShown,
    MissingLine,
)
from conversations.lobby.events import Event
from conversations.lobby.wishes import tag_of
from conversations.scope import Action
from storage import desks, household, people
from storage.cases import Case
from storage.database import Database
from storage.desks import DeskState
from storage.missing import START
from storage.staff import Staff
from storage.transaction import Transaction

_LIST: Final = "ent.list"
_HOW: Final = "ent.how"
_NEW: Final = "new"
_WAITS: Final = timedelta(minutes=30)
_LONGEST: Final = 20


async def act(desk: Desk, who: Staff, errand: DeskErrand) -> Step:
    """Do what was tapped."""
    match errand.step:
        case "more":
            state = await desks.get(desk.tx, desk.chat.id)
            kept = state.values if state is not None and state.kind == _LIST else {}
            return await _list(desk, who, kept.get("words", ""), kept.get("end", START))
        case "p":
            return await _chosen(desk, who, errand.argument)
        case "new":
            return await _ask_how(desk, None, Run("", "new", ""))
        case "how":
            return await _how(desk, who, errand.argument)
        case "next":
            return await _next(desk, who)
        case "go":
            return await go_on(desk, who, errand.argument) or await _list(desk, who)
        case _:
            return await _list(desk, who)


async def typed(desk: Desk, who: Staff, state: DeskState, text: str) -> Step | None:
    """Take typed words as a search; None when the list is not what was shown last."""
    words = "".join(text.split())[:_LONGEST]
    if state.kind != _LIST or desk.now - state.at > _WAITS or not words:
        return None
    return await _list(desk, who, words)


async def offer_case(desk: Desk, who: Staff, case: Case) -> Step:
    """Ask how the person of a case is filled in for."""
    person_id = case.person_id or ""
    person = await people.get(desk.tx, person_id)
    face = await face_of(desk.tx, desk.world, person_id)
    year = person.birth_year if person else None
    line = MissingLine(tag_of(person_id), masked_name(face.name), face.village, year, False)
    return await _ask_how(desk, line, Run(person_id, "case", "", case_id=case.id))


async def _list(
    desk: Desk, who: Staff, words: str = "", cursor: str = START, *before: Event
) -> Step:
    if not await is_granted(desk, who, Action.SEE_LIST, who.scope_id, f"place:{who.scope_id}"):
        return Step((EntryRefused(),), open_state(desk))
    whom, drafts = waiting_for(desk, who, words), await _drafts(desk, who)
    if words:
        return await _search(desk, whom, cursor, drafts, before)
    found = await waited_for(desk.tx, desk.world, whom, cursor)
    await _keep_list(desk.tx, desk.chat.id, words, found, desk.now)
    return Step((*before, _shown(found, drafts, words, cursor)), open_state(desk))


async def _search(
    desk: Desk,
    whom: Waiting,
    cursor: str,
    drafts: tuple[DraftLine, ...],
    before: tuple[Event, ...],
) -> Step:
    """Note what is searched for; it is searched beside the writers, for many must be opened."""
    world, chat_id, now = desk.world, desk.chat.id, desk.now
    await _keep_list(desk.tx, chat_id, whom.words, Found((), cursor), now)

    async def look(database: Database) -> tuple[Event, ...]:
        async with database.reading() as reading:
            found = await waited_for(reading, world, whom, cursor)
        async with database.transaction() as tx:
            state = await desks.get(tx, chat_id)
            if state is not None and (state.kind, state.at) == (_LIST, now):
                await _keep_list(tx, chat_id, whom.words, found, now)
        return (_shown(found, drafts, whom.words, cursor),)

    return Step(before, open_state(desk), later=look)


def _shown(found: Found, drafts: tuple[DraftLine, ...], words: str, cursor: str) -> EntryShown:
    lines, has_more = tuple(one.line for one in found.people), bool(found.end)
    return EntryShown(lines, drafts, words, has_more=has_more, is_first=cursor == START)


async def _keep_list(
    tx: Transaction, chat_id: str, words: str, found: Found, now: datetime
) -> None:
    shown = {one.line.tag: [one.person_id, one.cursor] for one in found.people}
    values = {"words": words, "end": found.end or START, "shown": shown}
    await desks.put(tx, chat_id, _LIST, values, now)


async def _drafts(desk: Desk, who: Staff) -> tuple[DraftLine, ...]:
    """Return what this account began here for others and has not finished."""
    found = []
    for stored in await household.open_interviews(desk.tx, desk.chat.id):
        if stored.entered_by == who.id:
            member = await draft_of(desk.tx, desk.world, stored, desk.now)
            found.append(DraftLine(stored.number, masked_name(member.name)))
    return tuple(found)


async def _chosen(desk: Desk, who: Staff, tag: str) -> Step:
    """Ask how somebody of the list that was shown is filled in for."""
    state = await desks.get(desk.tx, desk.chat.id)
    kept = state.values if state is not None and state.kind == _LIST else {}
    person_id, cursor = kept.get("shown", {}).get(tag, ("", ""))
    person = await people.get(desk.tx, person_id) if person_id else None
    place = (person.township_id or person.county_id) if person else None
    if person is None or not await is_granted(
        desk, who, Action.SEE_MASKED, place, f"person:{person_id}"
    ):
        return await _list(desk, who, "", START, EntryRefused())
    face = await face_of(desk.tx, desk.world, person_id)
    line = MissingLine(tag, masked_name(face.name), face.village, person.birth_year, False)
    run = Run(person_id, "list", "", cursor, kept.get("words", ""))
    return await _ask_how(desk, line, run)


async def _ask_how(desk: Desk, line: MissingLine | None, run: Run) -> Step:
    values = {
        "person": run.person_id,
        "source": run.source,
        "cursor": run.cursor,
        "words": run.words,
        "case": run.case_id,
    }
    await desks.put(desk.tx, desk.chat.id, _HOW, values, desk.now)
    return Step((EntryModeAsked(line.tag if line else _NEW, line),), open_state(desk))


async def _how(desk: Desk, who: Staff, argument: str) -> Step:
    """Begin as was tapped; a button of somebody chosen before means nobody."""
    tag, _, mode = argument.partition("-")
    state = await desks.get(desk.tx, desk.chat.id)
    kept = state.values if state is not None and state.kind in (_HOW, RUN) else {}
    person_id = kept.get("person", "")
    is_meant = bool(kept) and tag == (tag_of(person_id) if person_id else _NEW)
    if not is_meant or mode not in MODES:
        return await _list(desk, who, "", START, EntryRefused())
    run = Run(person_id, kept["source"], mode, kept["cursor"], kept["words"], kept["case"])
    return await begin(desk, who, run) or await _list(desk, who, "", START, EntryRefused())


async def _next(desk: Desk, who: Staff) -> Step:
    """Begin with the next one of the list, in the way of the last one."""
    run = await run_of(desk)
    if run is None:
        return await _list(desk, who)
    if run.source == "new":
        again = Run("", "new", run.mode)
        return await begin(desk, who, again) or await _list(desk, who)
    following = None
    if run.source == "list":
        following = await next_waited(desk, who, run.words, run.cursor, run.person_id)
    if following is None:
        return await _list(desk, who)
    after = Run(following.person_id, "list", run.mode, following.cursor, run.words)
    return await begin(desk, who, after) or await _list(desk, who)
