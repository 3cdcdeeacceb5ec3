"""What `xiangwen roster` does with a file: the steps of the console, one after the other."""

import codecs
import csv
import io
import json
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import IO, Any, Final

from bot.cli.bars import progress_bar
from bot.cli.failures import Refusal
from bot.cli.who import operator
from bot.desk import Office
from bot.opening import Opened, opened
from bot.rosters import counter
from bot.rosters.counter import Clerk
from bot.rosters.looking import doubts
from bot.rosters.outgoing import Outgoing, code_line, codes_of, refused_rows
from bot.rosters.rules import code_titles, load_words
from bot.rosters.telling import failed, titles_of
from bot.rosters.work import Progress as OnChunk
from bot.rosters.working import work_on
from bot.settings import Settings
from conversations.lobby.wishes import tag_of
from conversations.roster.comparing import Rule
from conversations.roster.mapping import ColumnMapping
from conversations.roster.titles import rivals
from storage import roster as entries
from storage import roster_imports, roster_rows
from storage.roster import Waiting
from storage.roster_imports import Import, State
from storage.roster_rows import RowState, StagedRow, Verdict

FAULTS_SHOWN: Final = 50
_WORDS: Final = {
    "looking": "looking",
    "reading": "reading and checking",
    "taking": "taking over",
    "undoing": "taking back",
}


@dataclass(frozen=True, slots=True)
class Order:
    """A file as it was given to a command; `mapped` are ROLE=TITLE."""

    name: str
    content: bytes = field(repr=False)
    scope_id: str
    reason: str
    mapped: tuple[str, ...]
    rule: Rule


@dataclass(slots=True)
class Result:
    """What became of the rows of a file, and the first of those that were refused."""

    counts: dict[tuple[Verdict, RowState], int]
    shown: list[StagedRow]
    titles: dict[str, str]
    coded: int = 0
    is_taken: bool = True
    outgoing: Outgoing | None = None

    def of(self, *verdicts: Verdict) -> int:
        """Return how many rows have one of these verdicts."""
        return sum(rows for (verdict, _), rows in self.counts.items() if verdict in verdicts)

    @property
    def refused(self) -> int:
        """Return how many rows were refused."""
        return self.of("refused")


async def added(settings: Settings, order: Order, out: IO[bytes] | None, *, renew: bool) -> Result:
    """Take a file over and make codes for its people."""
    async with opened(settings) as parts:
        one = await _read(parts, order)
        clerk = Clerk(operator())
        async with _office(parts) as office:
            await counter.keep_rule(office, clerk, one, order.rule)
            await counter.go_on(office, clerk, one, "taking", order.reason)
        one = await _waited(parts, one.id, "done")
        result = await _result(parts, one)
        if out is not None:
            result.coded = await _write_codes(parts, one, out, renew=renew)
        return result


async def checked(settings: Settings, order: Order, *, with_file: bool) -> Result:
    """Check a file, and drop it again."""
    async with opened(settings) as parts:
        one = await _read(parts, order)
        result = await _result(parts, one)
        result.is_taken = False
        if with_file and result.refused:
            result.outgoing = await refused_rows(parts.database, parts.world.texts, one)
        async with _office(parts) as office:
            await counter.go_on(office, Clerk(operator()), one, "dropped")
        return result


async def listed(settings: Settings) -> list[Import]:
    """Return the files that were brought in."""
    async with opened(settings) as parts, parts.database.reading() as reading:
        return await roster_imports.everything(reading)


async def taken_back(settings: Settings, tag: str, reason: str) -> tuple[int, int]:
    """Undo an import; return how many rows went and how many stay."""
    async with opened(settings) as parts:
        async with _office(parts) as office:
            found = await roster_imports.everything(office.tx)
            one = next((each for each in found if tag_of(each.id) == tag), None)
            if one is None:
                raise Refusal(f"{tag}: no file has this tag; see xiangwen roster list")
            if not await counter.go_on(office, Clerk(operator()), one, "undoing", reason):
                raise Refusal(f"{tag}: it is {one.state}, only what is done can be undone.")
        await _waited(parts, one.id, "undone")
        async with parts.database.reading() as reading:
            counts = await roster_rows.counts(reading, one.id)
    states = dict.fromkeys(("undone", "stayed"), 0)
    for (_, state), rows in counts.items():
        states[state] = states.get(state, 0) + rows
    return states["undone"], states["stayed"]


async def waiting(settings: Settings, today: date) -> list[Waiting]:
    """Return how many are waited for, by township."""
    async with opened(settings) as parts, parts.database.reading() as reading:
        return await entries.waiting(reading, today)


