"""One function gives every table, and it says what counting by hand says."""

import csv
import io
from collections import Counter
from datetime import timedelta
from itertools import product
from pathlib import Path

import openpyxl
import pytest

from bot.definitions import load_definitions
from bot.statistics.asking import (
    Answer,
    Ask,
    Unreadable,
    answer,
    as_shared,
    layout_of,
    surroundings,
)
from bot.statistics.files import csv_file, workbook
from bot.statistics.making import keep_up
from bot.statistics.showing import grid_of
from bot.world import World
from conversations.statistics.definitions import MEASURES
from conversations.statistics.tables import Line
from storage.database import Database
from tests.statistics.counted_by_hand import counted
from tests.statistics.crowd import NOW, PUBLIC, Somebody, at, crowd, keep, world_of

PROVINCE = "province"
TABLES = load_definitions().tables
NAMES = ("employment", "flow", "training_trade", "job_wish", "people")
ASKED = ((PROVINCE, 1), (PROVINCE, 2), ("c08", 1), ("c08", 2), ("k065", 1), ("t0727", 1))


async def counted_crowd(database: Database, count: int = 300) -> tuple[World, list[Somebody]]:
    """Return a world in which this month was counted, and its people."""
    world, people = await world_of(database), crowd(count)
    await keep(database, people, world.shelf.hash)
    await keep_up(database, world)
    return world, people


async def asked(database: Database, ask: Ask) -> Answer:
    async with database.reading() as reading:
        return await answer(reading, PUBLIC, ask)


async def shared(database: Database, ask: Ask) -> Answer:
    async with database.reading() as reading:
        found = await answer(reading, PUBLIC, ask)
        around = await surroundings(reading, PUBLIC, found)
    return as_shared(found, around, 5)


def numbers(line: Line, found: Answer) -> dict[str, int]:
    """Return what stands in a line, by code, without the zeros."""
    pairs = zip(found.table.columns, line.counts, strict=True)
    return {option.code: count for option, count in pairs if count}


async def test_lines_by_place_on_every_level(database: Database) -> None:
    _, people = await counted_crowd(database)
    by_hand = counted(people, 2026)
    for name, (place, depth) in product(NAMES, ASKED):
        layout = layout_of(name, "", "", {})
        found = await asked(database, Ask(name, place, "2026-11", layout, depth))
        column = TABLES[name].dimensions.index(layout.columns)
        for line in found.table.lines:
            expected: Counter[str] = Counter()
            for key, count in by_hand.get((line.id, name), Counter()).items():
                expected[key[column]] += count
            assert numbers(line, found) == dict(expected)
            assert line.total == sum(expected.values())
        assert found.table.total.total == sum(by_hand[place, name].values())


async def test_lines_by_age_narrowed_to_women(database: Database) -> None:
    _, people = await counted_crowd(database)
    layout = layout_of("employment", "age", "status", {"sex": "2"})
    found = await asked(database, Ask("employment", "c08", "2026-11", layout))
    expected: Counter[tuple[str, str]] = Counter()
    for key, count in counted(people, 2026)["c08", "employment"].items():
        if key[1] == "2":
            expected[key[0], key[3]] += count
    shown = {
        (line.code, code): count
        for line in found.table.lines
        for code, count in numbers(line, found).items()
    }
    assert shown == dict(expected)


async def test_changes_are_against_the_month_before(database: Database) -> None:
    world, people = await world_of(database), crowd(80)
    await keep(database, people[:50], world.shelf.hash)
    await keep_up(database, world)
    await keep(database, people[50:], world.shelf.hash)
    later = at(world, NOW + timedelta(days=30))
    await keep_up(database, later)
    layout = layout_of("people", "", "sex", {})
    found = await asked(database, Ask("people", PROVINCE, "2026-12", layout))
    grown = sum(counted(people, 2026)[PROVINCE, "people"].values()) - sum(
        counted(people[:50], 2026)[PROVINCE, "people"].values()
    )
    assert grid_of(found, "month", "合计").rows[-1].numbers[-1] == grown > 0
    assert grid_of(found, "year", "合计").rows[-1].numbers[-1] is None


