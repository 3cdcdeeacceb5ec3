"""How an interview went on or ended, and what was no answer, in words and buttons."""

from typing import assert_never

from bot.render.page import Page
from conversations import course as on
from conversations.lobby.wishes import Wish, menu_press


def render_course(page: Page, event: on.CourseEvent) -> None:
    """Put what this event says on the page."""
    match event:
        case on.InterviewPaused():
            page.say("pause.paused")
            offer(page, "resume", Wish.RESUME)
        case on.InterviewResumed():
            page.say("greeting.resumed")
        case on.StopOffered():
            _on_stop(page)
        case on.InterviewStopped():
            page.say("stop.dropped")
            offer(page, "first_report", Wish.NEW)
        case on.ConsentDeclined():
            page.say("closed.declined")
            offer(page, "first_report", Wish.NEW)
        case on.RangeLeft():
            key = "reported" if event.was_reported else event.reason
            page.lines.append(page.texts.get(f"range.{key}", "range.default"))
        case on.ReportSubmitted():
            page.say("receipt.done")
        case on.MediaRefused():
            page.say(f"other.{event.kind}")
        case on.EditIgnored():
            page.say("other.edited")
        case on.ForwardRefused():
            page.say("other.forwarded")
        case on.PhoneRefused():
            page.say(f"other.phone_{event.cause}")
        case on.CommandUnknown():
            page.say("other.unknown_command")
        case on.NumberHidden():
            page.hide_reply = True
            page.say("hidden.number")
        case _:
            assert_never(event)


def offer(page: Page, key: str, wish: Wish) -> None:
    """Close with the one button that makes sense now."""
    page.close([[page.button(key, menu_press(wish))]])


def _on_stop(page: Page) -> None:
    page.say("stop.offered")
    drop = page.button("drop", menu_press(Wish.DROP), "danger")
    pause = page.button("pause", menu_press(Wish.PAUSE))
    go = page.button("resume", menu_press(Wish.RESUME), "primary")
    page.close([[go], [pause], [drop]], input_hint="none")
