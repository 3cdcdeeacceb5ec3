"""What came of the staff's work on verifying reports, in the past tense."""

from dataclasses import dataclass, field
from datetime import date

from conversations.events import ReviewSection
from conversations.question_words import Refusal


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something in a report that does not fit: a key of the rules, and the questions concerned."""

    key: str
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report in the list; `tag` names it in buttons."""

    tag: str
    name: str = field(repr=False)
    village: str = field(repr=False)
    reported_on: date
    doubts: int


@dataclass(frozen=True, slots=True)
class CheckingShown:
    """The reports that wait to be verified.

    Args of the constructor:
        total: how many wait, those that are not listed too.
        can_verify_all: none of the page is doubtful.
        verified: how many were verified just now, None when it was not about that.
    """

    total: int
    page: tuple[ReportLine, ...]
    can_verify_all: bool = False
    verified: int | None = None


@dataclass(frozen=True, slots=True)
class ReportOpened:
    """A report by section, numbers masked, with what does not fit; `person_tag` is of whom."""

    line: ReportLine
    person_tag: str
    relation: str
    sections: tuple[ReviewSection, ...] = field(repr=False)
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionsOffered:
    """Which section is the question about?"""

    line: ReportLine
    sections: tuple[ReviewSection, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class LinesOffered:
    """Which answer is the question about?"""

    line: ReportLine
    section: ReviewSection = field(repr=False)


@dataclass(frozen=True, slots=True)
class QuestionsOffered:
    """What shall be asked about an answer? One of the ready questions, or typed words.

    Args of the constructor:
        question: place of the answer's question in the form.
        refused: why what was typed cannot be sent; None when nothing was.
    """

    line: ReportLine
    question: int
    title: str
    shown: str = field(repr=False)
    refused: Refusal | None = None


@dataclass(frozen=True, slots=True)
class ReportReturned:
    """The report was returned; `is_told` says that a chat is asked, otherwise somebody calls."""

    name: str = field(repr=False)
    is_told: bool


@dataclass(frozen=True, slots=True)
class ReportMoved:
    """The report cannot be judged any more: replaced by a newer one, or judged by somebody."""


CheckingEvent = (
    CheckingShown
    | ReportOpened
    | SectionsOffered
    | LinesOffered
    | QuestionsOffered
    | ReportReturned
    | ReportMoved
)
