"""The first look at a file: its sheets, its titles, and what its columns probably mean."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

from bot.leasing import WorkLost
from bot.rosters.masks import masked_samples
from bot.rosters.rules import gazetteer_of, load_words
from bot.rosters.work import Work
from conversations.roster.gazetteer import Gazetteer
from conversations.roster.mapping import ColumnMapping, proposed
from conversations.roster.titles import Guess, Heading, find_heading, guess_columns, rivals
from conversations.roster.words import NEEDED
from storage import column_mappings, roster_imports, uploads
from storage.roster_imports import Import
from storage.tables.first_look import best_sheet, first_rows
from storage.tables.opening import Table, open_table
from storage.tables.rows import Row

_LOOKED_AT: Final = 210
_SAMPLES: Final = 3


async def look(work: Work, one: Import) -> None:
    """Keep what a file begins with and a first mapping; a person has the last word on it.

    Raises:
        TableFault: the file cannot be read.
        WorkLost: somebody else works on it.
    """
    async with work.database.reading() as reading:
        content = await uploads.content(reading, one.upload_id or "")
        before = await roster_imports.done_before(reading, one, content)
    chosen = ColumnMapping.model_validate_json(one.mapping).sheet if one.mapping else None
    async with open_table(content) as table:
        sheet, rows = await _best_sheet(table, chosen)
        total = max(table.sheets[sheet].rows or 0, rows[-1].line if rows else 0)
        sheets, notes = list(table.sheets), list(table.notes)
    heading, guesses = _understood(rows)
    gazetteer = gazetteer_of(work.world.places, one.scope_id)
    fixed = _fixed(gazetteer, one.scope_id, (*heading.above, sheets[sheet].name, one.name))
    mapping = proposed(guesses, fixed, sheet, heading.line)
    async with work.chunk() as tx:
        known = await column_mappings.find(tx, "roster", one.scope_id, heading.titles)
        if known is not None:
            mapping = _remembered(known, mapping)
        head = {
            "sheets": [asdict(each) for each in sheets],
            "titles": heading.titles,
            "samples": masked_samples(_below(rows, heading)[:_SAMPLES], heading.titles),
            "scores": {role: guess.score for role, guess in guesses.items()},
            "notes": [asdict(note) for note in notes],
            "remembered": known is not None,
            "done_before": before.isoformat() if before is not None else "",
        }
        kept_head, as_kept = json.dumps(head, ensure_ascii=False), mapping.model_dump_json()
        kept = await roster_imports.keep_head(
            tx, one.id, kept_head, mapping=as_kept, total=total, now=work.now
        )
    if not kept:
        raise WorkLost


def doubts(mapping: ColumnMapping, head: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the needed roles whose column no title names: a command asks for a word there.

    What was said of these titles before is not doubted, but a role with two columns is.
    """
    words = load_words()
    titles = head["titles"]
    several = rivals(titles, words)
    known = () if head["remembered"] else NEEDED
    return tuple(
        role
        for role in known
        if role in mapping.columns
        and (role in several or words.role_of(titles[mapping.columns[role]]) != role)
    )


async def _best_sheet(table: Table, chosen: int | None) -> tuple[int, list[Row]]:
    """Return the chosen sheet, or the shown one whose titles say most, with its first rows."""
    if chosen is not None and 0 <= chosen < len(table.sheets):
        return chosen, await first_rows(table, chosen, _LOOKED_AT)
    return await best_sheet(table, _LOOKED_AT, lambda rows: len(_understood(rows)[1]))


def _understood(rows: Sequence[Row]) -> tuple[Heading, dict[str, Guess]]:
    words = load_words()
    heading = find_heading([(row.line, row.cells) for row in rows], words)
    samples = [row.cells for row in _below(rows, heading)]
    return heading, guess_columns(heading.titles, samples, words)


def _below(rows: Sequence[Row], heading: Heading) -> list[Row]:
    return [row for row in rows if row.line > heading.line]


def _fixed(gazetteer: Gazetteer, scope_id: str, said: Sequence[str]) -> dict[str, str]:
    """Return what holds for the whole file: a station's own township, or what the file says."""
    township, village = gazetteer.mentioned(said)
    if scope_id in gazetteer.by_id:
        return {"township": scope_id, "village": village if township == scope_id else ""}
    return {"township": township, "village": village}


def _remembered(known: str, guessed: ColumnMapping) -> ColumnMapping:
    """Return what was said of these titles before, for this file's sheet and heading."""
    before = ColumnMapping.model_validate_json(known)
    fixed = {**guessed.fixed, **before.fixed}
    kept = {role: value for role, value in fixed.items() if role not in before.columns}
    return before.model_copy(
        update={"sheet": guessed.sheet, "heading": guessed.heading, "fixed": kept}
    )
