"""Verifying reports, in words and buttons."""

from bot.render.page import Page
from conversations.lobby import checking as on


def render_checking(page: Page, event: on.CheckingEvent) -> None:
    """Put what this event says on the page."""
    page.say("staff.checking.heading")
