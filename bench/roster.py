"""A county's roster in: read, checked, sealed and on the roster, on both engines.

`python -m bench.roster [--rows N]`: a file of N people in 20 columns is made first (not measured);
each engine is measured by a process of its own. `chat` is the longest that a short transaction of
somebody else had to wait meanwhile.
"""

import argparse
import asyncio
import json
import resource
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import xlsxwriter
from rich.console import Console
from rich.table import Table

from bot.atlas import load_atlas
from bot.opening import utc_now
from bot.places import load_places
from bot.publishing import publish
from bot.rosters.working import work_on
from bot.settings import SHIPPED_FORM
from bot.settings_values import CHECKOUT
from bot.texts import load_texts
from bot.world import World
from conversations.hours import Hours
from storage import roster_imports, roster_rows
from storage.database import Database
from storage.keyfile import create_key_file
from storage.vault import Vault
from tests import postgres
from tests.identities import identities

ROWS = 70_000
COUNTY = "k065"
TITLES = (
    *(
        "序号",
        "姓名",
        "性别",
        "身份证号码",
        "出生日期",
        "民族",
        "政治面貌",
        "文化程度",
        "联系电话",
    ),
    *(
        "县（市、区）",
        "乡镇（街道）",
        "村（社区）",
        "村民小组",
        "户籍地址",
        "劳动力情况",
        "就业状态",
    ),
    *("务工地点", "月收入", "采集人", "备注"),
)
MOST_SECONDS, MOST_MEMORY = 30, 300


def make(path: Path, rows: int) -> None:
    """Write a file of made-up people of one county."""
    places = load_places()
    towns = [one for one in places.by_id.values() if one.parent_id == COUNTY]
    homes = cycle([(town.name, name) for town in towns for name in places.villages[town.id]])
    options = {"constant_memory": True, "strings_to_numbers": False}
    with xlsxwriter.Workbook(path, options) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, TITLES)
        people = zip(islice(identities(7), rows), homes, strict=False)
        for at, (who, (town, village)) in enumerate(people, 1):
            sex = "男" if who.gender == "1" else "女"
            row = [str(at), who.name, sex, who.id_number, who.birth_date.isoformat(), "汉族"]
            row += ["群众", "初中", who.phone, "稷山县", town, village, "3组"]
            row += [
                f"稷山县{town}{village}",
                "普通劳动力",
                "外出务工",
                "太原市",
                "3500",
                "王某",
                "",
            ]
            sheet.write_row(at, 0, row)


async def bring_in(url: str, folder: Path) -> dict[str, Any]:
    """Take a file over and say how long each part took."""
    key = folder / "keys" / "keys.json"
    create_key_file(key)
    database = await Database.open(url, Vault.open(key))
    try:
        return await timed(database, folder)
    finally:
        await database.close()


async def timed(database: Database, folder: Path) -> dict[str, Any]:
    """Do it with an open database."""
    places, clock = load_places(), utc_now
    shelf = await publish(database, SHIPPED_FORM, clock())
    zone, atlas = ZoneInfo("Asia/Shanghai"), load_atlas(places)
    world = World(shelf, load_texts(), places, clock, zone, Hours(), atlas)
    content = (folder / "roster.xlsx").read_bytes()
    began, worked, spent = time.perf_counter(), time.process_time(), {}
    chat = asyncio.create_task(waits(database))
    async with database.transaction() as tx:
        import_id = await roster_imports.begin(
            tx, "roster.xlsx", content, scope_id=COUNTY, reason="-", by="bench", now=clock()
        )
    del content
    for until, then in (("mapping", "reading"), ("checked", "taking"), ("done", "")):
        at = time.perf_counter()
        one = await work_on(database, world, import_id, {until})
        assert one.state == until, (one.state, one.fault)
        spent[until] = time.perf_counter() - at
        if then:
            async with database.transaction() as tx:
                assert await roster_imports.become(tx, one, then, clock())  # type: ignore[arg-type]
    seconds, work = time.perf_counter() - began, time.process_time() - worked
    chat.cancel()
    async with database.reading() as reading:
        counts = await roster_rows.counts(reading, import_id)
    await asyncio.gather(chat, return_exceptions=True)
    return {
        "seconds": seconds,
        "work": work,
        "parts": spent,
        "taken": counts.get(("new", "taken"), 0),
        "chat": WAITED[0],
        "kib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
        "reader_kib": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss,
    }


WAITED = [0.0]


async def waits(database: Database) -> None:
    """Write something small again and again, as a chat does, and keep the longest wait."""
    while True:
        at = time.perf_counter()
        async with database.transaction() as tx:
            await tx.one("switches.get", name="nothing")
        WAITED[0] = max(WAITED[0], time.perf_counter() - at)
        await asyncio.sleep(0.05)


def measured(engine: str, folder: Path) -> dict[str, Any]:
    """Measure one engine in a process of its own."""
    url = f"sqlite:///{folder}/data.db"
    programs = postgres.find_programs()
    if engine == "postgres":
        assert programs is not None
        with postgres.running(programs) as server:
            server.execute("create database bench")
            return _run(server.url("bench"), folder / "postgres")
    return _run(url, folder / "sqlite")


def _run(url: str, folder: Path) -> dict[str, Any]:
    folder.mkdir()
    (folder / "roster.xlsx").hardlink_to(folder.parent / "roster.xlsx")
    words = [sys.executable, "-m", "bench.roster", "--url", url, "--folder", str(folder)]
    done = subprocess.run(words, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--url")
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    if given.url:
        print(json.dumps(asyncio.run(bring_in(given.url, given.folder))))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(folder / "roster.xlsx", given.rows)
        engines = ["sqlite"] + (["postgres"] if postgres.find_programs() else [])
        found = {engine: measured(engine, folder) for engine in engines}
    Console().print(table(found, given.rows))


def table(found: dict[str, dict[str, Any]], rows: int) -> Table:
    """Return the figures."""
    shown = Table(
        *(
            "engine",
            "taken",
            "look, s",
            "read and check, s",
            "take, s",
            "together, s",
            "processor, s",
        ),
        *("peak MiB", "reader's peak MiB", "a chat waited at most, s"),
        title=f"{rows:,} rows × {len(TITLES)} columns",
        caption=f"target: {MOST_SECONDS} s and {MOST_MEMORY} MiB at most",
    )
    for engine, each in found.items():
        shown.add_row(
            engine,
            f"{each['taken']:,}",
            *(f"{each['parts'][part]:.1f}" for part in ("mapping", "checked", "done")),
            f"{each['seconds']:.1f}",
            f"{each['work']:.1f}",
            f"{each['kib'] / 1024:.0f}",
            f"{each['reader_kib'] / 1024:.0f}",
            f"{each['chat']:.2f}",
        )
    return shown


if __name__ == "__main__":
    main()
