"""How a line of the sheet begins: with what is known of the person, under the form of today."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.world import World
from conversations.dialogue.review import title_of
from conversations.dialogue.shown import shown
from conversations.interview import Interview, again, first_interview
from conversations.people import known_beforehand, told_by
from conversations.visit_row import columns_of
from conversations.xform import Form
from conversations.xform.session import Session
from storage.visits import ToVisit


@dataclass(frozen=True, slots=True)
class Start:
    """A person's interview before it is filled in; `values` are what is known, by role."""

    interview: Interview = field(repr=False)
    values: Mapping[str, str] = field(repr=False)


def start_of(form: Form, one: ToVisit, today: date) -> Start:
    """Return how a line begins: from the last report, or from what the roster says."""
    if one.form_hash:
        state = told_by(form, again(form, 0, "update", one.known), "")
        values = {role: one.known.get(path, "") for role, path in form.roles.items()}
        return Start(state, values)
    known = known_beforehand(form, one.known, today)
    state = first_interview(0, dict(known.answers)).with_changes(done=known.done)
    return Start(state, one.known)


def titles_of(form: Form, now: datetime) -> dict[str, str]:
    """Return the short names of the sheet's questions by path."""
    session = Session(form, now)
    return {path: title_of(session.question(path)) for path in columns_of(form)}


def lists_of(form: Form, now: datetime) -> dict[str, tuple[str, ...]]:
    """Return the choices of those questions of the sheet where one of a list is written."""
    session = Session(form, now)
    found = {}
    for path in columns_of(form):
        question = session.question(path)
        labels = tuple(choice.label for choice in question.choices)
        if question.type == "select_one" and labels:
            found[path] = labels
    return found


def hints_of(form: Form, start: Start, world: World, now: datetime) -> tuple[str, ...]:
    """Return what is known to each question of the sheet, in words, numbers masked."""
    local = now.astimezone(world.zone)
    session = Session(form, local, values=start.interview.answers)
    hints = []
    for path in columns_of(form):
        question = session.question(path)
        hints.append(shown(question, question.value) if session.relevant(path) else "")
    return tuple(hints)
