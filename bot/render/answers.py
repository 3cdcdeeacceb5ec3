"""What became of an answer, in words and buttons."""

from typing import Final, assert_never

from bot.messages import Button
from bot.render.page import Page
from conversations import events as on
from conversations.buttons import Verb
from conversations.dialogue.review import title_of
from conversations.dialogue.words import Word
from conversations.talk import TalkWish, talk_press
from conversations.xform.question import Question

# From this refusal on an example is given.
_EXAMPLE: Final = 2
_PATIENCE: Final = 3


def render_answer(page: Page, event: on.AnswerEvent) -> None:
    """Put what this event says on the page."""
    match event:
        case on.AnswerDeferred():
            _settle(page, event.question, page.texts("button.defer"))
            page.say("deferred.told", label=title_of(event.question))
        case on.QuestionSkipped():
            _settle(page, event.question, event.shown or page.texts("review.empty"))
        case on.AnswerRecorded():
            _on_recorded(page, event)
        case on.AddressRecorded():
            _on_address(page, event)
        case on.AnswerRejected():
            _on_rejected(page, event)
        case _:
            assert_never(event)


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
