"""A chat outside of an interview: what people may want there, and what came of it.

A wish that concerns the chat (my record, begin, return code) is recognised here, before the open
interview sees the reply; everything else belongs to the interview.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from conversations.buttons import Press, Verb
from conversations.dialogue.words import Word, word_in, word_of_command
from conversations.events import (
    CommandUnknown,
    EditIgnored,
    ForwardRefused,
    InterviewEvent,
    MediaRefused,
    ReviewSection,
    StationNamed,
    TapOutdated,
)
from conversations.interview import Purpose
from conversations.reply import Command, Media, Reply, SharedPhone, Tap, Text


class Wish(StrEnum):
    """What the chat is asked for; the value is what a menu button carries."""

    START = "start"
    RESUME = "go"
    RECORD = "me"
    NEW = "new"
    CORRECT = "fix"
    UPDATE = "upd"
    ASK_ERASE = "era"
    ERASE = "erayes"
    DROP = "drop"
    PAUSE = "pause"
    RETURN = "ret"
    NEW_CODE = "code"


@dataclass(frozen=True, slots=True)
class Errand:
    """A wish with what it is about: a person's tag, a station code or a return code."""

    wish: Wish
    argument: str = ""


_RETURN_CODE: Final = re.compile(r"[2-9A-HJ-NP-Z]{10}")
_TAG: Final = 12
_DASHES: Final = re.compile(r"[\s\-—–_·.]")


def return_code_in(text: str) -> str | None:
    """Return the code without its dashes if the text is shaped like one; no look-up is made.

    Ten letters alone may be a word, so a code has a digit in it or was typed with its dash.
    """
    typed = unicodedata.normalize("NFKC", text[:40]).upper().strip()
    bare = _DASHES.sub("", typed)
    is_marked = bare != typed or any(mark.isdecimal() for mark in bare)
    return bare if is_marked and _RETURN_CODE.fullmatch(bare) else None


def errand_in(reply: Reply) -> Errand | None:
    """Return what the chat is asked for, None when the reply belongs to the interview."""
    match reply:
        case Command(name="start", argument=argument):
            return Errand(Wish.START, argument)
        case Command(name="me"):
            return Errand(Wish.RECORD)
        case Command(name="return", argument=argument):
            return Errand(Wish.RETURN, argument)
        case Tap(press=Press(verb=Verb.MENU, value=value)):
            return _errand_of_button(value)
        case Text(text=text, forwarded=False, edited=False):
            return _errand_of_text(text)
        case _:
            return None


def tag_of(person_id: str) -> str:
    """Return the end of a person's id: what menu buttons carry to tell the people of a chat."""
    return person_id[-_TAG:]


def menu_press(wish: Wish, tag: str = "") -> Press:
    """Return the press of a menu button; `tag` tells which person of the chat is meant."""
    return Press(Verb.MENU, value=f"{wish}-{tag}" if tag else str(wish))


def _errand_of_button(value: str) -> Errand | None:
    wish, _, argument = value.partition("-")
    return Errand(Wish(wish), argument) if wish in set(Wish) else None


def _errand_of_text(text: str) -> Errand | None:
    if word_in(text) is Word.RECORD:
        return Errand(Wish.RECORD)
    code = return_code_in(text)
    return Errand(Wish.RETURN, code) if code else None


def remark_on(reply: Reply) -> "Event | None":
    """Return what is to be said of a reply that came while nothing is open, None for a greeting.

    Nothing is begun by such a reply: not by an old button, nor by a word that asks for something
    else.
    """
    match reply:
        case Tap():
            return TapOutdated(nothing_open=True)
        case Media(kind=kind):
            return MediaRefused(kind)
        case SharedPhone():
            return MediaRefused("contact")
        case Text(edited=True):
            return EditIgnored()
        case Text(forwarded=True):
            return ForwardRefused()
        case Text(text=text):
            return _remark_on(word_in(text))
        case Command(name=name):
            return _remark_on(word_of_command(name)) if word_of_command(name) else CommandUnknown()


def _remark_on(word: Word | None) -> "Event | None":
    if word is None or word is Word.RESUME:
        return None
    return StationNamed() if word is Word.HUMAN else LobbyHelpGiven()


@dataclass(frozen=True, slots=True)
class LobbyHelpGiven:
    """The person asked for help, or for something that needs an open interview."""


@dataclass(frozen=True, slots=True)
class PersonOfChat:
    """Somebody who was reported from this chat. `tag` names them in buttons, within the chat."""

    tag: str
    name: str
    reported_on: date
    next_update_on: date | None
    is_due: bool


@dataclass(frozen=True, slots=True)
class InterviewBegun:
    """An interview was opened; its first question follows."""

    purpose: Purpose


@dataclass(frozen=True, slots=True)
class InterviewStillOpen:
    """Another interview was wanted while one is open; that one follows."""


@dataclass(frozen=True, slots=True)
class MenuShown:
    """The chat has nothing open: what can be done here."""

    people: tuple[PersonOfChat, ...]


@dataclass(frozen=True, slots=True)
class RecordShown:
    """A person's last report, by section, masked."""

    person: PersonOfChat
    sections: tuple[ReviewSection, ...]


@dataclass(frozen=True, slots=True)
class RecordMissing:
    """The record was asked for, but nothing was reported from this chat."""


@dataclass(frozen=True, slots=True)
class ErasureAsked:
    """Shall this person's record be erased for good?"""

    person: PersonOfChat


@dataclass(frozen=True, slots=True)
class RecordErased:
    """Consent was withdrawn and the record erased."""


@dataclass(frozen=True, slots=True)
class ReturnCodeAsked:
    """The person wants to go on with a return code and has not given it yet."""


@dataclass(frozen=True, slots=True)
class ReturnCodeRefused:
    """No record has this code, or it was tried too often (`limited`)."""

    limited: bool


@dataclass(frozen=True, slots=True)
class RecordReached:
    """The return code was right: the record belongs to this chat too now."""


@dataclass(frozen=True, slots=True)
class ReceiptGiven:
    """A report was kept.

    `can_prompt` says whether this channel can remind the person, `replaces_code` that an older
    return code does not work any more.
    """

    reference: str
    return_code: str
    next_update_on: date
    can_prompt: bool
    replaces_code: bool


@dataclass(frozen=True, slots=True)
class ReturnCodeGiven:
    """A new return code takes the place of the old one."""

    person: PersonOfChat
    return_code: str


LobbyEvent = (
    LobbyHelpGiven
    | InterviewBegun
    | InterviewStillOpen
    | MenuShown
    | RecordShown
    | RecordMissing
    | ErasureAsked
    | RecordErased
    | ReturnCodeAsked
    | ReturnCodeRefused
    | RecordReached
    | ReceiptGiven
    | ReturnCodeGiven
)
Event = InterviewEvent | LobbyEvent
