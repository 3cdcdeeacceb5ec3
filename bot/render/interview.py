"""The events of an interview in words and buttons."""

from typing import Final

from bot.messages import Button
from bot.render.course import offer, render_course
from bot.render.hearing import question_heard
from bot.render.page import Page
from bot.render.parts import ask_comparison, finished_part, settle_comparison
from bot.render.question import question_message
from bot.render.review import show_review, show_section
from conversations import events as on
from conversations.buttons import Verb
from conversations.dialogue.review import title_of
from conversations.dialogue.words import Word
from conversations.lobby.wishes import Wish
from conversations.talk import TalkWish, talk_press
from conversations.xform.question import Question

# From this refusal on an example is given.
_EXAMPLE: Final = 2
_PATIENCE: Final = 3


def render_event(page: Page, event: on.InterviewEvent) -> None:
    """Put what this event says on the page."""
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
        case on.AnswerDeferred():
            _settle(page, event.question, page.texts("button.defer"))
            page.say("deferred.told", label=title_of(event.question))
        case on.QuestionSkipped():
            _settle(page, event.question, event.shown or page.texts("review.empty"))
        case on.DeferredAsked():
            page.say("deferred.asked")
        case on.AnswerRecorded():
            _on_recorded(page, event)
        case on.AddressRecorded():
            _on_address(page, event)
        case on.AnswerRejected():
            _on_rejected(page, event)
        case on.WhyTold():
            _on_why(page, event.question)
        case on.HelpGiven():
            _on_help(page, event.question)
        case on.QuestionHeard():
            question_heard(page, event)
        case on.StationNamed():
            page.say("human.station")
            offer(page, "resume", Wish.RESUME)
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


def _on_recorded(page: Page, event: on.AnswerRecorded) -> None:
    question = event.question
    is_nod = question.bot.get("confirm") == "yes"
    _settle(
        page, question, event.shown or page.texts("button.right" if is_nod else "review.empty")
    )
    if not event.typed and page.tapped:
        return
    if event.shown:
        page.say("echo.recorded", shown=event.shown)
    if event.doubt:
        page.say(f"rejected.{event.doubt}")
    if question.bot.get("erase") == "yes":
        page.hide_reply = True
        page.say("echo.recorded_hidden")


def _settle(page: Page, question: Question, shown: str) -> None:
    """Put the answer in place of the question's buttons, wherever they stand."""
    settled = page.texts("echo.settled", label=question.label, shown=shown)
    if page.tapped:
        page.settle = settled
    else:
        page.settle_open = settled


def _on_address(page: Page, event: on.AddressRecorded) -> None:
    page.say("echo.address" if event.is_sure else "echo.address_heard", shown=event.shown)
    again = page.press(Verb.CHANGE, event.question.index)
    page.close([[page.button("wrong", again)]])


def _on_rejected(page: Page, event: on.AnswerRejected) -> None:
    question, texts = event.question, page.texts
    if event.reason == "form" or (event.message and event.reason != "no_longer_fits"):
        page.lines.append(event.message)
    else:
        params = dict(event.params)
        page.lines.append(texts.get(f"rejected.{event.reason}", "rejected.constraint", **params))
    page.hide_reply = page.hide_reply or question.bot.get("erase") == "yes"
    if event.asked_again:
        return
    if event.attempt >= _EXAMPLE and question.hint:
        page.say("rejected.example", hint=question.hint)
    if event.attempt >= _PATIENCE:
        page.say(_ladder(event))
    page.close(_ways_out(page, event))


def _ladder(event: on.AnswerRejected) -> str:
    if event.can_skip:
        return "rejected.ladder_skip"
    return "rejected.ladder_defer" if event.can_defer else "rejected.ladder"


def _ways_out(page: Page, event: on.AnswerRejected) -> list[list[Button]]:
    question = event.question
    row = [page.button(Word.BACK, page.press(Verb.BACK, question.index))]
    if question.bot.get("why"):
        row.append(page.button(Word.WHY, page.press(Verb.WHY, question.index)))
    if event.attempt >= _PATIENCE:
        row.append(page.button("human", talk_press(TalkWish.HUMAN)))
    skip = page.press(Verb.SKIP, question.index)
    if event.can_defer:
        row.append(page.button("defer", skip))
    elif event.attempt >= _PATIENCE and event.can_skip:
        row.append(page.button(Word.SKIP, skip))
    return [row]


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
