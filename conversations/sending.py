"""Whether a prompt may go out now, and in words why not; decided again at the moment of sending.

Between planning and sending a year may go by: people answer, move, mute, block, die.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final, Literal

from conversations.hours import Hours
from conversations.ladder import Rung
from conversations.reminders import ANY_TIME, NEVER, Preference

# What becomes of a due prompt, in the states of the ledger: "planned" is to wait.
Course = Literal["sending", "planned", "answered", "cleared", "blocked", "expired", "muted"]
# What follows a prompt that ended: nothing, the next step of its ladder, or the call list.
Then = Literal["", "next", "call"]

# Reasons in the ledger; those that begin a reason or are looked at again have a name.
WANTS_NONE: Final = "the person wants no reminders"
PAUSED: Final = "paused by the person"
# The beginning of the reason of those that were put off with a button.
PUT_OFF: Final = "put off by the person: "
NOT_AT_THIS_PHONE: Final = "the person is not at this phone"
GONE: Final = "person left the range or withdrew"
ANSWERED: Final = "reported in this cycle"
LATE: Final = "its time went by"
NO_CHANNEL: Final = "no channel that can be prompted"
BLOCKED: Final = "the chat blocked the bot"
NOT_OPENED: Final = "nothing was opened, so other words come next"
ON_CALL_LIST: Final = "on the station's call list"
TOO_OLD: Final = "past the age setting"
QUIET: Final = "quiet hours"
TALKING: Final = "in a conversation"
REFUSED: Final = "the person wants none this year, told to the station"
OVER_BUDGET: Final = "contact budget used up"
FINISHED: Final = "the interview is not open any more"
DUE: Final = "due"

_TALKING_FOR: Final = timedelta(hours=24)
# Somebody who chose the hour is kept waiting for less.
_TALKING_JUST_NOW: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Budget:
    """How often people hear from us unasked: system, station and county together.

    Args of the constructor:
        most: prompts within `within`, for a person and for a chat.
    """

    most: int = 3
    within: timedelta = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Contacts:
    """What was sent to a person or a chat within the budget's span.

    Args of the constructor:
        count: how many prompts.
        first_at, last_at: the oldest and newest of them.
    """

    count: int = 0
    first_at: datetime | None = None
    last_at: datetime | None = None


NONE_YET: Final = Contacts()


def free_at(
    budget: Budget, chat: Contacts, person: Contacts, now: datetime, zone: tzinfo
) -> datetime | None:
    """Return when the next prompt may go to this chat about this person; None for now.

    Never two in one local day for a chat. A chat that speaks for four people is asked for one
    after the other.
    """
    waits = [
        each.first_at + budget.within
        for each in (chat, person)
        if each.count >= budget.most and each.first_at is not None
    ]
    if chat.last_at is not None:
        day = chat.last_at.astimezone(zone).date()
        if day >= now.astimezone(zone).date():
            waits.append(_midnight_after(day, zone))
    return max((at for at in waits if at > now), default=None)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the person at the moment of sending.

    Args of the constructor:
        reported_cycle: the cycle of the last report, None when there is none.
        is_active: in range and not erased.
        can_prompt: the chat's channel can be written to first.
        is_blocked: the chat does not take messages.
        last_turn_at: when the chat last said something in an interview or talk that goes on.
        preference: when the person wants to be reminded.
        reported_at: when the last report came in.
        was_opened: an earlier prompt of this ladder was opened.
        has_open: the chat has an interview open.
        birth_year: None when not known.
        chat, person: what either heard of us lately.
    """

    reported_cycle: int | None
    is_active: bool
    can_prompt: bool
    is_blocked: bool
    last_turn_at: datetime | None
    preference: Preference = ANY_TIME
    reported_at: datetime | None = None
    was_opened: bool = False
    has_open: bool = False
    birth_year: int | None = None
    chat: Contacts = NONE_YET
    person: Contacts = NONE_YET


@dataclass(frozen=True, slots=True)
class Prompt:
    """The prompt in question.

    Args of the constructor:
        cycle: for which cycle an answer is wanted.
        not_after: until when it makes sense.
        is_promised: the person chose this day or hour themselves.
        kind: `yearly`, `unfinished` or `follow_up`.
        rung: its step of the ladder, None for what has no ladder.
        since: of a follow-up, when it was started: a report after that answers it.
    """

    cycle: int
    not_after: datetime
    is_promised: bool = False
    kind: str = "yearly"
    rung: Rung | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """What the stations set.

    Args of the constructor:
        age_limit: nobody of this age or older is prompted, 0 for no limit.
    """

    hours: Hours
    zone: tzinfo
    budget: Budget = field(default_factory=Budget)
    age_limit: int = 0


