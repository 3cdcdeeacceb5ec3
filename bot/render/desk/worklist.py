"""The work list, in words and buttons."""

from bot.render.page import Page
from conversations.lobby import worklist as on


def render_worklist(page: Page, event: on.WorkListEvent) -> None:
    """Put what this event says on the page."""
    page.say("staff.worklist.heading")