async def _read(parts: Opened, order: Order) -> Import:
    """Bring a file in and read it by what its titles say.

    Raises:
        Refusal: it cannot be read, or a needed column is not clear.
    """
    clerk = Clerk(operator())
    async with _office(parts) as office:
        import_id = await counter.begin(
            office,
            clerk,
            order.scope_id,
            order.name,
            order.content,
            reason=order.reason,
        )
    one = await _waited(parts, import_id or "", "mapping")
    try:
        mapping = _mapping(one, order.mapped)
    except Refusal:
        async with _office(parts) as office:
            await counter.go_on(office, clerk, one, "dropped")
        raise
    async with _office(parts) as office:
        await counter.keep_mapping(office, clerk, one, mapping)
    return await _waited(parts, one.id, "checked")


def _mapping(one: Import, mapped: Sequence[str]) -> ColumnMapping:
    """Return what the columns are, by their titles and what the operator said.

    Raises:
        Refusal: something needed is missing or doubtful.
    """
    head: dict[str, Any] = json.loads(one.head)
    mapping = ColumnMapping.model_validate_json(one.mapping)
    said = dict(_said(each, head["titles"]) for each in mapped)
    columns = {r: at for r, at in mapping.columns.items() if at not in said.values()} | said
    fixed = {role: value for role, value in mapping.fixed.items() if role not in columns}
    mapping = mapping.model_copy(update={"columns": columns, "fixed": fixed})
    for role in mapping.missing:
        title = load_words().titles[role][0]
        raise Refusal(f"line {mapping.heading or 1}: a column {title} is needed. See --map.")
    several = rivals(head["titles"], load_words())
    for role in doubts(mapping, head):
        if role in said:
            continue
        titles = several.get(role)
        if titles:
            raise Refusal(f"{' and '.join(titles[:2])} mean the same: say --map {role}=TITLE.")
        title = head["titles"][columns[role]]
        raise Refusal(f"is “{title}” the column of {role}? Then say --map {role}={title}")
    return mapping


def _said(text: str, titles: Sequence[str]) -> tuple[str, int]:
    role, _, title = text.partition("=")
    if role not in load_words().titles:
        known = ", ".join(load_words().titles)
        raise Refusal(f"--map {text}: roles are {known}.")
    if title not in titles:
        raise Refusal(f"--map {text}: the file has no such title.")
    return role, titles.index(title)


async def _result(parts: Opened, one: Import) -> Result:
    async with parts.database.reading() as reading:
        counts = await roster_rows.counts(reading, one.id)
        shown = await roster_rows.rows_of(reading, one.id, "refused", most=FAULTS_SHOWN)
    return Result(counts, shown, titles_of(one))


async def _write_codes(parts: Opened, one: Import, out: IO[bytes], *, renew: bool) -> int:
    _write(out, [code_titles()])
    coded = 0
    now = parts.world.clock()
    async for chunk in codes_of(parts.database, one, now, renew=renew):
        _write(out, [code_line(each, parts.world.places) for each in chunk])
        coded += len(chunk)
    return coded


def _write(out: IO[bytes], lines: Sequence[Sequence[str]]) -> None:
    """Add lines to the file of codes, in the encoding that Excel opens by a double click."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(lines)
    mark = codecs.BOM_UTF8 if out.tell() == 0 else b""
    out.write(mark + text.getvalue().encode())


@asynccontextmanager
async def _office(parts: Opened) -> AsyncIterator[Office]:
    async with parts.database.transaction() as tx:
        yield Office(tx, parts.world, datetime.now(UTC))


async def _waited(parts: Opened, import_id: str, until: State) -> Import:
    """Return a file when it has come so far, with a bar meanwhile.

    Raises:
        Refusal: it cannot be read.
    """
    with _bar() as on_chunk:
        one = await work_on(parts.database, parts.world, import_id, {until}, on_chunk)
    if one.state != until:
        what, cure = failed(parts.world.texts.speaking("en"), one)
        raise Refusal(f"the file: {what.rstrip('.')}. {cure}")
    return one


@contextmanager
def _bar() -> Iterator[OnChunk]:
    """Lend a bar on standard error, so that standard output holds only the result."""
    with progress_bar() as progress:
        task = progress.add_task("", total=None)

        def on_chunk(one: Import) -> None:
            words = _WORDS.get(one.state, one.state)
            done = {"description": words, "total": one.total or None, "completed": one.worked}
            progress.update(task, **done)  # type: ignore[arg-type]

        yield on_chunk