@dataclass(frozen=True, slots=True)
class Decision:
    """A course and its reason, in words for the ledger; `until` when to wait for what is known."""

    course: Course
    reason: str
    until: datetime | None = None
    then: Then = ""


def decide(prompt: Prompt, facts: Facts, now: datetime, rules: Rules) -> Decision:
    """Decide what becomes of a claimed prompt; every answer carries its reason."""
    return (
        _ended(prompt, facts, now, rules)
        or _unreachable(prompt, facts)
        or _waits(prompt, facts, now, rules)
        or Decision("sending", DUE)
    )


def _ended(prompt: Prompt, facts: Facts, now: datetime, rules: Rules) -> Decision | None:
    """Return why nothing is to be asked any more, or not yet by the person's own wish."""
    is_yearly = prompt.kind == "yearly"
    if not facts.is_active or (is_yearly and facts.reported_cycle is None):
        return Decision("cleared", GONE)
    if _is_answered(prompt, facts):
        return Decision("answered", ANSWERED)
    if facts.preference.paused_until == NEVER:
        return Decision("muted", WANTS_NONE)
    if facts.preference.is_paused(now.astimezone(rules.zone).date()):
        return Decision("planned", PAUSED, _end_of(facts.preference, rules))
    if now > prompt.not_after:
        return Decision("expired", LATE, then="call" if is_yearly else "")
    if is_past_age(facts.birth_year, now.astimezone(rules.zone).date(), rules.age_limit):
        return Decision("cleared", TOO_OLD)
    if prompt.kind == "unfinished" and not facts.has_open:
        return Decision("cleared", FINISHED)
    return None


def _is_answered(prompt: Prompt, facts: Facts) -> bool:
    if prompt.kind == "yearly":
        return facts.reported_cycle is not None and facts.reported_cycle >= prompt.cycle
    if prompt.since is None or facts.reported_at is None:
        return False
    return facts.reported_at > prompt.since


def _unreachable(prompt: Prompt, facts: Facts) -> Decision | None:
    """Return why nothing can be sent to this person, or need not be at this step."""
    rung = prompt.rung
    if rung is not None and rung.is_call:
        return Decision("cleared", ON_CALL_LIST, then="call")
    call: Then = "call" if rung is not None else ""
    if not facts.can_prompt:
        return Decision("blocked", NO_CHANNEL, then=call)
    if facts.is_blocked:
        return Decision("blocked", BLOCKED, then=call)
    if rung is not None and rung.only_opened and not facts.was_opened:
        return Decision("cleared", NOT_OPENED, then="next")
    return None


def _waits(prompt: Prompt, facts: Facts, now: datetime, rules: Rules) -> Decision | None:
    """Return why it has to wait, and until when."""
    if not rules.hours.hold(now.astimezone(rules.zone), is_promised=prompt.is_promised):
        return Decision("planned", QUIET, _opening(now, rules, is_promised=prompt.is_promised))
    patience = _TALKING_JUST_NOW if prompt.is_promised else _TALKING_FOR
    if facts.last_turn_at is not None and now - facts.last_turn_at < patience:
        return Decision("planned", TALKING, now + patience)
    # What somebody asked for is a reply, and replies never count.
    if not prompt.is_promised:
        free = free_at(rules.budget, facts.chat, facts.person, now, rules.zone)
        if free is not None:
            return Decision("planned", OVER_BUDGET, _open_from(free, rules))
    return None


def is_past_age(birth_year: int | None, today: date, limit: int) -> bool:
    """Tell whether somebody is surely of this age or older; 0 is no limit.

    Only the year of birth is kept in the clear, so the year in which they reach it is left.
    """
    return limit > 0 and birth_year is not None and today.year - birth_year > limit


def is_promise(reason: str, preference: Preference) -> bool:
    """Tell whether the person chose when this prompt comes."""
    return reason.startswith(PUT_OFF) or preference.weekday is not None


def _opening(now: datetime, rules: Rules, *, is_promised: bool) -> datetime:
    if not is_promised:
        return rules.hours.next_opening(now, rules.zone)
    local = now.astimezone(rules.zone)
    day = local.date()
    if local.time() >= rules.hours.usual(day).opens:
        day += timedelta(days=1)
    return datetime.combine(day, rules.hours.usual(day).opens, rules.zone).astimezone(UTC)


def _open_from(at: datetime, rules: Rules) -> datetime:
    """Return the first moment from then on in which people may be prompted."""
    is_open = rules.hours.hold(at.astimezone(rules.zone))
    return at if is_open else rules.hours.next_opening(at, rules.zone)


def _end_of(preference: Preference, rules: Rules) -> datetime:
    """Return the opening of the day on which a pause ends."""
    day = preference.paused_until or NEVER
    return datetime.combine(day, rules.hours.usual(day).opens, rules.zone).astimezone(UTC)


def _midnight_after(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(0), zone).astimezone(UTC)
