"""How an interview went on or ended, and what came that is no answer at all; see events.py."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from conversations.reply import MediaKind


@dataclass(frozen=True, slots=True)
class InterviewPaused:
    """The person asked for a pause; everything is kept."""


@dataclass(frozen=True, slots=True)
class InterviewResumed:
    """The person came back after a pause."""


@dataclass(frozen=True, slots=True)
class StopOffered:
    """The person said stop: shall the answers of this interview be deleted, or kept?"""


@dataclass(frozen=True, slots=True)
class InterviewStopped:
    """The person had this interview's answers deleted."""


@dataclass(frozen=True, slots=True)
class ConsentDeclined:
    """The person said no to the notice; nothing is kept."""


@dataclass(frozen=True, slots=True)
class RangeLeft:
    """The person is out of range (the notice, section 二); nothing but a count is kept.

    `was_reported` says that there is an earlier report, which stays.
    """

    reason: str
    was_reported: bool = False


@dataclass(frozen=True, slots=True)
class ReportSubmitted:
    """The person submitted. `answers` are the relevant values by path, calculations included."""

    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class MediaRefused:
    """Something came that is neither words nor a button."""

    kind: MediaKind


@dataclass(frozen=True, slots=True)
class EditIgnored:
    """A message sent earlier was edited; the answer that was read from it stands."""


@dataclass(frozen=True, slots=True)
class ForwardRefused:
    """A forwarded message came: somebody else's words are no answer."""


@dataclass(frozen=True, slots=True)
class PhoneRefused:
    """A contact card came that is somebody else's, or where no phone was asked for."""

    cause: Literal["not_own", "not_asked"]


@dataclass(frozen=True, slots=True)
class NumberHidden:
    """An identity number came where none was asked: it is not kept, and goes from the chat."""


@dataclass(frozen=True, slots=True)
class CommandUnknown:
    """A slash command that we do not have."""


CourseEvent = (
    InterviewPaused
    | InterviewResumed
    | StopOffered
    | InterviewStopped
    | ConsentDeclined
    | RangeLeft
    | ReportSubmitted
    | MediaRefused
    | EditIgnored
    | ForwardRefused
    | PhoneRefused
    | CommandUnknown
    | NumberHidden
)
