"""`xiangwen export`: a county's records as the official spreadsheet, for its staff.

The command only translates: what is written is decided in storage.export, what is read in
storage.extract. The audit has its line before the file exists, the batch when it is there.
"""

import asyncio
import json
import os
import pwd
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Final, Literal

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.cli.given import with_settings
from bot.places import Place, Places, load_places
from bot.settings import Settings
from conversations.record_rules import Record
from conversations.xform import Form, load_form
from storage import audits, batches, forms
from storage.database import Database
from storage.export.columns import Columns, Wording, record_reader
from storage.export.package import read_frame
from storage.export.protect import new_password
from storage.export.run import Outcome, Target
from storage.export.run import export as write
from storage.export.target import refuse_existing
from storage.export.template import DEFAULT, load_template
from storage.extract import ExportRow, export_count, export_rows
from storage.vault import Vault, content_digest

LONGEST_REASON: Final = 200
_FIRST_CYCLE: Final = 2022


@dataclass(frozen=True, slots=True)
class Order:
    """One export as it was asked for; `reason` says why a plain file is made."""

    county: Place
    cycle: int | None
    target: Target
    wording: Wording
    reason: str


@click.command()
@click.option("--county", required=True, metavar="CODE", help="Six-digit code, such as 140122.")
@click.option(
    "--cycle",
    type=click.IntRange(min=_FIRST_CYCLE, max=2100),
    metavar="YEAR",
    help="Reports of this calendar year; without it the last of each person.",
)
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="FILE.xlsx, or FILE.csv with --plain.",
)
@click.option("--labels", "wording", flag_value="labels", help="Words in coded columns.")
@click.option("--codes", "wording", flag_value="codes", help="Codes in coded columns.")
@click.option("--plain", is_flag=True, help="No password; needs --reason and is audited.")
@click.option("--reason", default="", metavar="TEXT", help="Why a plain file is needed.")
@click.option("--force", is_flag=True, help="Replace a file that exists.")
@with_settings
def export(
    settings: Settings,
    *,
    county: str,
    cycle: int | None,
    out: Path,
    wording: Literal["labels", "codes"] | None,
    plain: bool,
    reason: str,
    force: bool,
) -> None:
    """Write a county's records into the official template, protected by a password.

    Records that would break the template's rules go to FILE.held-back.xlsx with the reason.
    """
    check_protection(out, reason.strip(), plain=plain)
    target = Target(out, None if plain else new_password(), force)
    refuse_existing((target.path, target.held_back), force=force)
    place = find_county(load_places(), county)
    order = Order(place, cycle, target, wording or settings.export.style, reason.strip())
    outcome = asyncio.run(carry_out(settings, order, datetime.now(UTC)))
    for line in told(order, outcome):
        click.echo(line)


def check_protection(out: Path, reason: str, *, plain: bool) -> None:
    """Refuse what would leave people's data open by accident.

    Raises:
        click.UsageError: the name or the options do not fit together.
    """
    suffix = out.suffix.lower()
    if suffix not in {".xlsx", ".csv"}:
        raise click.UsageError(f"--out {out.name}: name a file that ends in .xlsx or .csv.")
    if suffix == ".csv" and not plain:
        raise click.UsageError(
            "A .csv cannot have a password: take .xlsx, or add --plain --reason TEXT."
        )
    if plain and not reason:
        raise click.UsageError("--plain needs --reason TEXT: it is kept in the audit.")
    if reason and not plain:
        raise click.UsageError("--reason is for --plain: a protected file needs none.")
    if len(reason) > LONGEST_REASON:
        raise click.UsageError(f"--reason: {LONGEST_REASON} characters at most.")


def find_county(places: Places, code: str) -> Place:
    """Return the county of a six-digit code.

    Raises:
        click.UsageError: there is none; those with a similar code or name are listed.
    """
    found = places.by_code(code, "county")
    if found is not None:
        return found
    near = "、".join(f"{place.code} {place.name}" for place in near_counties(places, code))
    raise click.UsageError(
        f"--county {code[:20]}: there is no such county in Shanxi. "
        + (f"Did you mean: {near}?" if near else "Codes have six digits, such as 140122.")
    )


def near_counties(places: Places, typed: str) -> list[Place]:
    """Return counties with these words in the name, else of that city, else of a similar code."""
    counties = [place for place in places.by_id.values() if place.level == "county"]
    named = [place for place in counties if typed and typed in place.name]
    if named:
        return named
    in_city = [place for place in counties if place.code[:4] == typed[:4]]
    codes = get_close_matches(typed, [place.code for place in counties], n=5, cutoff=0.8)
    return in_city or [place for place in counties if place.code in codes]


