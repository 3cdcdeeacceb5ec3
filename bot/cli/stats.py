"""`xiangwen stats`: monthly tables at the command line, and the tokens of other systems."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click
from rich.console import Console
from rich.table import Table as Printed

from bot.cli.api_tokens import tokens
from bot.cli.bars import progress_bar
from bot.cli.failures import Refusal
from bot.cli.given import check_reason, with_settings
from bot.cli.who import operator
from bot.definitions import load_definitions
from bot.opening import Opened, opened
from bot.settings import Settings
from bot.statistics import making
from bot.statistics.asking import (
    PROVINCE_CODE,
    Answer,
    Ask,
    Unreadable,
    answer,
    as_shared,
    layout_of,
    surroundings,
)
from bot.statistics.files import csv_file, notes_of, title_of, workbook
from bot.statistics.making import Told
from bot.statistics.showing import grid_of
from conversations.scope import PROVINCE
from conversations.statistics.definitions import MEASURES, Measure
from storage import audits, statistics
from storage.export.target import refuse_existing

_MEASURES: Final[dict[str, Measure]] = {one: one for one in MEASURES}
_table = click.argument("table", type=click.Choice(list(load_definitions().tables)))
_place = click.option(
    "--place", default=PROVINCE_CODE, metavar="CODE", help="Official code; the province without."
)
_month = click.option("--month", default="", metavar="MONTH", help="As 2026-11; the last without.")
_rows = click.option("--rows", default="", metavar="NAME", help="Lines: place_id or a dimension.")
_columns = click.option("--columns", default="", metavar="NAME", help="Columns: a dimension.")
_keep = click.option(
    "--keep", multiple=True, metavar="NAME:CODE", help="Only this code of a dimension."
)
_depth = click.option("--depth", default=1, type=click.IntRange(1, 2), help="Levels below.")


@dataclass(frozen=True, slots=True)
class Order:
    """A file that was asked for; `reason` says why the whole table, None for a shared one."""

    table: str
    measure: Measure
    out: Path
    reason: str | None


@click.group()
def stats() -> None:
    """Show, write, count and close the monthly tables; tokens for other systems."""


stats.add_command(tokens)


@stats.command("show")
@_table
@_place
@_month
@_rows
@_columns
@_keep
@_depth
@click.option("--measure", default="count", type=click.Choice(MEASURES), show_default=True)
@with_settings
def show_table(settings: Settings, /, table: str, measure: str, **given: object) -> None:
    """Print a table of a place; small numbers are kept back, as in everything that is shared."""
    title, notes, found, total = asyncio.run(_shown(settings, table, given))
    grid = grid_of(found, _MEASURES[measure], total)
    printed = Printed(title=title, caption="\n".join(notes))
    for at, head in enumerate(grid.heading):
        printed.add_column(head, justify="left" if at == 0 else "right")
    for row in grid.rows:
        printed.add_row("  " * max(0, row.depth - 1) + row.label, *row.words)
    Console().print(printed)


@stats.command("export")
@_table
@_place
@_month
@_rows
@_columns
@_keep
@_depth
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="FILE")
@click.option("--measure", default="count", type=click.Choice(MEASURES), help="Of a CSV.")
@click.option("--whole", is_flag=True, help="Small numbers too; needs --reason and is audited.")
@click.option("--reason", default="", metavar="TEXT", help="Why the whole table is needed.")
@click.option("--force", is_flag=True, help="Replace a file that exists.")
@with_settings
def export_table(
    settings: Settings,
    /,
    table: str,
    out: Path,
    measure: str,
    *,
    whole: bool,
    reason: str,
    force: bool,
    **given: object,
) -> None:
    """Write a table into FILE.xlsx or FILE.csv."""
    if out.suffix.lower() not in {".xlsx", ".csv"}:
        raise click.UsageError(f"--out {out.name}: name a file that ends in .xlsx or .csv.")
    if whole:
        check_reason(reason)
    refuse_existing((out,), force=force)
    order = Order(table, _MEASURES[measure], out, reason.strip() if whole else None)
    content = asyncio.run(_written(settings, order, given))
    out.touch(0o600)
    out.write_bytes(content)
    click.echo(f"{out}: written{'' if whole else ', small numbers kept back'}")


@stats.command("count")
@with_settings
def count_now(settings: Settings) -> None:
    """Close what is due and count the running month, where that is an hour ago."""
    counted = asyncio.run(_count(settings))
    click.echo(f"{counted} counties counted")


@stats.command("close")
@click.argument("month", metavar="MONTH")
@with_settings
def close_month(settings: Settings, month: str) -> None:
    """Close MONTH (2026-11) for ever; the server does it by itself after the month's last day."""
    asyncio.run(_close(settings, month))
    click.echo(f"{month} is closed")