@pytest.mark.parametrize("is_shared", [False, True])
async def test_the_files_hold_the_numbers_of_the_page(
    database: Database, tmp_path: Path, is_shared: bool
) -> None:
    world, _ = await counted_crowd(database)
    layout = layout_of("income", "", "", {})
    found = await asked(database, Ask("income", "c08", "2026-11", layout, 2))
    if is_shared:
        found = await shared(database, found.ask)
    path = tmp_path / "table.xlsx"
    path.write_bytes(workbook(world, found))
    book = openpyxl.load_workbook(path)
    assert len(book.sheetnames) == len(MEASURES) + 1
    for place, measure in enumerate(MEASURES):
        grid = grid_of(found, measure, "合计")
        rows = list(csv.reader(io.StringIO(csv_file(world, found, measure).decode("utf-8-sig"))))
        cells = [list(row) for row in book.worksheets[place].iter_rows(values_only=True)]
        body = cells[-len(grid.rows) :]
        for row, in_csv, in_xlsx in zip(grid.rows, rows[1:], body, strict=True):
            for number, text, cell in zip(row.numbers, in_csv[2:], in_xlsx[2:], strict=True):
                if number is None:
                    assert (text, cell) in (("*", "*"), ("—", "—"))
                else:
                    assert float(text) == pytest.approx(number, abs=1e-6)
                    assert cell == pytest.approx(number, abs=1e-6)
    assert (found.table.hidden > 0) is is_shared


async def test_a_county_keeps_back_what_its_city_keeps_back_of_it(database: Database) -> None:
    await counted_crowd(database)
    kept = 0
    for columns in ("income", "age"):
        layout = layout_of("income", "", columns, {"sex": "2"})
        city = await shared(database, Ask("income", "c08", "2026-11", layout))
        for line in city.table.lines:
            told = dict(zip(city.table.columns, line.counts, strict=True))
            turned = layout_of("income", "education", columns, {"sex": "2"})
            for other in (layout, turned):
                county = await shared(database, Ask("income", line.id, "2026-11", other))
                total = zip(county.table.columns, county.table.total.counts, strict=True)
                assert dict(total).items() <= told.items()
                assert county.table.total.total == line.total
            kept += sum(number is None for number in line.counts)
    assert kept > 0


@pytest.mark.parametrize("name", NAMES)
async def test_no_small_number_is_shared(database: Database, name: str) -> None:
    await counted_crowd(database)
    kept = 0
    for (place, depth), rows in product(ASKED, ("", TABLES[name].dimensions[0])):
        ask = Ask(name, place, "2026-11", layout_of(name, rows, "", {}), depth)
        whole, cut = (await asked(database, ask)).table, (await shared(database, ask)).table
        for line, seen in zip(whole.all_lines, cut.all_lines, strict=True):
            numbers = zip((*line.counts, line.total), (*seen.counts, seen.total), strict=True)
            for number, shown in numbers:
                assert number is not None
                assert shown is None if 0 < number < 5 else shown in (None, number)
                kept += shown is None
    assert kept > 0


async def test_what_is_not_there_is_named(database: Database) -> None:
    await counted_crowd(database, 20)
    with pytest.raises(Unreadable) as wrong:
        layout_of("weather", "", "", {})
    assert wrong.value.field == "name"
    with pytest.raises(Unreadable) as wrong:
        layout_of("employment", "", "trade", {})
    assert wrong.value.field == "columns"
    with pytest.raises(Unreadable) as wrong:
        await asked(database, Ask("people", "c08", "2019-01", layout_of("people", "", "", {})))
    assert (wrong.value.field, wrong.value.allowed) == ("month", ("2026-11",))
