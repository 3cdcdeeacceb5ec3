"""The events of a chat outside of an interview in words and buttons."""

from datetime import date
from typing import assert_never

from bot.messages import Button
from bot.render.interview import review_lines
from bot.render.page import Page
from conversations.lobby import events as lobby
from conversations.lobby.wishes import Wish, menu_press


def render_lobby_event(page: Page, event: lobby.LobbyEvent) -> None:
    """Put what this event says on the page."""
    match event:
        case lobby.LobbyHelpGiven():
            page.say("help.lobby")
        case lobby.InterviewBegun():
            page.say(f"greeting.{event.purpose}")
            page.close()
        case lobby.InterviewStillOpen():
            page.say("other.interview_open")
        case lobby.MenuShown():
            _on_menu(page, event)
        case lobby.RecordShown():
            _on_record(page, event)
        case lobby.RecordMissing():
            page.say("record.none")
        case lobby.ErasureAsked():
            _on_erasure_asked(page, event.person)
        case lobby.RecordErased():
            page.say("erase.done")
            page.close([[page.button("first_report", menu_press(Wish.NEW))]])
        case lobby.ReturnCodeAsked():
            page.say("return_code.ask")
        case lobby.ReturnCodeRefused():
            page.say("return_code.limited" if event.limited else "return_code.refused")
        case lobby.RecordReached():
            page.say("return_code.welcome")
        case lobby.ReceiptGiven():
            _on_receipt(page, event)
        case lobby.ReturnCodeGiven():
            page.say("return_code.new", name=event.person.name)
            page.say("receipt.code", code=_grouped(event.return_code))
            page.close(protect=True)
        case _:
            assert_never(event)


def day_in_words(day: date) -> str:
    """Return 2027年3月5日."""
    return f"{day.year}年{day.month}月{day.day}日"


def _on_menu(page: Page, event: lobby.MenuShown) -> None:
    page.say("menu.greeting")
    for person in event.people:
        key = "menu.due" if person.is_due else "menu.line"
        page.say(key, name=person.name, date=day_in_words(person.reported_on))
    rows = [[_update_button(page, person)] for person in event.people if person.is_due]
    if event.people:
        rows.append([page.button("record", menu_press(Wish.RECORD))])
        rows.append([page.button("for_relative", menu_press(Wish.NEW))])
    else:
        rows.append([page.button("first_report", menu_press(Wish.NEW), "primary")])
    page.close(rows)


def _update_button(page: Page, person: lobby.PersonOfChat) -> Button:
    return page.button("update", menu_press(Wish.UPDATE, person.tag), "primary")


def _on_record(page: Page, event: lobby.RecordShown) -> None:
    person = event.person
    page.say("record.heading", name=person.name, date=day_in_words(person.reported_on))
    page.lines += ["\n".join(review_lines(page, section)) for section in event.sections]
    if person.next_update_on is not None:
        page.say("record.next", date=day_in_words(person.next_update_on))
    page.say("record.masked")
    correct = page.button("correct", menu_press(Wish.CORRECT, person.tag), "primary")
    update = page.button("update", menu_press(Wish.UPDATE, person.tag))
    erase = page.button("erase", menu_press(Wish.ASK_ERASE, person.tag), "danger")
    code = page.button("new_code", menu_press(Wish.NEW_CODE, person.tag))
    page.close([[correct, update], [code], [erase]], protect=True)


def _on_erasure_asked(page: Page, person: lobby.PersonOfChat) -> None:
    page.say("erase.asked", name=person.name)
    yes = page.button("erase_yes", menu_press(Wish.ERASE, person.tag), "danger")
    no = page.button("erase_no", menu_press(Wish.RECORD))
    page.close([[no], [yes]], input_hint="none")


def _grouped(code: str) -> str:
    return "-".join(code[at : at + 5] for at in range(0, len(code), 5))


def _on_receipt(page: Page, event: lobby.ReceiptGiven) -> None:
    page.say("receipt.reference", reference=_grouped(event.reference))
    page.say("receipt.code", code=_grouped(event.return_code))
    if event.replaces_code:
        page.say("receipt.old_code")
    page.say("receipt.next")
    key = "receipt.update" if event.can_prompt else "receipt.update_web"
    page.say(key, date=day_in_words(event.next_update_on))
    page.say("receipt.correct")
    record = page.button("record", menu_press(Wish.RECORD))
    relative = page.button("for_relative", menu_press(Wish.NEW))
    page.close([[record], [relative]], protect=True)
