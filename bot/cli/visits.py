"""`xiangwen visits`: sheets for villages without signal, out and in again."""

import asyncio
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import click

from bot.cli.failures import Refusal
from bot.cli.given import with_settings
from bot.cli.who import operator
from bot.opening import opened
from bot.places import Place
from bot.render.visit import result_columns, result_title, sheet_titles
from bot.settings import Settings
from bot.visit_sheet.making import Made, sheet_for
from bot.visit_sheet.taking import Result, Taking, fits, take_in
from bot.world import World
from storage import audits
from storage.export.protect import EncryptingStream, new_password
from storage.export.target import new_file, refuse_existing
from storage.visit_sheet.reading import (
    MOST_BYTES,
    Rows,
    SheetRefused,
    is_protected,
    rows_of,
    unprotected,
)
from storage.visit_sheet.writing import Line, Sheet, workbook_of

LONGEST_REASON: Final = 200


@dataclass(frozen=True, slots=True)
class Order:
    """One sheet as it was asked for; `reason` says why a plain file is made."""

    station: str
    village: str
    reason: str
    plain: bool


@click.group()
def visits() -> None:
    """Make a sheet for a visit, and take it in again."""


@visits.command()
@click.option("--station", required=True, metavar="CODE", help="Code or id of the township.")
@click.option("--village", default="", metavar="NAME", help="Only people of this village.")
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), metavar="FILE", help="FILE.xlsx"
)
@click.option("--plain", is_flag=True, help="No password; needs --reason and is audited.")
@click.option("--reason", default="", metavar="TEXT", help="Why a plain file is needed.")
@click.option("--force", is_flag=True, help="Replace a file that exists.")
@with_settings
def sheet(
    settings: Settings,
    *,
    station: str,
    village: str,
    out: Path,
    plain: bool,
    reason: str,
    force: bool,
) -> None:
    """Write who is missing this year, to be filled in at home or printed (A4 across)."""
    _check(out, reason.strip(), plain=plain)
    refuse_existing((out,), force=force)
    made = asyncio.run(_make(settings, Order(station, village, reason.strip(), plain)))
    if not made.people:
        raise Refusal("Nobody is missing there this year, so there is no sheet.")
    password = "" if plain else new_password()
    _write(out, made.sheet, password, force=force)
    click.echo(f"{made.people} people in {out}")
    if made.left_over:
        click.echo(f"{made.left_over} more are missing: name a village to have them.")
    if password:
        click.echo(f"Password, shown only now: {password}")
        click.echo("Pass it on by another way than the file.")
    else:
        click.echo("The file is plain: whoever has it can read it. Delete it when it is used.")


@visits.command("take-in")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--station", required=True, metavar="CODE", help="Code or id of the township.")
@click.option("--force", is_flag=True, help="Replace FILE.result.xlsx if it exists.")
@with_settings
def take_in_sheet(settings: Settings, *, file: Path, station: str, force: bool) -> None:
    """Take a filled-in sheet in; what became of each line stands in FILE.result.xlsx."""
    target = file.with_name(f"{file.stem}.result.xlsx")
    refuse_existing((target,), force=force)
    rows = rows_of(_read(file))
    results, result_sheet = asyncio.run(_take(settings, station, rows))
    # It names nobody: line, code and reason are of no use without the sheet itself.
    _write(target, result_sheet, "", force=force)
    taken = sum(one.outcome == "taken" for one in results)
    already = sum(one.outcome == "already" for one in results)
    click.echo(f"{taken} taken in, {already} were there already: {target}")
    if taken + already < len(results):
        count = len(results) - taken - already
        raise Refusal(f"{count} not taken in; mend them in the sheet and take it in again.")


def _check(out: Path, reason: str, *, plain: bool) -> None:
    """Refuse what would leave people's data open by accident.

    Raises:
        click.UsageError: the name or the options do not fit together.
    """
    if out.suffix.lower() != ".xlsx":
        raise click.UsageError(f"--out {out.name}: name a file that ends in .xlsx.")
    if plain and not reason:
        raise click.UsageError("--plain needs --reason TEXT: it is kept in the audit.")
    if reason and not plain:
        raise click.UsageError("--reason is for --plain: a protected file needs none.")
    if len(reason) > LONGEST_REASON:
        raise click.UsageError(f"--reason: {LONGEST_REASON} characters at most.")


async def _make(settings: Settings, order: Order) -> Made:
    async with opened(settings) as parts:
        place, now = _station(parts.world, order.station), datetime.now(UTC)
        detail = {"village": bool(order.village), "protected": not order.plain}
        async with parts.database.transaction() as tx:
            await audits.write(
                tx,
                actor=operator(),
                action="visit.sheet",
                scope=f"township:{place.code}",
                now=now,
                detail=json.dumps({**detail, "reason": order.reason}, ensure_ascii=False),
            )
        return await sheet_for(
            parts.database, parts.world, place, order.village, actor=operator(), now=now
        )


async def _take(settings: Settings, station: str, rows: Rows) -> tuple[list[Result], Sheet]:
    async with opened(settings) as parts:
        place = _station(parts.world, station)
        taking = Taking(parts.database, parts.world, place, operator(), datetime.now(UTC))
        if not fits(taking, rows):
            raise Refusal("The headings are not those of today's sheet: make a new one.")
        results = await take_in(taking, rows)
        lines = [Line((str(one.row), one.code, one.said, one.reason)) for one in results]
        texts = parts.world.texts
        titles = (result_title(texts), sheet_titles(texts)[1])
        return results, Sheet(titles, result_columns(texts), lines)


def _station(world: World, station: str) -> Place:
    place = world.places.by_code(station, "township")
    if place is None:
        raise Refusal(f"--station {station}: no township has this code or id")
    return place


def _read(file: Path) -> bytes:
    """Return the file, unprotected if it was protected; its password is asked for."""
    try:
        if file.stat().st_size > MOST_BYTES:
            raise SheetRefused("large")
        content = file.read_bytes()
    except OSError as error:
        raise Refusal(f"{file}: cannot be read ({error.strerror}).") from None
    if not is_protected(content):
        return content
    return unprotected(content, click.prompt("Password", hide_input=True))


def _write(out: Path, sheet: Sheet, password: str, *, force: bool) -> None:
    """Write the file, mode 0600; with a password nothing touches the disk in plain."""
    content = workbook_of(sheet)
    with new_file(out, force=force) as file:
        if not password:
            file.write(content)
            return
        stream = EncryptingStream(password, out.parent)
        try:
            stream.write(content)
            stream.finish(file)
        finally:
            stream.close()
