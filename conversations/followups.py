"""Whom a station chooses for a follow-up prompt, and who of them is left out, with the reason.

A filter is a value: each condition that is set has to hold. What is asked of the database is in
storage/followups.py; here stand the rules that are the same wherever people are kept.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field

# Of an unfinished interview in which only the sending is left.
SUMMARY: Final = "summary"
OLDEST: Final = 120
_AGES: Final = re.compile(r"\D*(\d{1,3})(?:\D+(\d{1,3}))?\D*")
_UP_TO: Final = re.compile(r"以下|以内|不到|不满|[<≤]")
_FROM: Final = re.compile(r"以上|起|多|[>≥+]")


class Filter(BaseModel):
    """Conditions, all of which hold for whoever is chosen; what is not set asks for nothing.

    Attributes:
        not_started: no report yet.
        stuck_for: an interview is unfinished and untouched for so many days; 0 for no matter.
        stuck_in: name of the form's outermost group it stopped in, or SUMMARY.
        unconfirmed: no report in this cycle; who has one is left out, with that as the reason.
        training, job: code of the answer to "do you want", "" for no matter.
        trade, industry, place, sex, status: codes of the form.
        village: as it was written, or a part of it.
        age_from, age_to: by the year of birth, both included; 0 for no bound.
        answered_before: the last report is older than this local day.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    not_started: bool = False
    stuck_for: int = Field(default=0, ge=0, le=3660)
    stuck_in: str = ""
    unconfirmed: bool = False
    training: str = ""
    trade: str = ""
    job: str = ""
    industry: str = ""
    place: str = ""
    village: str = ""
    age_from: int = Field(default=0, ge=0, le=OLDEST)
    age_to: int = Field(default=0, ge=0, le=OLDEST)
    answered_before: date | None = None
    sex: str = ""
    status: str = ""

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is asked for, so that everybody would be meant."""
        return self == Filter()

    def but(self, **changes: object) -> "Filter":
        """Return the filter with these conditions changed.

        Raises:
            ValueError: a condition takes no such value.
        """
        return Filter.model_validate(self.model_dump() | changes)


Kind = Literal[
    "not_started",
    "stuck_for",
    "stuck_in",
    "unconfirmed",
    "training",
    "trade",
    "job",
    "industry",
    "place",
    "village",
    "age",
    "answered_before",
    "sex",
    "status",
]


@dataclass(frozen=True, slots=True)
class Term:
    """One condition, for people to read: `value` is a code, a number or words; `until` of ages."""

    kind: Kind
    value: str = ""
    until: str = ""


def terms(filter: Filter) -> tuple[Term, ...]:
    """Return the conditions that are set, in a fixed order."""
    before = filter.answered_before.isoformat() if filter.answered_before else ""
    ages = (str(filter.age_from or ""), str(filter.age_to or ""))
    found: list[Term] = []
    if filter.not_started:
        found.append(Term("not_started"))
    if filter.stuck_for:
        found.append(Term("stuck_for", str(filter.stuck_for)))
    if filter.unconfirmed:
        found.append(Term("unconfirmed"))
    coded: tuple[tuple[Kind, str], ...] = (
        ("stuck_in", filter.stuck_in),
        ("training", filter.training),
        ("trade", filter.trade),
        ("job", filter.job),
        ("industry", filter.industry),
        ("place", filter.place),
        ("village", filter.village),
        ("sex", filter.sex),
        ("status", filter.status),
        ("answered_before", before),
    )
    found += [Term(kind, value) for kind, value in coded if value]
    if any(ages):
        found.append(Term("age", *ages))
    return tuple(found)


def ages_in(said: str) -> tuple[int, int] | None:
    """Return the bounds that somebody typed: 40-55, 40以上, 55以下, or 40 for exactly that age.

    A bound that was not given is 0; None for what cannot be read.
    """
    found = _AGES.fullmatch(said)
    if found is None:
        return None
    first, last = int(found[1]), int(found[2] or 0)
    if last:
        low, high = sorted((first, last))
    elif _UP_TO.search(said):
        low, high = 0, first
    else:
        low, high = first, 0 if _FROM.search(said) else first
    return (low, high) if 0 < max(low, high) <= OLDEST else None


@dataclass(frozen=True, slots=True)
class FollowUpRules:
    """What follow-ups go by, whoever starts them.

    Args of the constructor:
        per_second: how many prompts go out in one second.
        most: the contact budget of a person, and of a chat, within `within`.
        per_day: how many a chat gets in one day.
        needs_approval: a station's own words wait for the county.
        own_hosts: whose links may stand in a text.
    """

    per_second: int = 25
    most: int = 3
    within: timedelta = timedelta(days=14)
    per_day: int = 1
    needs_approval: bool = True
    own_hosts: tuple[str, ...] = ()


class Reason(StrEnum):
    """Why somebody who was chosen gets no prompt, in the order in which it is asked."""

    LEFT = "left"
    ANSWERED = "answered"
    NO_CHANNEL = "no_channel"
    BLOCKED = "blocked"
    MUTED = "muted"
    IN_WAVE = "in_wave"
    BUDGET = "budget"
    TODAY = "today"
    SAME_CHAT = "same_chat"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of somebody who was chosen, at the moment of choosing.

    Args of the constructor, where not plain:
        is_active: in range and not erased.
        reported_cycle: of the last report, 0 without one.
        chat_id: where a prompt would go, None when no chat can be written to first.
        is_own: that chat is the person's own, not a relative's.
        paused_until: from when on the person wants to hear from us again, None for at once.
        in_wave: a prompt of another wave is on its way.
        sent: prompts within the budget's span, to the person or to the chat, whichever is more.
        sent_today: prompts of this local day to the chat.
        language: what the chat speaks.
    """

    person_id: str
    township_id: str | None
    is_active: bool
    reported_cycle: int
    chat_id: str | None
    is_own: bool
    is_blocked: bool
    paused_until: date | None
    in_wave: bool
    sent: int
    sent_today: int
    language: str = ""


