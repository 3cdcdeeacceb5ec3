"""Several people in one chat: the list, switching between them, dropping what is unfinished."""

from dataclasses import replace
from typing import Final

from bot.beginning import begin_first
from bot.closing import drop
from bot.desk import Desk, Step
from bot.errands.known import begin_from_roster
from bot.errands.opening import menu, open_state, resume_open
from bot.household import draft_of, drafts_of, members_of, set_aside
from conversations.buttons import Verb
from conversations.lobby.events import (
    DropAsked,
    InterviewDropped,
    InterviewSwitched,
    Member,
    PeopleShown,
    SwitchOffered,
    TooManyOpen,
)
from conversations.lobby.wishes import Errand, Wish, tag_of
from conversations.reply import Reply, Tap
from storage import household, people
from storage.interviews import OpenInterview

PAGE: Final = 6
MOST_OPEN: Final = 20
_LONGEST: Final = 10


async def about_people(desk: Desk, errand: Errand) -> Step:
    """Do what was tapped on the list; a button that fits nothing shows the list."""
    match errand.wish:
        case Wish.NEW:
            return await begin_another(desk)
        case Wish.BEGIN:
            return await _begin_known(desk, errand.argument)
        case Wish.PEOPLE:
            return await show_people(desk, _number(errand.argument) or 0)
    stored = await _open_one(desk, errand.argument)
    if stored is None:
        return await show_people(desk)
    match errand.wish:
        case Wish.SWITCH:
            return await switch(desk, stored)
        case Wish.ASK_DROP:
            member = await draft_of(desk.tx, desk.world, stored, desk.now)
            return Step((DropAsked(member),), open_state(desk))
        case _:
            return await _drop(desk, stored)


async def show_people(desk: Desk, page: int = 0) -> Step:
    """Show whom this chat fills in for; what is open stays open."""
    told = await menu(desk)
    members = await members_of(desk.tx, desk.world, desk.chat.id, desk.now, _current(desk))
    if not members:
        return Step((told,), open_state(desk))
    pages = -(-len(members) // PAGE)
    at = min(page, pages - 1)
    shown = PeopleShown(tuple(members[at * PAGE : (at + 1) * PAGE]), at, pages, told.taken)
    return Step((shown,), open_state(desk))


async def begin_another(desk: Desk) -> Step:
    """Begin with somebody new; what is open is kept, and an empty beginning is used again."""
    drafts = await drafts_of(desk.tx, desk.world, desk.chat.id, desk.now, _current(desk))
    unused = next((draft for draft in drafts if draft.is_nobodys), None)
    if unused is not None and unused.member.is_current and desk.open is not None:
        return await resume_open(desk, desk.open)
    before = set_aside(drafts)
    if unused is not None:
        await household.make_current(desk.tx, unused.stored)
        step = await resume_open(desk, unused.stored)
    elif len(drafts) >= MOST_OPEN:
        step = await show_people(desk)
        return Step((TooManyOpen(), *step.events), step.interview)
    else:
        is_another = bool(before) or await household.reported(desk.tx, desk.chat.id) > 0
        step = await begin_first(desk, is_another=is_another)
    return Step((*before, *step.events), step.interview)


async def switch(desk: Desk, stored: OpenInterview) -> Step:
    """Go on with another interview of the chat."""
    await household.make_current(desk.tx, stored)
    member = await draft_of(desk.tx, desk.world, stored, desk.now)
    step = await resume_open(desk, stored)
    return Step((InterviewSwitched(member), *step.events), step.interview)


async def tap_of_another(desk: Desk, reply: Reply) -> Step | None:
    """Offer to switch when a button of another open interview was tapped; None for any other."""
    press = reply.press if isinstance(reply, Tap) else None
    if press is None or press.verb is Verb.MENU or press.interview in {0, _current(desk)}:
        return None
    stored = await household.hold(desk.tx, desk.chat.id, press.interview)
    if stored is None:
        return None
    member = await draft_of(desk.tx, desk.world, stored, desk.now)
    current: Member | None = None
    if desk.open is not None:
        current = await draft_of(desk.tx, desk.world, desk.open, desk.now)
    return Step((SwitchOffered(member, current),), open_state(desk))


async def _begin_known(desk: Desk, tag: str) -> Step:
    """Begin with somebody of the list who is known from the roster and has not begun."""
    of_chat = await people.of_chat(desk.tx, desk.chat.id)
    person = next((person for person in of_chat if tag_of(person.id) == tag), None)
    step = None if person is None else await begin_from_roster(desk, person.id)
    return await show_people(desk) if step is None else step


async def _open_one(desk: Desk, argument: str) -> OpenInterview | None:
    number = _number(argument)
    return None if number is None else await household.hold(desk.tx, desk.chat.id, number)


def _number(argument: str) -> int | None:
    """Return the number that a button carries, None for anything forged."""
    is_number = argument.isascii() and argument.isdecimal() and len(argument) < _LONGEST
    return int(argument) if is_number else None


async def _drop(desk: Desk, stored: OpenInterview) -> Step:
    member = await draft_of(desk.tx, desk.world, stored, desk.now)
    await drop(desk, stored)
    is_current = desk.open is not None and desk.open.id == stored.id
    step = await show_people(replace(desk, open=None) if is_current else desk)
    return Step((InterviewDropped(member), *step.events), step.interview)


def _current(desk: Desk) -> int:
    return desk.open.number if desk.open is not None else 0
