"""What came of a wish about one's own record or chat, in the past tense."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from conversations.events import ReviewSection
from conversations.leaving import Since
from conversations.lobby.queries import QueryEvent
from conversations.lobby.reminding import RemindingEvent
from conversations.lobby.subject import Left, Subject
from conversations.pin_pad import Pad

Visitor = Literal["here", "elsewhere", "station", "county", "house"]
Deed = Literal[
    "view",
    "copy",
    "code",
    "pin",
    "export",
    "people_code",
    "leave",
    "mute",
    "case.see",
    "phone.reveal",
    "training.list",
    "entry.begin",
    "entry.submit",
    "person.see",
    "report.verify",
    "report.return",
    "enter",
    "talk",
    "voice.hear",
    "case.close",
    "case.assign",
    "visit.sheet",
    "visit.take_in",
    "prompts",
    "other",
]


@dataclass(frozen=True, slots=True)
class Visit:
    """Who did what with a record, and when (local time)."""

    at: datetime
    who: Visitor
    deed: Deed


@dataclass(frozen=True, slots=True)
class RecordsListed:
    """Many were reported from this chat: whose record shall be shown?"""

    people: tuple[Subject, ...]


@dataclass(frozen=True, slots=True)
class MoreShown:
    """What is wished for more seldom about one record."""

    subject: Subject
    has_pin: bool
    is_away: bool


@dataclass(frozen=True, slots=True)
class PinAsked:
    """The pad of digits is shown; `is_first` when it was not there before.

    `is_wrong` says that the PIN, or its repetition, was not the same.
    """

    subject: Subject
    pad: Pad
    is_first: bool = False
    is_wrong: bool = False


@dataclass(frozen=True, slots=True)
class PinLimited:
    """There were too many wrong tries."""


@dataclass(frozen=True, slots=True)
class PinRight:
    """The PIN was right, or it was set (`is_new`)."""

    is_new: bool


@dataclass(frozen=True, slots=True)
class PinLost:
    """Somebody forgot the PIN: how it is set anew."""

    subject: Subject


@dataclass(frozen=True, slots=True)
class PinReset:
    """A return code was given where a PIN stands: it is gone, unless the code is too new."""

    is_done: bool


@dataclass(frozen=True, slots=True)
class RecordOpened:
    """A person's last report, by section, nothing masked."""

    subject: Subject
    reported_on: date
    sections: tuple[ReviewSection, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class RecordFolded:
    """The whole record was put away."""


@dataclass(frozen=True, slots=True)
class Dismissed:
    """The person thought better of it: nothing was done."""


@dataclass(frozen=True, slots=True)
class RecordCopy:
    """All that is held on a person, in words.

    Args of the constructor:
        reports: day of each version.
        consents: day of each consent, and the day of its withdrawal or None.
        departures: how and when they left the range, and the day of coming back or None.
    """

    subject: Subject
    reported_on: date
    next_update_on: date | None
    sections: tuple[ReviewSection, ...] = field(repr=False)
    reports: tuple[date, ...] = ()
    consents: tuple[tuple[date, date | None], ...] = ()
    departures: tuple[tuple[Left, date | None], ...] = ()
    visits: tuple[Visit, ...] = ()


@dataclass(frozen=True, slots=True)
class CopyGiven:
    """The copy is shown in the chat."""

    copy: RecordCopy


@dataclass(frozen=True, slots=True)
class CopyReady:
    """The copy can be taken from the page; `grant` lets this chat do so for a few minutes."""

    grant: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class VisitsShown:
    """Who opened a record, newest first."""

    subject: Subject
    visits: tuple[Visit, ...]


@dataclass(frozen=True, slots=True)
class LeavingAsked:
    """Why need nothing be filled in about somebody any more?"""

    subject: Subject


@dataclass(frozen=True, slots=True)
class LeavingSinceAsked:
    """Since when? `times` are what the buttons say and carry."""

    subject: Subject
    reason: str
    times: tuple[tuple[Since, str], ...]


@dataclass(frozen=True, slots=True)
class LeavingConfirmAsked:
    """Shall it be kept like this? `value` is what the button carries."""

    subject: Subject
    left: Left
    value: str


@dataclass(frozen=True, slots=True)
class PersonLeft:
    """It was kept that somebody left the range."""

    subject: Subject
    left: Left


@dataclass(frozen=True, slots=True)
class PersonBack:
    """Somebody is in the range again: an update begins."""

    subject: Subject


@dataclass(frozen=True, slots=True)
class ClearAsked:
    """Shall what was said in this chat be removed from the phone?"""


@dataclass(frozen=True, slots=True)
class ChatCleared:
    """The chat is emptied; `has_older` says that a part of it is too old to be removed."""

    has_older: bool


LeavingEvent = LeavingAsked | LeavingSinceAsked | LeavingConfirmAsked | PersonLeft | PersonBack
RecordEvent = (
    RecordsListed
    | MoreShown
    | PinAsked
    | PinLimited
    | PinRight
    | PinLost
    | PinReset
    | RecordOpened
    | RecordFolded
    | Dismissed
    | QueryEvent
    | CopyGiven
    | CopyReady
    | VisitsShown
    | ClearAsked
    | ChatCleared
    | LeavingEvent
    | RemindingEvent
)
