"""What is to be recorded: every question, every option, and what is said in every conversation.

A sentence is listed as it will stand on the screen. Where a form puts an answer into its words, as
in 您的 and 这位家人的, each wording is listed; where that answer is a person's own, none is: it
could not be recorded beforehand.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.clips.pack import MOST_OPTIONS, spoken
from bot.places import load_places
from bot.texts import Texts
from conversations.xform import Form
from conversations.xform.question import Question
from conversations.xform.session import Session

# Longer ones, counties and townships are listed for those who ask for them.
LONGEST_LIST: Final = 60
# What everybody hears: its whole sections, and these, where they hold nothing of a person.
_SECTIONS: Final = ("greeting", "help", "rejected", "closed", "pause", "stop", "range", "review")
_KEYS: Final = (
    "question.many",
    "human.station",
    "why.default",
    "menu.greeting",
    "receipt.done",
    "receipt.next",
    "receipt.correct",
    "return_code.ask",
    "return_code.refused",
    "search.code",
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence to record. `name` is the file's place in the pack, without its ending."""

    name: str
    text: str


def sentences(form: Form, texts: Texts, now: datetime, *, every: bool = False) -> list[Sentence]:
    """Return what is to be recorded, the most heard first; no sentence twice.

    Args:
        now: the form's own dates are of this moment.
        every: lists of more than `LONGEST_LIST` choices too, and all counties and townships,
            which a form offers by what was answered before.
    """
    found: dict[str, str] = {}
    for name, text in _all(form, texts, now, every=every):
        found.setdefault(text, name)
    return [Sentence(name, text) for text, name in _told_apart(found)]


def _all(form: Form, texts: Texts, now: datetime, *, every: bool) -> Iterator[tuple[str, str]]:
    for place, word in enumerate(texts("hear.numbers").split(), 1):
        yield f"numbers/{place}", word
    sessions = list(_sessions(form, now))
    yield from _questions(form, sessions)
    for key, text in texts.sentences.items():
        if "{" not in text and (key.partition(".")[0] in _SECTIONS or key in _KEYS):
            yield f"texts/{key}", text
    yield from _options(form, sessions, every=every)
    if every:
        for division in load_places().by_id.values():
            yield f"places/{division.id}", division.name


def _told_apart(found: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield sentences with their names, those of one name numbered from the second on."""
    count: dict[str, int] = {}
    for text, name in found.items():
        count[name] = count.get(name, 0) + 1
        yield text, name if count[name] == 1 else f"{name}~{count[name]}"


def _questions(form: Form, sessions: list[Session]) -> Iterator[tuple[str, str]]:
    for asked in form.questions:
        for session in sessions:
            if session.says_whole(asked.path):
                question = session.question(asked.path)
                yield f"{form.id}/{name_of(asked.path)}", spoken(question.label, question.hint)


def _options(form: Form, sessions: list[Session], *, every: bool) -> Iterator[tuple[str, str]]:
    for asked in form.questions:
        if asked.choices is None:
            continue
        for question in (session.question(asked.path) for session in sessions):
            if every or len(question.choices) <= LONGEST_LIST:
                for choice in question.choices:
                    yield f"{form.id}/{name_of(asked.path)}/{choice.name}", choice.label


def name_of(path: str) -> str:
    """Return the bare name of a positioned path."""
    return path.rpartition("/")[2].removesuffix("[1]")


def _sessions(form: Form, now: datetime) -> Iterator[Session]:
    """Yield interviews in which each short list has each of its answers once.

    The first is one in which as much as possible is asked.
    """
    answers: dict[str, str] = {}
    for asked in form.questions:
        question = _begun(form, now, answers).question(asked.path)
        if _is_short(question):
            answers[asked.path] = max(
                [choice.name for choice in question.choices],
                key=lambda name: _asked(_begun(form, now, {**answers, asked.path: name})),
            )
    yield _begun(form, now, answers)
    for path, answer in answers.items():
        question = _begun(form, now, answers).question(path)
        for choice in question.choices:
            if choice.name != answer:
                yield _begun(form, now, {**answers, path: choice.name})


def _is_short(question: Question) -> bool:
    return question.type == "select_one" and 0 < len(question.choices) <= MOST_OPTIONS


def _asked(session: Session) -> int:
    return sum(session.relevant(asked.path) for asked in session.form.questions)


def _begun(form: Form, now: datetime, answers: Mapping[str, str]) -> Session:
    session = Session(form, now)
    return Session(form, now, values={**session.values(), **answers})
