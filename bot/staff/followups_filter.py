"""Putting a filter together at the desk: each condition is a tap, villages and ages are typed."""

import unicodedata
from dataclasses import replace
from datetime import timedelta
from typing import Final, Literal

from bot.desk import Desk, Step
from bot.errands.opening import open_state
from bot.staff.followups_draft import (
    Draft,
    draft_in,
    draft_of,
    in_words,
    keep,
    scopes_of,
)
from bot.staff.followups_lists import choices, groups
from conversations.desk_errands import DeskErrand
from conversations.followups import SUMMARY, Filter, Kind, ages_in
from conversations.lobby.followups import (
    FilterShown,
    Option,
    OptionsShown,
    ScopesOffered,
    WordsAsked,
)
from conversations.xform.question import Choice
from storage.desks import DeskState
from storage.staff import Staff

WAITS: Final = ("fol.village", "fol.age")
_LONGEST: Final = 30
_A_PAGE: Final = 12
_DAYS: Final = {"stuck_for": (1, 3, 7, 15, 30), "answered_before": (30, 90, 180, 365)}
_LISTED: Final[frozenset[Kind]] = frozenset(("trade", "industry", "place", "status"))
_SEXES: Final = ("1", "2")

Problem = Literal["", "empty", "village", "age"]


async def act(desk: Desk, who: Staff, errand: DeskErrand) -> Step:
    """Change the filter, or show what it can be changed to."""
    draft = await draft_of(desk, who)
    if errand.step == "new" or draft is None:
        return await _new(desk, who, draft, errand.argument)
    if errand.step == "zap":
        return await shown(desk, replace(draft, filter=Filter(), wording=""))
    kind, _, value = errand.argument.partition("-")
    if errand.step == "add":
        return await _add(desk, draft, kind)
    if errand.step == "set":
        return await shown(desk, replace(draft, filter=_with(desk, draft.filter, kind, value)))
    if errand.step == "pg" and kind in _LISTED and value.isdecimal():
        return Step((_options(desk, kind, int(value)),), open_state(desk))
    return await shown(desk, draft)


async def typed(desk: Desk, who: Staff, state: DeskState, text: str) -> Step:
    """Take a village or ages."""
    draft = draft_in(state.values)
    if draft.scope_id not in scopes_of(who):
        return await _new(desk, who, None, "")
    said = unicodedata.normalize("NFKC", text).strip()
    if state.kind == "fol.village":
        is_good = 0 < len(said) <= _LONGEST
        changed = draft.filter.but(village=said) if is_good else None
        return await _taken(desk, draft, changed, "village")
    ages = ages_in(said)
    with_ages = draft.filter.but(age_from=ages[0], age_to=ages[1]) if ages else None
    return await _taken(desk, draft, with_ages, "age")


async def shown(desk: Desk, draft: Draft, problem: Problem = "") -> Step:
    """Keep the draft and show its conditions."""
    await keep(desk, draft)
    return Step((FilterShown(in_words(desk, draft.filter), problem),), open_state(desk))


async def _new(desk: Desk, who: Staff, draft: Draft | None, place_id: str) -> Step:
    """Begin; whoever stands in for somebody of another place says for which place."""
    scopes = scopes_of(who)
    if place_id not in scopes and len(scopes) > 1:
        by_id = desk.world.places.by_id
        places = tuple(Option(one, by_id[one].name) for one in scopes if one in by_id)
        return Step((ScopesOffered(places),), open_state(desk))
    place_id = place_id if place_id in scopes else scopes[0]
    return await shown(desk, Draft(place_id, number=draft.number if draft else 0))


async def _taken(
    desk: Desk, draft: Draft, changed: Filter | None, what: Literal["village", "age"]
) -> Step:
    """Take what was typed; what cannot be read is asked for again."""
    if changed is not None:
        return await shown(desk, replace(draft, filter=changed))
    await keep(desk, draft, f"fol.{what}")
    return Step((FilterShown(in_words(desk, draft.filter), what),), open_state(desk))


async def _add(desk: Desk, draft: Draft, kind: str) -> Step:
    """Begin a condition: some hold at once, some are chosen from a list, some typed."""
    filter = draft.filter
    match kind:
        case "not_started" | "unconfirmed":
            return await shown(desk, replace(draft, filter=_toggled(filter, kind)))
        case "training" | "job":
            wanted = choices(desk.world, kind, desk.now)
            if not wanted:
                return await shown(desk, draft)
            changed = filter.but(**{kind: wanted[0].name})
            await keep(desk, replace(draft, filter=changed))
            listed: Kind = "trade" if kind == "training" else "industry"
            return Step((_options(desk, listed, 0),), open_state(desk))
        case "village" | "age":
            await keep(desk, draft, f"fol.{kind}")
            return Step((WordsAsked("village" if kind == "village" else "age"),), open_state(desk))
        case "stuck_for" | "answered_before" | "stuck_in" | "sex" | "place" | "status":
            return Step((_options(desk, kind, 0),), open_state(desk))
        case _:
            return await shown(desk, draft)


def _toggled(filter: Filter, kind: Literal["not_started", "unconfirmed"]) -> Filter:
    return filter.but(**{kind: not getattr(filter, kind)})


def _options(desk: Desk, kind: Kind, page: int) -> OptionsShown:
    """Return a page of what a condition can be."""
    if kind in _DAYS:
        days = tuple(Option(str(day), str(day)) for day in _DAYS[kind])
        return OptionsShown(kind, days)
    if kind == "sex":
        return OptionsShown(kind, tuple(Option(code, code) for code in _SEXES))
    listed = _stops(desk) if kind == "stuck_in" else choices(desk.world, kind, desk.now)
    pages = max(1, -(-len(listed) // _A_PAGE))
    page = min(page, pages - 1)
    part = listed[page * _A_PAGE : (page + 1) * _A_PAGE]
    # A group is named by its place in the form: its name may be longer than a button carries.
    first = page * _A_PAGE
    names = [
        str(place) if kind == "stuck_in" else one.name for place, one in enumerate(part, first)
    ]
    options = tuple(Option(name, choice.label) for name, choice in zip(names, part, strict=True))
    return OptionsShown(kind, options, page, pages)


def _stops(desk: Desk) -> tuple[Choice, ...]:
    """Return where an interview can stop: in a group of the form, or before it is sent."""
    return (*groups(desk.world, desk.now), Choice(SUMMARY, ""))


def _with(desk: Desk, filter: Filter, kind: str, value: str) -> Filter:
    """Return the filter with a condition set; one that the form does not know changes nothing."""
    if kind in _DAYS:
        return _with_days(desk, filter, kind, value)
    if kind == "stuck_in":
        stops = _stops(desk)
        is_stop = value.isdecimal() and int(value) < len(stops)
        return filter.but(stuck_in=stops[int(value)].name if is_stop else "")
    if kind == "sex":
        return filter.but(sex=value if value in _SEXES else "")
    if kind not in _LISTED:
        return filter
    known = {choice.name for choice in choices(desk.world, kind, desk.now)}
    return filter.but(**{kind: value if value in known else ""})


def _with_days(desk: Desk, filter: Filter, kind: str, value: str) -> Filter:
    days = int(value) if value.isdecimal() and len(value) < 5 else 0
    if days not in _DAYS[kind]:
        return filter
    if kind == "stuck_for":
        return filter.but(stuck_for=days)
    today = desk.now.astimezone(desk.world.zone).date()
    return filter.but(answered_before=today - timedelta(days=days))
