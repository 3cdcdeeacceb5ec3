"""The yearly update of a county in days of its choosing: what it would come to, and the start."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.places import Place, Places
from bot.planning import begin, openings
from bot.staff.access import acts_for, is_granted
from bot.web.console.forms import Form
from bot.web.console.frame import Console, Seat
from conversations.scope import Action
from conversations.waves import (
    Opening,
    Problem,
    Span,
    days_needed,
    feast_span,
    problem_with,
    wave_days,
)
from storage import audits, planning
from storage.staff import Staff

PATH: Final = "/console/followups/yearly"


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a wave would come to, or why it cannot be.

    Args of the constructor, where not plain:
        people: how many have not reported in that year.
        days: the open days, () where there is a problem.
        needed: how many days would do, where these are too few; 0 where they are not.
    """

    people: int
    days: tuple[Opening, ...] = ()
    problem: str = ""
    needed: int = 0

    @property
    def a_day(self) -> int:
        """Return how many prompts go out on one of the days, at most."""
        return -(-self.people // len(self.days)) if self.days else 0

    @property
    def ends_at(self) -> datetime | None:
        """Return when the last prompt goes out."""
        if not self.days:
            return None
        return self.days[-1].opens_at + timedelta(seconds=self.days[-1].seconds)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What somebody asks for; `span` is None for what is no span of days."""

    county: str
    cycle: int
    is_feast: bool
    first: str
    last: str
    span: Span | None


def routes(console: Console) -> list[BaseRoute]:
    """Return the pages of the yearly wave."""
    may = Action.FOLLOW_UP
    return [
        Route(PATH, console.seated(show, may=may)),
        Route(PATH, console.seated(start, may=may), methods=["POST"]),
    ]


def counties_of(places: Places, who: Staff) -> list[Place]:
    """Return the counties that an account decides for."""
    scopes = [one.scope_id for one in acts_for(who, Action.FOLLOW_UP)]
    found = [places.by_id[one] for one in scopes if one in places.by_id]
    return list(dict.fromkeys(one for one in found if one.level == "county"))


async def show(console: Console, seat: Seat, request: Request) -> Response:
    """Show the form, and what the days that were asked for would come to."""
    counties = counties_of(console.world.places, seat.staff)
    if not counties:
        return await console.refuse(seat, Action.FOLLOW_UP)
    given = request.query_params
    wanted = _wanted(given, counties, console.world.today(console.clock()).year + 1)
    foreseen = await _foreseen(console, wanted) if "cycle" in given else None
    return _page(console, seat, counties, wanted, foreseen)


async def start(console: Console, seat: Seat, request: Request) -> Response:
    """Begin the wave; it is planned beside this, and can be stopped."""
    form = await console.form(seat, request)
    counties = counties_of(console.world.places, seat.staff)
    wanted = _wanted(form, counties, 0) if counties else None
    county = wanted.county if wanted and form["county"] == wanted.county else None
    async with console.database.transaction() as tx:
        office, about = console.office(tx), f"place:{form['county'][:40]}"
        if not await is_granted(office, seat.staff, Action.FOLLOW_UP, county, about):
            return console.refusal(seat, 403)
    if wanted is None:
        return console.refusal(seat, 403)
    foreseen = await _foreseen(console, wanted)
    if foreseen.problem or wanted.span is None:
        return _page(console, seat, counties, wanted, foreseen)
    who, now = f"staff:{seat.staff.id}", console.clock()
    async with console.database.transaction() as tx:
        wave = await begin(
            tx, console.world, wanted.county, wanted.cycle, wanted.span, by=who, now=now
        )
        detail = " ".join((str(wanted.cycle), *(day.isoformat() for day in wanted.span)))
        scope = f"place:{wanted.county}"
        await audits.write(
            tx, actor=who, action="reminders_plan", scope=scope, now=now, detail=detail
        )
    return console.to(f"/console/followups/waves/{wave.id}", "console.followups.told.started")


async def _foreseen(console: Console, wanted: _Wanted) -> Foreseen:
    """Return what will come, in figures."""
    world, texts = console.world, console.world.texts
    async with console.database.reading() as reading:
        people = await planning.count_missing(reading, wanted.county, wanted.cycle)
    if wanted.span is None:
        return Foreseen(people, problem=texts("console.followups.no_span"))
    opening, pace = openings(world), console.settings.reminders.per_second
    problem = problem_with(wanted.span, world.today(console.clock()), opening, people, pace)
    if problem is not None:
        needed = 0
        if problem is Problem.CROWDED:
            needed = days_needed(people, opening(wanted.span.first_on), pace)
        said = texts(f"console.followups.problem_{problem.name.lower()}")
        return Foreseen(people, problem=said, needed=needed)
    return Foreseen(people, wave_days(wanted.span, opening))


def _wanted(given: QueryParams | Form, counties: list[Place], year: int) -> _Wanted:
    """Return what was asked for; a county that is not the account's is its own first one."""
    named = given.get("county", "")
    county = named if named in {one.id for one in counties} else counties[0].id
    said = given.get("cycle", "")
    cycle = int(said) if said.isascii() and said.isdecimal() and len(said) == 4 else year
    is_feast = given.get("days", "feast") == "feast"
    first, last = given.get("first", ""), given.get("last", "")
    span = feast_span(cycle) if is_feast else _span(first, last)
    return _Wanted(county, cycle, is_feast, first, last, span)


def _span(first: str, last: str) -> Span | None:
    try:
        return Span(date.fromisoformat(first), date.fromisoformat(last))
    except ValueError:
        return None


def _page(
    console: Console,
    seat: Seat,
    counties: list[Place],
    wanted: _Wanted,
    foreseen: Foreseen | None,
) -> Response:
    return console.page(
        seat,
        "yearly.html",
        status=422 if foreseen and foreseen.problem else 200,
        counties=[(one.id, one.name) for one in counties],
        wanted=wanted,
        foreseen=foreseen,
    )
