"""Files that rows are added to, one after the other, in memory that does not grow."""

import csv
import io
import zipfile
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import IO, Final, Protocol

from storage.export.errors import TooManyRows
from storage.export.package import Frame
from storage.export.rowxml import RowXml
from storage.export.template import Template
from storage.export.text import in_csv

LAST_ROW: Final = 1_048_576
# Level 1 takes half the time of 3 and a quarter of 6, for 4 and 18 % more bytes.
LEVEL: Final = 1
_CHUNK: Final = 200
_BOM: Final = b"\xef\xbb\xbf"


class Writable(Protocol):
    """What a package is written to: a file, or a stream that encrypts."""

    def write(self, data: bytes, /) -> int:
        """Take these bytes."""
        ...

    def flush(self) -> None:
        """Pass on what is held."""
        ...

    def close(self) -> None:
        """Take nothing more."""
        ...


class Rows(Protocol):
    """A file that takes rows: a workbook or a CSV file."""

    def add(self, values: Sequence[str]) -> int:
        """Add a row and return its number as Excel shows it."""
        ...

    def finish(self) -> None:
        """Complete the file."""
        ...

    def close(self) -> None:
        """Let go of what is held, also of a file that will never be complete."""
        ...


class Workbook:
    """A copy of a template whose rows of people are added one by one.

    Packing and encrypting are done in a thread, one chunk behind: both leave Python's lock.
    """

    def __init__(self, target: Writable, template: Template, frame: Frame) -> None:
        self._archive = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL)
        self._xml = RowXml(template, frame)
        self._parts = frame.copy_parts(self._archive)
        self._sheet: IO[bytes] = self._archive.open(next(self._parts), "w")
        self._sheet.write(frame.head)
        self._tail = frame.tail
        self._pending: list[str] = []
        self._next = template.first_row
        self._packer = ThreadPoolExecutor(1)
        self._packing: Future[int] | None = None

    def add(self, values: Sequence[str]) -> int:
        """Add a row and return its number.

        Raises:
            TooManyRows: the sheet is full.
        """
        number = self._next
        if number > LAST_ROW:
            raise TooManyRows(LAST_ROW)
        self._pending.append(self._xml.row(number, values))
        self._next += 1
        if len(self._pending) == _CHUNK:
            self._write_pending()
        return number

    def finish(self) -> None:
        """Write the rest of the sheet and the parts behind it."""
        self._write_pending()
        self._await_packing()
        self._sheet.write(self._tail)
        self._sheet.close()
        next(self._parts, None)
        self._archive.close()

    def close(self) -> None:
        """Let go of the archive; what was not finished is of no use."""
        self._packer.shutdown()
        self._sheet.close()
        self._archive.close()

    def _write_pending(self) -> None:
        xml = "".join(self._pending).encode()
        self._pending.clear()
        self._await_packing()
        self._packing = self._packer.submit(self._sheet.write, xml)

    def _await_packing(self) -> None:
        if self._packing is not None:
            self._packing.result()


class CsvFile:
    """UTF-8 with a byte order mark, so that Excel and WPS read Chinese; one title row."""

    def __init__(self, target: IO[bytes], template: Template) -> None:
        target.write(_BOM)
        self._text = io.TextIOWrapper(target, encoding="utf-8", newline="")
        self._rows = csv.writer(self._text)
        self._rows.writerow([column.title for column in template.columns])
        self._next = 2

    def add(self, values: Sequence[str]) -> int:
        """Add a row and return its number."""
        self._rows.writerow([in_csv(value) for value in values])
        self._next += 1
        return self._next - 1

    def finish(self) -> None:
        """Pass on what is held."""
        self._text.flush()

    def close(self) -> None:
        """Let go of the file, which stays open."""
        self._text.detach()
