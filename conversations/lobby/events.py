"""What came of a wish, in the past tense. Channels render it."""

from dataclasses import dataclass
from datetime import date

from conversations.events import InterviewEvent, ReviewSection
from conversations.interview import Purpose


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
