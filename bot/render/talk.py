"""A worker's side of talks with the station, in words and buttons."""

from typing import Final, assert_never

from bot.messages import Button
from bot.render.page import Page
from bot.render.question import in_columns
from bot.texts import Texts
from conversations.buttons import encode
from conversations.lobby import talks as on
from conversations.lobby.wishes import Wish, menu_press
from conversations.talk import TalkWish, hours_in_words, talk_press

_ANY: Final = "any-"
_MOST_HEARD: Final = 20


def render_talk_event(page: Page, event: on.WorkerTalkEvent) -> None:
    """Put what this event says on the page."""
    match event:
        case on.PlaceAsked():
            _on_place(page, event)
        case on.StationMissing():
            page.say("human.station")
            _contact(page, event.contact)
            _back(page)
        case on.OfficeClosed():
            _on_closed(page, event)
        case on.TalkOpened():
            minutes = str(event.minutes)
            number = str(event.number)
            page.say("talk.opened", station=event.station, number=number, minutes=minutes)
            _close(page, is_page=event.is_page)
        case on.LineTaken():
            _on_line(page, event)
        case on.TalkStands():
            _on_stands(page, event)
        case on.TalkHeld():
            page.say("talk.held")
            _close(page, is_page=event.is_page)
        case on.TalkOver():
            _on_over(page, event)
        case on.VoiceKept():
            page.say("talk.voice_kept")
        case on.VoiceTooLong():
            page.say("talk.voice_too_long")
        case on.VoicePassed():
            page.say("talk.voice_passed")
        case _:
            assert_never(event)


def leave_button(texts: Texts) -> Button:
    """Return the button that ends the talk for the worker."""
    return Button(texts("button.resume"), encode(talk_press(TalkWish.END)), "primary")


def said_by_staff(texts: Texts, words: str) -> str:
    """Return what the staff said as the worker reads it."""
    return texts("talk.said", words=words)


def _on_place(page: Page, event: on.PlaceAsked) -> None:
    if event.is_unknown:
        page.say("talk.unknown_place")
    match event.level:
        case "city":
            page.say("talk.asked_city")
        case "county":
            page.say("talk.asked_county")
        case "township":
            page.say("talk.asked_township")
    buttons = [
        Button(place.name, encode(talk_press(TalkWish.HUMAN, place.id))) for place in event.places
    ]
    rows = in_columns(buttons)
    if event.level == "township" and event.inside is not None:
        press = talk_press(TalkWish.HUMAN, _ANY + event.inside.id)
        rows.append([page.button("any_station", press, place=event.inside.name)])
    page.listens = True
    page.close([*rows, [leave_button(page.texts)]])


def _on_closed(page: Page, event: on.OfficeClosed) -> None:
    days, span = hours_in_words(event.hours)
    names = page.texts("talk.days").split("|")
    named = page.texts("talk.days_between").join(names[int(day) - 1] for day in days)
    page.say("talk.office_closed", days=named, span=span)
    _contact(page, event.contact)
    _back(page)


def _back(page: Page) -> None:
    """Close with the way back into an interview that is open."""
    if page.interview:
        page.close([[page.button("resume", menu_press(Wish.RESUME))]])


def _contact(page: Page, contact: str) -> None:
    if contact:
        page.say("talk.contact", contact=contact)


def _on_line(page: Page, event: on.LineTaken) -> None:
    """A chat shows by itself what was sent; a page, and whoever waits, is told each time."""
    page.listens = True
    if event.is_covered:
        page.say("talk.covered")
        page.hide_reply = True
    if not event.is_open:
        page.say("talk.kept")
    elif event.is_page:
        page.say("talk.passed")
    _close(page, is_page=event.is_page)


def _on_stands(page: Page, event: on.TalkStands) -> None:
    for words in event.heard[-_MOST_HEARD:]:
        page.close()
        page.lines.append(said_by_staff(page.texts, words))
    if not event.heard:
        page.say("talk.open" if event.is_open else "talk.waiting", number=str(event.number))
    _close(page, is_page=event.is_page)


def _on_over(page: Page, event: on.TalkOver) -> None:
    match event.by:
        case "worker":
            page.say("talk.over")
        case "staff" | "unreachable":
            page.say("talk.over_staff")
        case "silence":
            page.say("talk.over_silence")
        case "nobody":
            page.say("talk.over_nobody")
            _contact(page, event.contact)
    page.close()


def _close(page: Page, *, is_page: bool) -> None:
    """Close with the buttons of a talk; a page without its script can ask for news."""
    page.listens = True
    rows = [[leave_button(page.texts)]]
    if is_page:
        rows.append([page.button("news", talk_press(TalkWish.NEWS))])
    page.close(rows)
