"""`xiangwen export`: a county's records as the official spreadsheet, for its staff.

The command makes a batch and takes it out of the house at once: what is written is decided in
storage.export, how a batch comes about in bot.exporting. The audit has its line before the file
exists; the manifest says what is in it.
"""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final, Literal

import click

from bot.cli.bars import progress_bar
from bot.cli.counties import database_of, find_county, find_stations
from bot.cli.export_lists import held_back, list_batches
from bot.cli.export_templates import templates
from bot.cli.export_words import check_protection, told
from bot.cli.failures import Refusal
from bot.cli.given import with_settings
from bot.cli.who import operator
from bot.exporting.jobs import files_of, one_digest
from bot.exporting.making import Workshop, end_stale, expected, left_out, made_of, make
from bot.places import Place, load_places
from bot.settings import Settings
from storage import audits, batch_files, batches, manifests, official_templates
from storage.batch_files import BatchFile
from storage.batches import Batch, Choice
from storage.export.columns import Wording
from storage.export.protect import new_password
from storage.export.run import Outcome, Target
from storage.export.target import refuse_existing
from storage.extract import export_counts
from storage.transaction import Transaction
from storage.vault import Vault, content_digest

_FIRST_CYCLE: Final = 2022
_STATES: Final[Mapping[str, tuple[Literal["verified", "submitted"], ...]]] = {
    "verified": ("verified",),
    "submitted": ("verified", "submitted"),
}


@dataclass(frozen=True, slots=True)
class Order:
    """One export as it was asked for; `reason` says why a plain file is made."""

    county: Place
    choice: Choice
    target: Target
    reason: str


@click.group(invoke_without_command=True)
@click.option("--county", metavar="CODE", help="Six-digit code, such as 140122.")
@click.option(
    "--cycle",
    type=click.IntRange(min=_FIRST_CYCLE, max=2100),
    metavar="YEAR",
    help="Reports of this calendar year; without it the last of each person.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="FILE.xlsx, or FILE.csv with --plain.",
)
@click.option("--changed", is_flag=True, help="Only what never went out, or changed since.")
@click.option(
    "--station", "stations", multiple=True, metavar="CODE", help="Only this township; repeat it."
)
@click.option(
    "--state",
    type=click.Choice(list(_STATES)),
    default="verified",
    show_default=True,
    help="How far a report must be to go out for the first time.",
)
@click.option("--dry-run", is_flag=True, help="Count only: no file, no batch.")
@click.option("--labels", "wording", flag_value="labels", help="Words in coded columns.")
@click.option("--codes", "wording", flag_value="codes", help="Codes in coded columns.")
@click.option("--plain", is_flag=True, help="No password; needs --reason and is audited.")
@click.option("--reason", default="", metavar="TEXT", help="Why a plain file is needed.")
@click.option("--force", is_flag=True, help="Replace a file that exists.")
@with_settings
def export(
    settings: Settings,
    *,
    county: str | None,
    cycle: int | None,
    out: Path | None,
    changed: bool,
    stations: tuple[str, ...],
    state: str,
    dry_run: bool,
    wording: Wording | None,
    plain: bool,
    reason: str,
    force: bool,
) -> None:
    """Write a county's records into its official template, protected by a password.

    Records that would break its rules go to FILE.held-back.xlsx with the reason.
    """
    if click.get_current_context().invoked_subcommand is not None:
        return
    places = load_places()
    if county is None:
        raise click.UsageError("--county CODE: say whose records; or take one of the commands.")
    place = find_county(places, county)
    choice = Choice(
        stations=find_stations(places, place, stations),
        states=_STATES[state],
        changed=changed,
        cycle=cycle,
        wording=wording or settings.export.style,
    )
    if dry_run:
        click.echo("\n".join(asyncio.run(_count(settings, place, choice))))
        return
    if out is None:
        raise click.UsageError("--out FILE: name the file to write, or add --dry-run.")
    check_protection(out, reason.strip(), plain=plain)
    target = Target(out, None if plain else new_password(), force)
    _export(settings, Order(place, choice, target, reason.strip()))


def _export(settings: Settings, order: Order) -> None:
    target = order.target
    refuse_existing((target.path, target.held_back), force=target.force)
    outcome = asyncio.run(carry_out(settings, order))
    for line in told(order.county, target, outcome):
        click.echo(line)


