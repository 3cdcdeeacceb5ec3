"""Planning at size: the whole province on PostgreSQL, a county on SQLite, and the ticker's cost.

`python -m bench.planning [PEOPLE]`: people of PostgreSQL, 8.1 million without it. Beside it the
usual way, a timer for each person (APScheduler): what adding one costs, and what its wake-up
costs when nothing is due.
"""

import asyncio
import resource
import statistics
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import asyncpg
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from pysqlite3 import dbapi2

from bench.engines import on_both
from bot.atlas import load_atlas
from bot.places import load_places
from bot.planning import PROVINCE as EVERYWHERE
from bot.planning import counties_of, planner
from bot.publishing import publish
from bot.settings import SHIPPED_FORM
from bot.settings_values import CHECKOUT
from bot.texts import load_texts
from bot.world import World
from conversations.hours import Hours
from storage import reminders
from storage.database import Database
from storage.vault import Vault
from tests import postgres

PROVINCE = 8_100_000
COUNTY = 70_000
# The first day of the year: every anniversary is ahead, and nothing is due.
NOW = datetime(2026, 12, 31, 17, tzinfo=UTC)
CYCLE = 2027
JOBS = 100_000
LOOKS = 20

PEOPLE = """
insert into person (id, state, township_id, county_id, due_on, due_slot, created_at, updated_at)
select
    {id}, 'active', 't1', {county}, date('2027-01-01', (n % 365) || ' days'),
    n * 7919 % 39600, 0, 0
from {numbers};
insert into chat (id, channel, address_digest, address, language, created_at)
select 'c' || {id}, 'telegram', {bytes}, {bytes}, 'zh', 0 from {numbers};
insert into chat_person (chat_id, person_id, relation, created_at)
select 'c' || {id}, {id}, '0', 0 from {numbers};
insert into projection (
    person_id, report_id, cycle, submitted_at, county_id, township_id, in_export)
select {id}, 'r' || {id}, 2026, 0, {county}, 't1', 1 from {numbers};
"""


def people_sql(engine: str, people: int, counties: Sequence[str]) -> str:
    """Return the statements that make so many people, their ids in no order of the counties."""
    names = ",".join(f"'{county}'" for county in counties)
    if engine == "postgres":
        return PEOPLE.replace(
            "date('2027-01-01', (n % 365) || ' days')",
            "to_char(date '2027-01-01' + cast(n % 365 as integer), 'YYYY-MM-DD')",
        ).format(
            id="'01939000-0000-7000-8000-' || lpad(to_hex(n), 12, '0')",
            county=f"(array[{names}])[n % {len(counties)} + 1]",
            bytes="decode(lpad(to_hex(n), 12, '0'), 'hex')",
            numbers=f"generate_series(1, cast({people} as bigint)) as n",
        )
    return PEOPLE.format(
        id="'01939000-0000-7000-8000-' || printf('%012x', n)",
        county=f"'{counties[0]}'",
        bytes="cast(printf('%012x', n) as blob)",
        numbers=f"(with recursive up (n) as (select 1 union all select n + 1 from up "
        f"where n < {people}) select n from up)",
    )


async def opened(url: str, folder: Path) -> tuple[Database, World]:
    """Return an empty database and the world that planning needs."""
    vault = Vault.open(folder / "keys" / "keys.json")
    database = await Database.open(url, vault)
    shelf = await publish(database, CHECKOUT / SHIPPED_FORM, NOW)
    places, zone = load_places(), ZoneInfo("Asia/Shanghai")
    world = World(shelf, load_texts("zh"), places, lambda: NOW, zone, Hours(), load_atlas(places))
    return database, world


async def plan(database: Database, world: World, scope_id: str) -> tuple[int, float]:
    """Plan a cycle; return how many rows were made in how many seconds."""
    start = time.perf_counter()
    async with planner(database, world, NOW) as ours:
        if ours is None:
            raise RuntimeError("somebody else is planning")
        made = await ours.anniversaries(scope_id, CYCLE)
    return made, time.perf_counter() - start


