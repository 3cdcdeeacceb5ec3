"""The way to the console in words and buttons."""

from typing import assert_never

from bot.render.page import Page
from bot.render.words import day_in_words
from conversations.desk_errands import Area, desk_press
from conversations.lobby import console as on
from conversations.talk import TalkWish, talk_press


def render_console(page: Page, event: on.ConsoleEvent) -> None:
    """Put what this event says on the page."""
    desk = page.button("desk", talk_press(TalkWish.DESK))
    match event:
        case on.ConsoleLinked():
            until = f"{event.until:%H:%M}"
            if event.is_setup:
                day = day_in_words(page.texts, event.until.date())
                page.say("staff.console.setup", until=f"{day} {until}")
            else:
                page.say("staff.console.link", until=until)
            page.lines.append(event.url)
            rows = [[desk]]
            if event.can_set_up and not event.is_setup:
                label = page.texts("staff.console.b_set_up")
                rows.insert(0, [page.labelled(label, desk_press(Area.CONSOLE, "set"))])
            page.close(rows, protect=True)
        case on.SetupRefused():
            page.say("staff.console.setup_refused")
            page.close([[desk]])
        case _:
            assert_never(event)
