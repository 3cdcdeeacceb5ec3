"""The way in: begin, go on, the menu, pause, drop."""

from dataclasses import replace

from bot.beginning import begin_first
from bot.closing import drop, others_open
from bot.desk import Desk, Step, keep, state_of
from bot.household import drafts_of, names_of_taken
from bot.known import known_people
from conversations.dialogue.converse import converse, resume
from conversations.events import TapOutdated
from conversations.interview import Interview
from conversations.lobby.events import MenuShown
from conversations.lobby.wishes import Wish
from conversations.reply import Command
from storage import household
from storage.interviews import OpenInterview


async def start(desk: Desk, station: str) -> Step:
    """Go on with what is open; otherwise show the menu, or begin at once."""
    if desk.open is not None:
        return await resume_open(desk, desk.open)
    return await menu_or_begin(desk, station)


async def menu(desk: Desk) -> MenuShown:
    """Return what can be done in this chat, and tell it who took their record over."""
    people = tuple(one.shown for one in await known_people(desk))
    drafts = await drafts_of(desk.tx, desk.world, desk.chat.id, desk.now)
    taken = await names_of_taken(desk.tx, desk.world, desk.chat.id)
    if taken:
        await household.told(desk.tx, desk.chat.id)
    return MenuShown(people, tuple(draft.member for draft in drafts), taken)


async def menu_or_begin(desk: Desk, station: str = "") -> Step:
    """Show what can be done here; a chat that nobody was reported from begins at once."""
    shown = await menu(desk)
    if shown.people or shown.drafts or shown.taken:
        return Step((shown,))
    return await begin_first(desk, station, can_find=True)


async def resume_open(desk: Desk, stored: OpenInterview) -> Step:
    """Show the open question again."""
    form = await desk.world.shelf.get(desk.tx, stored.form_hash)
    turn = resume(form, state_of(stored), desk.world.setting(desk.now))
    return await keep(desk, stored, turn)


async def about_open(desk: Desk, wish: Wish) -> Step:
    """Do what concerns the interview that is open."""
    if desk.open is None:
        return Step((TapOutdated(nothing_open=True), await menu(desk)))
    if wish is Wish.DROP:
        step = await drop(desk, desk.open)
        rest = await others_open(replace(desk, open=None))
        return Step((*step.events, *rest))
    if wish is Wish.RESUME:
        return await resume_open(desk, desk.open)
    form = await desk.world.shelf.get(desk.tx, desk.open.form_hash)
    setting = desk.world.setting(desk.now)
    return await keep(
        desk, desk.open, converse(form, state_of(desk.open), Command("pause"), setting)
    )


def open_state(desk: Desk) -> Interview | None:
    """Return the state of what is open: its number goes into the buttons."""
    return state_of(desk.open) if desk.open is not None else None
