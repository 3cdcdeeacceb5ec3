"""One person's way through one form version: the state that is stored between two turns.

The open question is not a step in a trail but a consequence: it is the first relevant question
in form order that is not `done`. Going back, changing an answer, resuming after months and the
yearly update are all the same rule applied to another `done`.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from conversations.xform import Form

Purpose = Literal["first", "update", "correction"]


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
        done: questions that need no asking (answered, skipped, or a note that was seen).
        at: the open question, None when the summary is open.
        refusals: replies refused in a row at the open question.
        page: page of a long list that is shown, from 0.
        query: typed words that narrow the long list, "" for all of it.
        picked: choices ticked so far at an open multiple choice.
        offer: a change that waits for a yes.
        changed: the revision at which an answer last changed; older summaries are out of date.
        paused: the person asked for a pause; any reply ends it.
        stop_asked: the person said stop and has not yet said what to do with the answers.
    """

    model_config = ConfigDict(frozen=True)

    number: int = 0
    purpose: Purpose = "first"
    revision: int = 0
    answers: dict[str, str] = {}
    done: tuple[str, ...] = ()
    at: str | None = None
    refusals: int = 0
    page: int = 0
    query: str = ""
    picked: tuple[str, ...] = ()
    offer: Offer | None = None
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
    form: Form, number: int, purpose: Literal["update", "correction"], answers: dict[str, str]
) -> Interview:
    """Return an interview that begins with the answers of the last report, as far as they fit.

    An update asks again what the form marks `yearly`; a correction asks nothing by itself and
    opens at the summary, where any answer can be changed.
    """
    done = tuple(
        question.path
        for question in form.questions
        if purpose == "correction" or question.bot.get("yearly") != "yes"
    )
    asked = {question.path for question in form.questions}
    kept = {path: value for path, value in answers.items() if path in asked}
    return Interview(number=number, purpose=purpose, answers=kept, done=done)
