"""The accounts of the staff, in words and buttons."""

from bot.render.page import Page
from conversations.lobby import accounts as on


def render_accounts(page: Page, event: on.AccountEvent) -> None:
    """Put what this event says on the page."""
    page.say("staff.accounts.heading")
