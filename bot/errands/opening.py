"""The way in: begin, go on, the menu, pause, drop."""

from bot.beginning import begin_first
from bot.closing import drop
from bot.desk import Desk, Step, keep, state_of
from bot.known import known_people
from conversations.dialogue.converse import converse, resume
from conversations.events import TapOutdated
from conversations.interview import Interview
from conversations.lobby.events import InterviewStillOpen, MenuShown
from conversations.lobby.wishes import Wish
from conversations.reply import Command
from storage.interviews import OpenInterview


async def start(desk: Desk, station: str) -> Step:
    """Go on with what is open; otherwise show the menu, or begin at once."""
    if desk.open is not None:
        return await resume_open(desk, desk.open)
    return await menu_or_begin(desk, station)


async def menu(desk: Desk) -> MenuShown:
    """Return what can be done in this chat."""
    return MenuShown(tuple(one.shown for one in await known_people(desk)))


async def menu_or_begin(desk: Desk, station: str = "") -> Step:
    """Show what can be done here; a chat that nobody was reported from begins at once."""
    shown = await menu(desk)
    return Step((shown,)) if shown.people else await begin_first(desk, station)


async def resume_open(desk: Desk, stored: OpenInterview) -> Step:
    """Show the open question again."""
    form = await desk.world.shelf.get(desk.tx, stored.form_hash)
    turn = resume(form, state_of(stored), desk.world.setting(desk.now))
    return await keep(desk, stored, turn)


async def open_first(desk: Desk) -> Step | None:
    """Return to the open interview when another one is wanted; None when none is open."""
    if desk.open is None:
        return None
    step = await resume_open(desk, desk.open)
    return Step((InterviewStillOpen(), *step.events), step.interview)


async def about_open(desk: Desk, wish: Wish) -> Step:
    """Do what concerns the interview that is open."""
    if desk.open is None:
        return Step((TapOutdated(nothing_open=True), await menu(desk)))
    if wish is Wish.DROP:
        return await drop(desk, desk.open)
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
