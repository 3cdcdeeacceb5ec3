"""Reads a whole file: every row checked, looked up among who is known, and put aside sealed.

A reading that broke off begins anew: the lines that were seen decide which later ones are doubles.
"""

import asyncio
from collections.abc import Sequence

from bot.leasing import WorkLost
from bot.rosters.judging import Judge
from bot.rosters.rules import checker_of, gazetteer_of
from bot.rosters.work import CHUNK, Work
from conversations.roster.checks import Checked, Checker
from conversations.roster.mapping import ColumnMapping
from storage import followups, roster_bulk, roster_imports, roster_rows, uploads
from storage.roster_imports import Import
from storage.tables.opening import open_table
from storage.tables.rows import Row
from storage.transaction import Reading


async def read(work: Work, one: Import) -> None:
    """Put every row of a file aside with what is to be said of it.

    Raises:
        TableFault: what is wrong with the file came to light only now.
        WorkLost: somebody else works on it.
    """
    mapping = ColumnMapping.model_validate_json(one.mapping)
    checker = checker_of(work.world, mapping, one.scope_id, work.now)
    async with work.database.reading() as reading:
        content = await uploads.content(reading, one.upload_id or "")
    async with work.chunk() as tx:
        await roster_rows.drop_rows(tx, one.id)
    last = 0
    async with open_table(content) as table:
        del content
        rows: list[Row] = []
        async for piece in table.rows(mapping.sheet or 0):
            rows += [row for row in piece if row.line > mapping.heading]
            if len(rows) >= CHUNK:
                last = await _put_aside(work, one, checker, rows)
                rows = []
        if rows:
            last = await _put_aside(work, one, checker, rows)
    async with work.chunk() as tx:
        await work.advance(tx, one, last, last)
        if not await roster_imports.become(tx, one, "checked", work.now):
            raise WorkLost


def places_of(work: Work, one: Import) -> frozenset[str]:
    """Return the places whose people this file may say something of."""
    gazetteer = gazetteer_of(work.world.places, one.scope_id)
    counties = {gazetteer.by_id[place].county_id for place in gazetteer.scope}
    return gazetteer.scope | counties


async def reported_values(
    work: Work, reading: Reading, person_ids: Sequence[str]
) -> dict[str, dict[str, str]]:
    """Return what people said of themselves, by person and role."""
    found: dict[str, dict[str, str]] = {}
    async for chunk in followups.answers(reading, person_ids):
        for opened in chunk:
            if opened.form_hash:
                form = await work.world.shelf.get(reading, opened.form_hash)
                values = followups.values_of(opened)
                found[opened.person_id] = {
                    role: values[path] for role, path in form.roles.items() if values.get(path)
                }
    return found


async def _put_aside(work: Work, one: Import, checker: Checker, rows: Sequence[Row]) -> int:
    """Check a chunk of rows, look them up, keep them; return the last line."""
    checked = await asyncio.to_thread(_check, checker, rows)
    numbers = [each.values["id_number"] for each in checked if not each.faults]
    async with work.database.reading() as reading:
        known = await roster_bulk.known(reading, numbers)
        reported = [each.person_id for each in known.values() if each.is_reported]
        told = await reported_values(work, reading, reported) if reported else {}
        system, vault = reading.system, reading.vault
    judge = Judge(vault, known, told, places_of(work, one))
    given = [(each, row.cells) for each, row in zip(checked, rows, strict=True)]
    sealed = await asyncio.to_thread(
        lambda: roster_rows.sealed_rows(system, one.id, [judge.row(*each) for each in given])
    )
    async with work.chunk() as tx:
        await roster_rows.add_rows(tx, sealed)
        await work.advance(tx, one, rows[-1].line, rows[-1].line)
    work.on_chunk(one)
    return rows[-1].line


def _check(checker: Checker, rows: Sequence[Row]) -> list[Checked]:
    return [
        checker.check(row.line, row.cells, [at for at, m in row.marks.items() if m == "number"])
        for row in rows
    ]
