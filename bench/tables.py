"""Monthly tables at size: a county on SQLite, the province on PostgreSQL, and looking at them.

`python -m bench.tables [PEOPLE]`: people of PostgreSQL, 800,000 without it.
"""

import asyncio
import resource
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import asyncpg
from pysqlite3 import dbapi2

from bench.engines import on_both
from bench.planning import opened
from bot.places import Places
from bot.statistics.asking import Ask, answer, as_shared, counties_of, layout_of, surroundings
from bot.statistics.making import close, keep_up
from bot.world import World
from conversations.scope import PROVINCE
from storage import quality
from storage.database import Database
from tests import postgres
from tests.statistics.crowd import at

PEOPLE: Final = 800_000
COUNTY: Final = 70_000
NOW: Final = datetime(2026, 11, 20, 2, tzinfo=UTC)
MONTH: Final = "2026-11"

# Answers drawn by primes, so that they do not go together; a third wants training.
_SQL: Final = """
insert into person (id, state, township_id, county_id, created_at, updated_at)
select 'p' || n, 'active', {township}, {county}, 0, 0 from {numbers};
insert into report (
    id, person_id, version, cycle, form_hash, submitted_at, informant_relation,
    collection_method, state, reference, answers)
select 'r' || n, 'p' || n, 1, 2026, 'f', 0, '0', '1', 'submitted', 'x' || n, {empty}
from {numbers};
insert into projection (
    person_id, report_id, cycle, submitted_at, city_id, county_id, township_id, birth_year, sex,
    education, employment_status, employment_form, work_industry, income_band,
    stable_employment, startup_status, returnee_startup, transfer_region, work_province,
    unemployed_reason, job_intent, job_industry, expected_salary, expected_place,
    training_intent, training_month, training_place, training_trade, informant_relation,
    collection_method, in_export, minutes, is_unchanged)
select
    'p' || n, 'r' || n, 2026, 0, 'c', {county}, {township}, 1962 + n * 7919 % 48,
    {sex}, {education}, {status},
    case when n % 3 < 2 then {form} end, case when n % 3 < 2 then {industry} end,
    case when n % 13 < 11 then {band} end, case when n % 3 < 2 then {stable} end,
    case when n % 11 = 0 then '1' else '0' end, case when n % 11 = 0 then '1' end,
    case when n % 3 < 2 then {region} end,
    case when n % 5 = 0 then {province} end, case when n % 3 = 2 then {reason} end,
    case when n % 4 = 0 then '1' else '0' end, case when n % 4 = 0 then {industry} end,
    case when n % 4 = 0 then {salary} end, case when n % 4 = 0 then {place} end,
    case when n % 7 < 2 then '1' else '0' end, case when n % 7 < 2 then {month} end,
    case when n % 7 < 2 then {training_place} end, case when n % 7 < 2 then {trades} end,
    case when n % 5 = 0 then '1' else '0' end, '1', 1, n * 31 % 60, n % 2
from {numbers};
"""
_DRAWN: Final = {
    "sex": (17, "12"),
    "education": (1299709, ("71", "71", "71", "81", "61", "41", "90", "31", "21")),
    "status": (1, "112"),
    "form": (104729, "1124"),
    "industry": (1299721, "CCCEEEBGHFOAN"),
    "band": (224737, "1234567"),
    "stable": (350377, "112"),
    "region": (15485863, "1123456"),
    "province": (32452843, ("110000", "120000", "130000", "610000", "320000", "330000")),
    "reason": (49979687, "1234567"),
    "salary": (67867967, "01234567"),
    "place": (86028121, "123450"),
    "month": (961748941, ("2026-12", "2027-01", "2027-03", "2027-04", "2027-06")),
    "training_place": (982451653, "12345670"),
    "trades": (122949823, ("01", "09", "10 09", "12", "07 01", "20", "16 20", "26", "02 01")),
}


