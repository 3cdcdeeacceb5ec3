"""The console's pages over a county of 70,000, on both engines: each request as a whole.

`python -m bench.console [PEOPLE]`. People are copies of one real report under keys of their own;
an eighth is only on the roster. What is measured is everything between request and page: session,
decision and audit (a durable commit), query, decryption, template. "Our cpu" is what this
process worked for it, SQLite included and PostgreSQL not: a busy machine does not change it.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import asyncpg
import uvloop
from pysqlite3 import dbapi2

from storage import identities, people, reports
from storage.reports import ANSWERS, Report
from storage.roster import ANSWERS as ROSTER
from storage.vault import Vault
from tests import postgres
from tests.console.house import House, Visitor, opened_house, visiting
from tests.forms.people import EMPLOYED_AWAY
from tests.staff.matrix import COUNTY
from tests.turns.chat import Chat

COUNTY_PEOPLE = 70_000
TIMES = 15
CHUNK = 2_000
SURNAMES = "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁"
AT = 1_760_000_000_000_000
TABLES = {
    "person": "id state township_id county_id birth_year sex created_at updated_at",
    "person_key": "person_id wrapped",
    "report": "id person_id version cycle form_hash submitted_at informant_relation "
    "collection_method state reference answers state_at",
    "projection": "person_id report_id cycle submitted_at county_id township_id birth_year sex "
    "employment_status job_intent training_intent training_trade in_export stage stage_at",
    "roster_entry": "key_id digest person_id township_id answers added_at",
}
Rows = dict[str, list[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class Page:
    """A page that is measured: what is posted first, where it is, and the target in ms."""

    name: str
    path: str
    target: int
    search: tuple[tuple[str, str], ...] = ()


PAGES = (
    Page("a person", "/console/people/{person}", 100),
    Page("list: nothing asked", "/console/people", 150),
    Page("list: wants training", "/console/people", 150, (("training", "1"),)),
    Page(
        "list: four conditions",
        "/console/people",
        150,
        (
            ("stage", "verified"),
            ("sex", "2"),
            ("status", "2"),
            ("age_from", "40"),
        ),
    ),
    Page("list: not started", "/console/people", 150, (("not_started", "1"),)),
    Page("today", "/console", 0),
    Page("reports to verify", "/console/reports", 0),
    Page("list: a rare name", "/console/people", 0, (("name", "王稀罕"),)),
)


def made_up(vault: Vault, like: Report, townships: list[str], count: int) -> Iterator[Rows]:
    """Yield people in chunks, their ids in no order of the places."""
    numbers = iter(range(count))
    while chunk := list(islice(numbers, CHUNK)):
        rows: Rows = {table: [] for table in TABLES}
        for number in chunk:
            one_more(vault, like, townships, number, rows)
        yield rows


def one_more(vault: Vault, like: Report, townships: list[str], number: int, rows: Rows) -> None:
    """Add the rows of one person."""
    person_id = f"01939000-{number * 7919 % 4096:03x}0-7000-8000-{number:012x}"
    key, wrapped = vault.new_key(person_id)
    place, year, sex = townships[number % len(townships)], 1962 + number % 45, str(1 + number % 2)
    name = f"{SURNAMES[number % len(SURNAMES)]}某{number}"
    rows["person"].append((person_id, "active", place, COUNTY, year, sex, AT, AT))
    rows["person_key"].append((person_id, wrapped))
    if number % 8 == 0:
        sealed = key.seal(ROSTER, f'{{"name": "{name}", "village": "东张村"}}')
        digest = vault.digest("identity", str(number))
        rows["roster_entry"].append((vault.index_key_id, digest, person_id, place, sealed, AT))
        return
    text = answers_of(like).replace(EMPLOYED_AWAY["name"], name)
    state = ("submitted", "verified", "exported")[number % 3]
    report_id = f"r{person_id}"
    told = (person_id, report_id, 2026, AT + number)
    rows["report"].append(
        (
            *(report_id, person_id, 1, 2026, like.form_hash, AT + number, "0", "1", state),
            *(f"B{number}", key.seal(ANSWERS, text), AT + number),
        )
    )
    wants = (str(1 + number % 3), str(number % 2), str(number % 3), "02 20")
    rows["projection"].append((*told, COUNTY, place, year, sex, *wants, 1, state, AT + number))


def answers_of(report: Report) -> str:
    """Return the answers of a report as they are kept."""
    pairs = ", ".join(f'"{path}": "{value}"' for path, value in report.answers.items())
    return f"{{{pairs}}}"


def fill_sqlite(path: Path, chunks: Iterable[Rows]) -> None:
    """Put people into the file."""
    connection = dbapi2.connect(str(path))
    connection.execute("pragma synchronous=off")
    for rows in chunks:
        for table, columns in TABLES.items():
            names = columns.split()
            marks = ", ".join("?" * len(names))
            sql = f"insert into {table} ({', '.join(names)}) values ({marks})"
            connection.executemany(sql, rows[table])
        connection.commit()
    connection.execute("analyze")
    connection.commit()
    connection.close()


async def fill_postgres(url: str, chunks: Iterable[Rows]) -> None:
    """Put people into the server's database."""
    connection = await asyncpg.connect(url)
    await connection.execute("set session_replication_role = replica")
    for rows in chunks:
        for table, columns in TABLES.items():
            await connection.copy_records_to_table(
                table, records=rows[table], columns=columns.split()
            )
    await connection.execute("analyze")
    await connection.close()


