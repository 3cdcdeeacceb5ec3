"""The work list, at the desk: whom to call, what is known, and how it ended."""

from datetime import timedelta
from typing import Final

from bot.desk import Desk, Step
from bot.errands.opening import open_state
from bot.faces import face_of
from bot.staff.access import about, is_granted
from bot.staff.caselist import (
    LIST,
    Filter,
    keep,
    kept_filter,
    kinds_of,
    line_of,
    list_step,
    listed_named,
)
from bot.staff.casework import answered_day, close_with, keep_note, opened, took
from bot.staff.revealing import reveal
from conversations.cases import KINDS
from conversations.desk_errands import DeskErrand
from conversations.lobby.worklist import (
    CaseNotThere,
    KindsOffered,
    NoteKept,
    PhoneReasonAsked,
    PhoneRevealed,
    WorkListEvent,
)
from conversations.scope import Action
from storage import cases
from storage.cases import Listed
from storage.desks import DeskState
from storage.staff import Staff

_ALL: Final = "all"
_REASONS: Final = ("call", "visit", "check")
# After that, typed words are a greeting again.
_WAITS: Final = timedelta(minutes=30)


async def act(desk: Desk, who: Staff, errand: DeskErrand) -> Step:
    """Do what was tapped."""
    tag, _, value = errand.argument.partition("-")
    match errand.step:
        case "":
            return await _list(desk, who, Filter())
        case "back":
            return await _list(desk, who, await kept_filter(desk))
        case "page":
            return await _turn(desk, who, errand.argument)
        case "kinds":
            counted = await kinds_of(desk.tx, desk.world, who, desk.now)
            offered = tuple((kind, counted[kind]) for kind in KINDS if counted[kind])
            return Step((KindsOffered(offered),), open_state(desk))
        case "kind":
            kind = errand.argument if errand.argument in KINDS else ""
            return await _list(desk, who, Filter(kind))
        case _:
            pass
    one = await listed_named(desk.tx, desk.world, who, tag)
    if one is None:
        return await _list(desk, who, await kept_filter(desk), CaseNotThere())
    match errand.step:
        case "case":
            return await _open(desk, who, one)
        case "leave":
            await cases.release(desk.tx, one.case.id, who.id)
            return await _list(desk, who, await kept_filter(desk))
        case "phone":
            return Step((PhoneReasonAsked(tag),), open_state(desk))
        case "why" if value in _REASONS:
            return await _reveal(desk, who, one, tag, value)
        case _:
            return await close_with(desk, who, one, errand.step, value)


async def typed(desk: Desk, who: Staff, state: DeskState, text: str) -> Step | None:
    """Take typed words: a day, a note on a case, or a village; None when they are none."""
    words = " ".join(text.split())
    if desk.now - state.at > _WAITS or not words:
        return None
    if state.kind == LIST:
        return await _list(desk, who, Filter(words=words[:20]))
    one = await listed_named(desk.tx, desk.world, who, str(state.values.get("tag", "")))
    if one is None:
        return None
    if state.kind == "lst.day":
        return await answered_day(desk, who, one, words)
    return await _note(desk, who, one, words)


async def _list(desk: Desk, who: Staff, chosen: Filter, *before: WorkListEvent) -> Step:
    place = f"place:{who.scope_id}"
    if not await is_granted(desk, who, Action.SEE_LIST, who.scope_id, place):
        return Step((CaseNotThere(),), open_state(desk))
    await keep(desk, LIST, chosen)
    return await list_step(desk, who, chosen, *before)


async def _turn(desk: Desk, who: Staff, argument: str) -> Step:
    kept = await kept_filter(desk)
    page = int(argument) if argument.isascii() and argument.isdecimal() else 0
    return await _list(desk, who, Filter(kept.kind, kept.words, page))


async def _open(desk: Desk, who: Staff, one: Listed) -> Step:
    """Show a case and keep it for this account, unless a colleague works on it."""
    case = one.case
    whom = about(case.person_id, case.chat_id or "")
    if not await is_granted(desk, who, Action.SEE_MASKED, case.township_id, whom):
        return await _list(desk, who, await kept_filter(desk), CaseNotThere())
    is_mine = await took(desk, who, one)
    face = await face_of(desk.tx, desk.world, case.person_id)
    shown = await opened(desk, one, line_of(who, one, face, desk.now), face.phone, is_mine=is_mine)
    await keep(desk, "lst.case" if is_mine else LIST, await kept_filter(desk), shown.line.tag)
    return Step((shown,), open_state(desk))


async def _reveal(desk: Desk, who: Staff, one: Listed, tag: str, reason: str) -> Step:
    whole = None
    if one.case.person_id is not None and await took(desk, who, one):
        whole = await reveal(desk, who, one.case.person_id, f"work list: {reason}")
    if whole is None:
        return await _list(desk, who, await kept_filter(desk), CaseNotThere())
    return Step((PhoneRevealed(tag, whole.phone),), open_state(desk))


async def _note(desk: Desk, who: Staff, one: Listed, words: str) -> Step:
    """Keep what a clerk typed while a case is open."""
    if not await keep_note(desk, who, one.case, words):
        return await _list(desk, who, Filter(), CaseNotThere())
    step = await _open(desk, who, one)
    return Step((NoteKept(), *step.events), step.interview)
