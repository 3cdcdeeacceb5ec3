"""What `xiangwen answers` does with a file: the steps of the console, one after the other."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.cli.bars import progress_bar
from bot.cli.who import operator
from bot.opening import Opened, opened
from bot.platform import deciding
from bot.platform.work import Progress as OnChunk
from bot.platform.working import work_on
from bot.settings import Settings
from conversations.platform.mapping import AnswerMapping
from conversations.platform.words import COLUMNS, Verdict, folded, result_word
from storage import answer_reasons, answers, audits
from storage.answer_reasons import Reason
from storage.answers import Import
from storage.tables.faults import TOLD, TableFault

_MISSING = {
    "no_key": "no column of identity numbers or lines: say --column number=TITLE",
    "twice": "one column cannot mean two things",
    "no_status": "no column says the result: say --column status=TITLE, or --failures",
    "no_reason": "no column says the reason: say --column reason=TITLE",
    "no_batch": "say with --batch which batch it answers (xiangwen export list)",
    "unmatched": "rows of it were not found and would count as accepted: mend them first",
    "moved": "somebody else works on this file",
    "foreign": "nobody in it went out from this county",
    "nothing": "no line of it was found in a batch that went out",
    "gone": "the file is not here any more",
}


class Stopped(Exception):
    """A file cannot be taken; the text says why."""


@dataclass(frozen=True, slots=True)
class Order:
    """A file as it was given to the command."""

    name: str
    content: bytes = field(repr=False)
    county_id: str
    reason: str
    batch: str
    columns: tuple[str, ...]
    words: tuple[str, ...]
    failures: bool
    is_taken: bool


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file came to, and the first lines that were not found."""

    one: Import
    reasons: list[Reason]
    unmatched: list[tuple[int, str]]


async def brought_in(settings: Settings, order: Order) -> Brought:
    """Bring a file in; without `is_taken` it is dropped again when it was read.

    Raises:
        Stopped: it cannot be read, or taken.
    """
    async with opened(settings) as parts:
        import_id = await _begin(parts, order)
        with _progress("looking") as told:
            one = await _work(parts, import_id, ("mapping",), told)
        await _keep_mapping(parts, one, order)
        with _progress("reading") as told:
            one = await _work(parts, import_id, ("checked",), told)
        async with parts.database.reading() as reading:
            reasons = await answer_reasons.of_import(reading, import_id)
            unmatched = await answers.unmatched(reading, import_id)
        if not order.is_taken:
            await _drop(parts, one)
            return Brought(one, reasons, unmatched)
        async with parts.database.transaction() as tx:
            hindered = await deciding.take(tx, one, operator(), datetime.now(UTC))
        if hindered:
            await _drop(parts, one)
            raise Stopped(_MISSING[hindered])
        with _progress("taking") as told:
            one = await _work(parts, import_id, ("done",), told)
        return Brought(one, reasons, unmatched)


async def listed(settings: Settings) -> list[Import]:
    """Return the last files of all counties."""
    async with opened(settings) as parts, parts.database.reading() as reading:
        return await answers.everything(reading)


async def _begin(parts: Opened, order: Order) -> str:
    now = datetime.now(UTC)
    async with parts.database.transaction() as tx:
        await audits.write(
            tx,
            actor=operator(),
            action="answers.add",
            scope=f"place:{order.county_id}",
            now=now,
            detail=order.reason,
        )
        return await answers.begin(
            tx, order.name, order.content, scope_id=order.county_id, by=operator(), now=now
        )


async def _work(parts: Opened, import_id: str, until: tuple[str, ...], told: OnChunk) -> Import:
    one = await work_on(parts.database, parts.world, import_id, until, told)
    if one.state == "failed":
        key = one.fault.removeprefix("table.")
        is_file = one.fault.startswith("table.") and key in TOLD
        raise Stopped(str(TableFault(key)) if is_file else _MISSING.get(one.fault, one.fault))
    return one


async def _keep_mapping(parts: Opened, one: Import, order: Order) -> None:
    titles = [folded(title) for title in json.loads(one.head)["titles"]]
    changed: dict[str, object] = {}
    for given in order.columns:
        name, _, title = given.partition("=")
        if name not in COLUMNS or folded(title) not in titles:
            await _drop(parts, one)
            raise Stopped(f"--column {name[:20]}: no such name, or no such title in the file")
        changed[name] = titles.index(folded(title))
    mapping = AnswerMapping.model_validate_json(one.mapping)
    words = dict(mapping.words) | dict(_meanings(order.words))
    changed |= {"words": words} | ({"batch_id": order.batch} if order.batch else {})
    changed |= {"how": "failures"} if order.failures else {}
    async with parts.database.transaction() as tx:
        told = await deciding.keep_mapping(
            tx, one, mapping.model_copy(update=changed), operator(), datetime.now(UTC)
        )
    if told:
        await _drop(parts, one)
        raise Stopped(_MISSING[told])


def _meanings(given: tuple[str, ...]) -> Iterator[tuple[str, Verdict]]:
    for one in given:
        word, _, verdict = one.rpartition("=")
        if verdict == "accepted":
            yield result_word(word), "accepted"
        elif verdict == "rejected":
            yield result_word(word), "rejected"


async def _drop(parts: Opened, one: Import) -> None:
    async with parts.database.transaction() as tx:
        known = await answers.get(tx, one.id)
        if known is not None and known.state in ("mapping", "checked"):
            await answers.become(tx, known, "dropped", datetime.now(UTC))


@contextmanager
def _progress(words: str) -> Iterator[OnChunk]:
    """Show how far a step is, on the error output, where somebody looks at it."""
    with progress_bar() as bar:
        task = bar.add_task(words, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=max(done, total))
