"""One face for the kinds of files: sheets, and the rows of a sheet with what should be said."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from storage.tables.comma import CommaTable
from storage.tables.documents import Document
from storage.tables.faults import TableFault
from storage.tables.limits import Limits
from storage.tables.parts import Package, Scan, address_of
from storage.tables.records import Records
from storage.tables.rows import Note, Sheet
from storage.tables.sniffing import Kind, kind_of

Rows = Iterator[tuple[int, Sequence[Any]]]
_SHOWN: Final = 5


@dataclass(slots=True)
class Book:
    """A file that can be read; None stands for a cell that shows an error."""

    kind: Kind
    content: bytes = field(repr=False)
    limits: Limits
    sheets: list[Sheet]
    notes: list[Note]
    _workbook: CalamineWorkbook | None = None
    _comma: CommaTable | None = None

    def read(self, index: int) -> tuple[list[Note], Rows]:
        """Return what should be said of a sheet, and its rows.

        Raises:
            TableFault: the file is out of order there.
        """
        if self._workbook is None:
            self._comma = CommaTable(self.content, self.limits)
            return [], self._comma.rows()
        name = self.sheets[index].name
        scan, notes = self._scan(name)
        try:
            sheet = self._workbook.get_sheet_by_name(name)
        except CalamineError:
            raise TableFault("corrupt") from None
        if sheet.width > self.limits.columns:
            raise TableFault("columns", {"found": sheet.width, "most": self.limits.columns})
        notes = [*scan.notes(), *notes, *_merged(sheet)]
        return notes, _rows(sheet, scan)

    def after(self) -> list[Note]:
        """Return what is known only when all rows are read."""
        return self._comma.notes() if self._comma is not None else []

    def _scan(self, name: str) -> tuple[Scan, list[Note]]:
        if self.kind == "xlsx":
            package = Package(self.content, self.limits)
            part = package.part_of(name)
            if part is None:
                raise TableFault("corrupt")
            return package.scan(part), []
        if self.kind == "xls" and self._workbook is not None:
            return Records(self.content).scan(self._workbook.sheet_names.index(name)), []
        return Document(self.content, self.limits).scan(name)


def open_book(content: bytes, limits: Limits) -> Book:
    """Open a file, whatever it is called.

    Raises:
        TableFault: it is no table that can be read.
    """
    kind = kind_of(content, limits)
    if kind == "csv":
        return Book(kind, content, limits, [Sheet("", rows=content.count(b"\n"))], [])
    notes = []
    if kind == "xlsx":
        package = Package(content, limits)
        package.check()
        if package.has_external_links():
            notes.append(Note("external", 1))
    elif kind == "xls":
        Records(content)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    except PasswordError:
        raise TableFault("password") from None
    except CalamineError:
        raise TableFault("corrupt") from None
    sheets = [
        Sheet(one.name, one.visible != SheetVisibleEnum.Visible)
        for one in workbook.sheets_metadata
        if one.typ == SheetTypeEnum.WorkSheet
    ]
    if not sheets:
        raise TableFault("empty")
    hidden = [sheet.name for sheet in sheets if sheet.is_hidden]
    if hidden:
        notes.append(Note("hidden_sheets", len(hidden), tuple(hidden[:_SHOWN])))
    return Book(kind, content, limits, sheets, notes, workbook)


def _merged(sheet: CalamineSheet) -> list[Note]:
    ranges = sheet.merged_cell_ranges or []
    where = tuple(
        f"{address_of(first[0] + 1, first[1])}:{address_of(last[0] + 1, last[1])}"
        for first, last in sorted(ranges)[:_SHOWN]
    )
    return [Note("merged", len(ranges), where)] if ranges else []


def _rows(sheet: CalamineSheet, scan: Scan) -> Rows:
    """Yield the rows from column A on; the library leaves out empty columns at the left."""
    left = [""] * (sheet.start[1] if sheet.start else 0)
    lines_with_errors = {line for line, _ in scan.errors}
    for line, values in enumerate(sheet.iter_rows(), 1):
        row: list[Any] = [*left, *values]
        if line in lines_with_errors:
            row = [None if (line, at) in scan.errors else one for at, one in enumerate(row)]
        yield line, row
