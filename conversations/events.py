"""What a turn did, in the past tense. Channels render them; storage acts on the closing ones."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from conversations.course import CourseEvent
from conversations.interview import Comparison
from conversations.xform.question import Choice, Question


@dataclass(frozen=True, slots=True)
class Listing:
    """The part of a question's choices that is on show.

    Args of the constructor:
        choices: those of this page.
        page, pages: the page shown, from 0, and how many there are.
        query: the words that narrow the list, "" for all.
        picked: names ticked so far (multiple choice).
    """

    choices: tuple[Choice, ...]
    page: int = 0
    pages: int = 1
    query: str = ""
    picked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """Where in the interview a question stands: the `number`-th of `count` parts.

    `minutes` is what this part and those after it take most people.
    """

    number: int
    count: int
    minutes: int


@dataclass(frozen=True, slots=True)
class QuestionAsked:
    """A question was opened.

    `given` is the present answer in words ("" when there is none): the person may keep it.
    `opens_section` says that it is the first of its section, `part` how far that is; `can_skip`,
    `can_go_back` say which buttons make sense; `redrawn` that only the list below it moved on,
    `again` that the person has just read the question; `asks_own_phone` that the number of the
    very person who holds the phone is wanted.
    """

    question: Question
    listing: Listing
    given: str = ""
    opens_section: bool = False
    can_skip: bool = False
    can_go_back: bool = False
    redrawn: bool = False
    again: bool = False
    part: Part | None = None
    is_from_last_year: bool = False
    asks_own_phone: bool = False


@dataclass(frozen=True, slots=True)
class NoteShown:
    """The form said something that waits for no reply."""

    question: Question
    opens_section: bool = False


@dataclass(frozen=True, slots=True)
class PartFinished:
    """A part of the interview is answered; `gist` is what was said, in words by role."""

    part: Part
    title: str
    gist: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SectionCompared:
    """Is this section still as it was said last year? `gist` is that, in words by role.

    `question` is the place of its first question, which the buttons name.
    """

    title: str
    question: int
    gist: Mapping[str, str]
    again: bool = False


@dataclass(frozen=True, slots=True)
class SectionSettled:
    """It was said how a section compares with last year."""

    title: str
    said: Comparison
    gist: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class AnswerDeferred:
    """The question is put off; it is asked again before the summary."""

    question: Question


@dataclass(frozen=True, slots=True)
class QuestionSkipped:
    """The question was left as it is; `shown` is the answer that it has, in words, or ""."""

    question: Question
    shown: str


@dataclass(frozen=True, slots=True)
class DeferredAsked:
    """What was put off comes up now."""


@dataclass(frozen=True, slots=True)
class AnswerRecorded:
    """An answer was accepted; `shown` is it in words, masked where the form says so.

    `doubt` is a key of the texts when the answer was taken but deserves a second look.
    """

    question: Question
    shown: str
    typed: bool
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class AddressRecorded:
    """A whole address was understood from one line; `question` is where it was typed.

    `is_sure` says that every name in it was found as it was written.
    """

    question: Question
    shown: str
    is_sure: bool


@dataclass(frozen=True, slots=True)
class AnswerRejected:
    """A reply could not be taken as an answer; nothing given earlier changed.

    `reason` is a key of the texts, or "form" when `message` holds the form's own words.
    `attempt` counts the refusals at this question, from 1; `asked_again` says that the
    question follows with its buttons, `can_skip` that it may be left empty, `can_defer` that it
    may be put off.
    """

    question: Question
    reason: str
    attempt: int
    message: str = ""
    params: Mapping[str, str] = field(default_factory=dict)
    asked_again: bool = False
    can_skip: bool = False
    can_defer: bool = False


@dataclass(frozen=True, slots=True)
class WhyTold:
    """The person asked why we ask."""

    question: Question | None


@dataclass(frozen=True, slots=True)
class HelpGiven:
    """The person asked for help."""

    question: Question | None


@dataclass(frozen=True, slots=True)
class QuestionHeard:
    """The person wants to listen to a question; it is not sent again.

    `before` is what the form said right before it, `choices` are those on show.
    """

    question: Question
    before: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class StationNamed:
    """The person asked for a human being."""


@dataclass(frozen=True, slots=True)
class ChangeOffered:
    """A tap on an answered question: shall its answer change from `old` to `new`?"""

    question: Question
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class RedoOffered:
    """A tap on an answered question that carries no answer: shall it be answered anew?"""

    question: Question
    old: str


@dataclass(frozen=True, slots=True)
class TapRepeated:
    """A second tap on the answer that already stands."""

    question: Question


@dataclass(frozen=True, slots=True)
class TapOutdated:
    """A tap on a button of an interview that is over, or of no interview of ours.

    `nothing_open` says that no interview is open in this chat, so that none begins by a tap.
    """

    nothing_open: bool = False


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One answered question of the summary, in words, masked where the form says so."""

    question: Question
    shown: str


@dataclass(frozen=True, slots=True)
class ReviewSection:
    """A section of the summary; `index` names it in buttons."""

    index: int
    title: str
    lines: tuple[ReviewLine, ...]


@dataclass(frozen=True, slots=True)
class ReviewShown:
    """All is answered: the summary, by section, before the report is submitted.

    `again` says that the person has just read it.
    """

    sections: tuple[ReviewSection, ...]
    again: bool = False


@dataclass(frozen=True, slots=True)
class SectionOpened:
    """A section of the summary was opened, to choose the answer that shall change."""

    section: ReviewSection


AnswerEvent = AnswerDeferred | QuestionSkipped | AnswerRecorded | AddressRecorded | AnswerRejected
InterviewEvent = (
    QuestionAsked
    | NoteShown
    | PartFinished
    | SectionCompared
    | SectionSettled
    | DeferredAsked
    | AnswerEvent
    | WhyTold
    | HelpGiven
    | QuestionHeard
    | StationNamed
    | ChangeOffered
    | RedoOffered
    | TapRepeated
    | TapOutdated
    | ReviewShown
    | SectionOpened
    | CourseEvent
)
