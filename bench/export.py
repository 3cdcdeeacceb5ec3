"""The official export into an uploaded template, on both engines, beside XlsxWriter and openpyxl.

`python -m bench.export [--rows N]`: databases with N sealed records are made first (not measured),
and a template as a platform hands it out is taken in and mapped. Each measurement is a process of
its own. `sqlite` and `postgres` run the command: read, open, check, look for numbers that went
out before, write an encrypted file, keep the manifest. Then the reports go on to `exported`, which
the console does with the first download and which is told beside it. `cells` only writes the same
cells into the template, which is all that the others do.
"""

import argparse
import asyncio
import json
import resource
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
from click.testing import CliRunner
from rich.console import Console
from rich.table import Table

from bot.cli.main import main as command
from bot.places import load_places
from bot.publishing import publish
from storage import manifests, people, projections, reports
from storage.database import Database
from storage.export.book import read_book
from storage.export.columns import Columns
from storage.export.guess import guess, known
from storage.export.layout import guess as find_layout
from storage.export.package import cut
from storage.export.sheet import Workbook
from storage.export.template import Template
from storage.keyfile import create_key_file
from storage.projections import Projection
from storage.transaction import Transaction
from storage.vault import Vault
from tests import postgres
from tests.export.people import endless
from tests.export.platform import platform_template

CHECKOUT = Path(__file__).parent.parent
FORM = CHECKOUT / "conversations" / "forms" / "rural_labour.md"
COUNTY = "140122"
NOW = datetime.now(UTC)
ROWS = 70_000
LONGEST = 12
HIGHEST_MEMORY = 200
FASTER = 3
NAMES = {
    "sqlite": "xiangwen on SQLite: the whole export",
    "postgres": "xiangwen on PostgreSQL: the whole export",
    "cells": "xiangwen: write the cells into the template",
    "xlsxwriter": "XlsxWriter (constant memory): write the cells",
    "openpyxl": "openpyxl (write only): write the cells",
}


async def plant(folder: Path, url: str, rows: int) -> None:
    """Make a database with so many records, sealed as the bot seals them."""
    if not (folder / "keys").exists():
        create_key_file(folder / "keys" / "keys.json")
    county = load_places().by_code(COUNTY, "county")
    assert county is not None
    database = await Database.open(url, Vault.open(folder / "keys" / "keys.json"))
    shelf = await publish(database, FORM, NOW)
    projection = Projection(
        cycle=NOW.year, county_id=county.id, township_id="t0001", birth_year=1980, sex="1"
    )
    async with database.transaction() as tx:
        for _, record in zip(range(rows), endless(), strict=False):
            person_id, key = await people.create(tx, NOW)
            answers = {
                path: record.get(role, "x")
                for role, path in shelf.current.roles.items()
                if role in record
            }
            report = await reports.add(
                tx,
                person_id,
                key,
                cycle=NOW.year,
                form_hash=shelf.hash,
                informant_relation="0",
                collection_method="1",
                answers=answers,
                now=NOW,
            )
            await projections.put(tx, person_id, report.id, NOW, projection)
    await database.close()


def mapped() -> tuple[bytes, Template]:
    """Return the platform's template and its mapping."""
    content = platform_template()
    layout = find_layout(read_book(content, "t.xlsx"), known().roles, "t.xlsx")
    return content, guess(layout, "t.xlsx")


def take_in(folder: Path) -> None:
    """Upload the template and put its mapping into use."""
    file = folder / "template.xlsx"
    file.write_bytes(platform_template())
    given = ["--county", COUNTY]
    said = CliRunner().invoke(command, ["export", "template", "add", str(file), *given])
    tag = said.output.split("its mapping is ")[1].split()[0]
    order = ["export", "template", "activate", tag, *given, "--accept"]
    done = CliRunner().invoke(command, order)
    assert done.exit_code == 0, done.output


def cells(rows: int) -> Iterator[list[str]]:
    """Yield the cells of the same people."""
    columns = Columns(mapped()[1], "labels")
    for _, record in zip(range(rows), endless(), strict=False):
        yield columns.cells(record, "")[0]


_GOING_ON: list[float] = []


def time_going_on() -> None:
    """Keep beside it how long the reports take to go on."""
    mark = manifests.mark_exported

    async def marked(tx: Transaction, batch_id: str, now: datetime) -> None:
        began = time.perf_counter()
        await mark(tx, batch_id, now)
        _GOING_ON.append(time.perf_counter() - began)

    manifests.mark_exported = marked


