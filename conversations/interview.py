"""One person's way through one form version: the state that is stored between two turns.

The open question is not a step in a trail but a consequence: it is the first relevant question
in form order that is not `done`. Going back, changing an answer, resuming after months and the
yearly update are all the same rule applied to another `done`.
"""

from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict

from conversations.xform import Form

Purpose = Literal["first", "update", "correction"]
# What was said of a section in the yearly update: as last year, otherwise, nobody can say.
Comparison = Literal["same", "changed", "unsure"]
SUMMARY = "summary"


class Offer(BaseModel):
    """A change that was offered after a tap on an answered question, not yet accepted.

    `revision` is that at which its buttons were first drawn; older ones are of another offer.
    """

    model_config = ConfigDict(frozen=True)

    path: str
    value: str
    revision: int = 0


class Interview(BaseModel):
    """The state of an interview.

    Attributes:
        number: its number within the chat, from 1; buttons name it.
        answers: every value given, by positioned path; hidden ones are kept.
        origins: who gave each answer, how and when (origins.py), by the same paths.
        done: questions that need no asking (answered, skipped, or a note that was seen).
        deferred: those of them that were put off and must be asked before the summary.
        at: the open question, None when the summary is open.
        refused: replies refused so far, by question.
        page: page of a long list that is shown, from 0.
        query: typed words that narrow the long list, "" for all of it.
        picked: choices ticked so far at an open multiple choice.
        offer: a change that waits for a yes.
        compared: what was said of each section in a yearly update, by path of its group.
        comparing: the section that waits for "still so?", "" when none does.
        opened: the section of the summary that is opened to choose a line, -1 for none.
        shown: what was last asked in full (a path, or SUMMARY), so that it is not said twice.
        changed: the revision at which an answer last changed; older summaries are out of date.
        paused: the person asked for a pause; any reply ends it.
        stop_asked: the person said stop and has not yet said what to do with the answers.
    """

    model_config = ConfigDict(frozen=True)

    number: int = 0
    purpose: Purpose = "first"
    revision: int = 0
    answers: dict[str, str] = {}
    origins: dict[str, str] = {}
    done: tuple[str, ...] = ()
    deferred: tuple[str, ...] = ()
    at: str | None = None
    refused: dict[str, int] = {}
    page: int = 0
    query: str = ""
    picked: tuple[str, ...] = ()
    offer: Offer | None = None
    compared: dict[str, Comparison] = {}
    comparing: str = ""
    opened: int = -1
    shown: str = ""
    changed: int = 0
    paused: bool = False
    stop_asked: bool = False

    def with_changes(self, **changes: object) -> "Interview":
        """Return a copy with these fields changed; values are ours, so they are not checked."""
        return self.model_copy(update=changes)


def first_interview(number: int, answers: dict[str, str] | None = None) -> Interview:
    """Return the start of somebody's first interview; `answers` are set by the application."""
    return Interview(number=number, answers=answers or {})


def again(
    form: Form,
    number: int,
    purpose: Literal["update", "correction"],
    answers: Mapping[str, str],
    origins: Mapping[str, str] | None = None,
) -> Interview:
    """Return an interview that begins with the answers of the last report, as far as they fit.

    An update asks again what the form marks `yearly`; a correction asks nothing by itself and
    opens at the summary, where any answer can be changed.

    Args:
        origins: where those answers come from, already `carried` (origins.py).
    """
    done = tuple(
        question.path
        for question in form.questions
        if purpose == "correction" or question.bot.get("yearly") != "yes"
    )
    asked = {question.path for question in form.questions}
    kept = {path: value for path, value in answers.items() if path in asked}
    known = {path: text for path, text in (origins or {}).items() if path in kept}
    return Interview(number=number, purpose=purpose, answers=kept, origins=known, done=done)
