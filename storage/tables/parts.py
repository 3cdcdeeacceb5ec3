"""Looks through the parts of an .xlsx before a library does: real sizes, and what should be said.

Each part is unpacked in pieces and counted, so a directory that lies is found out, and a sheet of
two million rows is refused after the first few hundred thousand.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final
from xml.parsers import expat

from storage.tables.faults import TableFault
from storage.tables.limits import Limits
from storage.tables.rows import Note, NoteKey

_PIECE: Final = 1 << 20
_LONGEST: Final = 16 << 20
_BOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_ROOT: Final = re.compile(rb"<(?:([\w.-]+):)?worksheet[\s>]")
_CELL: Final = re.compile(rb'<(?:[\w.-]+:)?c [^>]*?r="([A-Z]{1,3})([0-9]{1,7})"')
_SHOWN: Final = 5
_KEPT: Final = 5_000
BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    ValueError,
    IndexError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    expat.ExpatError,
)


@dataclass(slots=True)
class Scan:
    """What a sheet's XML holds besides values."""

    rows: int = 0
    hidden_rows: int = 0
    formulas: int = 0
    formula_cells: list[str] = field(default_factory=list)
    error_count: int = 0
    errors: dict[tuple[int, int], None] = field(default_factory=dict)
    error_cells: list[str] = field(default_factory=list)

    def notes(self) -> list[Note]:
        """Return what should be said."""
        found: tuple[tuple[NoteKey, int, list[str]], ...] = (
            ("formulas", self.formulas, self.formula_cells),
            ("errors", self.error_count, self.error_cells),
            ("hidden_rows", self.hidden_rows, []),
        )
        return [Note(key, count, tuple(where)) for key, count, where in found if count]


class Package:
    """The parts of an .xlsx.

    Raises, with every method:
        TableFault: it is damaged, or unpacks to more than its directory says.
    """

    def __init__(self, content: bytes, limits: Limits) -> None:
        self._limits = limits
        self._content = content
        self._archive = zipfile.ZipFile(io.BytesIO(content))
        self._names = set(self._archive.namelist())

    def check(self) -> None:
        """Unpack what a library reads at once, to see that it is no more than it says."""
        for name in self._names:
            if not name.startswith("xl/worksheets/"):
                for _ in self._pieces(name):
                    pass

    def has_external_links(self) -> bool:
        """Tell whether cells point into other files; these are never opened."""
        return any(name.startswith("xl/externalLinks/") for name in self._names)

    def part_of(self, sheet: str) -> str | None:
        """Return the name of the part that holds a sheet."""
        relation = None
        for tag, attributes in _elements(self._archive.read(_BOOK)):
            if tag == "sheet" and attributes.get("name") == sheet:
                relation = next((v for k, v in attributes.items() if k.endswith(":id")), None)
        for tag, attributes in _elements(self._archive.read(_RELATIONS)):
            if tag == "Relationship" and attributes.get("Id") == relation:
                target = PurePosixPath("/xl") / attributes.get("Target", "")
                return str(target).removeprefix("/")
        return None

    def scan(self, part: str) -> Scan:
        """Look through a sheet, row by row."""
        scan, rest, prefix = Scan(), b"", None
        for piece in self._pieces(part):
            rest += piece
            if prefix is None and (root := _ROOT.search(rest)):
                prefix = root[1] + b":" if root[1] else b""
            if prefix is None:
                continue
            *rows, rest = rest.split(b"<" + prefix + b"row")
            self._count(scan, rows, prefix)
            if len(rest) > _LONGEST:
                raise TableFault("corrupt")
        self._count(scan, [rest], prefix or b"")
        return scan

    def _count(self, scan: Scan, rows: list[bytes], prefix: bytes) -> None:
        value, text = b"<" + prefix + b"v", b"<" + prefix + b"is>"
        formula = b"<" + prefix + b"f"
        for row in rows:
            if value in row or text in row:
                scan.rows += 1
                scan.hidden_rows += b'hidden="1"' in row[: row.find(b">")]
                if formula in row or b't="e"' in row:
                    _note_cells(scan, row, formula)
        if scan.rows > self._limits.rows:
            raise TableFault("rows", {"found": scan.rows, "most": self._limits.rows})

    def _pieces(self, name: str) -> Iterator[bytes]:
        """Yield a part unpacked, without trust in the size that the directory gives."""
        if name not in self._names:
            return
        entry, seen = self._archive.getinfo(name), 0
        for piece in _unpacked(self._raw(entry), entry.compress_type):
            seen += len(piece)
            if seen > entry.file_size:
                raise TableFault("bomb")
            yield piece

    def _raw(self, entry: zipfile.ZipInfo) -> bytes:
        at = entry.header_offset
        lengths = self._content[at + 26 : at + 30]
        begin = at + 30 + sum(int.from_bytes(two, "little") for two in (lengths[:2], lengths[2:]))
        return self._content[begin : begin + entry.compress_size]


def _unpacked(packed: bytes, method: int) -> Iterator[bytes]:
    if method == zipfile.ZIP_STORED:
        yield packed
        return
    if method != zipfile.ZIP_DEFLATED:
        raise NotImplementedError
    unpack, rest = zlib.decompressobj(-15), packed
    while rest and not unpack.eof:
        yield unpack.decompress(rest, _PIECE)
        rest = unpack.unconsumed_tail


def _note_cells(scan: Scan, row: bytes, formula: bytes) -> None:
    for cell in re.split(rb"(?=<(?:[\w.-]+:)?c )", row):
        is_formula, is_error = formula in cell, b't="e"' in cell
        if not (is_formula or is_error) or not (match := _CELL.match(cell)):
            continue
        address = (match[1] + match[2]).decode()
        if is_formula:
            scan.formulas += 1
            if len(scan.formula_cells) < _SHOWN:
                scan.formula_cells.append(address)
        if is_error:
            scan.error_count += 1
            if len(scan.error_cells) < _SHOWN:
                scan.error_cells.append(address)
            if len(scan.errors) < _KEPT:
                scan.errors[int(match[2]), column_of(match[1].decode())] = None


def column_of(letters: str) -> int:
    """Return the column from 0 of its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def address_of(line: int, column: int) -> str:
    """Return "C12" for line 12 and column 2."""
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{line}"


def _elements(xml: bytes) -> list[tuple[str, dict[str, str]]]:
    """Return local name and attributes of every element; a document type is refused."""
    found: list[tuple[str, dict[str, str]]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        found.append((tag.rpartition(":")[2], attributes))

    def refuse(*_: object) -> None:
        raise ValueError("a document type")

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse
    parser.Parse(xml, True)
    return found
