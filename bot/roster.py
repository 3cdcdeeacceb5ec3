"""`xiangwen roster`: take over who is known, hand out personal codes, say who is due."""

import asyncio
import codecs
import csv
import io
import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import IO, Final

import click

from bot.cli.failures import Refusal
from bot.cli.given import check_reason, with_settings
from bot.cli.who import operator
from bot.opening import opened
from bot.places import Places, load_places
from bot.render.words import grouped
from bot.roster_file import Fault, Reader, Row, choices_of, code_titles, read_rows, read_text
from bot.settings import Settings
from storage import audits
from storage import roster as entries
from storage.database import Database
from storage.export.target import new_file, refuse_existing
from storage.roster import Waiting
from storage.transaction import Transaction

FAULTS_SHOWN: Final = 50
_CHUNK: Final = 200


@dataclass(slots=True)
class Result:
    """What became of the rows of a file."""

    added: int = 0
    known: int = 0
    coded: int = 0
    faults: list[Fault] = field(default_factory=list)


@click.group()
def roster() -> None:
    """Take over who is known before they answer."""


@roster.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--reason", required=True, metavar="TEXT", help="Why; kept in the audit.")
@click.option(
    "--codes",
    type=click.Path(path_type=Path),
    metavar="OUT.csv",
    help="Write a personal code for each who has none yet; mode 0600.",
)
@click.option("--renew", is_flag=True, help="With --codes: new codes for all; old ones end.")
@click.option("--force", is_flag=True, help="Replace OUT.csv if it exists.")
@with_settings
def add(
    settings: Settings, *, file: Path, reason: str, codes: Path | None, renew: bool, force: bool
) -> None:
    """Take over a CSV file of people; the same file again changes nothing.

    Titles in line 1: 姓名, 身份证号, 乡镇（街道）; if known 县（市、区）, 村（社区）,
    手机号码, 民族, 政治面貌, 文化程度.
    """
    check_reason(reason)
    if renew and codes is None:
        raise click.UsageError("--renew is for --codes.")
    if codes is not None:
        refuse_existing((codes,), force=force)
    text = read_text(file)
    with ExitStack() as stack:
        out = stack.enter_context(new_file(codes, force=force)) if codes is not None else None
        result = asyncio.run(_add(settings, text, reason.strip(), out, renew=renew))
    for line in _told(result, codes):
        click.echo(line)
    if result.faults:
        raise Refusal(_faults(result.faults))


@roster.command()
@with_settings
def due(settings: Settings) -> None:
    """Say by township how many of the roster have not had their first interview."""
    today = datetime.now(settings.zone).date()
    places = load_places()
    waiting = asyncio.run(_waiting(settings, today))
    if not waiting:
        click.echo("Nobody on the roster is waited for.")
        return
    for line in _due_lines(waiting, places):
        click.echo(line)


async def _add(
    settings: Settings, text: str, reason: str, out: IO[bytes] | None, *, renew: bool
) -> Result:
    async with opened(settings) as parts:
        now = datetime.now(UTC)
        local = now.astimezone(settings.zone)
        form, places = parts.world.shelf.current, parts.world.places
        rows = read_rows(text, Reader(places, choices_of(form, local), local.date()))
        detail = json.dumps({"reason": reason, "codes": out is not None, "renewed": renew})
        await _audit(parts.database, "roster_add", "roster", detail, now)
        result = Result()
        _write(out, [code_titles()])
        while chunk := list(islice(rows, _CHUNK)):
            result.faults += [row for row in chunk if isinstance(row, Fault)]
            good = [row for row in chunk if isinstance(row, Row)]
            async with parts.database.transaction() as tx:
                given = [await _take(tx, row, result, now, out, renew=renew) for row in good]
            _write(out, [_code_line(row, code, places) for row, code in given if code])
        return result


async def _take(
    tx: Transaction, row: Row, result: Result, now: datetime, out: IO[bytes] | None, *, renew: bool
) -> tuple[Row, str]:
    """Take over one row; return it with the code that was made for it, "" for none."""
    person_id, is_new = await entries.add(tx, row.entry, now)
    result.added += is_new
    result.known += not is_new
    if out is None:
        return row, ""
    code = await entries.code_for(tx, person_id, now, renew=renew)
    result.coded += code is not None
    return row, code or ""


def _code_line(row: Row, code: str, places: Places) -> list[str]:
    answers = row.entry.answers
    township = places.by_id[row.entry.township_id].name
    return [answers["name"], township, answers.get("village", ""), grouped(code)]


def _write(out: IO[bytes] | None, lines: Sequence[Sequence[str]]) -> None:
    """Add lines to the file of codes, in the encoding that Excel opens by a double click."""
    if out is None:
        return
    text = io.StringIO(newline="")
    csv.writer(text).writerows(lines)
    mark = codecs.BOM_UTF8 if out.tell() == 0 else b""
    out.write(mark + text.getvalue().encode())


def _told(result: Result, codes: Path | None) -> list[str]:
    """Return what the operator reads at the end."""
    lines = [f"{result.added} people added, {result.known} known before."]
    if codes is not None:
        lines.append(f"{result.coded} personal codes in {codes}, readable by you alone.")
        lines.append("A code opens what is known of that person: hand each to nobody else,")
        lines.append("and delete the file when they are handed out.")
    return lines


def _faults(faults: Sequence[Fault]) -> str:
    lines = [f"line {fault.line}: {fault.reason}" for fault in faults[:FAULTS_SHOWN]]
    if len(faults) > FAULTS_SHOWN:
        lines.append(f"and {len(faults) - FAULTS_SHOWN} more lines.")
    lines.append(f"{len(faults)} lines were not taken over. Mend them and give the file again.")
    return "\n".join(lines)


async def _waiting(settings: Settings, today: date) -> list[Waiting]:
    async with opened(settings) as parts, parts.database.reading() as reading:
        return await entries.waiting(reading, today)


def _due_lines(waiting: Sequence[Waiting], places: Places) -> Iterator[str]:
    """Yield a line for each township, and one for all."""
    for one in waiting:
        place = places.by_id.get(one.township_id)
        name = f"{place.code} {place.name}" if place else one.township_id
        yield f"{name}: {one.due} due, {one.newly_ripe} of them since they turned 16"
    due = sum(one.due for one in waiting)
    young = sum(one.too_young for one in waiting)
    yield f"Together: {due} due for a first interview, {young} not yet 16."


async def _audit(database: Database, action: str, scope: str, detail: str, now: datetime) -> None:
    async with database.transaction() as tx:
        await audits.write(
            tx, actor=operator(), action=action, scope=scope, now=now, detail=detail
        )
