"""Progress at size: a county on SQLite, the province on PostgreSQL.

`python -m bench.progress [PEOPLE]`: people of PostgreSQL, 8.1 million without it. They are put in
with the triggers off, for what is measured is not how they came, and counted by the recount that
operators have too; then everything that a page shows is read. Changes go through the triggers.
"""

import resource
import statistics
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import asyncpg
from pysqlite3 import dbapi2

from bench.engines import on_both
from bench.planning import COUNTY, NOW, PROVINCE, opened
from bot.progress.bulletin import Bulletin, bulletin_of, draw, picture
from bot.progress.folding import fold_all
from bot.progress.overview import ledger_of, overview, trend_of
from bot.progress.tree import counting_of
from bot.progress.villages import villages_of
from bot.world import World
from conversations.scope import PROVINCE as EVERYWHERE
from storage.database import Database
from storage.recounting import one_moment, recount
from storage.times import to_micros
from tests import postgres

CYCLE = 2026
LOOKS = 20
CHANGES = 100_000
HOUR = 3_600_000_000
# The first midnight of the cycle in Shanxi; stages were come to on any of 320 days after it.
BEGIN = 1_767_196_800_000_000

PERSON = """
insert into person (id, state, township_id, county_id, created_at, updated_at)
select {id}, 'active', {township}, {county}, {at}, {at} from {numbers}
"""
STANDING = """
insert into cycle_standing (person_id, cycle, township_id, county_id, stage, changed_at)
select {id}, 2026, {township}, {county}, {stage}, {at} from {numbers} where n % 10 < 8
"""
# One in a hundred of the real size has begun and not finished, one in a hundred turns 16 later.
BEGUN = """
insert into interview (
    id, chat_id, number, person_id, form_hash, purpose, status, revision, started_at, updated_at)
select {id}, 'c', n, {id}, 'f', 'first', 'open', 1, {now}, {now} from {numbers} where n <= {some}
"""
# As the triggers would have it.
UNDER_WAY = """
insert into begun_interview (interview_id, person_id, place_id)
select {id}, {id}, {township} from {numbers} where n <= {some}
"""
YOUNG = """
insert into roster_entry (key_id, digest, person_id, township_id, ripe_on, added_at)
select 'k', {bytes}, {id}, {township}, '2027-03-01', {at} from {numbers} where n <= {some}
"""
# What an export of a county and its answer do to each person: the triggers write two rows.
CHANGE = """
update cycle_standing set stage = 'accepted', changed_at = {later}
where person_id in (
    select person_id from cycle_standing where stage = 'exported' limit {changes})
"""


def made(engine: str, people: int, townships: Sequence[tuple[str, str]]) -> list[str]:
    """Return the statements that make so many people, spread over townships of counties."""
    stages = ("submitted", "verified", "exported", "accepted")
    width = len(townships)
    if engine == "postgres":
        listed = (
            ",".join(f"'{one}'" for one in column) for column in zip(*townships, strict=True)
        )
        township, county = (f"(array[{names}])[n % {width} + 1]" for names in listed)
        stage = f"(array[{','.join(repr(one) for one in stages)}])[n % 4 + 1]"
        numbers = f"generate_series(1, cast({people} as bigint)) as n"
        identity = "'01939000-0000-7000-8000-' || lpad(to_hex(n), 12, '0')"
        content, some = "decode(lpad(to_hex(n), 12, '0'), 'hex')", PROVINCE // 100
    else:
        cases = " ".join(
            f"when {number} then '{one}'" for number, (one, _) in enumerate(townships)
        )
        township, county = f"case n % {width} {cases} end", f"'{townships[0][1]}'"
        cases = " ".join(f"when {number} then '{one}'" for number, one in enumerate(stages))
        stage = f"case n % 4 {cases} end"
        numbers = (
            f"(with recursive up (n) as (select 1 union all select n + 1 from up "
            f"where n < {people}) select n from up)"
        )
        identity = "'01939000-0000-7000-8000-' || printf('%012x', n)"
        content, some = "cast(printf('%012x', n) as blob)", COUNTY // 100
    values = {
        "id": identity,
        "township": township,
        "county": county,
        "stage": stage,
        "at": f"{BEGIN} + n * 7919 % 7680 * {HOUR}",
        "numbers": numbers,
        "bytes": content,
        "some": some,
        "now": to_micros(NOW),
    }
    return [one.format(**values) for one in (PERSON, STANDING, BEGUN, UNDER_WAY, YOUNG)]


def change(most: int) -> str:
    """Return the statement that moves so many people on, through the triggers."""
    later = f"{BEGIN} + 330 * 24 * {HOUR}"
    return CHANGE.format(later=later, changes=most)


async def recounted(database: Database, world: World) -> tuple[int, float]:
    """Count everything anew; return how many kept counts were not there, in how many seconds."""
    start = time.perf_counter()
    async with database.transaction() as tx:
        await one_moment(tx)
        today = world.today(world.clock())
        found = await recount(tx, counting_of(world), today, timedelta(hours=8))
    return len(found), time.perf_counter() - start


