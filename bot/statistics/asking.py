"""Asks for a monthly table: of which place, by what. Pages, files and answers all begin here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.definitions import load_definitions
from bot.places import Place, Places
from conversations.scope import PROVINCE
from conversations.statistics.definitions import PLACE
from conversations.statistics.sharing import Surroundings, shared_among
from conversations.statistics.tables import Cells, Layout, Source, Table, tabulated
from storage import statistics
from storage.statistics import REST, Month
from storage.transaction import Reading

# The official code of the province, which is none of our divisions.
PROVINCE_CODE: Final = "140000"
DEPTHS: Final = (1, 2)


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked for.

    Args of the constructor, where not plain:
        place_id: of a division, or `PROVINCE`.
        depth: how many levels below the place are shown, where the lines are places.
    """

    name: str
    place_id: str
    month: str
    layout: Layout
    depth: int = 1


@dataclass(frozen=True, slots=True)
class Answer:
    """A table with those that it is compared with.

    Args of the constructor, where not plain:
        counted_at: when the county was counted that was counted longest ago; None for none.
        month_before, year_before: None where those months were never counted.
    """

    ask: Ask
    month: Month
    counted_at: datetime | None
    table: Table
    month_before: Table | None
    year_before: Table | None

    @property
    def is_closed(self) -> bool:
        """Tell whether the numbers can never change any more."""
        return self.month.state == "closed"


class Unreadable(Exception):
    """Something that was asked for is not there: in which field, and what could stand in it."""

    def __init__(self, field: str, allowed: Iterable[str] = ()) -> None:
        super().__init__(field)
        self.field = field
        self.allowed = tuple(allowed)


def layout_of(name: str, rows: str, columns: str, keep: Mapping[str, str]) -> Layout:
    """Return how a table is laid out; what is left open is laid out as it is best read.

    Raises:
        Unreadable: the table or one of its dimensions is not known.
    """
    definitions = load_definitions()
    if name not in definitions.tables:
        raise Unreadable("name", definitions.tables)
    table = definitions.tables[name]
    kept = {dimension: code for dimension, code in keep.items() if code != "*"}
    for field, given in (("rows", rows), ("columns", columns)):
        if given and given not in (*table.dimensions, *((PLACE,) if field == "rows" else ())):
            raise Unreadable(field, table.dimensions)
    across = columns or table.topic
    if rows == across:
        across = next((one for one in table.dimensions if one != rows), across)
    if rows == across or not kept.keys() <= set(table.dimensions):
        raise Unreadable("columns" if rows == across else "keep", table.dimensions)
    return Layout(rows or PLACE, across, tuple(sorted(kept.items())))


async def answer(reading: Reading, places: Places, ask: Ask) -> Answer:
    """Return the table that is asked for.

    Raises:
        Unreadable: nothing was counted for that month.
    """
    month = await statistics.month(reading, ask.month)
    if month is None:
        raise Unreadable("month", [one.month for one in await statistics.months(reading)])
    counted = await statistics.counted_at(reading, ask.month)
    held = {one.id for one in counties_of(places, ask.place_id)}
    tables = []
    for name in (ask.month, statistics.month_before(ask.month), _year_before(ask.month)):
        is_there = name == ask.month or await statistics.month(reading, name) is not None
        tables.append(await _table(reading, places, ask, name) if is_there else None)
    now, month_before, year_before = tables
    if now is None:
        raise Unreadable("month")
    at = min((when for county, when in counted.items() if county in held), default=None)
    return Answer(ask, month, at, now, month_before, year_before)


async def surroundings(reading: Reading, places: Places, found: Answer) -> list[Surroundings]:
    """Return what decides which numbers of an answer's tables are shared, table by table."""
    return [await _around(reading, places, found.ask, month) for month, _ in _tables(found)]


def as_shared(found: Answer, around: Sequence[Surroundings], smallest: int) -> Answer:
    """Return an answer as it may leave the house; what it is compared with is kept back too."""
    definitions, place_id = load_definitions(), found.ask.place_id
    kept = {
        month: shared_among(definitions, table, place_id, beside, smallest)
        for (month, table), beside in zip(_tables(found), around, strict=True)
    }
    month = found.ask.month
    before, year = statistics.month_before(month), _year_before(month)
    return replace(
        found, table=kept[month], month_before=kept.get(before), year_before=kept.get(year)
    )


def _tables(found: Answer) -> list[tuple[str, Table]]:
    """Return the tables of an answer that are there, each with its month."""
    month = found.ask.month
    every = {
        month: found.table,
        statistics.month_before(month): found.month_before,
        _year_before(month): found.year_before,
    }
    return [(name, table) for name, table in every.items() if table is not None]


