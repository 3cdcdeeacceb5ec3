"""One export: rows of people in, a protected file and its held-back rows out."""

from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import IO, Literal

from conversations.record_rules import Finding, Record, findings, over_age
from storage.export.blank import blank_workbook, held_back_template
from storage.export.columns import Columns
from storage.export.package import Frame, cut
from storage.export.protect import EncryptingStream
from storage.export.reasons import WORDS, in_words
from storage.export.sheet import CsvFile, Rows, Workbook, Writable
from storage.export.target import new_file, refuse_existing
from storage.export.template import Template


@dataclass(frozen=True, slots=True)
class Target:
    """Where an export goes. Without a password it is plain; `.csv` is always plain."""

    path: Path
    password: str | None = field(default=None, repr=False)
    force: bool = False

    @property
    def kind(self) -> Literal["xlsx", "csv"]:
        """Return what the name says."""
        return "csv" if self.path.suffix.lower() == ".csv" else "xlsx"

    @property
    def held_back(self) -> Path:
        """Return where rows that were held back go: FILE.held-back.xlsx."""
        return self.path.with_name(f"{self.path.stem}.held-back.xlsx")


@dataclass(slots=True)
class Outcome:
    """What an export did.

    Attributes:
        flagged: rows exported with something for staff to look at.
        reasons: how often each reason held a row back.
    """

    exported: int = 0
    held_back: int = 0
    flagged: int = 0
    reasons: Counter[str] = field(default_factory=Counter)


async def export(
    chunks: AsyncIterator[Sequence[Record]],
    columns: Columns,
    frame: Frame,
    target: Target,
    *,
    today: date,
) -> Outcome:
    """Write a file, and a second one when rows were held back; both appear whole or not at all.

    Args:
        today: local calendar date of the county (Asia/Shanghai).

    Raises:
        TargetError: a file exists and may not be replaced, or cannot be written.
        TooManyRows: the sheet is full.
    """
    refuse_existing((target.path, target.held_back), force=target.force)
    with ExitStack() as files:
        main = files.enter_context(_main_file(target, columns.template, frame))
        held_back = _HeldBack(files, target, columns.template)
        clerk = _Clerk(columns, main, held_back, today)
        async for chunk in chunks:
            for record in chunk:
                clerk.take(record)
    if not clerk.outcome.held_back:
        # What an earlier export held back is out of date now; only --force comes this far.
        target.held_back.unlink(missing_ok=True)
    return clerk.outcome


class _HeldBack:
    """The second file, begun with the first row that is held back."""

    def __init__(self, files: ExitStack, target: Target, template: Template) -> None:
        self._files = files
        self._target = target
        self._template = held_back_template(template)
        self._rows: Rows | None = None

    def add(self, reason: str, cells: list[str]) -> None:
        """Add a row."""
        if self._rows is None:
            frame = cut(blank_workbook(self._template), self._template, "held-back")
            self._rows = self._files.enter_context(
                _workbook(self._target.held_back, self._target, self._template, frame)
            )
        self._rows.add([reason, *cells])


class _Clerk:
    """Looks at each row and puts it into the one file or the other."""

    def __init__(self, columns: Columns, main: Rows, held_back: _HeldBack, today: date) -> None:
        self.outcome = Outcome()
        self._columns = columns
        self._main = main
        self._held_back = held_back
        self._today = today
        self._rows_by_number: dict[int, int] = {}

    def take(self, record: Record) -> None:
        """Add one record to the file that it belongs to."""
        review = WORDS["over_age"] if over_age(record, self._today) else ""
        cells, faults = self._columns.cells(record, review)
        faults = [*findings(record, self._today), *faults]
        number = _as_int(record.get("id_number", ""))
        repeats = self._rows_by_number.get(number, 0) if number else 0
        if repeats:
            faults.append(Finding("id_number_repeated", ("id_number",)))
        if faults:
            self.outcome.held_back += 1
            self.outcome.reasons.update(fault.key for fault in faults)
            self._held_back.add(in_words(faults, self._columns.titles, repeats), cells)
            return
        self._rows_by_number[number] = self._main.add(cells)
        self.outcome.exported += 1
        self.outcome.flagged += bool(review)


def _as_int(id_number: str) -> int:
    """Return the first 17 digits as a number, which takes less memory; the 18th follows."""
    digits = id_number[:17]
    return int(digits) if digits.isascii() and digits.isdecimal() else 0


@contextmanager
def _main_file(target: Target, template: Template, frame: Frame) -> Iterator[Rows]:
    if target.kind == "xlsx":
        with _workbook(target.path, target, template, frame) as rows:
            yield rows
        return
    with (
        new_file(target.path, force=target.force) as file,
        _filling(CsvFile(file, template)) as rows,
    ):
        yield rows


@contextmanager
def _workbook(path: Path, target: Target, template: Template, frame: Frame) -> Iterator[Rows]:
    with ExitStack() as opened:
        file = opened.enter_context(new_file(path, force=target.force))
        stream: Writable = file
        if target.password is not None:
            stream = opened.enter_context(_sealed(file, target.password, path.parent))
        yield opened.enter_context(_filling(Workbook(stream, template, frame)))


@contextmanager
def _filling(rows: Rows) -> Iterator[Rows]:
    """Lend a file of rows; it is completed unless the block raises."""
    try:
        yield rows
        rows.finish()
    finally:
        rows.close()


@contextmanager
def _sealed(file: IO[bytes], password: str, folder: Path) -> Iterator[EncryptingStream]:
    stream = EncryptingStream(password, folder)
    try:
        yield stream
        stream.finish(file)
    finally:
        stream.close()
