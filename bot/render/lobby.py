"""The events of a chat outside of an interview in words and buttons."""

from typing import assert_never

from bot.render.hearing import lines_heard
from bot.render.language import language_buttons, language_offered
from bot.render.page import Page
from bot.render.people import (
    drop_asked,
    menu_shown,
    people_shown,
    phone_matched,
    record_taken_over,
    search_offered,
    switch_offered,
    who,
)
from bot.render.record import record_shown
from bot.render.words import day_in_words, grouped
from conversations.lobby import events as lobby
from conversations.lobby import finding
from conversations.lobby.wishes import Wish, menu_press


def render_lobby_event(page: Page, event: lobby.LobbyEvent) -> None:
    """Put what this event says on the page."""
    match event:
        case lobby.LinesHeard():
            lines_heard(page, event)
        case lobby.LobbyHelpGiven():
            page.say("help.lobby")
        case lobby.InterviewBegun():
            _on_begun(page, event)
        case lobby.LanguageOffered():
            language_offered(page)
        case lobby.LanguageChosen():
            page.say("language.chosen")
        case lobby.MenuShown():
            menu_shown(page, event)
        case lobby.RecordShown():
            record_shown(page, event)
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
            page.say("receipt.code", code=grouped(event.return_code))
            page.close(protect=True)
        case _:
            _render_people(page, event)


PeopleEvent = (
    lobby.PeopleShown
    | lobby.InterviewSwitched
    | lobby.InterviewSetAside
    | lobby.SwitchOffered
    | lobby.DropAsked
    | lobby.InterviewDropped
    | lobby.TooManyOpen
    | finding.FindingEvent
)


def _render_people(page: Page, event: PeopleEvent) -> None:
    """The events about several people in one chat, and about those who are known."""
    match event:
        case lobby.PeopleShown():
            people_shown(page, event)
        case lobby.InterviewSwitched():
            page.say("people.switched", who=who(page, event.member))
        case lobby.InterviewSetAside():
            page.say("people.set_aside", who=who(page, event.member))
        case lobby.SwitchOffered():
            switch_offered(page, event)
        case lobby.DropAsked():
            drop_asked(page, event.member)
        case lobby.InterviewDropped():
            page.say("people.dropped", who=who(page, event.member))
        case lobby.TooManyOpen():
            page.say("people.too_many")
        case finding.SearchOffered():
            search_offered(page, event)
        case finding.PhoneMatched():
            phone_matched(page, event)
        case finding.PhoneUnmatched():
            page.say("search.limited" if event.limited else "search.unmatched")
        case finding.RosterReached():
            page.say("search.roster")
        case finding.RecordTakenOver():
            record_taken_over(page, event)
        case _:
            assert_never(event)


def _on_begun(page: Page, event: lobby.InterviewBegun) -> None:
    page.say("greeting.another" if event.is_another else f"greeting.{event.purpose}")
    if event.can_find:
        page.close([[page.button("find", menu_press(Wish.FIND))], language_buttons(page)])
    else:
        page.close()


def _on_erasure_asked(page: Page, person: lobby.PersonOfChat) -> None:
    page.say("erase.asked", name=person.name)
    yes = page.button("erase_yes", menu_press(Wish.ERASE, person.tag), "danger")
    no = page.button("erase_no", menu_press(Wish.RECORD))
    page.close([[no], [yes]], input_hint="none")


def _on_receipt(page: Page, event: lobby.ReceiptGiven) -> None:
    page.say("receipt.reference", reference=grouped(event.reference))
    page.say("receipt.code", code=grouped(event.return_code))
    if event.replaces_code:
        page.say("receipt.old_code")
    if event.overtook:
        page.say("receipt.overtook")
    page.say("receipt.next")
    key = "receipt.update" if event.can_prompt else "receipt.update_web"
    page.say(key, date=day_in_words(page.texts, event.next_update_on))
    page.say("receipt.correct")
    record = page.button("record", menu_press(Wish.RECORD))
    relative = page.button("for_relative", menu_press(Wish.NEW))
    people = page.button("people", menu_press(Wish.PEOPLE))
    clear = page.button("clear", menu_press(Wish.ASK_CLEAR))
    page.close([[record, people], [relative], [clear]], protect=True)
