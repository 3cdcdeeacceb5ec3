"""The console's area at /console/progress: how far a place is, and those below it."""

from collections.abc import Sequence
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.progress.looking import FIRST_CYCLE, cycle_from, home_of, may
from bot.progress.overview import Overview, ledger_of, overview, trend_of
from bot.progress.tree import above_of, level_of, name_of
from bot.progress.villages import villages_of
from bot.progress.words import lead, percent, rank_in_words
from bot.staff.access import is_granted
from bot.web.console import progress_bulletin, progress_targets
from bot.web.console.frame import Console, Seat
from bot.web.console.progress_parts import (
    HEIGHT,
    WIDTH,
    days_of,
    line_of,
    steps_of,
    weeks_of,
)
from bot.web.console.waiting import Waiting
from conversations.progress import MEASURES, Measure
from conversations.scope import Action
from storage.transaction import Reading

PATH: Final = "/console/progress"


def routes(console: Console) -> list[BaseRoute]:
    """Return the pages of this area."""
    looks = Action.SEE_PROGRESS
    return [
        Route(PATH, console.seated(show, may=looks)),
        Route(f"{PATH}/villages", console.seated(villages, may=Action.SEE_VILLAGES)),
        *progress_targets.routes(console),
        *progress_bulletin.routes(console),
    ]


async def waiting(console: Console, seat: Seat, reading: Reading) -> Sequence[Waiting]:
    """Return what waits for somebody in this area: nothing does."""
    return ()


async def show(console: Console, seat: Seat, request: Request) -> Response:
    """Show a place: figures, order of those below, trend, ledger."""
    world, asked = console.world, request.query_params
    place_id = asked.get("place") or home_of(seat.staff)
    if not may(world.places, seat.staff, Action.SEE_PROGRESS, place_id):
        return await console.refuse(seat, Action.SEE_PROGRESS)
    cycle, measure = cycle_from(world, asked.get("cycle", "")), _measure(asked.get("measure", ""))
    async with console.database.reading() as reading:
        seen = await overview(reading, world, place_id, cycle, measure)
        days = await trend_of(reading, world, place_id, cycle)
        ledger, young = await ledger_of(reading, world, place_id, cycle)
    texts = world.texts
    return console.page(
        seat,
        "progress.html",
        **_head(console, seat, place_id, cycle),
        seen=seen,
        measures=[(one, texts(f"console.progress.measure_{one}")) for one in MEASURES],
        lead=lead(world, seen),
        rows=_rows(console, seen),
        rate=percent(seen.rate),
        rule=texts(f"bulletin.rule_{seen.basis}"),
        line=line_of(texts, days, measure, seen.own.target),
        size=(WIDTH, HEIGHT),
        weeks=weeks_of(days, measure),
        days=days_of(days, measure),
        steps=steps_of(texts, ledger, young),
        prompts=may(world.places, seat.staff, Action.FOLLOW_UP, place_id),
        sets=bool(seen.below) and may(world.places, seat.staff, Action.SET_TARGET, place_id),
        opens=seen.level == "township"
        and may(world.places, seat.staff, Action.SEE_VILLAGES, place_id),
    )


async def villages(console: Console, seat: Seat, request: Request) -> Response:
    """Show the villages of a township, for which its people are opened: the audit keeps it."""
    world = console.world
    place_id = request.query_params.get("place", "")
    cycle = cycle_from(world, request.query_params.get("cycle", ""))
    if level_of(world.places, place_id) != "township":
        return console.refusal(seat, 404)
    async with console.database.transaction() as tx:
        office = console.office(tx)
        action = Action.SEE_VILLAGES
        granted = await is_granted(office, seat.staff, action, place_id, f"place:{place_id}")
    if not granted:
        return console.refusal(seat, 403)
    async with console.database.reading() as reading:
        found = await villages_of(reading, world, place_id, cycle)
    shown = [(one, percent(one.rate("submitted"))) for one in found]
    return console.page(
        seat, "progress_villages.html", **_head(console, seat, place_id, cycle), villages=shown
    )


def _head(console: Console, seat: Seat, place_id: str, cycle: int) -> dict[str, Any]:
    """Return what all pages about a place need: its name, the way up, the years."""
    world = console.world
    province = world.texts("bulletin.province")
    up = [
        (one, name_of(world.places, one, province))
        for one in reversed(above_of(world.places).get(place_id, ()))
        if may(world.places, seat.staff, Action.SEE_PROGRESS, one)
    ]
    this_year = world.today(console.clock()).year
    return {
        "place_id": place_id,
        "name": name_of(world.places, place_id, province),
        "up": up,
        "cycle": cycle,
        "cycles": [(year, str(year)) for year in range(this_year, FIRST_CYCLE - 1, -1)],
    }


def _rows(console: Console, seen: Overview) -> list[dict[str, object]]:
    texts = console.world.texts
    return [
        {
            "figures": figures,
            "of": figures.of(seen.basis),
            "done": figures.done(seen.measure),
            "rank": rank_in_words(texts, one),
            "rate": percent(one.interval),
            "width": 0.0 if one.interval is None else round(min(one.interval.rate, 1.0) * 100, 1),
            "interval": ""
            if one.interval is None
            else f"{one.interval.low * 100:.1f}–{one.interval.high * 100:.1f}%",
        }
        for figures, one in zip(seen.below, seen.order, strict=True)
    ]


def _measure(given: str) -> Measure:
    return next((one for one in MEASURES if one == given), "submitted")
