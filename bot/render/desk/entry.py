"""Assisted entry, in words and buttons."""

from bot.render.page import Page
from conversations.lobby import entry as on


def render_entry(page: Page, event: on.EntryEvent) -> None:
    """Put what this event says on the page."""
    page.say("staff.entry.heading")
