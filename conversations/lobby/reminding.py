"""What came of a wish about somebody's reminders, in the past tense."""

from dataclasses import dataclass
from datetime import date, datetime

from conversations.lobby.subject import Subject
from conversations.reminders import Preference


@dataclass(frozen=True, slots=True)
class RemindersShown:
    """When somebody is reminded, and what can be changed about it.

    Args of the constructor:
        next_at: local time of the next reminder, None when none is planned.
        can_prompt: some chat of theirs can be written to first.
        is_changed: they have just changed it.
    """

    subject: Subject
    preference: Preference
    next_at: datetime | None
    can_prompt: bool
    is_changed: bool = False


@dataclass(frozen=True, slots=True)
class PauseAsked:
    """Until when shall there be no reminders? Days for a month, three months, after the feast."""

    subject: Subject
    month: date
    quarter: date
    after_feast: date


@dataclass(frozen=True, slots=True)
class WeekdayAsked:
    """On which day of the week?"""

    subject: Subject


@dataclass(frozen=True, slots=True)
class HourAsked:
    """At which hour? `weekday` was chosen before, None for any."""

    subject: Subject
    weekday: int | None
    hours: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReminderPutOff:
    """The reminder comes again at this local time; `at_hour` says that the hour was chosen too."""

    at: datetime
    at_hour: bool


@dataclass(frozen=True, slots=True)
class ReminderExplained:
    """Why a prompt came: when the last report was, and how often it was asked this time.

    `tag` names the person to buttons; nobody is named in words, for a phone may be shared.
    """

    tag: str
    reported_on: date
    times: int


@dataclass(frozen=True, slots=True)
class ReminderGone:
    """There is nothing to put off: the update was done, or nobody is reminded any more."""


@dataclass(frozen=True, slots=True)
class NotMeAsked:
    """Is the person of this reminder really not at this phone?"""

    tag: str


@dataclass(frozen=True, slots=True)
class PersonParted:
    """This chat has nothing to do with that person any more; the station knows."""


RemindingEvent = (
    RemindersShown
    | PauseAsked
    | WeekdayAsked
    | HourAsked
    | ReminderPutOff
    | ReminderGone
    | ReminderExplained
    | NotMeAsked
    | PersonParted
)
