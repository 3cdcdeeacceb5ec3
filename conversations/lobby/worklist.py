"""What came of the staff's work on the work list, in the past tense. Nobody is named in full."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from conversations.cases import Outcome


@dataclass(frozen=True, slots=True)
class CaseLine:
    """An entry of the list.

    Args of the constructor, where not plain:
        name: surname and 某, "" where nobody is known.
        days: for how long it has been on the list.
        tries: how often anything was tried.
        is_visit: the phone is somebody else's, so only a visit helps.
        is_taken: a colleague works on it just now.
    """

    tag: str
    kind: str
    name: str = field(repr=False)
    village: str = field(repr=False)
    birth_year: int | None
    days: int
    tries: int
    is_visit: bool
    is_taken: bool
    case_id: str = ""


@dataclass(frozen=True, slots=True)
class WorkListShown:
    """The cases of this station, the most urgent first.

    Args of the constructor, where not plain:
        total: how many fit the filter; `later` more are to be looked at another day.
        words: what village or surname was typed, "" for all.
    """

    lines: tuple[CaseLine, ...]
    page: int
    pages: int
    total: int
    later: int
    kind: str
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class KindsOffered:
    """Of which kinds there are cases, and how many."""

    kinds: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """What was tried once."""

    on: date
    outcome: str
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Prompted:
    """What the ledger of reminders says: how many went out, the last one when, what hindered."""

    sent: int
    last_on: date | None
    hindered: Literal["", "blocked", "no_chat"]


@dataclass(frozen=True, slots=True)
class CaseOpened:
    """A case in full, numbers masked.

    Args of the constructor, where not plain:
        can_try: it is about somebody who is called or visited, so outcomes can be noted.
        can_talk: the chat can be written to from the desk.
    """

    line: CaseLine
    place: str
    phone: str = field(repr=False)
    prompted: Prompted
    tried: tuple[Tried, ...]
    can_try: bool
    can_talk: bool


@dataclass(frozen=True, slots=True)
class DayAsked:
    """On which day is the person to be called? `is_unclear` when what was typed is no such day."""

    tag: str
    is_unclear: bool = False


@dataclass(frozen=True, slots=True)
class MovedAsked:
    """Where did the person go? The reason decides how the record is kept."""

    tag: str


@dataclass(frozen=True, slots=True)
class DiedAsked:
    """Is it sure that the person died?"""

    tag: str


@dataclass(frozen=True, slots=True)
class PhoneReasonAsked:
    """What is the whole number needed for?"""

    tag: str


@dataclass(frozen=True, slots=True)
class PhoneRevealed:
    """The whole number, for whoever said what for."""

    tag: str
    phone: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class OutcomeKept:
    """How it ended is kept; `look_on` is when the case comes up again, None for never or now.

    `is_reminded` says that the person's reminder was put off until tonight.
    """

    outcome: Outcome
    look_on: date | None
    is_reminded: bool = False


@dataclass(frozen=True, slots=True)
class NoteKept:
    """What was typed is kept with the case."""


@dataclass(frozen=True, slots=True)
class CaseNotThere:
    """The case is off the list, or not of this station."""


WorkListEvent = (
    WorkListShown
    | KindsOffered
    | CaseOpened
    | DayAsked
    | MovedAsked
    | DiedAsked
    | PhoneReasonAsked
    | PhoneRevealed
    | OutcomeKept
    | NoteKept
    | CaseNotThere
)
