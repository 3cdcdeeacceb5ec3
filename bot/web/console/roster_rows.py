"""The rows of a file: why they were refused, and what differs, masked until a reason is given."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from bot.figures import figure
from bot.rosters import counter
from bot.rosters.counter import clerk_of
from bot.rosters.judging import faults_of
from bot.rosters.masks import masked_value
from bot.rosters.telling import noted, titles_of, told
from bot.staff.access import around, is_granted_over, places_below
from bot.staff.revealing import is_reason
from bot.web.console.frame import Console, Seat
from bot.web.console.roster_found import HOME, found, gone, shown_by_state
from conversations.roster.comparing import Rule
from conversations.roster.words import CODED
from conversations.scope import Action
from conversations.xform import Session
from storage import people, roster, roster_rows
from storage.roster_imports import Import
from storage.roster_rows import StagedRow, Verdict
from storage.scope import Scope
from storage.transaction import Reading

_SHOWN: Final = 50
_VERDICTS: Final[tuple[Verdict, ...]] = ("new", "same", "differs", "reported", "refused")
_RULES: Final[tuple[Rule, ...]] = ("keep", "file", "ask")
_PLACES: Final = frozenset(("city", "county", "township"))


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a row beside what is known."""

    role: str
    known: str = field(repr=False)
    given: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Line:
    """A row as the page shows it."""

    line: int
    words: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    cells: tuple[Cell, ...]
    choice: str


async def show(console: Console, seat: Seat, request: Request) -> Response:
    """Show rows of one kind, masked."""
    one = await found(console, seat, request)
    if one is None:
        return gone(console, seat)
    query = request.query_params
    return await _shown(console, seat, one, query.get("verdict", ""), query.get("after", ""))


async def show_whole(console: Console, seat: Seat, request: Request) -> Response:
    """Show rows with their values, for a reason that the audit keeps."""
    form = await console.form(seat, request)
    one = await found(console, seat, request)
    if one is None:
        return gone(console, seat)
    verdict, after, reason = form["verdict"], form["after"], form["reason"]
    if not is_reason(reason):
        return await _shown(console, seat, one, verdict, after, wrong="console.roster.no_reason")
    async with console.database.transaction() as tx:
        may = await is_granted_over(
            console.office(tx),
            seat.staff,
            Action.SEE_WHOLE,
            one.scope_id,
            f"roster:{one.id}",
            reason=reason,
        )
    if not may:
        return console.refusal(seat, 403)
    return await _shown(console, seat, one, verdict, after, is_whole=True)


async def choose(console: Console, seat: Seat, request: Request) -> Response:
    """Keep whose values count for one row."""
    form = await console.form(seat, request)
    one = await found(console, seat, request)
    line = figure(form["line"])
    if one is None or not line:
        return gone(console, seat)
    async with console.database.transaction() as tx:
        kept = await counter.choose(
            console.office(tx), clerk_of(seat.staff), one, line, form["choice"]
        )
    told_key = "console.roster.told.chosen" if kept else "console.roster.told.late"
    after = figure(form["after"])
    path = f"{HOME}/{one.id}/rows?verdict=differs&after={after}"
    return console.to(path, told=told_key)


async def take_rule(console: Console, seat: Seat, request: Request) -> Response:
    """Keep whose values count where a file says otherwise."""
    form = await console.form(seat, request)
    one = await found(console, seat, request)
    rule = next((each for each in _RULES if each == form["rule"]), None)
    if one is None or rule is None:
        return gone(console, seat)
    async with console.database.transaction() as tx:
        kept = await counter.keep_rule(console.office(tx), clerk_of(seat.staff), one, rule)
    told_key = "console.roster.told.ruled" if kept else "console.roster.told.late"
    return console.to(f"{HOME}/{one.id}", told=told_key)


async def _shown(
    console: Console,
    seat: Seat,
    one: Import,
    verdict: str,
    after: str,
    *,
    wrong: str = "",
    is_whole: bool = False,
) -> Response:
    kind = next((each for each in _VERDICTS if each == verdict), None)
    if kind is None:
        return await shown_by_state(console, seat, one)
    start = figure(after)
    async with console.database.reading() as reading:
        rows = await roster_rows.rows_of(reading, one.id, kind, after=start, most=_SHOWN)
        own = places_below(console.world.places, seat.staff, Action.ROSTER)
        lines = [await _line(console, reading, one, row, own, is_whole=is_whole) for row in rows]
    return console.page(
        seat,
        "roster_rows.html",
        status=400 if wrong else 200,
        one=one,
        verdict=kind,
        lines=lines,
        after=start,
        following=rows[-1].line if len(rows) == _SHOWN else 0,
        wrong=wrong,
        is_whole=is_whole,
    )


async def _line(
    console: Console,
    reading: Reading,
    one: Import,
    row: StagedRow,
    own: Scope,
    *,
    is_whole: bool,
) -> Line:
    texts, titles = console.world.texts, titles_of(one)
    words = tuple(told(texts, fault, titles) for fault in faults_of(row.content))
    notes = tuple(noted(texts, note, titles) for note in faults_of(row.content, "notes"))
    roles = [role for role in row.roles.split(",") if role]
    known: Mapping[str, str] = {}
    if row.verdict == "differs" and row.person_id is not None:
        known = await _known(console, reading, row.person_id, own)
    given = (row.content or {}).get("values", {})
    cells = tuple(
        Cell(
            role,
            _value(console, role, known.get(role, ""), is_whole=is_whole),
            _value(console, role, given.get(role, ""), is_whole=is_whole),
        )
        for role in roles
    )
    return Line(row.line, words, notes, cells, row.choice)


async def _known(
    console: Console, reading: Reading, person_id: str, own: Scope
) -> Mapping[str, str]:
    """Return what is known of somebody, unless they were brought elsewhere since."""
    person, key = await people.get(reading, person_id), await people.key_of(reading, person_id)
    place = person and (person.township_id or person.county_id)
    if key is None or not place or not {*around(console.world.places, place)} & {*own}:
        return {}
    return await roster.prefill(reading, person_id, key) or {}


def _value(console: Console, role: str, value: str, *, is_whole: bool) -> str:
    """Return a value in words: codes by their labels, places by their names."""
    if not value:
        return ""
    if role in _PLACES:
        place = console.world.places.by_id.get(value)
        return place.name if place is not None else value
    shown = _labels(console).get((role, value), value)
    return shown if is_whole else masked_value(shown, role)


def _labels(console: Console) -> dict[tuple[str, str], str]:
    """Return the words of the coded columns by role and code."""
    form = console.world.shelf.current
    session = Session(form, console.clock().astimezone(console.world.zone))
    return {
        (role, choice.name): choice.label
        for role in CODED
        if role in form.roles
        for choice in session.question(form.roles[role]).choices
    }
