"""What a turn can look at, and the rule that decides which question is open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from conversations.events import InterviewEvent
from conversations.interview import Interview
from conversations.replies.atlas import NO_PLACES, Atlas
from conversations.xform import Form
from conversations.xform.question import Question
from conversations.xform.session import Session


@dataclass(frozen=True, slots=True)
class Setting:
    """The world outside of an interview, as values.

    Args of the constructor:
        now: aware, in the zone of the stations; birthdays and months are counted by it.
        villages: names of the villages by township id, for suggestions.
        atlas: divisions by every name that people give them, and how characters are read.
        language: code such as "en"; a form that does not speak it uses its default, as for None.
    """

    now: datetime
    villages: Mapping[str, tuple[str, ...]]
    atlas: Atlas = NO_PLACES
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """The result of one step: the state to store and what to tell people."""

    interview: Interview
    events: tuple[InterviewEvent, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """One interview at one moment. The session works on the answers; all else is fixed."""

    form: Form
    session: Session
    interview: Interview
    setting: Setting

    def after(self, interview: Interview) -> "Scene":
        """Return the same scene with the interview moved on."""
        return Scene(self.form, self.session, interview, self.setting)

    def question(self, path: str) -> Question:
        """Return the question with the labels and choices of this moment."""
        return self.session.question(path)

    def role(self, name: str) -> str:
        """Return the value at the place that the form gives this role; "" when it has none."""
        path = self.form.roles.get(name)
        if path is None or not self.session.relevant(path):
            return ""
        return self.session.get(path)


def first_open(scene: Scene) -> str | None:
    """Return the first relevant question that is not done, None when all are."""
    done = set(scene.interview.done)
    for asked in scene.form.questions:
        if asked.path not in done and scene.session.relevant(asked.path):
            return asked.path
    return None


def first_broken(scene: Scene) -> str | None:
    """Return the first relevant question whose kept answer no longer holds.

    A change elsewhere can do that: another city takes the county's choice away.
    """
    for asked in scene.form.questions:
        if scene.session.relevant(asked.path) and scene.session.check(asked.path).kind != "ok":
            return asked.path
    return None


def previous_open(scene: Scene, path: str | None) -> str | None:
    """Return the question before this one that can be asked again; notes are passed over.

    None stands for the summary, which comes after all questions.
    """
    path = scene.session.previous(path)
    while path is not None and scene.form.question(path).type == "note":
        path = scene.session.previous(path)
    return path
