"""A row of a visit sheet as an interview: what was written at somebody's home, judged by the form.

The answers are taken in the order of the form, as in a chat: what is not relevant may not be
filled in, what is asked every year must be. `SAME` says that it is as it was last year; that there
is none any more is said in words.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from conversations.dialogue.scene import Setting
from conversations.interview import Interview
from conversations.replies.read import Several, Understood, read_text
from conversations.xform import Form
from conversations.xform.question import Choice, Question
from conversations.xform.session import Session
from conversations.xform.verdict import WRONG_TYPE

SAME: Final = frozenset(("√", "✓", "✔", "同", "同上", "一样", "没变"))
# Who it is about and where stands in the record already, and may not be written over on paper.
KNOWN: Final = frozenset(("name", "id_number", "city", "county", "township"))
# What a visit is called in the form's list of ways to collect.
BY_VISIT: Final = "4"

Why = Literal[
    "missing", "left_open", "unread", "refused", "not_asked", "no_consent", "out_of_range"
]


@dataclass(frozen=True, slots=True)
class Fault:
    """What keeps a row out: the path of its question, "" for the whole row; the form's words."""

    why: Why
    path: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Filled:
    """A complete row: all that is relevant, by path."""

    answers: Mapping[str, str] = field(repr=False)


def columns_of(form: Form) -> tuple[str, ...]:
    """Return the questions that a visit sheet has columns for, by path, in the form's order."""
    known = {form.roles.get(role) for role in KNOWN}
    return tuple(
        question.path
        for question in form.questions
        if question.type != "note" and question.path not in known
    )


def take_row(
    form: Form, start: Interview, cells: Mapping[str, str], setting: Setting
) -> Filled | tuple[Fault, ...]:
    """Return what a row comes to, or all that is wrong with it.

    Args:
        start: what is known beforehand, as an interview that has just begun.
        cells: what was written, by path; empty cells may be left out.
    """
    written = {path: text.strip() for path, text in cells.items() if text.strip()}
    answers = dict(start.answers)
    if "staff_method" in form.roles:
        answers[form.roles["staff_method"]] = BY_VISIT
    session = Session(form, setting.now, form.language_of(setting.language), answers)
    faults = _walk(session, set(start.done) - written.keys(), written, setting)
    faults += [
        Fault("not_asked", path) for path in written if not session.relevant(path)
    ] + _of_whole(session)
    if faults:
        return tuple(faults)
    return Filled({path: value for path, asked, value in session.nodes() if asked and value})


def _walk(
    session: Session, done: set[str], written: Mapping[str, str], setting: Setting
) -> list[Fault]:
    """Answer one question after the other; an answer may bring up one that was passed."""
    faults = []
    while (path := _first_open(session, done)) is not None:
        done.add(path)
        question = session.question(path)
        if question.type == "note":
            continue
        fault = _answer(session, question, written.get(path, ""), setting)
        if fault is not None:
            faults.append(fault)
    return faults


def _first_open(session: Session, done: set[str]) -> str | None:
    for question in session.form.questions:
        if question.path not in done and session.relevant(question.path):
            return question.path
    return None


def _answer(session: Session, question: Question, text: str, setting: Setting) -> Fault | None:
    path = question.path
    if not text and question.value:
        # Left empty by mistake or gone? What was known is not dropped on a guess.
        return Fault("left_open", path)
    if text in SAME:
        verdict = session.check(path) if question.value else WRONG_TYPE
    else:
        value = _value(question, text, setting) if text else ""
        verdict = WRONG_TYPE if value is None else session.answer(path, value)
    match verdict.kind:
        case "ok":
            return None
        case "required":
            return Fault("missing", path)
        case "constraint":
            return Fault("refused", path, verdict.message)
        case _:
            return Fault("unread", path)


def _value(question: Question, text: str, setting: Setting) -> str | None:
    """Return what was written as the form keeps it; None when it is not clear."""
    match read_text(question, text, setting.now, (), setting.atlas.sounds):
        case Understood(value=value):
            return value
        case Several(only=Choice(name=name)):
            return name
        case _:
            return None


def _of_whole(session: Session) -> list[Fault]:
    """Return what keeps the whole row out: no consent, or somebody who is not registered."""
    value = {
        role: session.get(path)
        for role, path in session.form.roles.items()
        if role in {"consent", "sensitive_consent", "in_range"} and session.relevant(path)
    }
    if "no" in (value.get("consent"), value.get("sensitive_consent")):
        return [Fault("no_consent")]
    return [Fault("out_of_range")] if value.get("in_range") == "0" else []
