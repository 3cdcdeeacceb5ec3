"""Emptying a chat on a phone that others look at; what was answered stays."""

from datetime import timedelta
from typing import Final

from bot.desk import Desk, Step
from bot.errands.opening import menu, open_state, resume_open
from conversations.lobby.events import Event
from conversations.lobby.records import ChatCleared, ClearAsked, Dismissed, RecordFolded
from conversations.lobby.wishes import Wish

# Bot API: what is older than two days cannot be deleted.
REACH: Final = timedelta(hours=48)


async def about_clearing(desk: Desk, wish: Wish) -> Step:
    """Ask first; then let the channel remove what it can, and show again what is open."""
    if wish is Wish.ASK_CLEAR:
        return Step((ClearAsked(),), open_state(desk))
    if wish is not Wish.CLEAR:
        return await put_away(desk, wish)
    is_telegram = desk.chat.channel == "telegram"
    has_older = is_telegram and desk.chat.created_at < desk.now - REACH
    return await _and_what_stands(desk, ChatCleared(has_older))


async def put_away(desk: Desk, wish: Wish) -> Step:
    """Put away what was shown or asked, and show again what is open."""
    return await _and_what_stands(desk, RecordFolded() if wish is Wish.FOLD else Dismissed())


async def _and_what_stands(desk: Desk, told: Event) -> Step:
    if desk.open is None:
        return Step((told, await menu(desk)))
    step = await resume_open(desk, desk.open)
    return Step((told, *step.events), step.interview)
