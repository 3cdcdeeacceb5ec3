"""How somebody who is known finds what is known of them, in the past tense."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class SearchOffered:
    """How somebody who is known finds what is known: a code, or where it can be, the own phone."""

    can_share: bool


@dataclass(frozen=True, slots=True)
class PhoneMatch:
    """Somebody whose own phone was shared; the birth year tells two of a name apart, else None."""

    tag: str
    surname: str
    source: Literal["roster", "report"]
    birth_year: int | None = None


@dataclass(frozen=True, slots=True)
class PhoneMatched:
    """The phone that was shared belongs to these: which of them is it?"""

    matches: tuple[PhoneMatch, ...]


@dataclass(frozen=True, slots=True)
class PhoneUnmatched:
    """Nobody is known by the phone that was shared, or it was tried too often (`limited`)."""

    limited: bool


@dataclass(frozen=True, slots=True)
class RosterReached:
    """The person is on the roster: what is known need not be typed."""


@dataclass(frozen=True, slots=True)
class RecordTakenOver:
    """A person's record belongs to this chat alone now, with a return code of its own."""

    name: str
    return_code: str


FindingEvent = SearchOffered | PhoneMatched | PhoneUnmatched | RosterReached | RecordTakenOver