def counties_of(places: Places, place_id: str) -> list[Place]:
    """Return the counties that a place holds, or the one that it lies in."""
    place = places.by_id.get(place_id)
    if place is not None and place.level == "township":
        return [places.by_id[place.parent_id]]
    counties = [one for one in places.by_id.values() if one.level == "county"]
    return [one for one in counties if place_id in (PROVINCE, one.id, one.parent_id)]


def named(places: Places, place_id: str) -> tuple[str, str]:
    """Return the official code and the name of a place.

    Raises:
        Unreadable: there is none.
    """
    if place_id == PROVINCE:
        return PROVINCE_CODE, load_definitions().words.province
    place = places.by_id.get(place_id)
    if place is None:
        raise Unreadable("place")
    return place.code, place.name


def below(places: Places, place_id: str) -> list[Place]:
    """Return the divisions right below a place."""
    parent = "" if place_id == PROVINCE else place_id
    if parent:
        return [one for one in places.by_id.values() if one.parent_id == parent]
    return [one for one in places.by_id.values() if one.level == "city"]


def _year_before(month: str) -> str:
    return statistics.month_before(month, 12)


async def _table(reading: Reading, places: Places, ask: Ask, month: str) -> Table:
    sources = await _sources(reading, places, ask, month)
    total = named(places, ask.place_id)
    return tabulated(load_definitions(), ask.name, ask.layout, sources, total)


async def _sources(reading: Reading, places: Places, ask: Ask, month: str) -> list[Source]:
    """Return the parts of a place; each comes before its own parts."""
    place = places.by_id.get(ask.place_id)
    depth = ask.depth if ask.layout.rows == PLACE else 1
    if place is not None and place.level in ("county", "township"):
        return await _townships(reading, places, ask, month, place)
    found: list[Source] = []
    held = counties_of(places, ask.place_id)
    cells = await statistics.of_counties(reading, month, [one.id for one in held], ask.name)
    counties = [_source(one, cells.get(one.id, {})) for one in held]
    if place is not None:
        for one in counties:
            parts = await _parts(reading, places, ask, month, one.id) if depth > 1 else []
            found += [one, *(replace(part, within=one.id) for part in parts)]
        return found
    for city in below(places, PROVINCE):
        own = [one for one in counties if places.by_id[one.id].parent_id == city.id]
        found.append(_source(city, summed(one.cells for one in own)))
        if depth > 1:
            found += [replace(one, within=city.id) for one in own]
    return found


async def _around(reading: Reading, places: Places, ask: Ask, month: str) -> Surroundings:
    """Return the parts of all that a place lies in, and of those whose parts are shown."""
    place = places.by_id.get(ask.place_id)
    path = (
        [PROVINCE]
        if place is None
        else [PROVINCE, *(one.id for one in [*places.above(place)][::-1])]
    )
    if ask.layout.rows == PLACE and place is not None and place.level != "township":
        path.append(place.id)
    if ask.layout.rows == PLACE and ask.depth > 1:
        path += [one.id for one in below(places, ask.place_id) if one.level != "township"]
    by_place = replace(ask.layout, rows=PLACE)
    asks = [Ask(ask.name, one, month, by_place) for one in path]
    return Surroundings(
        {one.place_id: await _sources(reading, places, one, month) for one in asks}
    )


async def _townships(
    reading: Reading, places: Places, ask: Ask, month: str, place: Place
) -> list[Source]:
    if place.level == "county":
        return await _parts(reading, places, ask, month, place.id)
    parts = await _parts(reading, places, ask, month, place.parent_id)
    return [one for one in parts if one.id == place.id]


async def _parts(
    reading: Reading, places: Places, ask: Ask, month: str, county_id: str
) -> list[Source]:
    """Return the townships of a county, and who told of none."""
    cells = await statistics.of_county(reading, month, county_id, ask.name)
    found = [_source(one, cells.pop(one.id, {})) for one in below(places, county_id)]
    cells.pop(county_id, None)
    rest = summed(cells.values())
    if rest:
        words = load_definitions().words.rest
        found.append(Source(county_id + REST, "", words, rest))
    return found


def summed(many: Iterable[Cells]) -> Cells:
    """Return the cells of several places together."""
    found: dict[tuple[str, ...], int] = {}
    for cells in many:
        for key, count in cells.items():
            found[key] = found.get(key, 0) + count
    return found


def _source(place: Place, cells: Cells) -> Source:
    return Source(place.id, place.code, place.name, cells)
