"""Follow-up prompts, at the desk: the list, and who takes which tap."""

from typing import Final

from bot.desk import Desk, Step
from bot.errands.opening import open_state
from bot.staff import followups_filter, followups_sending, followups_texts, followups_watching
from bot.staff.followups_draft import scopes_of
from bot.staff.followups_watching import listed
from conversations.desk_errands import DeskErrand
from conversations.lobby.followups import FollowUpsShown
from storage.desks import DeskState
from storage.staff import Staff

_FILTER: Final = frozenset(("new", "flt", "add", "set", "pg", "zap"))
_TEXTS: Final = frozenset(("wrd", "own", "jdg", "yes", "no"))
_SENDING: Final = frozenset(("use", "see", "go"))
_WAVES: Final = frozenset(("wav", "ask", "stop", "pause", "on"))


async def act(desk: Desk, who: Staff, errand: DeskErrand) -> Step:
    """Do what was tapped; what means nothing shows the list."""
    if not scopes_of(who):
        return Step((FollowUpsShown("", (), problem="refused"),), open_state(desk))
    if errand.step in _FILTER:
        return await followups_filter.act(desk, who, errand)
    if errand.step in _TEXTS:
        return await followups_texts.act(desk, who, errand)
    if errand.step in _SENDING:
        return await followups_sending.act(desk, who, errand)
    if errand.step in _WAVES:
        return await followups_watching.act(desk, who, errand)
    return Step((await listed(desk, who),), open_state(desk))


async def typed(desk: Desk, who: Staff, state: DeskState, text: str) -> Step | None:
    """Take typed words that the area waits for; None when it waits for none."""
    if state.kind in followups_filter.WAITS:
        return await followups_filter.typed(desk, who, state, text)
    if state.kind == followups_texts.WAITS:
        return await followups_texts.typed(desk, who, state, text)
    return None
