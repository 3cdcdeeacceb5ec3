"""What came of a wish, in the past tense. Channels render it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from conversations.events import InterviewEvent, Part, ReviewSection
from conversations.interview import Purpose
from conversations.lobby.accounts import AccountEvent
from conversations.lobby.checking import CheckingEvent
from conversations.lobby.console import ConsoleEvent
from conversations.lobby.entry import EntryEvent
from conversations.lobby.finding import FindingEvent
from conversations.lobby.followups import FollowUpEvent
from conversations.lobby.queries import StationAsks
from conversations.lobby.records import RecordEvent
from conversations.lobby.subject import Left
from conversations.lobby.talks import StaffEvent, WorkerTalkEvent
from conversations.lobby.worklist import WorkListEvent

Standing = Literal["not_begun", "open", "unsent", "reported", "due", "left"]


@dataclass(frozen=True, slots=True)
class LobbyHelpGiven:
    """The person asked for help, or for something that needs an open interview."""


@dataclass(frozen=True, slots=True)
class LinesHeard:
    """The person wants to listen to an earlier message; the clip is as its button named it."""

    clip: str


@dataclass(frozen=True, slots=True)
class PersonOfChat:
    """Somebody who was reported from this chat. `tag` names them in buttons, within the chat."""

    tag: str
    name: str
    reported_on: date
    next_update_on: date | None
    is_due: bool


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody this chat fills in for, as the list of people shows them.

    Args of the constructor, where not plain:
        tag: names the person in buttons, within the chat.
        name: "" while it is not known; `relation` then tells who it is, in words, "" too at first.
        interview: number of the interview that is open about them, 0 when none is.
        part: how far that is; None before its first part and at its summary.
    """

    tag: str
    name: str
    relation: str
    standing: Standing
    interview: int = 0
    part: Part | None = None
    reported_on: date | None = None
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class PeopleShown:
    """Everybody this chat fills in for: a page of the list, from 0.

    `taken` are the names of those who took their record over since the chat was last told.
    """

    members: tuple[Member, ...]
    page: int = 0
    pages: int = 1
    taken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InterviewSwitched:
    """The chat talks about somebody else now; their open question follows."""

    member: Member


@dataclass(frozen=True, slots=True)
class InterviewSetAside:
    """What was being filled in is kept for later; something else begins."""

    member: Member


@dataclass(frozen=True, slots=True)
class SwitchOffered:
    """A button of another open interview was tapped; `current` is what is open, if anything."""

    member: Member
    current: Member | None


@dataclass(frozen=True, slots=True)
class DropAsked:
    """Shall what was answered in this unfinished interview be deleted?"""

    member: Member


@dataclass(frozen=True, slots=True)
class InterviewDropped:
    """An unfinished interview was deleted."""

    member: Member


@dataclass(frozen=True, slots=True)
class TooManyOpen:
    """So much is unfinished that nothing more is begun."""


@dataclass(frozen=True, slots=True)
class InterviewBegun:
    """An interview was opened; its first question follows.

    `can_find` says that the chat is new: it may be about somebody who is known already;
    `is_another` that it filled in for somebody before.
    """

    purpose: Purpose
    can_find: bool = False
    is_another: bool = False


@dataclass(frozen=True, slots=True)
class LanguageOffered:
    """The chat can be led in several languages: in which one?"""


@dataclass(frozen=True, slots=True)
class LanguageChosen:
    """From now on everything is said in the language that was chosen."""


@dataclass(frozen=True, slots=True)
class MenuShown:
    """The chat has nothing open: what can be done here.

    `drafts` are unfinished, `taken` are the names of those who took their record over.
    """

    people: tuple[PersonOfChat, ...]
    drafts: tuple[Member, ...] = ()
    taken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordShown:
    """A person's last report, by section, masked.

    Args of the constructor:
        left: how they left the range, None for whoever is in it.
        asks: what the station wants to know about it, None for nothing.
    """

    person: PersonOfChat
    sections: tuple[ReviewSection, ...]
    left: Left | None = None
    asks: StationAsks | None = None


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
    return code does not work any more, `overtook` that somebody else reported in the meantime.
    """

    reference: str
    return_code: str
    next_update_on: date
    can_prompt: bool
    replaces_code: bool
    overtook: bool = False


@dataclass(frozen=True, slots=True)
class ReturnCodeGiven:
    """A new return code takes the place of the old one."""

    person: PersonOfChat
    return_code: str


LobbyEvent = (
    LobbyHelpGiven
    | LinesHeard
    | InterviewBegun
    | LanguageOffered
    | LanguageChosen
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
    | PeopleShown
    | InterviewSwitched
    | InterviewSetAside
    | SwitchOffered
    | DropAsked
    | InterviewDropped
    | TooManyOpen
    | FindingEvent
)
DeskEvent = (
    AccountEvent | FollowUpEvent | WorkListEvent | EntryEvent | CheckingEvent | ConsoleEvent
)
Event = InterviewEvent | LobbyEvent | RecordEvent | WorkerTalkEvent | StaffEvent | DeskEvent
