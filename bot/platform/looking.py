"""The first look at a result file: its sheets, its titles, and how it tells success."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Final

from bot.leasing import WorkLost
from bot.platform.work import Work, load_words
from conversations.cases import masked_name
from conversations.platform.mapping import AnswerMapping, cell_at, guess
from conversations.platform.words import group_of, result_word
from conversations.replies.characters import plain
from storage import answer_rows, answers, batches, column_mappings, uploads
from storage.answers import Import
from storage.batches import Batch
from storage.scope import Scope
from storage.tables.first_look import best_sheet
from storage.tables.opening import open_table
from storage.tables.rows import Row
from storage.transaction import Reading

_LOOKED_AT: Final = 300
_SAMPLES: Final = 4
_BATCHES: Final = 30
MOST_WORDS: Final = 24
_LONGEST: Final = 60


async def look(work: Work, one: Import) -> None:
    """Keep what a file begins with and a first mapping; a person has the last word on it.

    Raises:
        TableFault: the file cannot be read.
        WorkLost: somebody else works on it.
    """
    async with work.database.reading() as reading:
        content = await uploads.content(reading, one.upload_id or "")
        before = await answers.done_before(reading, one, content)
        known_batches = await taken_batches(reading, one.scope_id)
    async with open_table(content) as table:
        sheet, rows = await best_sheet(table, _LOOKED_AT, _known)
        sheets, notes = [asdict(each) for each in table.sheets], list(table.notes)
        total = max(table.sheets[sheet].rows or 0, rows[-1].line if rows else 0)
    mapping, titles = _understood(sheet, rows)
    async with work.chunk() as tx:
        known = await column_mappings.find(tx, "answer", one.scope_id, titles)
        if known is not None:
            mapping = _remembered(known, mapping)
        batch_id = await _likely_batch(tx, mapping, rows, known_batches)
        mapping = mapping.model_copy(update={"batch_id": batch_id})
        head = {
            "sheets": sheets,
            "titles": titles,
            "samples": _samples(rows, mapping, len(titles)),
            "words": _words_of(rows, mapping),
            "notes": [asdict(note) for note in notes],
            "remembered": known is not None,
            "done_before": before.isoformat() if before is not None else "",
        }
        as_kept = mapping.model_dump_json()
        kept = await answers.keep_head(
            tx, one.id, as_json(head), as_kept, total=total, now=work.now
        )
    if not kept:
        raise WorkLost


async def taken_batches(reading: Reading, county_id: str) -> list[Batch]:
    """Return the batches of a county that left the house, newest first."""
    found = await batches.of_places(reading, Scope((county_id,)), _BATCHES)
    return [batch for batch in found if batch.taken_at is not None and batch.rows]


async def _likely_batch(
    reading: Reading, mapping: AnswerMapping, rows: Sequence[Row], known: Sequence[Batch]
) -> str:
    """Return the batch that most of the first numbers went out in, the newest of equals."""
    ids = [batch.id for batch in known]
    if not ids or mapping.number is None:
        return ids[0] if ids else ""
    below = [row for row in rows if row.line > mapping.heading]
    numbers = {number_in(row, mapping.number) for row in below} - {""}
    found = await answer_rows.find(reading, numbers)
    counted = Counter(at for matches in found.values() for at in {m.batch_id for m in matches})
    return max(ids, key=lambda one: (counted[one], -ids.index(one)))


def number_in(row: Row, column: int) -> str:
    """Return an identity number as a cell has it, without blanks."""
    return plain(row.cell(column)).replace(" ", "").upper()


def as_json(head: dict[str, Any]) -> str:
    """Return what was seen, as it is kept."""
    return json.dumps(head, ensure_ascii=False)


def _remembered(known: str, guessed: AnswerMapping) -> AnswerMapping:
    """Return what was said of these titles before, for this file's sheet and heading."""
    here = {"sheet": guessed.sheet, "heading": guessed.heading}
    return AnswerMapping.model_validate_json(known).model_copy(
        update={**here, "batch_id": "", "part": 1}
    )


def _known(rows: list[Row]) -> int:
    """Return how many of the columns that count some rows have."""
    mapping = guess([(row.line, row.cells) for row in rows], load_words())
    columns = (mapping.number, mapping.line, mapping.status, mapping.reason)
    return sum(column is not None for column in columns)


def _understood(sheet: int, rows: Sequence[Row]) -> tuple[AnswerMapping, list[str]]:
    mapping = guess([(row.line, row.cells) for row in rows], load_words())
    heading = next((row for row in rows if row.line == mapping.heading), None)
    width = max((len(row.cells) for row in rows), default=0)
    titles = [" ".join(cell.split())[:_LONGEST] for cell in (heading.cells if heading else ())]
    titles += [""] * (width - len(titles))
    return mapping.model_copy(update={"sheet": sheet}), titles


def _samples(rows: Sequence[Row], mapping: AnswerMapping, width: int) -> list[list[str]]:
    """Return a few rows: digits are taken out, and of other words the beginning stays."""
    below = [row for row in rows if row.line > mapping.heading][:_SAMPLES]
    said = (mapping.status, mapping.reason)
    return [[_masked(row.cell(at), is_said=at in said) for at in range(width)] for row in below]


def _masked(cell: str, *, is_said: bool) -> str:
    plain = group_of(cell)
    if is_said:
        return plain[:_LONGEST]
    return masked_name(plain) if 1 < len(plain) < 5 and "#" not in plain else plain[:12]


def _words_of(rows: Sequence[Row], mapping: AnswerMapping) -> list[str]:
    """Return the different cells of the result column, as far as the first look goes."""
    below = (row for row in rows if row.line > mapping.heading)
    given = (cell_at(row.cells, mapping.status) for row in below)
    return list(dict.fromkeys(result_word(cell) for cell in given if cell))[:MOST_WORDS]
