"""The events of an interview in words and buttons."""

from bot.render.answers import render_answer
from bot.render.course import offer, render_course
from bot.render.hearing import question_heard
from bot.render.page import Page
from bot.render.parts import ask_comparison, finished_part, settle_comparison
from bot.render.question import question_message
from bot.render.review import show_review, show_section
from conversations import events as on
from conversations.buttons import Verb
from conversations.dialogue.review import title_of
from conversations.lobby.wishes import Wish
from conversations.xform.question import Question


def render_event(page: Page, event: on.InterviewEvent) -> None:
    """Put what this event says on the page."""
    if isinstance(event, on.AnswerEvent):
        render_answer(page, event)
        return
    match event:
        case on.QuestionAsked():
            _on_question(page, event)
        case on.NoteShown():
            _on_note(page, event)
        case on.PartFinished():
            finished_part(page, event)
        case on.SectionCompared():
            ask_comparison(page, event)
        case on.SectionSettled():
            settle_comparison(page, event)
        case on.DeferredAsked():
            page.say("deferred.asked")
        case on.WhyTold():
            _on_why(page, event.question)
        case on.HelpGiven():
            _on_help(page, event.question)
        case on.QuestionHeard():
            question_heard(page, event)
        case on.StationNamed():
            _on_station(page)
        case on.ChangeOffered():
            _on_change(page, event)
        case on.RedoOffered():
            _on_redo(page, event)
        case on.TapRepeated():
            page.toast = page.texts("echo.repeated")
        case on.TapOutdated():
            page.say("outdated.tap_closed" if event.nothing_open else "outdated.tap")
        case on.ReviewShown():
            show_review(page, event)
        case on.SectionOpened():
            show_section(page, event.section)
        case _:
            render_course(page, event)


def _on_question(page: Page, event: on.QuestionAsked) -> None:
    page.part()
    message = question_message(page, event)
    if event.redrawn and page.tapped:
        page.redraw = message
    else:
        page.messages.append(message)


def _on_note(page: Page, event: on.NoteShown) -> None:
    page.has_notice = True
    if event.opens_section and event.question.section:
        page.say("question.section", title=event.question.section)
    page.lines.append(event.question.label)


def _on_why(page: Page, question: Question | None) -> None:
    if question is None:
        page.say("why.summary")
    elif why := question.bot.get("why"):
        page.say("why.told", why=why)
    else:
        page.say("why.default")


def _on_help(page: Page, question: Question | None) -> None:
    if question is None:
        page.say("help.summary")
        return
    page.say("help.question")
    if question.hint:
        page.say("help.example", hint=question.hint)


def _on_station(page: Page) -> None:
    page.say("human.station")
    offer(page, "resume", Wish.RESUME)


def _on_change(page: Page, event: on.ChangeOffered) -> None:
    index = event.question.index
    page.say("change.offered", label=event.question.label, old=event.old, new=event.new)
    change = page.press(Verb.CHANGE, index, "yes")
    keep = page.press(Verb.KEEP, index)
    page.close(
        [
            [page.button("change_to", change, "primary", new=event.new)],
            [page.button("keep_old", keep)],
        ],
        input_hint="none",
    )


def _on_redo(page: Page, event: on.RedoOffered) -> None:
    index = event.question.index
    page.say("change.redo", label=title_of(event.question), old=event.old)
    change = page.press(Verb.CHANGE, index)
    keep = page.press(Verb.KEEP, index)
    page.close(
        [[page.button("redo", change, "primary")], [page.button("keep_old", keep)]],
        input_hint="none",
    )
