"""Wishes about one person of the chat: see, correct, update, a new code, erase."""

from bot.desk import Desk, Step
from bot.errands.known import begin_about
from bot.errands.opening import menu, open_state, resume_open
from bot.known import known_people, record_shown
from conversations.lobby.events import (
    ErasureAsked,
    RecordErased,
    RecordMissing,
    ReturnCodeGiven,
)
from conversations.lobby.wishes import Errand, Wish
from storage import people, return_codes


async def records(desk: Desk) -> Step:
    """Show everybody who was reported from this chat."""
    known = await known_people(desk)
    if not known:
        if desk.open is None:
            return Step((RecordMissing(), await menu(desk)))
        step = await resume_open(desk, desk.open)
        return Step((RecordMissing(), *step.events), step.interview)
    return Step(tuple([await record_shown(desk, one) for one in known]), open_state(desk))


async def about_person(desk: Desk, errand: Errand) -> Step:
    """Wishes about one person of the chat; the button's tag says whom."""
    known = await known_people(desk)
    one = next((one for one in known if one.shown.tag == errand.argument), None)
    if one is None:
        return await records(desk)
    match errand.wish:
        case Wish.CORRECT:
            return await begin_about(desk, one, "correction")
        case Wish.UPDATE:
            return await begin_about(desk, one, "update")
        case Wish.NEW_CODE:
            code = await return_codes.issue(desk.tx, one.person_id, desk.now)
            return Step((ReturnCodeGiven(one.shown, code),), open_state(desk))
        case Wish.ERASE:
            await people.erase(desk.tx, one.person_id, f"chat:{desk.chat.id}", desk.now)
            return Step((RecordErased(),), erased=True)
        case _:
            return Step((ErasureAsked(one.shown),), open_state(desk))
