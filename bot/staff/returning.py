"""Returning a report with one question: about which answer, in which words, and who is told."""

from typing import Final

from bot.desk import Desk, Step
from bot.errands.opening import open_state
from bot.render.desk.checking import ready_question
from bot.staff.reviewing import Candidate, line_of, lines_in, may_do, sections_of
from conversations.dialogue.review import title_of
from conversations.events import ReviewLine
from conversations.lobby.checking import (
    LinesOffered,
    QuestionsOffered,
    ReportReturned,
    SectionsOffered,
)
from conversations.lobby.wishes import tag_of
from conversations.question_words import Refusal, question_in, refusal_of
from conversations.scope import Action
from storage import cases, desks, outbox, people, reviews
from storage.desks import DeskState
from storage.outbox import Post
from storage.staff import Staff

STATE: Final = "chk.words"


async def about_return(
    desk: Desk, who: Staff, one: Candidate, step: str, choice: str
) -> Step | None:
    """Choose the answer and the question, one tap each; None when it cannot be done any more."""
    match step:
        case "back":
            sections = tuple(part for part in sections_of(desk, one) if lines_in(part))
            return Step((SectionsOffered(line_of(desk, one), sections),), open_state(desk))
        case "sec":
            return _lines(desk, one, choice)
        case "line":
            return await _questions(desk, one, _line(desk, one, choice))
        case "ask":
            place, _, number = choice.partition("-")
            line, words = _line(desk, one, place), ready_question(desk.world.texts, number)
            if line is None or not words:
                return None
            return await _give_back(desk, who, one, line, words)
        case _:
            return None


async def take_words(
    desk: Desk, who: Staff, one: Candidate, state: DeskState, text: str
) -> Step | None:
    """Take the question that somebody typed; None when it cannot be asked any more."""
    line = _line(desk, one, str(state.values["question"]))
    words = question_in(text)
    refused = refusal_of(words)
    if line is None or refused is not None:
        return await _questions(desk, one, line, refused)
    return await _give_back(desk, who, one, line, words)


def _lines(desk: Desk, one: Candidate, choice: str) -> Step | None:
    section = next((part for part in sections_of(desk, one) if str(part.index) == choice), None)
    if section is None:
        return None
    return Step((LinesOffered(line_of(desk, one), section),), open_state(desk))


def _line(desk: Desk, one: Candidate, choice: str) -> ReviewLine | None:
    """Return the answer that a button names by the place of its question."""
    lines = (line for section in sections_of(desk, one) for line in lines_in(section))
    return next((line for line in lines if str(line.question.index) == choice), None)


async def _questions(
    desk: Desk, one: Candidate, line: ReviewLine | None, refused: Refusal | None = None
) -> Step | None:
    """Offer the ready questions, and wait for typed words."""
    if line is None:
        return None
    place = line.question.index
    values = {"tag": one.tag, "question": place}
    await desks.put(desk.tx, desk.chat.id, STATE, values, desk.now)
    title = title_of(line.question)
    offered = QuestionsOffered(line_of(desk, one), place, title, line.shown, refused)
    return Step((offered,), open_state(desk))


async def _give_back(
    desk: Desk, who: Staff, one: Candidate, line: ReviewLine, words: str
) -> Step | None:
    """Return the report, and ask in the one chat that can be written to, or have somebody call."""
    report, key = one.waiting.report, one.waiting.key
    if not await may_do(desk, who, Action.RETURN, one):
        return None
    await people.hold(desk.tx, report.person_id)
    if not await reviews.judge(desk.tx, report.id, "returned", who.id, desk.now):
        return None
    await desks.clear(desk.tx, desk.chat.id)
    chat_id = await reviews.chat_to_ask(desk.tx, report.person_id)
    is_told = chat_id is not None
    await reviews.ask(
        desk.tx,
        report,
        key,
        path=line.question.path,
        words=words,
        by=who.id,
        is_told=is_told,
        now=desk.now,
    )
    if chat_id is None:
        await cases.open(
            desk.tx,
            kind=reviews.CASE,
            township_id=one.waiting.place_id,
            person_id=report.person_id,
            now=desk.now,
        )
    else:
        about = tag_of(report.person_id)
        post = Post(
            "returned", words=words, about=about, name=one.name, line=title_of(line.question)
        )
        await outbox.put(desk.tx, chat_id, report.person_id, post, desk.now)
    return Step((ReportReturned(one.name, is_told),), open_state(desk), posted=is_told)