async def _shown(
    settings: Settings, table: str, given: dict[str, object]
) -> tuple[str, tuple[str, ...], Answer, str]:
    async with opened(settings) as parts:
        found = await _found(parts, table, given, is_shared=True)
        total = parts.world.texts("console.statistics.total")
        return title_of(parts.world, found), notes_of(parts.world, found), found, total


async def _written(settings: Settings, order: Order, given: dict[str, object]) -> bytes:
    """Return the file; what a whole one is for is kept in the audit before it is made."""
    async with opened(settings) as parts:
        found = await _found(parts, order.table, given, is_shared=order.reason is None)
        async with parts.database.transaction() as tx:
            await audits.write(
                tx,
                actor=operator(),
                action="statistics.see",
                scope=f"place:{found.ask.place_id}",
                now=parts.world.clock(),
                detail=f"{order.table} {found.ask.month} {order.reason or 'shared'}",
            )
        if order.out.suffix.lower() == ".csv":
            return csv_file(parts.world, found, order.measure)
        return workbook(parts.world, found)


async def _found(
    parts: Opened, table: str, given: dict[str, object], *, is_shared: bool
) -> Answer:
    """Return the table that the options ask for, whole or as it may be shared.

    Raises:
        Refusal: one of them cannot be read; what could stand in it is said.
    """
    keep = dict(one.partition(":")[::2] for one in _words(given["keep"]))
    try:
        layout = layout_of(table, str(given["rows"]), str(given["columns"]), keep)
        async with parts.database.reading() as reading:
            months = [one.month for one in await statistics.months(reading)]
            month = str(given["month"]) or (months[-1] if months else "")
            place_id = _place_id(parts, str(given["place"]))
            depth = 2 if given["depth"] == 2 else 1
            ask = Ask(table, place_id, month, layout, depth)
            found = await answer(reading, parts.world.places, ask)
            if not is_shared:
                return found
            around = await surroundings(reading, parts.world.places, found)
    except Unreadable as wrong:
        allowed = ", ".join(wrong.allowed) or "nothing yet: run xiangwen stats count"
        raise Refusal(f"--{wrong.field}: not there. There is: {allowed}") from None
    return as_shared(found, around, parts.settings.statistics.smallest)


def _words(given: object) -> tuple[str, ...]:
    return tuple(str(one) for one in given) if isinstance(given, tuple) else ()


def _place_id(parts: Opened, code: str) -> str:
    if code == PROVINCE_CODE:
        return PROVINCE
    for one in parts.world.places.by_id.values():
        if code in (one.code, one.id):
            return one.id
    raise Refusal(f"--place {code[:20]}: no division of Shanxi has this code.")


async def _count(settings: Settings) -> int:
    async with opened(settings) as parts:
        with _bar() as told:
            return await making.keep_up(parts.database, parts.world, told)


async def _close(settings: Settings, month: str) -> None:
    async with opened(settings) as parts:
        try:
            with _bar() as told:
                await making.close(parts.database, parts.world, month, told)
        except making.NotOver:
            raise Refusal(f"{month}: only a month that is over can be closed") from None
        except making.Busy:
            raise Refusal("Somebody else counts just now. Try again in a minute.") from None


@contextmanager
def _bar() -> Iterator[Told]:
    """Return what a maker tells, as a bar on standard error."""
    with progress_bar() as progress:
        task = progress.add_task("counties", total=None)
        yield lambda done, every: progress.update(task, completed=done, total=every)
