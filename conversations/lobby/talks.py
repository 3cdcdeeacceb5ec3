"""What came of asking for a human being, in the past tense: for the worker, then for the staff."""

from dataclasses import dataclass
from typing import Literal

from conversations.desk_errands import Area
from conversations.talk import OfficeHours

TalkEnd = Literal["worker", "staff", "silence", "nobody", "unreachable"]


@dataclass(frozen=True, slots=True)
class PlaceOffered:
    """A place that can be tapped."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class PlaceAsked:
    """Nobody knows which station is meant: the person chooses.

    `inside` is the place that all those offered are in, None for the province; `is_unknown` says
    that what was typed is no place that we know.
    """

    level: Literal["city", "county", "township"]
    places: tuple[PlaceOffered, ...]
    inside: PlaceOffered | None = None
    is_unknown: bool = False


@dataclass(frozen=True, slots=True)
class StationMissing:
    """Nobody is registered at the station: only the way there, or the phone, helps."""

    contact: str


@dataclass(frozen=True, slots=True)
class OfficeClosed:
    """Somebody is registered, but not there at this hour; the station will see that one asked."""

    hours: OfficeHours
    contact: str


@dataclass(frozen=True, slots=True)
class TalkOpened:
    """The station was told; the person waits for somebody."""

    number: int
    station: str
    minutes: int
    is_page: bool


@dataclass(frozen=True, slots=True)
class LineTaken:
    """The person's words were passed on, or kept until somebody comes (`is_open` false).

    `is_covered` says that a long number among them was hidden.
    """

    is_open: bool
    is_covered: bool
    is_page: bool


@dataclass(frozen=True, slots=True)
class TalkStands:
    """Where the talk stands; `heard` is what the staff said since the person last spoke."""

    number: int
    is_open: bool
    heard: tuple[str, ...]
    is_page: bool


@dataclass(frozen=True, slots=True)
class TalkHeld:
    """The person wanted something else while the talk goes on: first the talk must end."""

    is_page: bool


@dataclass(frozen=True, slots=True)
class TalkOver:
    """The talk is over; what was open before follows."""

    by: TalkEnd
    contact: str = ""


@dataclass(frozen=True, slots=True)
class VoiceKept:
    """What was said aloud is kept for the station."""


@dataclass(frozen=True, slots=True)
class VoiceTooLong:
    """The voice note is too large to be kept."""


@dataclass(frozen=True, slots=True)
class VoicePassed:
    """A voice note went to the staff in the talk."""


@dataclass(frozen=True, slots=True)
class StaffWelcomed:
    """The chat belongs to the staff now; `station` is the name of their place, "" the province."""

    station: str
    role: str = "station"


@dataclass(frozen=True, slots=True)
class StaffCodeRefused:
    """The invitation does not work, or it was tried too often (`limited`)."""

    limited: bool


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who waits to be talked to, by a number and no name."""

    tag: str
    number: int
    minutes: int


@dataclass(frozen=True, slots=True)
class OpenCase:
    """An entry of the station's list; `can_call` says that its chat can be written to."""

    tag: str
    kind: str
    hours: int
    can_call: bool


@dataclass(frozen=True, slots=True)
class DeskShown:
    """The desk's list: who waits, whom one talks to, what else is to be done.

    `station` is the name of the place, "" the province; `areas` are the parts of the work that are
    open to this account, `role` is what it is; `to_do` and `to_check` are how many wait there.
    """

    station: str
    waiting: tuple[Caller, ...]
    talking: int | None
    cases: tuple[OpenCase, ...]
    areas: tuple[Area, ...] = ()
    role: str = "station"
    to_do: int = 0
    to_check: int = 0


@dataclass(frozen=True, slots=True)
class LineShown:
    """One line of a talk, as the staff reads it."""

    by_staff: bool
    words: str


@dataclass(frozen=True, slots=True)
class TalkTaken:
    """The talk belongs to this chat of the staff now; `lines` is what was said so far."""

    number: int
    lines: tuple[LineShown, ...]
    is_call: bool = False


@dataclass(frozen=True, slots=True)
class TalkMissed:
    """Somebody else was quicker, or the talk is over."""


@dataclass(frozen=True, slots=True)
class TalkBusy:
    """The chat is in a talk already, or the other one is."""

    is_other: bool


@dataclass(frozen=True, slots=True)
class TalkClosed:
    """Somebody of the staff ended their talk."""

    number: int


@dataclass(frozen=True, slots=True)
class LineLost:
    """What the staff wrote reached nobody: the talk is over."""


@dataclass(frozen=True, slots=True)
class LookedInVain:
    """What the staff looked for could not be looked up just now."""


@dataclass(frozen=True, slots=True)
class WordsOnly:
    """The staff sent something that cannot be passed on."""


@dataclass(frozen=True, slots=True)
class VoiceSent:
    """So many voice notes follow; `tag` names their case."""

    count: int
    tag: str


@dataclass(frozen=True, slots=True)
class CaseDone:
    """An entry was taken off the list."""


@dataclass(frozen=True, slots=True)
class CaseMissed:
    """The entry is off the list already, or not of this station."""


WorkerTalkEvent = (
    PlaceAsked
    | StationMissing
    | OfficeClosed
    | TalkOpened
    | LineTaken
    | TalkStands
    | TalkHeld
    | TalkOver
    | VoiceKept
    | VoiceTooLong
    | VoicePassed
)
StaffEvent = (
    StaffWelcomed
    | StaffCodeRefused
    | DeskShown
    | TalkTaken
    | TalkMissed
    | TalkBusy
    | TalkClosed
    | LineLost
    | LookedInVain
    | WordsOnly
    | VoiceSent
    | CaseDone
    | CaseMissed
)
