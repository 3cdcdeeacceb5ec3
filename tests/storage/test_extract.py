"""Reading for an export: whole, in order, in bounded chunks, at one moment."""

from dataclasses import replace
from datetime import timedelta

from storage import people
from storage.database import Database
from storage.extract import export_counts, export_rows
from storage.submissions import submit
from tests.storage.made_up import COUNTY, NOW, begin, report, submission


async def read(database: Database, cycle: int | None = None, chunk: int = 2) -> list[list[str]]:
    """Return the names in each chunk."""
    async with database.reading() as reading:
        return [
            [row.answers["/data/name[1]"] for row in rows]
            async for rows in export_rows(reading, COUNTY, cycle=cycle, chunk=chunk)
        ]


async def test_records_come_in_bounded_chunks_each_once(database: Database) -> None:
    for serial in range(5):
        await report(database, serial, now=NOW + timedelta(seconds=serial))
    chunks = await read(database)
    assert [len(chunk) for chunk in chunks] == [2, 2, 1]
    names = [name for chunk in chunks for name in chunk]
    assert sorted(names) == [f"王{serial}" for serial in range(5)]
    async with database.reading() as reading:
        assert await export_counts(reading, COUNTY) == {"submitted": 5}
        assert await export_counts(reading, COUNTY, ["township-0008"]) == {}
        assert await export_counts(reading, "elsewhere") == {}


async def test_cases_erased_and_left_people_stay_out(database: Database) -> None:
    await report(database, 1)
    await report(database, 1, address="another chat")
    erased, left = await report(database, 2), await report(database, 3)
    async with database.transaction() as tx:
        await people.erase(tx, erased.person_id, "chat", NOW)
        await people.leave_range(tx, left.person_id, "04", "2026-11", NOW)
    assert await read(database) == [["王1"]]


async def test_a_cycle_reads_its_own_last_version(database: Database) -> None:
    await report(database, 1)
    for cycle, name in ((2026, "王一"), (2027, "王二")):
        _, interview = await begin(database)
        record = submission(1, cycle=cycle)
        named = replace(record, answers={**record.answers, "/data/name[1]": name})
        async with database.transaction() as tx:
            await submit(tx, interview, named, NOW)
    assert await read(database, 2026) == [["王一"]]
    assert await read(database, 2027) == await read(database) == [["王二"]]
    assert await read(database, 2025) == []


async def test_a_reader_that_stops_half_way_leaves_the_connection_usable(
    database: Database,
) -> None:
    for serial in range(4):
        await report(database, serial)
    async with database.reading() as reading:
        rows = export_rows(reading, COUNTY, chunk=1)
        await anext(rows)
        await rows.aclose()
        assert await export_counts(reading, COUNTY) == {"submitted": 4}
