"""Reads a result file: each line is matched to the row of a batch, and nothing is changed yet."""

import json
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from bot.leasing import WorkLost
from bot.platform.looking import MOST_WORDS, as_json, number_in
from bot.platform.work import Work, load_words
from conversations.platform.mapping import AnswerMapping, cell_at
from conversations.platform.words import Refused, Words, group_of, result_word
from conversations.replies.identity_number import read_identity_number
from conversations.replies.outcome import Understood
from conversations.spoilt_numbers import is_spoilt
from storage import answer_reasons, answer_rows, answers, uploads
from storage.answer_reasons import Reason
from storage.answer_rows import Match
from storage.answers import Import, RowRead
from storage.tables.opening import open_table
from storage.tables.rows import Row
from storage.transaction import Transaction

_LINE: Final = re.compile(r"[0-9]{1,7}")
# Reasons beyond these are counted under the last one.
_MOST_REASONS: Final = 120
_LONGEST: Final = 500


@dataclass(slots=True)
class _Read:
    """What came of the lines so far."""

    mapping: AnswerMapping
    words: Words
    seen: set[tuple[str, int, int]]
    reasons: dict[str, Reason] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    foreign: int = 0


async def read(work: Work, one: Import) -> None:
    """Match the lines that were not read yet; then the file is `checked`.

    Raises:
        TableFault: the file cannot be read.
        WorkLost: somebody else works on it, or it was dropped.
    """
    mapping = AnswerMapping.model_validate_json(one.mapping)
    async with work.database.reading() as reading:
        content = await uploads.content(reading, one.upload_id or "")
        known = await answer_reasons.of_import(reading, one.id)
        so_far = _Read(mapping, load_words(), await answer_rows.seen(reading, one.id))
    so_far.reasons = {reason.words: reason for reason in known}
    async with open_table(content) as table:
        after = max(mapping.heading, one.worked)
        async for rows in _lines(table.rows(mapping.sheet), after, work.size):
            async with work.chunk() as tx:
                await answers.add_rows(tx, one.id, await _matched(work, tx, one, rows, so_far))
                await answer_reasons.put(tx, one.id, list(so_far.reasons.values()))
                await work.advance(tx, one, rows[-1].line)
            work.on_chunk(rows[-1].line, one.total)
    await _finish(work, one, so_far)


async def _finish(work: Work, one: Import, so_far: _Read) -> None:
    async with work.chunk() as tx:
        await answers.note_counts(tx, one.id)
        counted = await answers.get(tx, one.id)
        if counted is None:
            raise WorkLost
        matched = counted.accepted + counted.rejected + counted.known
        if not matched:
            await answers.fail(tx, counted, "foreign" if so_far.foreign else "nothing", work.now)
            return
        if not await answers.become(tx, counted, "checked", work.now):
            raise WorkLost
        if so_far.unknown:
            await _show_unknown(work, tx, one, so_far)


async def _show_unknown(work: Work, tx: Transaction, one: Import, so_far: _Read) -> None:
    """Let the clerk say what result words mean that nobody could guess."""
    head = json.loads(one.head) if one.head else {"words": []}
    merged = dict.fromkeys([*so_far.unknown, *head["words"]])
    head["words"] = list(merged)[:MOST_WORDS]
    await answers.keep_seen(tx, one.id, as_json(head))


async def _lines(
    chunks: AsyncIterator[list[Row]], after: int, size: int
) -> AsyncIterator[list[Row]]:
    """Yield rows below a line in chunks of one transaction's size."""
    held: list[Row] = []
    async for chunk in chunks:
        held += [row for row in chunk if row.line > after]
        while len(held) >= size:
            yield held[:size]
            held = held[size:]
    if held:
        yield held