async def page(database: Database, world: World, place_id: str) -> Bulletin:
    """Read all that the page of a place shows."""
    async with database.reading() as reading:
        seen = await overview(reading, world, place_id, CYCLE)
        days = await trend_of(reading, world, place_id, CYCLE)
        await ledger_of(reading, world, place_id, CYCLE)
    return Bulletin(world, seen, days)


async def median(work: Callable[[], Awaitable[object]]) -> float:
    """Return the median milliseconds of some looks."""
    took = []
    for _ in range(LOOKS):
        start = time.perf_counter()
        await work()
        took.append(time.perf_counter() - start)
    return statistics.median(took) * 1000


async def looked_at(database: Database, world: World, name: str, place_id: str, goal: str) -> None:
    """Print what a page costs."""
    milliseconds = await median(lambda: page(database, world, place_id))
    print(f"{name:44} {milliseconds:>10.1f} ms  {goal}", flush=True)


async def folded(database: Database, world: World, name: str) -> None:
    """Print how fast changes are folded."""
    start = time.perf_counter()
    taken = await fold_all(database, world)
    seconds = time.perf_counter() - start
    rate = taken / seconds
    print(f"{name:44} {taken:>10} changes {seconds:>6.1f} s {rate:>9.0f}/s", flush=True)


def counted(name: str, count: int, seconds: float) -> None:
    """Print what counting anew took."""
    print(f"{name:44} {count:>10} counts mended {seconds:>6.1f} s", flush=True)


async def on_sqlite(folder: Path) -> None:
    """Measure a county."""
    path = folder / "county.db"
    database, world = await opened(f"sqlite:///{path}", folder)
    county = "k065"
    townships = [
        (one.id, county) for one in world.places.by_id.values() if one.parent_id == county
    ]
    connection = dbapi2.connect(str(path))
    triggers = connection.execute("select name, sql from sqlite_master where type = 'trigger'")
    kept = triggers.fetchall()
    for name, _ in kept:
        connection.execute(f"drop trigger {name}")
    for statement in made("sqlite", COUNTY, townships):
        connection.execute(statement)
    for _, sql in kept:
        connection.execute(sql)
    connection.commit()
    counted("sqlite: a county counted anew", *await recounted(database, world))
    await looked_at(database, world, "sqlite: a county's page", county, "≤ 200 ms")
    connection.execute(change(10_000))
    connection.commit()
    connection.close()
    await looked_at(database, world, "sqlite: with 20,000 changes not folded", county, "≤ 200 ms")
    await folded(database, world, "sqlite: folding")
    counted("sqlite: counted anew", *await recounted(database, world))
    async with database.reading() as reading:
        bulletin = await bulletin_of(reading, world, county, CYCLE)
        await villages_of(reading, world, townships[0][0], CYCLE)
    start = time.perf_counter()
    pdf = draw(bulletin)
    drawn = time.perf_counter()
    content = picture(pdf)
    print(f"{'bulletin as a PDF':44} {(drawn - start) * 1000:>10.0f} ms {len(pdf):>9} bytes")
    took = (time.perf_counter() - drawn) * 1000
    print(f"{'bulletin as a picture':44} {took:>10.0f} ms {len(content):>9} bytes", flush=True)
    await database.close()


async def on_postgres(server: postgres.Server, folder: Path, people: int) -> None:
    """Measure the province."""
    url = server.url("postgres")
    database, world = await opened(url, folder)
    # Counting 8.1 million people anew takes longer than a turn may.
    patient = await Database.open(url, database.vault, patience=timedelta(hours=1))
    townships = [
        (one.id, one.parent_id) for one in world.places.by_id.values() if one.level == "township"
    ]
    connection: Any = await asyncpg.connect(url)
    await connection.execute("set session_replication_role = replica")
    for statement in made("postgres", people, townships):
        await connection.execute(statement)
    await connection.execute("set session_replication_role = origin")
    await connection.execute("analyze")
    print(f"{'postgres: people made':44} {people:>10}", flush=True)
    counted("postgres: the province counted anew", *await recounted(patient, world))
    counted("postgres: the same again", *await recounted(patient, world))
    await connection.execute("vacuum analyze")
    goal = "≤ 1000 ms"
    await looked_at(database, world, "postgres: the province's page", EVERYWHERE, goal)
    await looked_at(database, world, "postgres: a city's page", "c08", goal)
    await looked_at(database, world, "postgres: a county's page", "k065", "≤ 200 ms")
    await connection.execute(change(CHANGES))
    await connection.close()
    name = f"postgres: with {2 * CHANGES:,} changes not folded"
    await looked_at(database, world, name, EVERYWHERE, goal)
    await folded(database, world, "postgres: folding")
    counted("postgres: counted anew", *await recounted(patient, world))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{'peak':44} {peak:>10.0f} MiB")
    await patient.close()
    await database.close()


def main(people: int) -> None:
    """Print the table."""
    on_both(on_sqlite, on_postgres, people)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PROVINCE)
