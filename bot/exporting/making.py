"""Makes a batch: reads a county's records, checks them, and files them with a manifest.

A batch is made under its county's lease. What a crash leaves unfinished is made anew from its
start by whoever gets the lease next; nothing of it has left the house.
"""

import asyncio
import secrets
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

from conversations.record_rules import Finding, Record
from conversations.report_states import State
from conversations.xform import load_form
from storage import batches, forms, leases, manifests, official_templates
from storage.batches import CONSOLE, Batch, Choice, Made
from storage.database import Database
from storage.errors import StorageError
from storage.export.columns import Columns, record_reader
from storage.export.package import Frame, cut, read_frame
from storage.export.run import Clerk, Held, Outcome, Placed, Target, filing
from storage.export.sheet import LAST_ROW
from storage.export.template import DEFAULT, Template, load_template
from storage.extract import ExportRow, export_counts, export_rows
from storage.leases import Lease
from storage.manifests import HeldRow, Line
from storage.transaction import Reading, Transaction

LEASE_SPAN: Final = timedelta(minutes=2)
# What never goes out by itself, and why.
_HELD_STATES: Final[dict[str, Finding]] = {
    "returned": Finding("returned"),
    "rejected": Finding("rejected"),
}
_WENT_OUT: Final[tuple[State, ...]] = ("exported", "accepted")

Told = Callable[[int], None]
Keep = Callable[[Transaction, Outcome, Mapping[str, int]], Awaitable[None]]


class Interrupted(StorageError):
    """A batch was not made: somebody else makes it, or it was dropped, or somebody was erased."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """What making a batch needs.

    Args of the constructor:
        kept: for how long the files stay.
        row_limit: people in one file at most.
        lease: how long a county's making is left to a process that gives no sign of life.
    """

    database: Database
    zone: tzinfo
    kept: timedelta
    row_limit: int = LAST_ROW
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    lease: timedelta = LEASE_SPAN


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a batch is made by: the template, and its file cut open."""

    columns: Columns
    frame: Frame = field(repr=False)


async def expected(database: Database, batch: Batch) -> int:
    """Return how many records will be looked at, for a progress bar."""
    async with database.reading() as reading:
        counts = await _counts(reading, batch)
    return sum(count for state, count in counts.items() if state not in left_out(batch.choice))


def left_out(choice: Choice) -> frozenset[State]:
    """Return the states of reports that a batch is not about."""
    waits: tuple[State, ...] = () if "submitted" in choice.states else ("submitted",)
    return frozenset((*waits, *(_WENT_OUT if choice.changed else ())))


async def make(shop: Workshop, batch: Batch, target: Target, told: Told, keep: Keep) -> Outcome:
    """File the records of a batch, and keep what came of it while the lease still holds.

    Args:
        told: is called with the number of records of each chunk.
        keep: finishes the batch, in the transaction that it is given; the files are complete then.

    Raises:
        Interrupted: somebody else makes it, it was dropped, or somebody was erased meanwhile.
        ExportError: the template cannot be used, or a file cannot be written.
    """
    lease = await _begin(shop, batch)
    try:
        recipe = await recipe_of(shop.database, batch)
        today = shop.clock().astimezone(shop.zone).date()
        limit = shop.row_limit
        with filing(recipe.columns, recipe.frame, target, today=today, row_limit=limit) as clerk:
            await _file_all(_Work(shop, batch, lease, clerk, told))
        async with shop.database.transaction() as tx:
            if not await leases.renew(tx, lease, shop.lease):
                raise Interrupted("somebody else makes the batch")
            if await manifests.has_erased(tx, batch.id):
                raise Interrupted("somebody was erased while the batch was made")
            await keep(tx, clerk.outcome, await _noted(tx, batch, clerk.outcome))
        return clerk.outcome
    finally:
        async with shop.database.transaction() as tx:
            await leases.release(tx, lease)


async def _noted(reading: Reading, batch: Batch, outcome: Outcome) -> dict[str, int]:
    """Return how often each reason held somebody back, and how many wait to be verified."""
    counts = await _counts(reading, batch)
    waiting = counts.get("submitted", 0) if "submitted" in left_out(batch.choice) else 0
    return {**outcome.reasons, "flagged": outcome.flagged, "waiting": waiting}


def made_of(outcome: Outcome, counts: Mapping[str, int], digest: str) -> Made:
    """Return what the making of a batch came to."""
    worked = outcome.exported + outcome.held_back
    return Made(outcome.exported, outcome.held_back, worked, counts, digest)


async def recipe_of(database: Database, batch: Batch) -> Recipe:
    """Return the template of a batch: the county's own as it was mapped, or ours.

    Raises:
        TemplateError: it cannot be used.
    """
    if batch.mapping_id is None:
        template = load_template()
        frame = read_frame(DEFAULT.with_name(template.file), template)
        return Recipe(Columns(template, batch.choice.wording), frame)
    async with database.reading() as reading:
        mapping = await official_templates.mapping(reading, batch.mapping_id)
        if mapping is None:
            raise LookupError(f"mapping {batch.mapping_id} is not there")
        content = await official_templates.content(reading, mapping.template_id)
    template = mapping.template
    return Recipe(Columns(template, batch.choice.wording), cut_open(content, template))


def cut_open(content: bytes, template: Template) -> Frame:
    """Return a template's file, cut open where people belong.

    Raises:
        TemplateError: the sheet of the mapping is not in it, or it cannot be read.
    """
    return cut(content, template, template.title)


