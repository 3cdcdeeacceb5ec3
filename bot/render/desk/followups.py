"""Follow-up prompts, in words and buttons."""

from bot.render.page import Page
from conversations.lobby import followups as on


def render_followups(page: Page, event: on.FollowUpEvent) -> None:
    """Put what this event says on the page."""
    page.say("staff.followups.heading")
