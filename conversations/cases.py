"""Rules of the work list: what comes first, and what follows from how a call ended.

Everything is a table or a function of its arguments; when and by whom is the caller's.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum
from typing import Final, Literal

from conversations.hours import Hours
from conversations.reminders import Delay, after_feast, put_off_until

# Kinds about a person that a clerk calls or visits; the rest is dealt with at the desk itself.
CALLS: Final = ("unreachable", "silent", "turned_16")
# In the order of the filter's buttons.
KINDS: Final = (
    *("human", "rejected", "returned", "query_open", "unreachable", "silent", "turned_16"),
    *("voice", "many_people", "not_me"),
)
TAKEN_FOR: Final = timedelta(minutes=30)
# Somebody who asked waits for an answer; whoever was only not reached has time.
_RANKS: Final[Mapping[str, int]] = {
    "human": 70,
    "voice": 60,
    # The platform took it from the count until it is mended.
    "rejected": 55,
    "returned": 50,
    "query_open": 50,
    "not_me": 40,
    "unreachable": 20,
    "silent": 10,
    "turned_16": 10,
    "many_people": 5,
}
_WANTS_A_JOB: Final = 30
_NEVER_CONFIRMED: Final = 5
# The same table for a database that puts a long list in order itself.
WEIGHTS: Final = tuple(
    {
        "kind": kind,
        "points": points,
        "wants_job": _WANTS_A_JOB if kind in CALLS else 0,
        "never_confirmed": _NEVER_CONFIRMED if kind in CALLS else 0,
    }
    for kind, points in _RANKS.items()
)


@dataclass(frozen=True, slots=True)
class Weight:
    """What the place on the list depends on.

    Args of the constructor:
        kind: of the case.
        priority: given by whoever opened it, on top of the rule.
        wants_job: the last report says that the person looks for work.
        is_confirmed: there is any report at all.
        created_at: since when it is on the list; the older of two equals comes first.
    """

    kind: str
    priority: int
    wants_job: bool
    is_confirmed: bool
    created_at: datetime


def rank(weight: Weight) -> tuple[int, datetime]:
    """Return what to sort by, the most urgent first.

    Asked for a human > a returned question > wants a job and cannot be had > unreachable >
    silent; then whoever never confirmed; then the older one.
    """
    points = _RANKS.get(weight.kind, 0) + weight.priority
    if weight.kind in CALLS:
        points += _WANTS_A_JOB if weight.wants_job else 0
        points += 0 if weight.is_confirmed else _NEVER_CONFIRMED
    return -points, weight.created_at


class Outcome(StrEnum):
    """How a call or a visit ended; the value is what a button carries and what is kept."""

    TONIGHT = "eve"
    HELPED = "help"
    NOT_HOME = "out"
    AGAIN = "again"
    ABROAD = "abroad"
    WRONG_NUMBER = "wrong"
    REFUSES = "no"
    MOVED = "moved"
    DIED = "died"
    # The platform was wrong: the county may let the report go out again.
    COUNTY = "county"


Look = Literal["tomorrow", "evening", "after_feast", "on_day", "week", "now"]
Effect = Literal["none", "remind_tonight", "enter", "leave_range", "mute"]


@dataclass(frozen=True, slots=True)
class Next:
    """What follows from an outcome.

    Args of the constructor:
        look: when the case comes up again; None takes it off the list.
        effect: what else is done.
    """

    look: Look | None
    effect: Effect = "none"


NEXT: Final[Mapping[Outcome, Next]] = {
    Outcome.TONIGHT: Next("tomorrow", "remind_tonight"),
    # The report that comes of it takes the case off the list.
    Outcome.HELPED: Next("now", "enter"),
    Outcome.NOT_HOME: Next("evening"),
    Outcome.AGAIN: Next("on_day"),
    Outcome.ABROAD: Next("after_feast"),
    # It stays on the list, marked for a visit.
    Outcome.WRONG_NUMBER: Next("now"),
    Outcome.REFUSES: Next(None, "mute"),
    Outcome.MOVED: Next(None, "leave_range"),
    Outcome.DIED: Next(None, "leave_range"),
    Outcome.COUNTY: Next("week"),
}
# By these a case of a refused report is the county's to decide, on its list of refused reports. It
# comes up at the station again if nobody did.
HANDED: Final = (Outcome.COUNTY, Outcome.REFUSES)
REJECTED: Final = "rejected"
# Codes of the list exit_reason for those who moved away, the most usual first; then death.
MOVED_REASONS: Final = ("02", "03", "09", "04", "05")
DIED_REASON: Final = "01"


def offered(kind: str) -> tuple[Outcome, ...]:
    """Return how a call or a visit about a case of this kind can end."""
    return tuple(one for one in Outcome if one is not Outcome.COUNTY or kind == REJECTED)


def next_of(outcome: Outcome, kind: str) -> Next:
    """Return what follows from an outcome; a refused report never goes off every list by it."""
    follows = NEXT[outcome]
    return replace(follows, look="week") if kind == REJECTED and outcome in HANDED else follows


def look_again_at(look: Look, now: datetime, hours: Hours, zone: tzinfo) -> datetime | None:
    """Return when (UTC) a case comes up again; None for at once, and for a day that is asked.

    Tomorrow is the day after the evening that was promised, which late at night is the next one.
    Somebody who is not at home is tried in the evening, when people come in from the fields.
    """
    today = now.astimezone(zone).date()
    match look:
        case "tomorrow":
            evening = put_off_until(Delay.TONIGHT, now, "", hours, zone).astimezone(zone)
            return opening(evening.date() + timedelta(days=1), hours, zone)
        case "evening":
            return put_off_until(Delay.TONIGHT, now, "", hours, zone)
        case "after_feast":
            return opening(after_feast(today), hours, zone)
        case "week":
            return opening(today + timedelta(days=7), hours, zone)
        case _:
            return None


def opening(day: date, hours: Hours, zone: tzinfo) -> datetime:
    """Return the instant (UTC) from which on people may be called on a local day."""
    return datetime.combine(day, hours.usual(day).opens, zone).astimezone(UTC)


def masked_name(name: str) -> str:
    """Return the surname with 某 for the rest; "" for no name."""
    return name[:1] + "某" if name else ""
