"""The work list, at the desk."""

from bot.desk import Desk, Step
from bot.errands.opening import open_state
from conversations.desk_errands import DeskErrand
from conversations.lobby.worklist import WorkListShown
from storage.desks import DeskState
from storage.staff import Staff


async def act(desk: Desk, who: Staff, errand: DeskErrand) -> Step:
    """Do what was tapped."""
    return Step((WorkListShown(),), open_state(desk))


async def typed(desk: Desk, who: Staff, state: DeskState, text: str) -> Step | None:
    """Take typed words that the area waits for; None when it waits for none."""
    return None
