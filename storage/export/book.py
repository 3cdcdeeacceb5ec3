"""Reads what an empty template says: sheets, cells, merged cells and the places of drop-downs.

Nothing is trusted: files above 20 MB, packages that unpack to more than 64 MB, document types and
packages with a part twice are refused. Of each sheet the first rows are kept, which is where
headings and lists of wordings stand.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final
from xml.parsers import expat

from storage.export.errors import TemplateError
from storage.export.package import MAX_UNPACKED, elements_in, strict_parser
from storage.export.template import MAX_OPTIONS, number_of

MOST_BYTES: Final = 20 << 20
LAST_ROW: Final = MAX_OPTIONS + 100
_LAST_COLUMN: Final = 600
_LONGEST: Final = 500
_MOST_CELLS: Final = 400_000
_OLE: Final = b"\xd0\xcf\x11\xe0"
_WORKBOOK: Final = "xl/workbook.xml"
_STRINGS: Final = "xl/sharedStrings.xml"
_REFERENCE: Final = re.compile(
    r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?"
)
_BROKEN: Final = (
    *(zipfile.BadZipFile, KeyError, IndexError, ValueError, expat.ExpatError, zlib.error),
    *(NotImplementedError, RuntimeError, EOFError, StopIteration),
)


@dataclass(frozen=True, slots=True)
class Area:
    """A block of cells; rows and columns count from 1 and are both within."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        """Tell whether a cell is in it."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


@dataclass(frozen=True, slots=True)
class DropDown:
    """The cells that offer a list, and the formula that says which."""

    areas: tuple[Area, ...]
    formula: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its words by row and column, its merged cells and drop-downs."""

    name: str
    is_hidden: bool
    cells: Mapping[tuple[int, int], str] = field(repr=False)
    merged: tuple[Area, ...]
    drop_downs: tuple[DropDown, ...]

    def text(self, row: int, column: int) -> str:
        """Return the words of a cell, of a merged one those of its first cell."""
        for area in self.merged:
            if area.holds(row, column):
                return self.cells.get((area.top, area.left), "")
        return self.cells.get((row, column), "")


@dataclass(frozen=True, slots=True)
class Book:
    """A template as it was uploaded: its sheets in order, and what its names stand for."""

    sheets: tuple[Sheet, ...]
    names: Mapping[str, str]

    def sheet(self, name: str) -> Sheet | None:
        """Return a sheet by its name."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


def read_book(content: bytes, name: str) -> Book:
    """Read an .xlsx.

    Raises:
        TemplateError: an .xls, protected, too large, or nothing that can be read.
    """
    if content.startswith(_OLE):
        cure = "Open it in Excel or WPS and save it as .xlsx, without a password"
        raise TemplateError(name, "an .xls, or protected by a password", cure, key="old")
    if len(content) > MOST_BYTES:
        raise TemplateError(name, "more than 20 MB", "Take an empty template", key="large")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            if len(set(package.namelist())) != len(package.namelist()):
                raise zipfile.BadZipFile("a part stands in it twice")
            if sum(entry.file_size for entry in package.infolist()) > MAX_UNPACKED:
                fault = "more than 64 MB unpacked"
                raise TemplateError(name, fault, "Take an empty template", key="large")
            return _book(package)
    except _BROKEN as error:
        fault = f"no .xlsx that can be read ({type(error).__name__})"
        cure = "Open it in Excel or WPS and save it again"
        raise TemplateError(name, fault, cure, key="broken") from None


