"""What came of the staff's work on follow-up prompts, in the past tense."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from conversations.followups import Kind, Reason, Term
from conversations.wordings import WordingFault


@dataclass(frozen=True, slots=True)
class WaveLine:
    """A follow-up in the list."""

    tag: str
    state: str
    started_at: datetime
    place: str
    planned: int


@dataclass(frozen=True, slots=True)
class FollowUpsShown:
    """The follow-ups of this scope; `to_judge` texts wait for the county, which `judges`."""

    place: str
    waves: tuple[WaveLine, ...]
    to_judge: int = 0
    judges: bool = False
    problem: Literal["", "gone", "refused"] = ""


@dataclass(frozen=True, slots=True)
class FilterShown:
    """The conditions so far, their codes in words; `problem` says why it does not go on."""

    terms: tuple[Term, ...]
    problem: Literal["", "empty", "village", "age"] = ""


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose: what its button carries, and what it says."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class ScopesOffered:
    """For the people of which place is it? Only asked of whoever stands in for somebody."""

    places: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class OptionsShown:
    """What a condition can be, one page of it."""

    kind: Kind
    options: tuple[Option, ...]
    page: int = 0
    pages: int = 1


@dataclass(frozen=True, slots=True)
class WordsAsked:
    """Something is to be typed: a village, ages, a text of one's own."""

    what: Literal["village", "age", "text"]


@dataclass(frozen=True, slots=True)
class TextOffered:
    """A text that can be chosen."""

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class TextsShown:
    """The texts to choose from, one page of them."""

    texts: tuple[TextOffered, ...]
    page: int = 0
    pages: int = 1


@dataclass(frozen=True, slots=True)
class TextFaulty:
    """What is wrong with a text; it is shown again, so that nothing typed is lost."""

    text: str
    faults: tuple[WordingFault, ...]


@dataclass(frozen=True, slots=True)
class TextKept:
    """A text was kept; it may be sent at once, or waits for the county."""

    is_approved: bool


@dataclass(frozen=True, slots=True)
class CountBegun:
    """People are being counted; the preview comes by itself."""


@dataclass(frozen=True, slots=True)
class PreviewShown:
    """What would happen; `number` is that of this preview, which only its own buttons start."""

    number: int
    terms: tuple[Term, ...]
    count: int
    excluded: Mapping[Reason, int]
    to_call: int
    could_get_more: int
    samples: tuple[str, ...]
    finish_at: datetime


@dataclass(frozen=True, slots=True)
class FollowUpStarted:
    """It was started; within the next minutes prompts go out and calls get onto the work list."""

    count: int
    to_call: int = 0


@dataclass(frozen=True, slots=True)
class WaveShown:
    """How a follow-up stands; `reason` is why it was stopped or paused."""

    tag: str
    state: str
    terms: tuple[Term, ...]
    text: str
    started_at: datetime
    changed_at: datetime
    reason: str
    is_planned: bool
    sent: int
    opened: int
    answered: int
    waiting: int
    failed: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WhyAsked:
    """Why it is to be stopped or paused."""

    tag: str
    what: Literal["stop", "pause"]


@dataclass(frozen=True, slots=True)
class TextToJudge:
    """A text of a station that waits for the county; None when no more do."""

    tag: str
    place: str
    text: str


@dataclass(frozen=True, slots=True)
class TextJudged:
    """A text was approved or refused."""

    is_approved: bool


FollowUpEvent = (
    FollowUpsShown
    | FilterShown
    | ScopesOffered
    | OptionsShown
    | WordsAsked
    | TextsShown
    | TextFaulty
    | TextKept
    | CountBegun
    | PreviewShown
    | FollowUpStarted
    | WaveShown
    | WhyAsked
    | TextToJudge
    | TextJudged
)
