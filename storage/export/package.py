"""An .xlsx as a frame: everything of the package stays, rows of people go into one sheet.

The sheet's XML is cut where the rows of people belong; nothing in it is read into objects and
written again, so what a library does not know (x14 validations, extensions) survives.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Final
from xml.parsers import expat

from storage.export.errors import TemplateError
from storage.export.template import Template, letter_of

MAX_UNPACKED: Final = 64 << 20
_OLE: Final = b"\xd0\xcf\x11\xe0"
_ENCODING: Final = re.compile(rb"<\?xml[^>]*encoding=[\"']([^\"']*)")
_WORKBOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"


@dataclass(frozen=True, slots=True)
class Frame:
    """A template, cut open.

    Args of the constructor:
        content: the whole .xlsx.
        part: name of the sheet's part, the only one that changes.
        head, tail: the sheet's XML before and after the rows of people.
        prefix: namespace prefix of the sheet's elements, with colon, mostly "".
        styles: style number of the cells of people by column letter.
    """

    content: bytes = field(repr=False)
    part: str
    head: bytes = field(repr=False)
    tail: bytes = field(repr=False)
    prefix: str
    styles: Mapping[str, str]

    def copy_parts(self, target: zipfile.ZipFile) -> Iterator[str]:
        """Copy every other part byte for byte; yield the sheet's name where it belongs.

        The name and no entry: an entry would bring zlib's default level in the place of the
        archive's own, and take four times as long.
        """
        with zipfile.ZipFile(io.BytesIO(self.content)) as source:
            for entry in source.infolist():
                if entry.filename == self.part:
                    yield entry.filename
                else:
                    target.writestr(_like(entry), source.read(entry))


def _like(entry: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """Return a fresh entry with the name and day of another."""
    fresh = zipfile.ZipInfo(entry.filename, entry.date_time)
    fresh.compress_type = zipfile.ZIP_DEFLATED
    fresh.external_attr = entry.external_attr
    return fresh


def read_frame(path: Path, template: Template) -> Frame:
    """Open the template's .xlsx.

    Raises:
        TemplateError: no .xlsx, too large, without that sheet, or its XML is out of order.
    """
    try:
        return cut(path.read_bytes(), template, path.name)
    except OSError as error:
        reason = error.strerror or "unreadable"
        raise TemplateError(str(path), reason, "Put the .xlsx beside its mapping") from None


def cut(content: bytes, template: Template, name: str) -> Frame:
    """Cut an .xlsx open where the rows of people belong.

    Raises:
        TemplateError: as `read_frame`.
    """
    if content.startswith(_OLE):
        cure = "Open it in Excel or WPS and save it as .xlsx, without a password"
        raise TemplateError(name, "an .xls, or protected by a password", cure)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            if len(set(package.namelist())) != len(package.namelist()):
                raise zipfile.BadZipFile("a part stands in it twice")
            if sum(entry.file_size for entry in package.infolist()) > MAX_UNPACKED:
                raise TemplateError(name, "more than 64 MB unpacked", "Take an empty template")
            part = _sheet_part(package, template.sheet, name)
            return _cut_sheet(content, part, package.read(part), template.first_row)
    except (zipfile.BadZipFile, KeyError, expat.ExpatError, NotImplementedError) as error:
        fault = f"no .xlsx that can be read ({type(error).__name__})"
        raise TemplateError(name, fault, "Open it in Excel or WPS and save it again") from None


def _sheet_part(package: zipfile.ZipFile, sheet: str, name: str) -> str:
    """Return the name of the part that holds a sheet."""
    relation, found = None, []
    for tag, attributes in elements_in(package.read(_WORKBOOK)):
        if tag == "sheet":
            found.append(attributes["name"])
            if attributes["name"] == sheet:
                relation = next(v for k, v in attributes.items() if k.endswith(":id"))
    if relation is None:
        raise TemplateError(name, f"no sheet “{sheet}”", f"It has: {'、'.join(found)}")
    for tag, attributes in elements_in(package.read(_RELATIONS)):
        if tag == "Relationship" and attributes["Id"] == relation:
            target = PurePosixPath("/xl") / attributes["Target"]
            return str(target).removeprefix("/")
    raise KeyError(relation)


def elements_in(xml: bytes) -> list[tuple[str, dict[str, str]]]:
    """Return local name and attributes of every element."""
    found: list[tuple[str, dict[str, str]]] = []
    parser = strict_parser()
    parser.StartElementHandler = lambda tag, attributes: found.append(
        (tag.rpartition(":")[2], attributes)
    )
    parser.Parse(xml, True)
    return found


def strict_parser() -> expat.XMLParserType:
    """Return a parser that refuses document types, and with them entities."""

    def refuse(*_: object) -> None:
        raise expat.ExpatError("document type")

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    return parser


def _cut_sheet(content: bytes, part: str, xml: bytes, first_row: int) -> Frame:
    """Find the offsets in the sheet's XML and cut there."""
    declared = _ENCODING.search(xml[:200])
    if declared is not None and declared[1].lower() != b"utf-8":
        raise expat.ExpatError("not in UTF-8")
    marks = _Marks(xml, first_row)
    if marks.sheet_data is None:
        raise KeyError("sheetData")
    start, end = marks.sheet_data
    prefix = marks.prefix
    if not xml.startswith(f"</{prefix}sheetData".encode(), end):
        head, tail = xml[:start] + f"<{prefix}sheetData>".encode(), xml[end:]
        tail = f"</{prefix}sheetData>".encode() + tail
    else:
        head, tail = xml[: marks.first_dropped or end], xml[end:]
    if marks.dimension is not None:
        begin, after = marks.dimension
        head = head[:begin] + head[after:]
    return Frame(content, part, head, tail, prefix, marks.styles)


class _Marks:
    """Where things stand in a sheet's XML, in bytes."""

    def __init__(self, xml: bytes, first_row: int) -> None:
        self.sheet_data: tuple[int, int] | None = None
        self.dimension: tuple[int, int] | None = None
        self.first_dropped: int | None = None
        self.prefix = ""
        self.styles: dict[str, str] = {}
        self._first_row = first_row
        self._row = 0
        self._start = 0
        self._xml = xml
        self._parser = strict_parser()
        self._parser.StartElementHandler = self._on_start
        self._parser.EndElementHandler = self._on_end
        self._parser.Parse(xml, True)

    def _on_start(self, tag: str, attributes: dict[str, str]) -> None:
        local, here = tag.rpartition(":")[2], self._parser.CurrentByteIndex
        if local in {"sheetData", "dimension"}:
            self._start = here
            self.prefix = tag.removesuffix(local)
        elif local == "col" and "style" in attributes:
            for number in range(int(attributes["min"]), min(int(attributes["max"]), 1_000) + 1):
                self.styles[letter_of(number)] = attributes["style"]
        elif local == "row":
            self._row = int(attributes.get("r", self._row + 1))
            if self._row >= self._first_row and self.first_dropped is None:
                self.first_dropped = here
        elif local == "c" and self._row == self._first_row and "r" in attributes:
            self.styles[attributes["r"].rstrip("0123456789")] = attributes.get("s", "0")

    def _on_end(self, tag: str) -> None:
        local, here = tag.rpartition(":")[2], self._parser.CurrentByteIndex
        if local == "sheetData":
            self.sheet_data = (self._start, here)
        elif local == "dimension":
            is_closed = self._xml.startswith(f"</{tag}".encode(), here)
            self.dimension = (self._start, self._xml.index(b">", here) + 1 if is_closed else here)