async def measure(engine: str, folder: Path, url: str, count: int) -> None:
    """Fill a county and print what each page takes."""
    async with opened_house(folder, url) as house:
        like, person_id = await a_real_one(house)
        world = house.stage.world
        below = [one.id for one in world.places.by_id.values() if one.parent_id == COUNTY]
        chunks = made_up(house.stage.database.vault, like, below, count)
        if engine == "sqlite":
            await asyncio.to_thread(fill_sqlite, Path(url.removeprefix("sqlite:///")), chunks)
        else:
            await fill_postgres(url, chunks)
        token = await house.session(house.staff_ids["county"])
        async with visiting(house, token) as clerk:
            for page in PAGES:
                await show(engine, clerk, page, person_id)


async def a_real_one(house: House) -> tuple[Report, str]:
    """Return the report of somebody who walked through the interview, and whose it is."""
    await Chat(house.stage).report(EMPLOYED_AWAY)
    async with house.stage.database.reading() as reading:
        person_id = await identities.find(reading, EMPLOYED_AWAY["id_number"]) or ""
        key = await people.key_of(reading, person_id)
        report = None if key is None else await reports.latest(reading, person_id, key)
    if report is None:
        raise RuntimeError("nobody reported")
    return report, person_id


async def show(engine: str, clerk: Visitor, page: Page, person_id: str) -> None:
    """Open a page often and print the median."""
    path = page.path.format(person=person_id)
    if page.search:
        path = (await clerk.post(path, dict(page.search))).headers["location"]
    took, worked = [], []
    for _ in range(TIMES if page.target else 3):
        start, work = time.perf_counter(), time.process_time()
        answer = await clerk.get(path)
        took.append(time.perf_counter() - start)
        worked.append(time.process_time() - work)
        if answer.status_code != 200:
            raise RuntimeError(f"{page.name}: {answer.status_code}")
    target = f"≤ {page.target} ms" if page.target else ""
    figures = (statistics.median(took), max(took), statistics.median(worked))
    columns = "".join(f"{figure * 1000:>8.0f} ms" for figure in figures)
    print(f"{engine:10} {page.name:24}{columns}  {target}", flush=True)


def main(count: int) -> None:
    """Print the table."""
    print(f"{datetime.now(UTC):%Y-%m-%d}, {count} people")
    print(f"{'':10} {'':24}{'median':>11}{'worst':>11}{'our cpu':>11}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        uvloop.run(measure("sqlite", folder, f"sqlite:///{folder}/county.db", count))
    programs = postgres.find_programs()
    if programs is None:
        print("postgres   no PostgreSQL server here: apt-get install postgresql")
        return
    with tempfile.TemporaryDirectory() as name, postgres.running(programs) as server:
        uvloop.run(measure("postgres", Path(name), server.url("postgres"), count))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else COUNTY_PEOPLE)
