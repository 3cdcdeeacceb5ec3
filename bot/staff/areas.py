"""The areas of the desk: who takes a tap or typed words for each."""

from collections.abc import Mapping
from datetime import timedelta
from types import ModuleType
from typing import Final

from bot.desk import Desk, Step
from bot.staff import checking, console_links, entry, followups, members, worklist
from bot.staff.access import areas_for
from conversations.desk_errands import Area, DeskErrand
from storage import desks
from storage.staff import Staff

_MODULES: Final[Mapping[Area, ModuleType]] = {
    Area.WORK_LIST: worklist,
    Area.FOLLOW_UPS: followups,
    Area.ENTRY: entry,
    Area.CHECKING: checking,
    Area.ACCOUNTS: members,
    Area.CONSOLE: console_links,
}

# What only shows something, and so is open to whoever looks over an account's shoulder.
LOOKS: Final[Mapping[Area, frozenset[str]]] = {
    Area.WORK_LIST: frozenset(("",)),
    Area.FOLLOW_UPS: frozenset(("",)),
    Area.ENTRY: frozenset(("",)),
    Area.CHECKING: frozenset(("",)),
    Area.ACCOUNTS: frozenset(("", "pg", "one")),
    Area.CONSOLE: frozenset(),
}


# After that, typed words are a greeting again.
WAITS: Final = timedelta(minutes=30)


async def act(desk: Desk, who: Staff, errand: DeskErrand) -> Step | None:
    """Do what was tapped; None for an area that this role has not.

    What another area waits for is waited for no more: one thing at a time.
    """
    if errand.area not in areas_for(who):
        return None
    state = await desks.get(desk.tx, desk.chat.id)
    if state is not None and state.kind.partition(".")[0] != errand.area:
        await desks.clear(desk.tx, desk.chat.id)
    step: Step = await _MODULES[errand.area].act(desk, who, errand)
    return step


async def typed(desk: Desk, who: Staff, text: str) -> Step | None:
    """Take typed words for what this chat is in the middle of; None when that is nothing."""
    state = await desks.get(desk.tx, desk.chat.id)
    area, _, _ = state.kind.partition(".") if state else ("", "", "")
    if state is None or desk.now - state.at > WAITS:
        return None
    if area not in set(Area) or Area(area) not in areas_for(who):
        return None
    step: Step | None = await _MODULES[Area(area)].typed(desk, who, state, text)
    return step
