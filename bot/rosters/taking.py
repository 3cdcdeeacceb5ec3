"""Takes a checked file over, and takes it back: chunk by chunk, each in one short transaction.

Keys are made and values sealed in a thread, before the transaction begins. What became known
between the check and the taking is seen again inside of it: a report is never overwritten.
"""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.leasing import WorkLost
from bot.rosters.checking import places_of
from bot.rosters.judging import entry_of
from bot.rosters.work import CHUNK, Work
from conversations.roster.comparing import differing, merged
from storage import roster_bulk, roster_imports, roster_rows
from storage.roster_bulk import Change, Known
from storage.roster_imports import Import
from storage.transaction import Row
from storage.vault import DataKey, Vault


async def take(work: Work, one: Import) -> None:
    """Put the people of a file on the roster; in the end its values are forgotten here.

    Raises:
        WorkLost: somebody else works on it, or it is being undone.
    """
    # The next chunk is opened and sealed while the database writes this one.
    pending = asyncio.ensure_future(_prepared(work, one, one.worked))
    try:
        while (part := await pending) is not None:
            pending = asyncio.ensure_future(_prepared(work, one, part.line))
            await _put_in(work, one, part)
            work.on_chunk(one)
    finally:
        pending.cancel()
        await asyncio.gather(pending, return_exceptions=True)
    async with work.chunk() as tx:
        await roster_bulk.settle_reported(tx, one.id)
        await roster_rows.forget_values(tx, one.id)
        if not await roster_imports.become(tx, one, "done", work.now):
            raise WorkLost


@dataclass(frozen=True, slots=True)
class _Part:
    """A chunk by its lines: values, new people with their keys, the rows that were chosen."""

    line: int
    values: Mapping[int, Mapping[str, str]] = field(repr=False)
    made: Mapping[int, Mapping[str, Any]] = field(repr=False)
    chosen: frozenset[int]


async def _prepared(work: Work, one: Import, after: int) -> _Part | None:
    """Return the next chunk, opened and sealed; None when all is in."""
    async with work.database.reading() as reading:
        rows = await reading.all(
            "roster_imports.to_take", import_id=one.id, rule=one.rule, after=after, most=CHUNK
        )
        system, vault = reading.system, reading.vault
    if not rows:
        return None
    values = await asyncio.to_thread(_values, system, rows)
    # Of those, too, who were known: another file may have been undone meanwhile.
    today = work.world.today(work.now)
    entries = [entry_of(each, today) for each in values.values()]
    sealed = await asyncio.to_thread(roster_bulk.sealed_entries, vault, entries, one.id, work.now)
    chosen = frozenset(row["line"] for row in rows if row["verdict"] == "differs")
    made = dict(zip(values, sealed, strict=True))
    return _Part(rows[-1]["line"], values, made, chosen)


async def _put_in(work: Work, one: Import, part: _Part) -> None:
    """Put a chunk in; who became known meanwhile is changed only where the rule says so.

    Whoever became known in another county, or was brought there, is left alone.
    """
    own = {"", *places_of(work, one)}
    values, made = part.values, part.made
    async with work.chunk() as tx:
        numbers = [each["id_number"] for each in values.values()]
        known = await roster_bulk.known(tx, numbers)
        new = {at: made[at] for at in made if values[at]["id_number"] not in known}
        told = {at: each for at, each in values.items() if at not in new}
        wanted = {
            at: each
            for at, each in told.items()
            if (at in part.chosen or one.rule == "file")
            and known[each["id_number"]].place_id in own
        }
        changes = await asyncio.to_thread(_changes, work, tx.vault, known, wanted, one)
        await roster_bulk.add(tx, list(new.values()))
        await roster_bulk.change(tx, list(changes.values()), work.now)
        marks = [_mark(one.id, at, "new", row["person_id"]) for at, row in new.items()]
        marks += [
            _mark(one.id, at, "differs", each.person_id, before=each.before)
            for at, each in changes.items()
        ]
        marks += [
            _late(one.id, at, known[each["id_number"]], own)
            for at, each in told.items()
            if at not in changes
        ]
        await tx.each("roster_imports.mark", marks)
        await work.advance(tx, one, part.line)