@dataclass(frozen=True, slots=True)
class _Work:
    shop: Workshop
    batch: Batch
    lease: Lease
    clerk: Clerk
    told: Told


async def end_stale(tx: Transaction, county_id: str) -> None:
    """End a batch of the command line whose process is gone: nobody goes on with such a one."""
    found = await batches.open_of(tx, county_id)
    if found is None or found.kind == CONSOLE:
        return
    lease = await leases.acquire(tx, _lease_of(found), secrets.token_hex(8), LEASE_SPAN)
    if lease is not None:
        await batches.fail(tx, found.id, "broken")
        await leases.release(tx, lease)


def _lease_of(batch: Batch) -> str:
    return f"export:{batch.county_id}"


async def _begin(shop: Workshop, batch: Batch) -> Lease:
    async with shop.database.transaction() as tx:
        name = _lease_of(batch)
        lease = await leases.acquire(tx, name, secrets.token_hex(8), shop.lease)
        if lease is None:
            raise Interrupted("somebody makes a batch of this county at this moment")
        if not await batches.begin(tx, batch.id):
            await leases.release(tx, lease)
            raise Interrupted("the batch was dropped")
        return lease


async def _file_all(work: _Work) -> None:
    """Read, check and file all records, a chunk at a time; the one before is noted meanwhile."""
    database, choice, batch = work.shop.database, work.batch.choice, work.batch
    worked, keeping = 0, asyncio.ensure_future(asyncio.sleep(0))
    async with database.reading() as reading:
        rows = export_rows(
            reading,
            batch.county_id or "",
            choice.stations,
            choice.cycle,
            left_out=left_out(choice),
        )
        try:
            async with aclosing(_read(database, rows)) as chunks:
                async for chunk, records in chunks:
                    known = await _known(database, chunk, records)
                    filed = await asyncio.to_thread(
                        _file, work.clerk, batch, chunk, records, known
                    )
                    await keeping
                    worked += len(chunk)
                    keeping = asyncio.ensure_future(_keep(work, *filed, worked))
            await keeping
        finally:
            keeping.cancel()
            await asyncio.gather(keeping, return_exceptions=True)


async def _keep(work: _Work, lines: Sequence[Line], held: Sequence[HeldRow], worked: int) -> None:
    """Note a chunk in the manifest, as long as the lease holds and the batch is wanted."""
    async with work.shop.database.transaction() as tx:
        holds = await leases.renew(tx, work.lease, work.shop.lease)
        if not holds or not await batches.note_worked(tx, work.batch.id, worked):
            raise Interrupted("the batch was dropped, or somebody else makes it")
        await manifests.add_lines(tx, work.batch.id, lines)
        await manifests.add_held(tx, work.batch.id, held)
    work.told(len(lines) + len(held))


async def _read(
    database: Database, chunks: AsyncGenerator[Sequence[ExportRow], None]
) -> AsyncGenerator[tuple[Sequence[ExportRow], list[Record]], None]:
    """Yield the rows with their values by role, each read by the form that it was given to."""
    known: dict[str, Callable[[bytes], Record]] = {}
    async with aclosing(chunks):
        async for chunk in chunks:
            for hash in {row.form_hash for row in chunk} - known.keys():
                known[hash] = await _reader(database, hash)
            yield chunk, [known[row.form_hash](row.content) for row in chunk]


async def _reader(database: Database, hash: str) -> Callable[[bytes], Record]:
    """Return a form's reader, over a connection of its own: the other one is reading ahead."""
    async with database.reading() as reading:
        published = await forms.find(reading, hash)
    if published is None:
        raise LookupError(f"form {hash[:12]} was never published here")
    return record_reader(load_form(published.xml).roles)


async def _known(
    database: Database, chunk: Sequence[ExportRow], records: Sequence[Record]
) -> list[list[Finding]]:
    """Return what holds each record back beside what it says: its state, or another's number."""
    numbers = [record.get("id_number", "") for record in records]
    async with database.reading() as reading:
        owners = await manifests.owners(reading, filter(None, numbers))
    found = []
    for row, number in zip(chunk, numbers, strict=True):
        faults = [_HELD_STATES[row.state]] if row.state in _HELD_STATES else []
        if owners.get(number, set()) - {row.person_id, ""}:
            faults.append(Finding("number_of_other", ("id_number",)))
        found.append(faults)
    return found


def _file(
    clerk: Clerk,
    batch: Batch,
    chunk: Sequence[ExportRow],
    records: Sequence[Record],
    known: Sequence[Sequence[Finding]],
) -> tuple[list[Line], list[HeldRow]]:
    """File a chunk and return where its records went."""
    lines, held = [], []
    for row, record, faults in zip(chunk, records, known, strict=True):
        match clerk.take(record, faults):
            case Placed(part, line):
                number = record["id_number"]
                lines.append(Line(part, line, number, row.person_id, row.report_id))
            case Held(findings):
                reasons = tuple(dict.fromkeys(one.key for one in findings))
                roles = tuple(dict.fromkeys(role for one in findings for role in one.roles))
                place = row.township_id or batch.county_id or ""
                held.append(HeldRow(row.person_id, row.report_id, place, reasons, roles))
    return lines, held


async def _counts(reading: Reading, batch: Batch) -> dict[State, int]:
    choice = batch.choice
    return await export_counts(reading, batch.county_id or "", choice.stations, choice.cycle)
