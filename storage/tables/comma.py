"""Reads text tables: encoding line by line, separator guessed, quotes as Excel writes them."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from storage.tables.faults import TableFault
from storage.tables.limits import Limits
from storage.tables.rows import Note

SEPARATORS: Final = ",;\t|"
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_UTF_8: Final = b"\xef\xbb\xbf"
# What short GB 18030 words look like when they happen to be valid UTF-8; "·" and "×" are in use.
_ODD: Final = re.compile(r"[\u0080-\u00b6\u00b8-\u00d6\u00d8-\u07ff]")
_SAMPLE: Final = 50
_SHOWN: Final = 5


@dataclass(slots=True)
class CommaTable:
    """A text table on its way through; `notes` is complete when the rows are."""

    content: bytes = field(repr=False)
    limits: Limits
    _gb: list[int] = field(default_factory=list)
    _utf: list[int] = field(default_factory=list)

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the line that a row begins on, and its cells.

        Raises:
            TableFault: an encoding, a quotation mark or a size is out of order.
        """
        lines = self._lines()
        csv.field_size_limit(self.limits.cell)
        reader = csv.reader(iter(lines), delimiter=separator_of(lines[:_SAMPLE]), strict=True)
        begins = 1
        try:
            for cells in reader:
                yield begins, cells
                begins = reader.line_num + 1
        except csv.Error as error:
            if "field larger" in str(error):
                values = {"line": begins, "most": self.limits.cell}
                raise TableFault("cell", values) from None
            raise TableFault("quote", {"line": begins}) from None

    def notes(self) -> list[Note]:
        """Return which lines are written in another encoding than most."""
        fewer = min(self._gb, self._utf, key=len)
        if not fewer:
            return []
        return [Note("mixed", len(fewer), tuple(str(line) for line in fewer[:_SHOWN]))]

    def _lines(self) -> list[str]:
        content = self.content
        if content.startswith(_UTF_16):
            try:
                text = content.decode("utf-16")
            except UnicodeDecodeError:
                raise TableFault("encoding", {"line": 1}) from None
            return self._bounded(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
        is_marked = content.startswith(_UTF_8)
        plain = content.removeprefix(_UTF_8).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        if b'"' not in plain:
            self._check(plain.count(b"\n"))
        whole = _decode(plain, "utf-8")
        if whole is not None and (is_marked or not _ODD.search(whole)):
            return [f"{line}\n" for line in whole.split("\n")]
        return [self._decoded(at, line) for at, line in enumerate(plain.split(b"\n"), 1)]

    def _bounded(self, lines: list[str]) -> list[str]:
        if not any('"' in line for line in lines):
            self._check(len(lines) - 1)
        return [f"{line}\n" for line in lines]

    def _check(self, found: int) -> None:
        if found > self.limits.rows:
            raise TableFault("rows", {"found": found, "most": self.limits.rows})

    def _decoded(self, at: int, line: bytes) -> str:
        if line.isascii():
            return f"{line.decode('ascii')}\n"
        utf = _decode(line, "utf-8")
        if utf is not None and not _ODD.search(utf):
            self._utf.append(at)
            return f"{utf}\n"
        gb = _decode(line, "gb18030")
        if gb is not None:
            self._gb.append(at)
            return f"{gb}\n"
        if utf is not None:
            self._utf.append(at)
            return f"{utf}\n"
        raise TableFault("encoding", {"line": at})


def separator_of(lines: list[str]) -> str:
    """Return the separator that cuts most lines, and the same way as the first that has one."""

    def weight(separator: str) -> tuple[int, int]:
        counts = [_outside_quotes(line, separator) for line in lines if line.strip()]
        first = next((count for count in counts if count), 0)
        return (sum(count == first for count in counts) if first else 0, first)

    return max(SEPARATORS, key=weight)


def _outside_quotes(line: str, separator: str) -> int:
    return sum(part.count(separator) for part in line.split('"')[::2])


def _decode(line: bytes, encoding: str) -> str | None:
    try:
        return line.decode(encoding)
    except UnicodeDecodeError:
        return None
