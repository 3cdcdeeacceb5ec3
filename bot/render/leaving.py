"""Leaving the range in words and buttons: why, since when, and the way back."""

from typing import Final, assert_never

from bot.render.page import Page
from bot.render.words import month_in_words
from bot.texts import Texts
from conversations.leaving import DIED, Since
from conversations.lobby import records as on
from conversations.lobby.subject import Left, Subject
from conversations.lobby.wishes import Wish, menu_press

# Every code of the list exit_reason that a record can hold.
_REASONS: Final = {
    "01": "leaving.died",
    "02": "leaving.moved",
    "03": "leaving.town",
    "04": "leaving.school",
    "05": "leaving.army",
    "06": "leaving.unable",
    "09": "leaving.elsewhere",
    "12": "leaving.young",
    "13": "leaving.unable",
}
_BUTTONS: Final = (
    ("04", "school"),
    ("05", "army"),
    ("02", "moved"),
    ("03", "town"),
    ("06", "unable"),
    (DIED, "died"),
)
_TIMES: Final[dict[Since, str]] = {
    "this_month": "this_month",
    "last_month": "last_month",
    "this_year": "this_year",
    "last_year": "last_year",
    "unknown": "long_ago",
}


def render_leaving(page: Page, event: on.LeavingEvent) -> None:
    """Put what this event says on the page."""
    match event:
        case on.LeavingAsked():
            _on_asked(page, event.subject)
        case on.LeavingSinceAsked():
            _on_since(page, event)
        case on.LeavingConfirmAsked():
            _on_confirm(page, event)
        case on.PersonLeft():
            _on_left(page, event)
        case on.PersonBack():
            page.say("leaving.back", name=event.subject.name)
        case _:
            assert_never(event)


def left_in_words(texts: Texts, left: Left) -> str:
    """Return that somebody left the range, why, and since when as far as it is known."""
    reason = texts(_REASONS.get(left.reason, "leaving.other"))
    if not left.on:
        return texts("leaving.line", reason=reason)
    return texts("leaving.line_since", reason=reason, since=month_in_words(texts, left.on))


def _on_asked(page: Page, subject: Subject) -> None:
    page.say("leaving.why", name=subject.name)
    reasons = [
        page.button(key, menu_press(Wish.LEAVE, f"{subject.tag}-{code}")) for code, key in _BUTTONS
    ]
    back = page.button("to_record", menu_press(Wish.RECORD, subject.tag))
    page.close([reasons[0:2], reasons[2:4], reasons[4:6], [back]], input_hint="none")


def _on_since(page: Page, event: on.LeavingSinceAsked) -> None:
    tag, reason = event.subject.tag, event.reason
    page.say("leaving.since")
    rows = [
        [page.button(_TIMES[name], menu_press(Wish.LEAVE, f"{tag}-{reason}-{value}"))]
        for name, value in event.times
    ]
    back = page.button("back_to_reason", menu_press(Wish.LEAVE, tag))
    page.close([*rows, [back]], input_hint="none")


def _on_confirm(page: Page, event: on.LeavingConfirmAsked) -> None:
    tag, left = event.subject.tag, event.left
    page.say("leaving.sure", name=event.subject.name, left=left_in_words(page.texts, left))
    press = menu_press(Wish.LEAVE_SURE, f"{tag}-{left.reason}-{event.value}")
    yes = page.button("leave_yes", press, "primary")
    no = page.button("leave_no", menu_press(Wish.RECORD, tag))
    page.close([[yes], [no]], input_hint="none", protect=True)


def _on_left(page: Page, event: on.PersonLeft) -> None:
    tag = event.subject.tag
    if event.left.reason == DIED:
        page.say("leaving.condolence")
        page.close([[page.button("left_by_mistake", menu_press(Wish.COME_BACK, tag))]])
        return
    page.say("leaving.done")
    page.close([[page.button("come_back", menu_press(Wish.COME_BACK, tag))]])
