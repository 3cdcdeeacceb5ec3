"""One export: rows of people in; protected files and a file of held-back rows out."""

from collections import Counter
from collections.abc import Iterator, Sequence
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
from storage.export.sheet import LAST_ROW, CsvFile, Rows, Workbook, Writable
from storage.export.target import new_file, refuse_existing
from storage.export.template import SERIAL, Template


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

    def part(self, number: int) -> Path:
        """Return where a part goes: the first is FILE.xlsx, the next ones FILE-2.xlsx…"""
        if number == 1:
            return self.path
        return self.path.with_name(f"{self.path.stem}-{number}{self.path.suffix}")


@dataclass(slots=True)
class Outcome:
    """What an export did.

    Attributes:
        flagged: rows exported with something for staff to look at.
        reasons: how often each reason held a row back.
        parts: rows of each file, the first one's first.
    """

    exported: int = 0
    held_back: int = 0
    flagged: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    parts: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a row went: the file, and its row as Excel shows it."""

    part: int
    line: int


@dataclass(frozen=True, slots=True)
class Held:
    """Why a row went into no file."""

    findings: tuple[Finding, ...]


@contextmanager
def filing(
    columns: Columns, frame: Frame, target: Target, *, today: date, row_limit: int = LAST_ROW
) -> Iterator["Clerk"]:
    """Lend a clerk who takes rows; the files appear whole when the block ends, or not at all.

    Args:
        today: local calendar date of the county (Asia/Shanghai).
        row_limit: people in a file at most; then a next part is begun.

    Raises:
        TargetError: a file exists and may not be replaced, or cannot be written.
    """
    refuse_existing((target.path, target.held_back), force=target.force)
    with ExitStack() as files:
        main = _Parts(files, target, columns.template, frame, row_limit)
        clerk = Clerk(columns, main, _HeldBack(files, target, columns.template), today)
        yield clerk
        clerk.outcome.parts = main.counts
    if not clerk.outcome.held_back:
        # What an earlier export held back is out of date now; only --force comes this far.
        target.held_back.unlink(missing_ok=True)


class _Parts:
    """The files of people: a next one is begun when the platform takes no more rows in one."""

    def __init__(
        self, files: ExitStack, target: Target, template: Template, frame: Frame, limit: int
    ) -> None:
        self._files = files
        self._target = target
        self._template = template
        self._frame = frame
        self._limit = min(limit, LAST_ROW - template.first_row + 1)
        self._serials = [
            at for at, column in enumerate(template.columns) if column.roles == (SERIAL,)
        ]
        self.counts: list[int] = []
        self._rows = self._next()

    def add(self, cells: list[str]) -> Placed:
        """Add a row, numbered from 1 in each file where the template counts its rows."""
        if self.counts[-1] == self._limit:
            self._rows = self._next()
        self.counts[-1] += 1
        for at in self._serials:
            cells[at] = str(self.counts[-1])
        return Placed(len(self.counts), self._rows.add(cells))

    def _next(self) -> Rows:
        self.counts.append(0)
        path = self._target.part(len(self.counts))
        refuse_existing((path,), force=self._target.force)
        return self._files.enter_context(_file(path, self._target, self._template, self._frame))


class _HeldBack:
    """The file of held-back rows, begun with the first of them."""

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


class Clerk:
    """Looks at each row and puts it into the one file or the other."""

    def __init__(self, columns: Columns, main: _Parts, held_back: _HeldBack, today: date) -> None:
        self.outcome = Outcome()
        self._columns = columns
        self._main = main
        self._held_back = held_back
        self._today = today
        self._placed: dict[int, Placed] = {}

    def take(self, record: Record, known: Sequence[Finding] = ()) -> Placed | Held:
        """Add one record to the file that it belongs to, and say where it is or why it is not.

        Args:
            known: what holds the record back beside what it says itself.
        """
        review = WORDS["over_age"] if over_age(record, self._today) else ""
        cells, faults = self._columns.cells(record, review)
        faults = [*known, *findings(record, self._today), *faults]
        number = _as_int(record.get("id_number", ""))
        earlier = self._placed.get(number) if number else None
        if earlier is not None:
            faults.append(Finding("id_number_repeated", ("id_number",)))
        if faults:
            self.outcome.held_back += 1
            self.outcome.reasons.update(fault.key for fault in faults)
            self._held_back.add(in_words(faults, self._columns.titles, _where(earlier)), cells)
            return Held(tuple(faults))
        placed = self._placed[number] = self._main.add(cells)
        self.outcome.exported += 1
        self.outcome.flagged += bool(review)
        return placed


def _where(placed: Placed | None) -> str:
    """Return the row of the first of two equals, with its part behind the first one."""
    if placed is None:
        return ""
    return str(placed.line) if placed.part == 1 else f"{placed.part}-{placed.line}"


def _as_int(id_number: str) -> int:
    """Return the first 17 digits as a number, which takes less memory; the 18th follows."""
    digits = id_number[:17]
    return int(digits) if digits.isascii() and digits.isdecimal() else 0


@contextmanager
def _file(path: Path, target: Target, template: Template, frame: Frame) -> Iterator[Rows]:
    if target.kind == "xlsx":
        with _workbook(path, target, template, frame) as rows:
            yield rows
        return
    with (
        new_file(path, force=target.force) as file,
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
