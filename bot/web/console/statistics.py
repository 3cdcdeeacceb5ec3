"""The console's area at /console/statistics: monthly tables, looked at, printed, taken away."""

import asyncio
from collections.abc import Sequence
from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.definitions import load_definitions
from bot.staff.access import above, is_granted
from bot.statistics.asking import Answer, answer, as_shared, surroundings
from bot.statistics.files import csv_file, notes_of, title_of, workbook
from bot.statistics.making import recount, this_month
from bot.statistics.picking import (
    Picked,
    columns_of,
    goes_deeper,
    narrowings,
    places_near,
    read_picked,
    rows_of,
    tables,
)
from bot.statistics.rights import may_see, scopes
from bot.statistics.showing import bars_of, compact, grid_of
from bot.web.console import quality, training
from bot.web.console.downloads import CSV, XLSX, file_of
from bot.web.console.frame import Console, Seat
from bot.web.console.waiting import Waiting
from conversations.scope import Action
from conversations.statistics.definitions import MEASURES, PLACE
from conversations.statistics.sharing import Surroundings
from storage import statistics
from storage.transaction import Reading

PATH: Final = "/console/statistics"
_TYPES: Final = {"csv": CSV, "xlsx": XLSX}


def routes(console: Console) -> list[BaseRoute]:
    """Return the pages of this area."""
    seen = Action.STATISTICS
    return [
        Route(PATH, console.seated(show, may=seen)),
        Route(f"{PATH}/file", console.seated(take, may=seen), methods=["POST"]),
        Route(f"{PATH}/recount", console.seated(count_again, may=seen), methods=["POST"]),
        *quality.routes(console),
        *training.routes(console),
    ]


async def waiting(console: Console, seat: Seat, reading: Reading) -> Sequence[Waiting]:
    """Return what waits for somebody in this area."""
    return ()


async def show(console: Console, seat: Seat, request: Request) -> Response:
    """Show a table of a place, whole for whoever may see its people, or as it may be shared."""
    given = request.query_params
    place_id = given.get("place") or next(scopes(seat.staff))
    if not may_see(console.world.places, seat.staff, place_id):
        return await console.refuse(seat, Action.STATISTICS)
    async with console.database.reading() as reading:
        months = [one.month for one in await statistics.months(reading)]
        if not months:
            can_list = quality.can_list(seat.staff)
            return console.page(
                seat, "statistics_empty.html", place_id=place_id, can_list=can_list
            )
        picked = read_picked(console.world.places, given, place_id, months)
        found, around = await _found(console, reading, picked)
    if picked.is_shared:
        found = await kept_back(console, found, around)
    return _table_page(console, seat, picked, found, months[::-1])


async def take(console: Console, seat: Seat, request: Request) -> Response:
    """Hand out a table as a file; one that is not for sharing is told to the audit as such."""
    form = await console.form(seat, request)
    given = {key: form.get(key) for key in form.values}
    place_id, kind = form["place"], form["kind"]
    if not may_see(console.world.places, seat.staff, place_id) or kind not in _TYPES:
        return await console.refuse(seat, Action.STATISTICS)
    async with console.database.reading() as reading:
        months = [one.month for one in await statistics.months(reading)]
        if not months:
            return console.to(PATH)
        picked = read_picked(console.world.places, given, place_id, months)
        found, around = await _found(console, reading, picked)
    ask = picked.ask
    detail = f"{kind} {ask.name} {ask.month} {'shared' if picked.is_shared else 'whole'}"
    async with console.database.transaction() as tx:
        about = f"place:{place_id}"
        office = console.office(tx)
        await is_granted(office, seat.staff, Action.STATISTICS, place_id, about, reason=detail)
    if picked.is_shared:
        found = await kept_back(console, found, around)
    world = console.world
    if kind == "csv":
        content = csv_file(world, found, picked.measure)
    else:
        content = await asyncio.to_thread(workbook, world, found)
    mark = "shared" if picked.is_shared else "inside"
    name = world.texts(f"console.statistics.file_{mark}", title=title_of(world, found))
    return file_of(content, f"{name}.{kind}", _TYPES[kind])


async def count_again(console: Console, seat: Seat, request: Request) -> Response:
    """Count the county of a station or of county staff for the running month at once."""
    form = await console.form(seat, request)
    place = console.world.places.by_id.get(form["place"])
    if place is None or not may_see(console.world.places, seat.staff, place.id):
        return await console.refuse(seat, Action.STATISTICS)
    if place.level not in ("county", "township"):
        return console.to(PATH)
    county_id = place.id if place.level == "county" else place.parent_id
    await recount(console.database, console.world, county_id)
    query = {"name": form["name"], "place": place.id, "month": this_month(console.world)}
    return console.to(PATH, "console.statistics.told.counted", **query)


async def _found(
    console: Console, reading: Reading, picked: Picked
) -> tuple[Answer, list[Surroundings]]:
    """Return a table, and what decides which of its numbers are shared if it is to be."""
    places = console.world.places
    found = await answer(reading, places, picked.ask)
    return found, await surroundings(reading, places, found) if picked.is_shared else []


async def kept_back(console: Console, found: Answer, around: list[Surroundings]) -> Answer:
    """Return a table as it may be shared; a large one takes seconds, so in a thread."""
    smallest = console.settings.statistics.smallest
    async with console.sharing:
        return await asyncio.to_thread(as_shared, found, around, smallest)


def _table_page(
    console: Console, seat: Seat, picked: Picked, found: Answer, months: list[str]
) -> Response:
    texts, places, ask = console.world.texts, console.world.places, picked.ask
    held = above(places, ask.place_id)
    top = next(one for one in scopes(seat.staff) if one in held)
    definitions = load_definitions()
    place = places.by_id.get(ask.place_id)
    is_local = place is not None and place.level in ("county", "township")
    return console.page(
        seat,
        "statistics.html",
        picked=picked,
        fields=parse_qsl(picked.query(), keep_blank_values=True),
        grid=compact(grid_of(found, picked.measure, texts("console.statistics.total")), found),
        bars=bars_of(found),
        title=title_of(console.world, found),
        notes=notes_of(console.world, found),
        tables=tables(),
        places=places_near(places, top, ask.place_id),
        months=[(one, definitions.label("month", one)) for one in months],
        rows=rows_of(ask.name),
        columns=columns_of(ask.name),
        narrowings=narrowings(ask, texts("console.statistics.all")),
        measures=[(one, texts(f"console.statistics.measure.{one}")) for one in MEASURES],
        deeper=goes_deeper(places, ask),
        by_place=ask.layout.rows == PLACE,
        known=places.by_id,
        can_list=quality.can_list(seat.staff),
        can_count=is_local and ask.month == this_month(console.world),
    )