def measure_whole(folder: Path, rows: int) -> None:
    """Run the command itself."""
    out = str(folder / f"{secrets.token_hex(4)}.xlsx")
    order = ["export", "--county", COUNTY, "--out", out, "--state", "submitted"]
    command(order, standalone_mode=False)


measure_sqlite = measure_postgres = measure_whole


def measure_template(folder: Path, rows: int) -> None:
    """Take the template in, in a process of its own: its memory is not that of the export."""
    take_in(folder)


def measure_cells(folder: Path, rows: int) -> None:
    """Write the cells into a plain copy of the template."""
    content, template = mapped()
    frame = cut(content, template, "t.xlsx")
    with (folder / "cells.xlsx").open("wb") as file:
        book = Workbook(file, template, frame)
        for row in _GIVEN:
            book.add(row)
        book.finish()
        book.close()


def measure_xlsxwriter(folder: Path, rows: int) -> None:
    """Write them with XlsxWriter."""
    options = {"constant_memory": True, "strings_to_formulas": False}
    with xlsxwriter.Workbook(folder / "xlsxwriter.xlsx", options) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(_GIVEN):
            for column, value in enumerate(row):
                if value:
                    sheet.write_string(at, column, value)


def measure_openpyxl(folder: Path, rows: int) -> None:
    """Write them with openpyxl."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in _GIVEN:
        sheet.append(row)
    book.save(folder / "openpyxl.xlsx")


_GIVEN: list[list[str]] = []


def measure(name: str, folder: Path, rows: int) -> None:
    """Measure one of them in this process and print seconds, those of the processor, and KiB."""
    if name in {"cells", "xlsxwriter", "openpyxl"}:
        _GIVEN.extend(cells(rows))
    time_going_on()
    began, worked = time.perf_counter(), time.process_time()
    globals()[f"measure_{name}"](folder, rows)
    seconds, work = time.perf_counter() - began, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    after = sum(_GOING_ON)
    print(json.dumps({"seconds": seconds - after, "after": after, "work": work, "kib": peak}))


def measured(name: str, folder: Path, rows: int, url: str) -> dict[str, Any]:
    """Measure one in a process of its own."""
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "bench.export",
            "--rows",
            str(rows),
            "--measure",
            name,
            "--folder",
            str(folder),
        ],
        cwd=CHECKOUT,
        env={
            "PATH": "/usr/bin:/bin",
            "XIANGWEN_STORAGE__URL": url,
            "XIANGWEN_EXPORT__ROW_LIMIT": "1000000",
            "XIANGWEN_KEYS__FILE": str(folder / "keys" / "keys.json"),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(done.stderr)
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--measure", choices=[*NAMES, "template"])
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    if given.measure:
        measure(given.measure, given.folder, given.rows)
        return
    programs = postgres.find_programs()
    assert programs is not None, "there is no PostgreSQL here"
    with tempfile.TemporaryDirectory() as name, postgres.running(programs) as server:
        folder = Path(name)
        server.execute("create database bench")
        urls = {"sqlite": f"sqlite:///{folder}/data.db", "postgres": server.url("bench")}
        for url in urls.values():
            asyncio.run(plant(folder, url, given.rows))
            measured("template", folder, given.rows, url)
        found = {
            each: measured(each, folder, given.rows, urls.get(each, urls["sqlite"]))
            for each in NAMES
        }
    Console().print(table(found, given.rows))


def table(found: dict[str, dict[str, Any]], rows: int) -> Table:
    """Return the figures, beside the aims."""
    others = min(found["xlsxwriter"]["seconds"], found["openpyxl"]["seconds"])
    faster = others / found["cells"]["seconds"]
    shown = Table(
        *("export", "seconds", "then s", "rows/s", "µs of processor a row", "peak MiB"),
        title=f"{rows:,} rows × {len(mapped()[1].columns)} columns",
        caption="then: the reports go on to `exported`; "
        f"aims: {LONGEST} s and {HIGHEST_MEMORY} MiB at most for the file; the cells "
        f"{faster:.1f} times faster than the faster of the others, aim {FASTER}",
    )
    for name, each in found.items():
        shown.add_row(
            NAMES[name],
            f"{each['seconds']:.2f}",
            f"{each['after']:.2f}" if each["after"] else "",
            f"{rows / each['seconds']:,.0f}",
            f"{each['work'] / rows * 1e6:.0f}",
            f"{each['kib'] / 1024:.0f}" if name in {"sqlite", "postgres"} else "",
        )
    return shown


if __name__ == "__main__":
    main()
