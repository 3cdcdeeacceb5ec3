"""An event of the desk on the page, by its area."""

from bot.render.desk.accounts import render_accounts
from bot.render.desk.checking import render_checking
from bot.render.desk.console import render_console
from bot.render.desk.entry import render_entry
from bot.render.desk.followups import render_followups
from bot.render.desk.worklist import render_worklist
from bot.render.page import Page
from conversations.lobby.accounts import AccountEvent
from conversations.lobby.checking import CheckingEvent
from conversations.lobby.console import ConsoleEvent
from conversations.lobby.entry import EntryEvent
from conversations.lobby.events import DeskEvent
from conversations.lobby.followups import FollowUpEvent


def render_desk_event(page: Page, event: DeskEvent) -> None:
    """Put what this event says on the page."""
    if isinstance(event, AccountEvent):
        render_accounts(page, event)
    elif isinstance(event, FollowUpEvent):
        render_followups(page, event)
    elif isinstance(event, EntryEvent):
        render_entry(page, event)
    elif isinstance(event, ConsoleEvent):
        render_console(page, event)
    elif isinstance(event, CheckingEvent):
        render_checking(page, event)
    else:
        render_worklist(page, event)
