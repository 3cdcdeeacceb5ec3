"""Rows a second of the official export, decryption included, beside XlsxWriter and openpyxl.

`python -m bench.export [--rows N]`: a database with N sealed records is made first (not measured).
Each measurement is a process of its own. `whole` reads, opens, checks and writes an encrypted
file; `cells` only writes the same cells, which is all that the others do.
"""

import argparse
import asyncio
import json
import resource
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
from rich.console import Console
from rich.table import Table

from bot.cli.main import main as command
from bot.places import load_places
from bot.publishing import publish
from storage import people, projections, reports
from storage.database import Database
from storage.export.columns import Columns
from storage.export.package import read_frame
from storage.export.sheet import Workbook
from storage.export.template import DEFAULT, load_template
from storage.keyfile import create_key_file
from storage.projections import Projection
from storage.vault import Vault
from tests.export.people import endless

CHECKOUT = Path(__file__).parent.parent
FORM = CHECKOUT / "conversations" / "forms" / "rural_labour.md"
COUNTY = "140122"
NOW = datetime.now(UTC)
ROWS = 70_000
TARGET = 12_000
HIGHEST_MEMORY = 200
NAMES = {
    "whole": "xiangwen: read, open, check, write, encrypt",
    "cells": "xiangwen: write the cells",
    "xlsxwriter": "XlsxWriter (constant memory): write the cells",
    "openpyxl": "openpyxl (write only): write the cells",
}


async def plant(folder: Path, rows: int) -> None:
    """Make a database with so many records, sealed as the bot seals them."""
    create_key_file(folder / "keys" / "keys.json")
    county = load_places().by_code(COUNTY, "county")
    assert county is not None
    database = await Database.open(
        f"sqlite:///{folder}/data.db", Vault.open(folder / "keys" / "keys.json")
    )
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


def cells(rows: int) -> Iterator[list[str]]:
    """Yield the cells of the same people."""
    columns = Columns(load_template(), "labels")
    for _, record in zip(range(rows), endless(), strict=False):
        yield columns.cells(record, "")[0]


def measure_whole(folder: Path, rows: int) -> None:
    """Run the command itself."""
    out = str(folder / "whole.xlsx")
    command(["export", "--county", COUNTY, "--out", out, "--force"], standalone_mode=False)


def measure_cells(folder: Path, rows: int) -> None:
    """Write the cells into a plain copy of the template."""
    template = load_template()
    frame = read_frame(DEFAULT.with_name(template.file), template)
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
    if name != "whole":
        _GIVEN.extend(cells(rows))
    began, worked = time.perf_counter(), time.process_time()
    globals()[f"measure_{name}"](folder, rows)
    seconds, work = time.perf_counter() - began, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"seconds": seconds, "work": work, "kib": peak}))


def measured(name: str, folder: Path, rows: int) -> dict[str, Any]:
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
            "XIANGWEN_STORAGE__URL": f"sqlite:///{folder}/data.db",
            "XIANGWEN_KEYS__FILE": str(folder / "keys" / "keys.json"),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--measure", choices=NAMES)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    if given.measure:
        measure(given.measure, given.folder, given.rows)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        asyncio.run(plant(folder, given.rows))
        found = {each: measured(each, folder, given.rows) for each in NAMES}
    Console().print(table(found, given.rows))


def table(found: dict[str, dict[str, Any]], rows: int) -> Table:
    """Return the figures; the ratio is that of the time of the whole export."""
    whole = found["whole"]
    shown = Table(
        "export",
        "seconds",
        "rows/s",
        "µs of processor a row",
        "beside the whole",
        "peak MiB",
        title=f"{rows:,} rows × {len(load_template().columns)} columns",
        caption=f"target: {TARGET:,} rows/s and {HIGHEST_MEMORY} MiB at most for the whole",
    )
    for name, each in found.items():
        shown.add_row(
            NAMES[name],
            f"{each['seconds']:.2f}",
            f"{rows / each['seconds']:,.0f}",
            f"{each['work'] / rows * 1e6:.0f}",
            f"{each['seconds'] / whole['seconds']:.2f}",
            f"{each['kib'] / 1024:.0f}" if name == "whole" else "",
        )
    return shown


if __name__ == "__main__":
    main()