@dataclass(frozen=True, slots=True)
class Sifted:
    """Who gets a prompt, who does not and why, and how many could get one more this fortnight."""

    chosen: tuple[Facts, ...] = ()
    excluded: Counter[Reason] = field(default_factory=Counter)
    to_call: tuple[Facts, ...] = ()
    could_get_more: int = 0


def sift(
    filter: Filter, people: Iterable[Facts], cycle: int, today: date, rules: FollowUpRules
) -> Sifted:
    """Part those who get a prompt from those who do not; of one chat only one person does.

    Returns:
        The chosen in the order of their ids; people whom only a call reaches stand in `to_call`.
    """
    excluded: Counter[Reason] = Counter()
    to_call = []
    taken: dict[str, Facts] = {}
    # Whoever owns the chat goes before the relatives that they answer for.
    for facts in sorted(people, key=lambda facts: (not facts.is_own, facts.person_id)):
        reason = _against(filter, facts, cycle, today, rules)
        if reason is None and facts.chat_id is not None and facts.chat_id in taken:
            reason = Reason.SAME_CHAT
        if reason is Reason.NO_CHANNEL:
            to_call.append(facts)
        if reason is not None:
            excluded[reason] += 1
        elif facts.chat_id is not None:
            taken[facts.chat_id] = facts
    chosen = tuple(sorted(taken.values(), key=lambda facts: facts.person_id))
    more = sum(facts.sent + 1 < rules.most for facts in chosen)
    to_call.sort(key=lambda facts: facts.person_id)
    return Sifted(chosen, excluded, tuple(to_call), more)


def _against(
    filter: Filter, facts: Facts, cycle: int, today: date, rules: FollowUpRules
) -> Reason | None:
    """Return the first reason that speaks against a prompt."""
    asked: tuple[tuple[Reason, bool], ...] = (
        (Reason.LEFT, not facts.is_active),
        (Reason.ANSWERED, filter.unconfirmed and facts.reported_cycle >= cycle),
        (Reason.NO_CHANNEL, facts.chat_id is None),
        (Reason.BLOCKED, facts.is_blocked),
        (Reason.MUTED, facts.paused_until is not None and today < facts.paused_until),
        (Reason.IN_WAVE, facts.in_wave),
        (Reason.BUDGET, facts.sent >= rules.most),
        (Reason.TODAY, facts.sent_today >= rules.per_day),
    )
    return next((reason for reason, holds in asked if holds), None)