async def _matched(
    work: Work, tx: Transaction, one: Import, rows: Sequence[Row], so_far: _Read
) -> list[RowRead]:
    mapping, today = so_far.mapping, work.world.today(work.now)
    by_number: dict[str, list[Match]] = {}
    by_line: dict[int, Match] = {}
    if mapping.number is not None:
        numbers = {number_in(row, mapping.number) for row in rows}
        by_number = await answer_rows.find(tx, filter(None, numbers))
    else:
        wanted = [found for row in rows if (found := _line_of(row, mapping)) is not None]
        by_line = await answer_rows.find_lines(tx, mapping.batch_id, mapping.part, wanted)
    matched = _Found(by_number, by_line, today)
    return [_one(one, row, so_far, matched) for row in rows]


@dataclass(frozen=True, slots=True)
class _Found:
    """The rows of batches that some lines may be about."""

    by_number: Mapping[str, Sequence[Match]]
    by_line: Mapping[int, Match]
    today: date


def _one(one: Import, row: Row, so_far: _Read, known: _Found) -> RowRead:
    """Return one line with the rows of batches that it may be about."""
    mapping = so_far.mapping
    if mapping.number is None:
        at = _line_of(row, mapping)
        match = known.by_line.get(at) if at is not None else None
        return _row(one, row, [match] if match else [], "unknown" if at else "no_line", so_far)
    number = number_in(row, mapping.number)
    mark = row.marks.get(mapping.number, "")
    destroyed = is_spoilt(row.cell(mapping.number), mark, known.today)
    fault = "spoilt" if destroyed else _number_fault(number, known.today)
    own = known.by_number.get(number, ())
    return _row(one, row, [m for m in own if mapping.batch_id in ("", m.batch_id)], fault, so_far)


def _row(one: Import, row: Row, found: Sequence[Match], fault: str, so_far: _Read) -> RowRead:
    """Return a line as it is kept, matched or with the reason why not."""
    own = [match for match in found if match.county_id == one.scope_id]
    if not own:
        so_far.foreign += bool(found)
        return RowRead(row.line, "unmatched", "foreign" if found else fault)
    # Where no batch was chosen, the one that went out last.
    match = own[0]
    verdict = so_far.mapping.verdict_of(row.cells, so_far.words)
    if verdict is None:
        _note_unknown(row, so_far)
        return RowRead(row.line, "unmatched", "status")
    place = (match.batch_id, match.part, match.line)
    if place in so_far.seen:
        return RowRead(row.line, "unmatched", "twice")
    so_far.seen.add(place)
    kept = RowRead(row.line, verdict, "", *place)
    if match.outcome == verdict:
        return replace(kept, verdict="known")
    if verdict == "accepted":
        return kept
    said = _said(row, so_far.mapping)
    return replace(kept, reason=_reason(said, so_far).number, words=said)


def _said(row: Row, mapping: AnswerMapping) -> str:
    """Return the platform's words: the reason, or else what its result column says."""
    said = cell_at(row.cells, mapping.reason) or cell_at(row.cells, mapping.status)
    return " ".join(said.split())[:_LONGEST]


def _reason(said: str, so_far: _Read) -> Reason:
    """Return the reason of a row, counted; those that differ in numbers only are one."""
    group = group_of(said)
    if group not in so_far.reasons and len(so_far.reasons) >= _MOST_REASONS:
        group = next(reversed(so_far.reasons))
    known = so_far.reasons.get(group)
    if known is None:
        what: Refused = so_far.words.refused(said)
        number = len(so_far.reasons) + 1
        known = Reason(number, what.key, what.roles, group, 0, what.who)
    so_far.reasons[group] = replace(known, total=known.total + 1)
    return known


def _note_unknown(row: Row, so_far: _Read) -> None:
    word = result_word(cell_at(row.cells, so_far.mapping.status))
    if word and word not in so_far.unknown and len(so_far.unknown) < MOST_WORDS:
        so_far.unknown.append(word)


def _number_fault(number: str, today: date) -> str:
    """Return the key of why a number was not found in a batch."""
    if not number:
        return "no_number"
    if "*" in number:
        return "masked"
    read = read_identity_number(number, today)
    return "unknown" if isinstance(read, Understood) else "bad_number"


def _line_of(row: Row, mapping: AnswerMapping) -> int | None:
    found = _LINE.search(row.cell(mapping.line if mapping.line is not None else -1))
    return int(found[0]) if found else None
