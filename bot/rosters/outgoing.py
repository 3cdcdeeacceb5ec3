"""Files that go back out of a roster: refused rows with their reasons, and personal codes.

Each is protected by a password that is shown once. Cells are text, so none becomes a formula; the
plain rows touch no disk.
"""

import io
import json
import tempfile
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from bot.places import Places
from bot.render.words import grouped
from bot.rosters.judging import faults_of
from bot.rosters.rules import code_titles
from bot.rosters.telling import titles_of, told
from bot.rosters.work import CHUNK
from bot.texts import Texts
from storage import roster_codes, roster_rows
from storage.database import Database
from storage.export.blank import blank_workbook
from storage.export.package import cut
from storage.export.protect import EncryptingStream, new_password
from storage.export.sheet import Workbook
from storage.export.template import Column, Template, letter_of
from storage.roster_codes import Handed
from storage.roster_imports import Import
from storage.scope import Scope

_WIDE: Final = 44
_NARROW: Final = 16
_LONGEST_TITLE: Final = 100


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A protected file; its password is shown once and kept nowhere."""

    name: str
    content: bytes = field(repr=False)
    password: str = field(repr=False)
    rows: int


async def refused_rows(database: Database, texts: Texts, one: Import) -> Outgoing:
    """Return the refused rows as they were given, each with why and what to do.

    The given columns come first, so that the mended file can be brought in as it is.
    """
    titles = titles_of(one)
    given = _given_titles(one)
    reasons = (texts("console.roster.reason"), texts("console.roster.cure"))
    title = texts("console.roster.result_title")
    with _Protected(title, (*given, *reasons)) as file:
        after = 0
        while rows := await _refused(database, one.id, after):
            for row in rows:
                cells = list((row.content or {}).get("cells", []))[: len(given)]
                cells += [""] * (len(given) - len(cells))
                said = [told(texts, fault, titles) for fault in faults_of(row.content)]
                stop = texts("console.roster.between")
                file.add([*cells, stop.join(what for what, _ in said), _cures(said)])
            after = rows[-1].line
    return file.outgoing(texts("console.roster.result_file"))


async def personal_codes(
    texts: Texts,
    places: Places,
    handed: AsyncIterator[Sequence[Handed]],
) -> Outgoing:
    """Return a file of codes, one person a row, to be cut into slips and handed out."""
    with _Protected(texts("console.roster.codes_title"), code_titles()) as file:
        async for chunk in handed:
            for one in chunk:
                file.add(code_line(one, places))
    return file.outgoing(texts("console.roster.codes_file"))


async def codes_of(
    database: Database,
    one: Import,
    now: datetime,
    township_id: str = "",
    *,
    renew: bool = False,
    scope: Scope | None = None,
) -> AsyncIterator[Sequence[Handed]]:
    """Make codes for whoever of a file is waited for and has none; yield them chunk by chunk."""
    after = 0
    while True:
        async with database.transaction() as tx:
            after, chunk = await roster_codes.issue(
                tx,
                one.id,
                now,
                after=after,
                most=CHUNK,
                township_id=township_id,
                renew=renew,
                scope=scope,
            )
        if not after:
            return
        yield chunk


def code_line(one: Handed, places: Places) -> list[str]:
    """Return name, township, village and code."""
    place = places.by_id.get(one.township_id)
    township = place.name if place is not None else ""
    return [
        one.answers.get("name", ""),
        township,
        one.answers.get("village", ""),
        grouped(one.code),
    ]


class _Protected:
    """A workbook of text cells that is encrypted while it is written."""

    def __init__(self, title: str, titles: Sequence[str]) -> None:
        columns = tuple(
            Column(title=name[:_LONGEST_TITLE], roles=("text",), width=_width(at, len(titles)))
            for at, name in enumerate(titles)
        )
        template = Template(title=title, file="", sheet=title, first_row=4, columns=columns)
        self._password = new_password()
        self._stream = EncryptingStream(self._password, Path(tempfile.gettempdir()))
        frame = cut(blank_workbook(template), template, "roster")
        self._book = Workbook(self._stream, template, frame)
        self._rows = 0
        self._done = io.BytesIO()

    def __enter__(self) -> "_Protected":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self._book.finish()
                self._stream.finish(self._done)
        finally:
            self._book.close()
            self._stream.close()

    def add(self, cells: Sequence[str]) -> None:
        """Add a row."""
        self._book.add(cells)
        self._rows += 1

    def outgoing(self, name: str) -> Outgoing:
        """Return the finished file."""
        return Outgoing(name, self._done.getvalue(), self._password, self._rows)


def _width(at: int, columns: int) -> int:
    """Return how wide a column is: reasons stand in the last two."""
    return _WIDE if at >= columns - 2 else _NARROW


def _given_titles(one: Import) -> list[str]:
    titles = json.loads(one.head)["titles"] if one.head else []
    return [title or letter_of(at) for at, title in enumerate(titles, 1)]


def _cures(said: Sequence[tuple[str, str]]) -> str:
    return "".join(dict.fromkeys(cure for _, cure in said))


async def _refused(database: Database, import_id: str, after: int) -> list[roster_rows.StagedRow]:
    async with database.reading() as reading:
        return await roster_rows.rows_of(reading, import_id, "refused", after=after, most=CHUNK)
