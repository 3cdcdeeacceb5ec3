"""Wishes about one person of the chat: see, correct, update, see who looked, erase."""

from typing import Final

from bot.desk import Desk, Step
from bot.errands.known import answer_query, begin_about
from bot.errands.leaving import about_leaving, come_back
from bot.errands.opening import open_state, resume_open
from bot.errands.pin import about_pin, open_with_pin
from bot.errands.reminders import about_reminders
from bot.known import Known, known_people, left_of, record_shown
from bot.visits import visits_of
from conversations.lobby.events import (
    ErasureAsked,
    RecordErased,
    RecordMissing,
)
from conversations.lobby.records import MoreShown, RecordsListed, VisitsShown
from conversations.lobby.subject import Subject
from conversations.lobby.wishes import Errand, Wish
from storage import people, pins, reminders

# More records than these are not shown at once, but listed.
_AT_ONCE: Final = 2
_PIN_WISHES: Final = frozenset((Wish.PIN, Wish.LOST_PIN))
_REMINDER_WISHES: Final = frozenset(
    (
        *(Wish.REMINDERS, Wish.ASK_PAUSE, Wish.MUTE, Wish.ASK_WEEKDAY, Wish.ASK_HOUR),
        *(Wish.SET_TIME, Wish.LATER, Wish.NOT_ME, Wish.NOT_ME_SURE),
        Wish.WHY_REMINDED,
    )
)


async def records(desk: Desk) -> Step:
    """Show everybody who was reported from this chat; of many only the list."""
    known = await known_people(desk)
    if not known:
        step = Step(()) if desk.open is None else await resume_open(desk, desk.open)
        return Step((RecordMissing(), *step.events), step.interview)
    if len(known) > _AT_ONCE:
        subjects = tuple(one.subject for one in known)
        return Step((RecordsListed(subjects),), open_state(desk))
    return Step(tuple([await record_shown(desk, one) for one in known]), open_state(desk))


async def about_person(desk: Desk, errand: Errand) -> Step:
    """Wishes about one person of the chat; the button's tag says whom.

    A wish that was typed has no tag: it is about the one person there is, or the list is shown.
    """
    known = await known_people(desk)
    is_only = len(known) == 1 and not errand.argument
    one = next((one for one in known if is_only or one.shown.tag == errand.tag), None)
    if one is None:
        return await records(desk)
    await reminders.opened(desk.tx, one.person_id, desk.now)
    if errand.wish in _PIN_WISHES:
        return await about_pin(desk, one, errand)
    if errand.wish in _REMINDER_WISHES:
        return await about_reminders(desk, one, errand)
    return await _about_record(desk, one, errand)


async def _about_record(desk: Desk, one: Known, errand: Errand) -> Step:
    match errand.wish:
        case Wish.CORRECT:
            return await begin_about(desk, one, "correction")
        case Wish.ANSWER:
            return await answer_query(desk, one)
        case Wish.UPDATE:
            return await begin_about(desk, one, "update")
        case Wish.COME_BACK:
            return await come_back(desk, one)
        case Wish.WHOLE:
            return await open_with_pin(desk, one, "whole")
        case Wish.COPY:
            return await open_with_pin(desk, one, "copy")
        case Wish.CHANGE_PIN:
            return await open_with_pin(desk, one, "change")
        case Wish.NEW_CODE:
            return await open_with_pin(desk, one, "code")
        case Wish.LEAVE | Wish.LEAVE_SURE:
            return await about_leaving(desk, one, errand)
        case Wish.ERASE:
            await people.erase(desk.tx, one.person_id, f"chat:{desk.chat.id}", desk.now)
            return Step((RecordErased(),), erased=True)
        case _:
            return await _look(desk, one, errand.wish)


async def _look(desk: Desk, one: Known, wish: Wish) -> Step:
    match wish:
        case Wish.ASK_ERASE:
            return Step((ErasureAsked(one.shown),), open_state(desk))
        case Wish.MORE:
            return Step((await _more(desk, one),), open_state(desk))
        case Wish.VISITS:
            shown = VisitsShown(one.subject, await visits_of(desk, one))
            return Step((shown,), open_state(desk))
        case _:
            return Step((await record_shown(desk, one),), open_state(desk))


async def _more(desk: Desk, one: Known) -> MoreShown:
    has_pin = await pins.is_set(desk.tx, one.person_id, desk.chat.id)
    is_away = await left_of(desk, one) is not None
    return MoreShown(Subject(one.shown.tag, one.shown.name), has_pin, is_away)