export.add_command(templates)
export.add_command(list_batches)
export.add_command(held_back)


async def carry_out(settings: Settings, order: Order) -> Outcome:
    """Make a batch and write its files, with an audit line before.

    Raises:
        storage.errors.StorageError: keys, database, template or target cannot be used.
        Refusal: another batch of the county is on its way.
        click.UsageError: nothing was ever stored here.
    """
    async with database_of(settings) as database:
        shop = Workshop(
            database,
            settings.zone,
            timedelta(days=settings.export.kept_days),
            settings.export.row_limit,
        )
        batch = await _ask(shop, order)
        try:
            return await _write(shop, order, batch)
        except BaseException:
            # Ended by hand or by a fault: the next export of the county shall not wait for it.
            async with database.transaction() as tx:
                await batches.fail(tx, batch.id, "broken")
            raise


async def _write(shop: Workshop, order: Order, batch: Batch) -> Outcome:
    async def keep(tx: Transaction, outcome: Outcome, counts: Mapping[str, int]) -> None:
        await _take_out(tx, shop, order, batch, (outcome, counts))

    total = await expected(shop.database, batch)
    with progress_bar() as progress:
        bar = progress.add_task(order.county.name, total=total)
        on_chunk = lambda count: progress.advance(bar, count)  # noqa: E731
        return await make(shop, batch, order.target, on_chunk, keep)


async def _ask(shop: Workshop, order: Order) -> Batch:
    """Write down who is about to take what out of the house, before any row is read."""
    target, choice, now = order.target, order.choice, shop.clock()
    detail = {
        "file": target.path.name,
        "choice": choice.model_dump(exclude_defaults=True),
        "protected": target.password is not None,
        "reason": order.reason,
    }
    async with shop.database.transaction() as tx:
        await audits.write(
            tx,
            actor=operator(),
            action="export",
            scope=f"county:{order.county.code}",
            now=now,
            detail=json.dumps(detail, ensure_ascii=False),
        )
        await end_stale(tx, order.county.id)
        mapped = await official_templates.active(tx, order.county.id)
        batch = await batches.ask(
            tx,
            kind=target.kind,
            county_id=order.county.id,
            who=operator(),
            choice=choice,
            mapping_id=None if mapped is None else mapped.id,
            reason=order.reason,
            now=now,
        )
    if batch is None:
        raise Refusal(
            f"Another batch of {order.county.name} is on its way. Take or drop it first: "
            "xiangwen export list"
        )
    return batch


async def _take_out(
    tx: Transaction,
    shop: Workshop,
    order: Order,
    batch: Batch,
    made: tuple[Outcome, Mapping[str, int]],
) -> None:
    """Note the files, and that the batch left the house; nothing of them is kept here."""
    outcome, counts = made
    now, digests = shop.clock(), []
    for part, path, rows in files_of(order.target, outcome):
        digests.append(_digest(tx.vault, path, order.target))
        file = BatchFile(part, path.name, rows, digests[-1], 0)
        await batch_files.add(tx, batch.id, file, b"")
    finished = made_of(outcome, counts, one_digest(digests))
    await batches.finish(tx, batch.id, finished, password=None, expires_at=now + shop.kept)
    await batches.take(tx, batch.id, operator(), now)
    await manifests.mark_exported(tx, batch.id, now)


def _digest(vault: Vault, path: Path, target: Target) -> str:
    """Return the digest of a file; keyed where people's words are what is digested."""
    digest = content_digest(path.read_bytes())
    return digest if target.password else vault.digest("export.file", digest).hex()


async def _count(settings: Settings, county: Place, choice: Choice) -> list[str]:
    """Return how many records an export would look at, and how many it would leave out."""
    async with database_of(settings) as database, database.reading() as reading:
        counts = await export_counts(reading, county.id, choice.stations, choice.cycle)
    skipped = left_out(choice)
    looked_at = sum(count for state, count in counts.items() if state not in skipped)
    lines = [f"{looked_at} records of {county.name} would be checked; no file was made"]
    for state, count in sorted(counts.items()):
        lines.append(f"{state:<10} {count:>8}{'  left out' if state in skipped else ''}")
    return lines