def area_of(reference: str) -> Area | None:
    """Return the block that a reference without its sheet names, such as $B$2:$B$9."""
    found = _REFERENCE.fullmatch(reference.strip())
    if found is None:
        return None
    left, top = number_of(found[1]), int(found[2])
    right = number_of(found[3]) if found[3] else left
    bottom = int(found[4]) if found[4] else top
    return Area(min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def _book(package: zipfile.ZipFile) -> Book:
    targets = {
        attributes["Id"]: str(PurePosixPath("/xl") / attributes["Target"]).removeprefix("/")
        for tag, attributes in elements_in(package.read("xl/_rels/workbook.xml.rels"))
        if tag == "Relationship"
    }
    outline = _Outline(package.read(_WORKBOOK))
    has_strings = _STRINGS in package.namelist()
    words = _Strings(package.read(_STRINGS)).found if has_strings else []
    sheets = []
    for attributes in outline.sheets:
        relation = next(value for key, value in attributes.items() if key.endswith(":id"))
        read = _SheetReader(package.read(targets[relation]), words)
        hidden = attributes.get("state", "visible") != "visible"
        sheets.append(
            Sheet(
                attributes["name"], hidden, read.cells, tuple(read.merged), tuple(read.drop_downs)
            )
        )
    return Book(tuple(sheets), outline.names)


class _Reader:
    """Walks one part; texts of an element are collected from its start to its end."""

    def __init__(self, xml: bytes) -> None:
        self.text: list[str] = []
        parser = strict_parser()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self.text.append
        parser.buffer_text = True
        parser.Parse(xml, True)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self.on_start(tag.rpartition(":")[2], attributes)

    def _end(self, tag: str) -> None:
        self.on_end(tag.rpartition(":")[2])

    def taken(self) -> str:
        """Return what was collected and begin anew."""
        words = "".join(self.text)
        self.text.clear()
        return words

    def on_start(self, tag: str, attributes: dict[str, str]) -> None:
        """Look at the start of an element."""

    def on_end(self, tag: str) -> None:
        """Look at the end of an element."""


class _Outline(_Reader):
    """The sheets of a workbook, and its names."""

    def __init__(self, xml: bytes) -> None:
        self.sheets: list[dict[str, str]] = []
        self.names: dict[str, str] = {}
        self._name = ""
        super().__init__(xml)

    def on_start(self, tag: str, attributes: dict[str, str]) -> None:
        """Note a sheet, or which name comes next."""
        self.text.clear()
        if tag == "sheet":
            self.sheets.append(attributes)
        elif tag == "definedName":
            self._name = attributes.get("name", "")

    def on_end(self, tag: str) -> None:
        """Note what a name stands for."""
        if tag == "definedName":
            self.names[self._name] = self.taken()


class _Strings(_Reader):
    """The strings that cells point at; readings of characters (rPh) are left out."""

    def __init__(self, xml: bytes) -> None:
        self.found: list[str] = []
        self._kept: list[str] = []
        self._is_reading = False
        super().__init__(xml)

    def on_start(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin a string, or a part of one."""
        if tag == "si":
            self._kept.clear()
        elif tag == "rPh":
            self._is_reading = True
        self.text.clear()

    def on_end(self, tag: str) -> None:
        """End a string, or a part of one."""
        if tag == "t" and not self._is_reading:
            self._kept.append(self.taken())
        elif tag == "rPh":
            self._is_reading = False
        elif tag == "si":
            self.found.append("".join(self._kept)[:_LONGEST])


class _SheetReader(_Reader):
    """Cells, merged cells and drop-downs of one sheet."""

    def __init__(self, xml: bytes, words: list[str]) -> None:
        self.cells: dict[tuple[int, int], str] = {}
        self.merged: list[Area] = []
        self.drop_downs: list[DropDown] = []
        self._words = words
        self._at = (0, 0)
        self._kind = ""
        self._value = ""
        self._count = 0
        self._list: dict[str, str] | None = None
        super().__init__(xml)

    def on_start(self, tag: str, attributes: dict[str, str]) -> None:
        """Note where we are."""
        self.text.clear()
        match tag:
            case "row":
                self._at = (int(attributes.get("r", self._at[0] + 1)), 0)
            case "c":
                self._count += 1
                if self._count > _MOST_CELLS:
                    raise TemplateError("", "too many cells", "Take an empty one", key="large")
                column = number_of(attributes.get("r", "").rstrip("0123456789"))
                self._at = (self._at[0], column or self._at[1] + 1)
                self._kind, self._value = attributes.get("t", "n"), ""
            case "mergeCell":
                self.merged += [area for area in (area_of(attributes["ref"]),) if area]
            case "dataValidation":
                self._list = attributes if attributes.get("type") == "list" else None
                self._value = ""
            case _:
                pass

    def on_end(self, tag: str) -> None:
        """Note a cell or a drop-down when it is complete."""
        match tag:
            case "v" | "t":
                self._value += self.taken()
            case "c":
                self._keep_cell()
            case "formula1" | "f" if self._list is not None:
                # x14 has its formula in <xm:f> inside of <x14:formula1>.
                self._value = self.taken().strip() or self._value
            case "sqref" if self._list is not None:
                self._list = {**self._list, "sqref": self.taken()}
            case "dataValidation" if self._list is not None:
                areas = tuple(_areas(self._list.get("sqref", "")))
                self.drop_downs.append(DropDown(areas, self._value))
                self._list = None
            case _:
                pass

    def _keep_cell(self) -> None:
        row, column = self._at
        if not self._value or row > LAST_ROW or column > _LAST_COLUMN:
            return
        value = self._words[int(self._value)] if self._kind == "s" else self._value
        self.cells[row, column] = value[:_LONGEST].strip()


def _areas(references: str) -> Iterator[Area]:
    for reference in references.split():
        area = area_of(reference)
        if area is not None:
            yield area
