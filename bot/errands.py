"""What a chat can ask for outside of an interview: each wish, done in the turn's transaction."""

from typing import Final, Literal

from bot.beginning import begin_again, begin_first
from bot.closing import drop
from bot.desk import Desk, Step, keep, state_of
from bot.known import Known, known_people, record_shown
from conversations.dialogue.converse import converse, resume
from conversations.events import TapOutdated
from conversations.interview import Interview
from conversations.lobby import (
    ErasureAsked,
    Errand,
    InterviewStillOpen,
    MenuShown,
    RecordErased,
    RecordMissing,
    RecordReached,
    ReturnCodeAsked,
    ReturnCodeGiven,
    ReturnCodeRefused,
    Wish,
)
from conversations.reply import Command
from storage import attempts, chats, people, return_codes
from storage.interviews import OpenInterview

CODES_AN_HOUR: Final = 5


async def run(desk: Desk, errand: Errand) -> Step:
    """Do what was asked for."""
    match errand.wish:
        case Wish.START:
            return await _start(desk, errand.argument)
        case Wish.NEW:
            return await _open_first(desk) or await begin_first(desk)
        case Wish.RESUME | Wish.PAUSE | Wish.DROP:
            return await _about_open(desk, errand.wish)
        case Wish.RECORD:
            return await _records(desk)
        case Wish.RETURN:
            return await _return(desk, errand.argument)
        case _:
            return await _about_person(desk, errand)


async def _start(desk: Desk, station: str) -> Step:
    if desk.open is not None:
        return await _resume(desk, desk.open)
    return await menu_or_begin(desk, station)


async def menu(desk: Desk) -> MenuShown:
    """Return what can be done in this chat."""
    return MenuShown(tuple(one.shown for one in await known_people(desk)))


async def menu_or_begin(desk: Desk, station: str = "") -> Step:
    """Show what can be done here; a chat that nobody was reported from begins at once."""
    shown = await menu(desk)
    return Step((shown,)) if shown.people else await begin_first(desk, station)


async def _resume(desk: Desk, stored: OpenInterview) -> Step:
    form = await desk.world.shelf.get(desk.tx, stored.form_hash)
    turn = resume(form, state_of(stored), desk.world.setting(desk.now))
    return await keep(desk, stored, turn)


async def _open_first(desk: Desk) -> Step | None:
    """Return to the open interview when another one is wanted; None when none is open."""
    if desk.open is None:
        return None
    step = await _resume(desk, desk.open)
    return Step((InterviewStillOpen(), *step.events), step.interview)


async def _about_open(desk: Desk, wish: Wish) -> Step:
    if desk.open is None:
        return Step((TapOutdated(nothing_open=True), await menu(desk)))
    if wish is Wish.DROP:
        return await drop(desk, desk.open)
    if wish is Wish.RESUME:
        return await _resume(desk, desk.open)
    form = await desk.world.shelf.get(desk.tx, desk.open.form_hash)
    setting = desk.world.setting(desk.now)
    return await keep(
        desk, desk.open, converse(form, state_of(desk.open), Command("pause"), setting)
    )


async def _records(desk: Desk) -> Step:
    known = await known_people(desk)
    if not known:
        step = Step(()) if desk.open is None else await _resume(desk, desk.open)
        return Step((RecordMissing(), *step.events), step.interview)
    return Step(tuple([await record_shown(desk, one) for one in known]), _state(desk))


def _state(desk: Desk) -> Interview | None:
    return state_of(desk.open) if desk.open is not None else None


async def _about_person(desk: Desk, errand: Errand) -> Step:
    """Wishes about one person of the chat; the button's tag says whom."""
    known = await known_people(desk)
    one = next((one for one in known if one.shown.tag == errand.argument), None)
    if one is None:
        return await _records(desk)
    match errand.wish:
        case Wish.CORRECT:
            return await _again(desk, one, "correction")
        case Wish.UPDATE:
            return await _again(desk, one, "update")
        case Wish.NEW_CODE:
            code = await return_codes.issue(desk.tx, one.person_id, desk.now)
            return Step((ReturnCodeGiven(one.shown, code),), _state(desk))
        case Wish.ERASE:
            await people.erase(desk.tx, one.person_id, f"chat:{desk.chat.id}", desk.now)
            return Step((RecordErased(),), erased=True)
        case _:
            return Step((ErasureAsked(one.shown),), _state(desk))


async def _again(desk: Desk, one: Known, purpose: Literal["update", "correction"]) -> Step:
    waiting = await _open_first(desk)
    if waiting is not None:
        return waiting
    return await begin_again(desk, one.person_id, one.key, purpose, dict(one.report.answers))


async def _return(desk: Desk, code: str) -> Step:
    if not code:
        return Step((ReturnCodeAsked(),), _state(desk))
    tries = await attempts.count_up(desk.tx, return_codes.USE, desk.chat.id, desk.now)
    if tries > CODES_AN_HOUR:
        return Step((ReturnCodeRefused(limited=True),), _state(desk))
    person_id = await return_codes.find(desk.tx, code)
    if person_id is None:
        return Step((ReturnCodeRefused(limited=False),), _state(desk))
    await chats.link(desk.tx, desk.chat.id, person_id, "", desk.now)
    if desk.open is not None and not state_of(desk.open).answers:
        await drop(desk, desk.open)
    elif desk.open is not None:
        step = await _resume(desk, desk.open)
        return Step((RecordReached(), *step.events), step.interview)
    step = await menu_or_begin(desk)
    return Step((RecordReached(), *step.events), step.interview)