async def carry_out(settings: Settings, order: Order, now: datetime) -> Outcome:
    """Write the files, with an audit line before and a batch after.

    Raises:
        storage.errors.StorageError: keys, database, template or target cannot be used.
        click.UsageError: nothing was ever stored here.
    """
    file = settings.database_file
    if file is not None and not file.exists():
        raise click.UsageError(f"There is no database at {file}: start with xiangwen serve.")
    template = load_template()
    frame = read_frame(DEFAULT.with_name(template.file), template)
    vault = Vault.open(settings.keys.file)
    database = await Database.open(settings.storage.url.get_secret_value(), vault)
    try:
        await _audit(database, order, now)
        async with database.reading() as reading:
            total = await export_count(reading, order.county.id)
            with _progress() as progress:
                bar = progress.add_task(order.county.name, total=total)
                rows = _rows(
                    database,
                    export_rows(reading, order.county.id, order.cycle),
                    lambda count: progress.advance(bar, count),
                )
                columns = Columns(template, order.wording)
                today = _today(settings, now)
                outcome = await write(rows, columns, frame, order.target, today=today)
        await _note(database, order, outcome, datetime.now(UTC))
        return outcome
    finally:
        await database.close()


async def _rows(
    database: Database,
    chunks: AsyncIterator[Sequence[ExportRow]],
    on_chunk: Callable[[int], None],
) -> AsyncIterator[Sequence[Record]]:
    """Yield the values of the rows by role, each read by the form that it was given to."""
    known: dict[str, Callable[[bytes], Record]] = {}
    async for chunk in chunks:
        for row in chunk:
            if row.form_hash not in known:
                form = await _form(database, row.form_hash)
                known[row.form_hash] = record_reader(form.roles)
        yield [known[row.form_hash](row.content) for row in chunk]
        on_chunk(len(chunk))


async def _form(database: Database, hash: str) -> Form:
    """Return a form version, over a connection of its own: the other one is reading ahead."""
    async with database.reading() as reading:
        published = await forms.find(reading, hash)
    if published is None:
        raise LookupError(f"form {hash[:12]} was never published here")
    return load_form(published.xml)


async def _audit(database: Database, order: Order, now: datetime) -> None:
    """Write down who is about to take what out of the house; committed before any row is read."""
    detail = {
        "file": order.target.path.name,
        "cycle": order.cycle,
        "protected": order.target.password is not None,
        "reason": order.reason,
    }
    async with database.transaction() as tx:
        await audits.write(
            tx,
            actor=_operator(),
            action="export",
            scope=f"county:{order.county.code}",
            now=now,
            detail=json.dumps(detail, ensure_ascii=False),
        )


async def _note(database: Database, order: Order, outcome: Outcome, now: datetime) -> None:
    """Write down the batch."""
    async with database.transaction() as tx:
        await batches.add(
            tx,
            kind=order.target.kind,
            county_id=order.county.id,
            cycle=order.cycle,
            who=_operator(),
            reason=order.reason,
            rows=outcome.exported,
            held_back=outcome.held_back,
            file_digest=_digest(database.vault, order.target),
            now=now,
        )


def _digest(vault: Vault, target: Target) -> str:
    """Return the digest of the file; keyed where people's words are what is digested."""
    digest = content_digest(target.path.read_bytes())
    return digest if target.password else vault.digest("export.file", digest).hex()


def _operator() -> str:
    """Return who runs the process, whatever the environment says."""
    user = os.getuid()
    try:
        return f"command:{pwd.getpwuid(user).pw_name}"
    except KeyError:
        return f"command:uid {user}"


def _today(settings: Settings, now: datetime) -> date:
    return now.astimezone(settings.zone).date()


def _progress() -> Progress:
    """Return a bar on standard error, so that standard output holds only the result."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )


def told(order: Order, outcome: Outcome) -> list[str]:
    """Return what the operator reads at the end; the password stands here and nowhere else."""
    target = order.target
    lines = [f"{outcome.exported} records of {order.county.name} in {target.path}"]
    if not outcome.exported:
        lines.append("Nothing could be exported: the file holds only the headings.")
    if outcome.held_back:
        lines.append(f"{outcome.held_back} held back, with reasons, in {target.held_back}")
    if outcome.flagged:
        lines.append(
            f"{outcome.flagged} aged 60 or over are marked 超龄，待核: please check them."
        )
    if target.password:
        lines.append(f"Password, shown only now: {target.password}")
        lines.append("Pass it on by another way than the file.")
    else:
        lines.append("The file is plain: whoever has it can read it. Delete it when it is used.")
    if target.kind == "csv":
        lines.append("Open a .csv by Data > From Text with every column as text: a double click")
        lines.append("makes Excel cut identity numbers to 15 digits.")
    return lines