def people_sql(people: int, places: Places, counties: list[str], engine: str) -> str:
    """Return the statements that make so many people in these counties."""
    towns = [
        f"('{one.parent_id}','{one.id}')"
        for one in places.by_id.values()
        if one.level == "township" and one.parent_id in counties
    ]
    # Neighbours in the table are people of one place, as those who come in with a roster are.
    size = people // len(towns) + 1
    if engine == "postgres":
        numbers = f"generate_series(0, cast({people - 1} as bigint)) as n"
        array = f"(array[{','.join(one.split(',')[1][:-1] for one in towns)}])[n / {size} + 1]"
        above = f"(array[{','.join(one.split(',')[0][1:] for one in towns)}])[n / {size} + 1]"
        picked = {name: _array(*drawn) for name, drawn in _DRAWN.items()}
        return _SQL.format(
            numbers=numbers, township=array, county=above, empty="'\\x00'", **picked
        )
    numbers = (
        f"(with recursive up (n) as (select 0 union all select n + 1 from up "
        f"where n < {people - 1}) select n from up)"
    )
    names = ",".join(one.split(",")[1][:-1] for one in towns)
    township = f"json_extract(json_array({names}), '$[' || (n / {size}) || ']')"
    picked = {name: _json(*drawn) for name, drawn in _DRAWN.items()}
    return _SQL.format(
        numbers=numbers, township=township, county=f"'{counties[0]}'", empty="x'00'", **picked
    )


def _array(prime: int, codes: Any) -> str:
    names = ",".join(f"'{code}'" for code in codes)
    return f"(array[{names}])[(n * {prime} / 7) % {len(codes)} + 1]"


def _json(prime: int, codes: Any) -> str:
    names = ",".join(f"'{code}'" for code in codes)
    return f"json_extract(json_array({names}), '$[' || ((n * {prime} / 7) % {len(codes)}) || ']')"


async def timed(name: str, work: Callable[[], Awaitable[object]], target: str = "") -> None:
    """Run something and print how long it took."""
    start = time.perf_counter()
    await work()
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name:44} {seconds * 1000:>10.0f} ms  {target:12} peak {peak:.0f} MiB", flush=True)


async def measure(database: Database, world: World, people: int, top: str, kind: str) -> None:
    """Count, look, and close."""
    world = at(world, NOW)
    places, first = world.places, counties_of(world.places, top)[0].id
    await timed(f"{kind}: {people} people counted", lambda: keep_up(database, world))

    def look(name: str, place: str, depth: int = 1, *, is_shared: bool = False) -> Any:
        async def looked() -> None:
            ask = Ask(name, place, MONTH, layout_of(name, "", "", {}), depth)
            async with database.reading() as reading:
                found = await answer(reading, places, ask)
                around = await surroundings(reading, places, found) if is_shared else []
            if is_shared:
                await asyncio.to_thread(as_shared, found, around, 5)

        return looked

    async def cards() -> None:
        async with database.reading() as reading:
            await quality.tallies(reading, first, 2026, NOW - timedelta(days=300))

    for name in ("employment", "training_wish"):
        await timed(f"{kind}: {name} of a county", look(name, first), "≤ 200 ms")
        await timed(f"{kind}: the same, shared", look(name, first, is_shared=True))
        if top == PROVINCE:
            await timed(f"{kind}: {name} of the province", look(name, top), "≤ 1 s")
            await timed(
                f"{kind}: the same to its counties, shared", look(name, top, 2, is_shared=True)
            )
    await timed(f"{kind}: quality cards of a county", cards)
    later = at(world, datetime(2026, 11, 30, 17, tzinfo=UTC))
    await timed(f"{kind}: the month closed", lambda: close(database, later, MONTH))


async def on_sqlite(folder: Path) -> None:
    """Measure a county."""
    path = folder / "county.db"
    database, world = await opened(f"sqlite:///{path}", folder)
    connection = dbapi2.connect(str(path))
    connection.executescript(people_sql(COUNTY, world.places, ["k065"], "sqlite"))
    connection.close()
    await measure(database, world, COUNTY, "k065", "sqlite")
    await database.close()


async def on_postgres(server: postgres.Server, folder: Path, people: int) -> None:
    """Measure the province."""
    url = server.url("postgres")
    database, world = await opened(url, folder)
    connection: Any = await asyncpg.connect(url)
    await connection.execute("set session_replication_role = replica")
    counties = [one.id for one in counties_of(world.places, PROVINCE)]
    sql = people_sql(people, world.places, counties, "postgres")
    for statement in sql.strip().rstrip(";").split(";"):
        await connection.execute(statement)
    await connection.execute("analyze")
    await measure(database, world, people, PROVINCE, "postgres")
    size = await connection.fetchval("select pg_total_relation_size('statistic')")
    rows = await connection.fetchval("select count(*) from statistic")
    print(f"{'postgres: a month on disk':44} {size / 1e6:>10.1f} MB in {rows} rows")
    await connection.close()
    await database.close()


def main(people: int) -> None:
    """Print the table."""
    on_both(on_sqlite, on_postgres, people)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE)
