"""Looking over somebody's shoulder, and at whole numbers, in words and buttons."""

from typing import assert_never

from bot.render.desk.naming import short
from bot.render.page import Page
from conversations.desk_errands import Area, desk_press
from conversations.lobby import accounts as on
from conversations.talk import TalkWish, talk_press


def render_looking(page: Page, event: on.LookingEvent) -> None:
    """Put what this event says on the page."""
    desk = page.button("desk", talk_press(TalkWish.DESK))
    match event:
        case on.ViewStands():
            who, until = short(page, event.account), f"{event.until:%H:%M}"
            page.mark = page.texts("staff.accounts.viewing", who=who, until=until)
            end = page.texts("staff.accounts.b_unview")
            page.mark_row = (page.labelled(end, desk_press(Area.ACCOUNTS, "unview")),)
        case on.ViewOver():
            page.say("staff.accounts.view_over")
        case on.ViewOnly():
            page.say("staff.accounts.view_only")
            page.close([[desk]])
        case on.ReasonAsked():
            page.say(
                "staff.accounts.why_refused" if event.is_refused else "staff.accounts.why_asked"
            )
            page.close([[desk]])
        case on.WholeShown():
            unknown = page.texts("staff.accounts.unknown")
            page.say(
                "staff.accounts.whole",
                name=event.name or unknown,
                id_number=event.id_number or unknown,
                phone=event.phone or unknown,
            )
            page.close([[desk]], protect=True)
        case on.WholeMissed():
            page.say("staff.accounts.whole_missed")
            page.close([[desk]])
        case _:
            assert_never(event)