async def undo(work: Work, one: Import) -> None:
    """Take a file back: who was new goes, who was changed is as before.

    Whoever answered or began meanwhile stays, and so does what a later file changed again.

    Raises:
        WorkLost: somebody else works on it.
    """
    line = one.worked
    while True:
        async with work.chunk() as tx:
            rows = await tx.all("roster_imports.to_undo", import_id=one.id, after=line, most=CHUNK)
            if not rows:
                break
            line = rows[-1]["line"]
            theirs = [row for row in rows if _is_untouched(row, one.id)]
            new = [row for row in theirs if row["verdict"] == "new"]
            back = [row for row in theirs if row["verdict"] == "differs" and row["before"]]
            changes = await asyncio.to_thread(_restored, tx.vault, back)
            await roster_bulk.take_away(
                tx, [(row["key_id"], row["digest"], row["person_id"]) for row in new]
            )
            await roster_bulk.change(tx, changes, work.now)
            gone = {row["line"] for row in new} | {row["line"] for row in back}
            await tx.each(
                "roster_imports.mark_undone", [_undone(one.id, row, gone) for row in rows]
            )
            await work.advance(tx, one, line)
        work.on_chunk(one)
    async with work.chunk() as tx:
        if not await roster_imports.become(tx, one, "undone", work.now):
            raise WorkLost


def _values(system: DataKey, rows: Sequence[Row]) -> dict[int, dict[str, str]]:
    """Return the values of rows by their lines, opened."""
    found = {}
    for row in rows:
        content = roster_rows.opened_content(system, row)
        if content is not None:
            found[row["line"]] = content["values"]
    return found


def _changes(
    work: Work,
    vault: Vault,
    known: Mapping[str, Known],
    told: Mapping[int, Mapping[str, str]],
    one: Import,
) -> dict[int, Change]:
    """Return by line how entries change that still say something else."""
    today = work.world.today(work.now)
    changes = {}
    for line, values in told.items():
        found = known.get(values["id_number"])
        if found is None or found.is_reported or found.answers is None:
            continue
        before = found.opened(vault)
        if differing(before, values):
            after = merged(before, values)
            entry = entry_of(after, today)
            changes[line] = roster_bulk.changed(vault, found, after, entry, one.id)
    return changes


def _late(import_id: str, line: int, found: Known, own: Collection[str]) -> dict[str, Any]:
    """Return the mark of a row whose person became known, or the same, meanwhile.

    Who somebody of another county is stays theirs: nothing of this file leads to them.
    """
    verdict = "reported" if found.is_reported or found.is_withdrawn else "same"
    person_id = found.person_id if found.place_id in own else None
    return _mark(import_id, line, verdict, person_id or None, state="waiting")


def _mark(
    import_id: str,
    line: int,
    verdict: str,
    person_id: str | None,
    *,
    before: bytes | None = None,
    state: str = "taken",
) -> dict[str, Any]:
    return {
        "import_id": import_id,
        "line": line,
        "state": state,
        "verdict": verdict,
        "person_id": person_id,
        "before": before,
    }


def _is_untouched(row: Row, import_id: str) -> bool:
    """Tell whether an entry is as this import left it."""
    return (
        row["digest"] is not None
        and row["answered_by"] is None
        and not row["begun"]
        and row["last_import"] == import_id
    )


def _restored(vault: Vault, rows: Sequence[Row]) -> list[Change]:
    return [
        roster_bulk.restored(vault, row["person_id"], row["wrapped"], row["before"])
        for row in rows
    ]


def _undone(import_id: str, row: Row, gone: set[int]) -> dict[str, Any]:
    """Return the mark of a row: whoever is not on the roster any more has no id here either."""
    is_gone = row["line"] in gone
    leaves = is_gone and row["verdict"] == "new"
    return {
        "import_id": import_id,
        "line": row["line"],
        "state": "undone" if is_gone else "stayed",
        "person_id": None if leaves else row["person_id"],
    }
