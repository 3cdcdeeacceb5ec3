"""Monthly tables: counted county by county, kept by township and county, closed once and for all.

What a month says is what was known when its county was last counted for it: a correction that
comes later is in a later month.
"""

import asyncio
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from conversations.statistics.definitions import Definitions
from conversations.statistics.tables import Cells
from storage.database import Database
from storage.times import from_micros, to_micros
from storage.transaction import Reading, Row, Transaction

State = Literal["open", "closing", "closed"]
# What is added to a county's id for those of whom nobody knows the township.
REST: Final = "-"
_SEPARATOR: Final = "|"
# So many people are counted by one call, which must not take longer than a call may.
_PIECE: Final = 10_000
# Cells by place and table, while a county is counted.
_Found = dict[tuple[str, str], Counter[str]]


@dataclass(frozen=True, slots=True)
class Month:
    """A month, as `2026-11`; `since` is when its state began."""

    month: str
    state: State
    since: datetime


async def month(reading: Reading, name: str) -> Month | None:
    """Return a month; None where nothing was counted for it."""
    row = await reading.one("statistics.month", month=name)
    return None if row is None else _month(row)


async def months(reading: Reading) -> list[Month]:
    """Return all months that were counted, the oldest first."""
    return [_month(row) for row in await reading.all("statistics.months")]


async def begin(
    tx: Transaction, name: str, state: Literal["open", "closing"], at: datetime
) -> None:
    """Note that a month is counted, or is being counted for the last time."""
    await tx.one("statistics.begin", month=name, state=state, now=to_micros(at))


async def close(tx: Transaction, name: str, at: datetime) -> bool:
    """Close a month that was being closed; from now on its cells never change."""
    return await tx.one("statistics.close", month=name, now=to_micros(at)) is not None


async def counted_at(reading: Reading, name: str) -> dict[str, datetime]:
    """Return when each county was last counted for a month."""
    rows = await reading.all("statistics.parts", month=name)
    return {row["county_id"]: from_micros(row["counted_at"]) for row in rows}


async def inhabited(reading: Reading, counties: Iterable[str]) -> set[str]:
    """Return those of the counties whose people sent a report."""
    rows = await reading.all("statistics.inhabited", counties=json.dumps([*counties]))
    return {row["county_id"] for row in rows}


async def count(
    database: Database,
    definitions: Definitions,
    name: str,
    county_id: str,
    now: datetime,
    *,
    piece: int = _PIECE,
) -> bool:
    """Count a county for a month and keep what was found, in the place of what was there.

    Args:
        piece: how many people are looked at by one call.

    Returns:
        False when the month is closed, or was never begun.
    """
    found: _Found = {}
    async with database.reading() as reading:
        after = ""
        while last := (await _end_of(reading, county_id, after, piece)):
            rows = await _rows(reading, definitions, name, county_id, (after, last))
            await asyncio.to_thread(_add, found, rows, definitions, county_id)
            after = last
    packed = await asyncio.to_thread(_packed, found)
    async with database.transaction() as tx:
        if await tx.one("statistics.hold", month=name) is None:
            return False
        await tx.all("statistics.forget", month=name, county_id=county_id)
        cells = [{"month": name, "county_id": county_id, **one} for one in packed]
        await tx.each("statistics.keep", cells)
        await tx.one("statistics.note_part", month=name, county_id=county_id, now=to_micros(now))
    return True


async def _end_of(reading: Reading, county_id: str, after: str, most: int) -> str:
    """Return where the next piece of a county ends; "" at its end."""
    row = await reading.the("statistics.piece", county_id=county_id, after=after, most=most)
    return row["last"] or ""


async def _rows(
    reading: Reading, definitions: Definitions, name: str, county_id: str, piece: tuple[str, str]
) -> list[Row]:
    """Return what is counted of a piece of a county, from one person to another."""
    limits = {f"age{at}": last for at, last in enumerate(definitions.ages.last, 1)}
    return await reading.all(
        "statistics.counted",
        county_id=county_id,
        after=piece[0],
        last=piece[1],
        year=int(name[:4]),
        **limits,
    )


def _add(found: _Found, rows: Sequence[Row], definitions: Definitions, county_id: str) -> None:
    """Add what was counted to the cells of each township, by table, and to those of the county."""
    tables = definitions.tables
    several = {
        name: table.dimensions.index(table.several) if table.several else -1
        for name, table in tables.items()
    }
    for row in rows:
        name, township = row["name"], row["township_id"] or county_id + REST
        keys = _each(row["who"] + row["said"], several[name])
        for place in (township, county_id):
            cells = found.setdefault((place, name), Counter())
            for key in keys:
                cells[key] += row["count"]


def _packed(found: _Found) -> list[dict[str, str]]:
    """Return the cells as they are kept."""
    return [
        {"place_id": place, "name": name, "cells": json.dumps(cells, separators=(",", ":"))}
        for (place, name), cells in found.items()
    ]


def _each(key: str, at: int) -> list[str]:
    """Return the keys of a row: one for each code of the dimension that may hold several."""
    if at < 0:
        return [key]
    parts = key.split(_SEPARATOR)
    codes = dict.fromkeys(parts[at].split()) or {"": None}
    return [_SEPARATOR.join((*parts[:at], code, *parts[at + 1 :])) for code in codes]


async def of_county(reading: Reading, name: str, county_id: str, table: str) -> dict[str, Cells]:
    """Return a table's cells of a county and of each of its townships, by place."""
    rows = await reading.all("statistics.of_county", month=name, county_id=county_id, name=table)
    return {row["place_id"]: unpacked(row["cells"]) for row in rows}


async def of_counties(
    reading: Reading, name: str, counties: Iterable[str], table: str
) -> dict[str, Cells]:
    """Return a table's cells of these counties, by county."""
    rows = await reading.all(
        "statistics.of_counties", month=name, name=table, counties=json.dumps([*counties])
    )
    return {row["place_id"]: unpacked(row["cells"]) for row in rows}


def unpacked(text: str) -> Cells:
    """Return cells from the form in which they are kept."""
    cells: Mapping[str, int] = json.loads(text)
    return {tuple(key.split(_SEPARATOR)): number for key, number in cells.items()}


def month_of(local: datetime) -> str:
    """Return the month of a local moment, as `2026-11`."""
    return f"{local.year:04d}-{local.month:02d}"


def month_before(name: str, back: int = 1) -> str:
    """Return the month so many before another one."""
    at = int(name[:4]) * 12 + int(name[5:7]) - 1 - back
    return f"{at // 12:04d}-{at % 12 + 1:02d}"


def _month(row: Row) -> Month:
    return Month(row["month"], row["state"], from_micros(row["since"]))
