"""Returning a report with one question: about which answer, in which words, and who is told."""

from typing import Final

from bot.desk import Desk, Step
from bot.errands.opening import open_state
from bot.render.desk.checking import ready_question
from bot.staff.reviewing import (
    Candidate,
    give_back,
    line_of,
    lines_in,
    may_do,
    sections_of,
)
from conversations.dialogue.review import title_of
from conversations.events import ReviewLine
from conversations.lobby.checking import (
    LinesOffered,
    QuestionsOffered,
    ReportReturned,
    SectionsOffered,
)
from conversations.question_words import Refusal, question_in, refusal_of
from conversations.scope import Action
from storage import desks
from storage.desks import DeskState
from storage.staff import Staff

STATE: Final = "chk.words"
_LOOKS: Final = ("back", "sec", "line")


async def about_return(
    desk: Desk, who: Staff, one: Candidate, step: str, choice: str
) -> Step | None:
    """Choose the answer and the question, one tap each; None when it cannot be done any more.

    What is shown on the way is a look at the record like any other, with its line in the audit.
    """
    if step in _LOOKS and not await may_do(desk, who, Action.SEE_MASKED, one):
        return None
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
    """Return the report, and say whether the question reaches anybody."""
    done = await give_back(desk, who, one, line, words)
    if done is None:
        return None
    await desks.clear(desk.tx, desk.chat.id)
    is_told = done == "told"
    return Step((ReportReturned(one.name, is_told),), open_state(desk), posted=is_told)