async def look_cost(database: Database) -> float:
    """Return the median milliseconds of a look of the ticker that finds nothing due."""
    took = []
    for _ in range(LOOKS):
        start = time.perf_counter()
        async with database.transaction() as tx:
            if await reminders.claim_due(tx, NOW, 50):
                raise RuntimeError("something was due")
        took.append(time.perf_counter() - start)
    return statistics.median(took) * 1000


async def on_sqlite(folder: Path) -> None:
    """Plan a county."""
    path = folder / "county.db"
    database, world = await opened(f"sqlite:///{path}", folder)
    county = counties_of(world.places, EVERYWHERE)[:1]
    connection = dbapi2.connect(str(path))
    connection.executescript(people_sql("sqlite", COUNTY, county))
    connection.close()
    made, seconds = await plan(database, world, county[0])
    show("sqlite: a county", made, COUNTY, seconds, 5)
    print(f"{'sqlite: nothing due':28} {await look_cost(database):>41.1f} ms  ≤ 20 ms")
    await database.close()


async def on_postgres(server: postgres.Server, folder: Path, people: int) -> None:
    """Plan the province."""
    url = server.url("postgres")
    database, world = await opened(url, folder)
    counties = counties_of(world.places, EVERYWHERE)
    connection: Any = await asyncpg.connect(url)
    await connection.execute("set session_replication_role = replica")
    for statement in people_sql("postgres", people, counties).strip().rstrip(";").split(";"):
        await connection.execute(statement)
    await connection.execute("analyze")
    await connection.close()
    print(f"{'people made':28} {people:>10}", flush=True)
    made, seconds = await plan(database, world, EVERYWHERE)
    show("postgres: the province", made, people, seconds, 300)
    print(f"{'postgres: nothing due':28} {await look_cost(database):>41.1f} ms  ≤ 20 ms")
    again, seconds = await plan(database, world, EVERYWHERE)
    print(f"{'postgres: the same again':28} {again:>10} rows {seconds:>8.1f} s")
    await database.close()


def show(name: str, made: int, people: int, seconds: float, target: float) -> None:
    """Print what planning took."""
    if made != people:
        raise RuntimeError(f"{made} rows for {people} people")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{name:28} {made:>10} rows {seconds:>8.1f} s {made / seconds:>9.0f} rows/s  ≤ {target} s"
        f"  peak {peak:.0f} MiB",
        flush=True,
    )


def on_timers() -> None:
    """Measure a timer for each person, the usual way, kept in memory."""
    scheduler = AsyncIOScheduler(jobstores={"default": MemoryJobStore()}, timezone="UTC")
    store: Any = None
    start = time.perf_counter()
    scheduler.start(paused=True)
    for number in range(JOBS):
        due_at = NOW + timedelta(days=number % 365 + 1, seconds=number * 7919 % 39600)
        scheduler.add_job(print, "date", run_date=due_at, args=[number], id=str(number))
    seconds = time.perf_counter() - start
    store = scheduler._jobstores["default"]
    looks = []
    for _ in range(LOOKS):
        start = time.perf_counter()
        store.get_due_jobs(NOW)
        looks.append(time.perf_counter() - start)
    name, rate = "APScheduler: a timer each", JOBS / seconds
    print(f"{name:28} {JOBS:>10} jobs {seconds:>8.1f} s {rate:>9.0f} jobs/s  in memory")
    print(f"{'APScheduler: nothing due':28} {statistics.median(looks) * 1000:>41.1f} ms")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{'APScheduler: peak':28} {peak:>40.0f} MiB", flush=True)
    scheduler.shutdown(wait=False)


async def timers() -> None:
    """Run the timers inside of a loop, as their scheduler wants it."""
    await asyncio.sleep(0)
    on_timers()


def main(people: int) -> None:
    """Print the table; the rivals come last, so that their memory does not count as ours."""
    on_both(on_sqlite, on_postgres, people)
    asyncio.run(timers())


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PROVINCE)
