"""What came of the staff's work on assisted entry, in the past tense. Names are masked."""

from dataclasses import dataclass, field
from typing import Literal

EntryEnd = Literal["declined", "dropped", "out_of_range"]
# From where somebody was chosen, so where the next one is: the list of the missing, the work
# list, or nowhere.
Source = Literal["list", "case", "new"]


@dataclass(frozen=True, slots=True)
class MissingLine:
    """Somebody who has not confirmed this year; `is_known` says that there is an older report."""

    tag: str
    name: str = field(repr=False)
    village: str = field(repr=False)
    birth_year: int | None
    is_known: bool


@dataclass(frozen=True, slots=True)
class DraftLine:
    """What this account began for somebody and has not finished."""

    number: int
    name: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class EntryShown:
    """Whom somebody may be entered for.

    Args of the constructor, where not plain:
        words: what was typed to find them, "" for everybody.
        has_more: others come after these.
        is_first: nobody comes before them.
    """

    lines: tuple[MissingLine, ...]
    drafts: tuple[DraftLine, ...]
    words: str = field(repr=False)
    has_more: bool
    is_first: bool


@dataclass(frozen=True, slots=True)
class EntryModeAsked:
    """How is it filled in: by telephone or on a visit, and who speaks?"""

    tag: str
    line: MissingLine | None


@dataclass(frozen=True, slots=True)
class EntryBegun:
    """The questionnaire follows, the notice is read aloud; `is_resumed`: it was begun before."""

    name: str = field(repr=False)
    is_update: bool
    is_resumed: bool = False


@dataclass(frozen=True, slots=True)
class EntryKept:
    """The report is kept; `is_told` says that the person's own chat was told.

    `next_line` is who comes next on the list of the missing.
    """

    name: str = field(repr=False)
    reference: str
    is_told: bool
    source: Source
    next_line: MissingLine | None


@dataclass(frozen=True, slots=True)
class EntryEnded:
    """It ended without a report."""

    how: EntryEnd
    source: Source
    next_line: MissingLine | None


@dataclass(frozen=True, slots=True)
class EntryRefused:
    """The person is not of this station, or was entered meanwhile."""


EntryEvent = EntryShown | EntryModeAsked | EntryBegun | EntryKept | EntryEnded | EntryRefused
