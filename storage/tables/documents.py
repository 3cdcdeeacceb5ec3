"""Looks through the content of an .ods before a library does: formulas, errors, merged cells."""

import io
import zipfile
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from storage.tables.faults import TableFault
from storage.tables.limits import Limits
from storage.tables.parts import Scan, address_of
from storage.tables.rows import Note

_CONTENT: Final = "content.xml"
_PIECE: Final = 1 << 20
_SHOWN: Final = 5
_WORTH: Final = (b"table:formula=", b"-spanned=", b"table:visibility=")


@dataclass(slots=True)
class Document:
    """An .ods; `scan` reads its content only where there is something to say."""

    content: bytes = field(repr=False)
    limits: Limits

    def scan(self, sheet: str) -> tuple[Scan, list[Note]]:
        """Look through a sheet by its name.

        Raises:
            TableFault: more rows than allowed, or a document type.
        """
        xml = self._unpacked()
        if not any(mark in xml for mark in _WORTH):
            return Scan(), []
        reader = _Reader(sheet)
        reader.read(xml)
        merged = [Note("merged", reader.merged_count, tuple(reader.merged))]
        return reader.scan, merged if reader.merged_count else []

    def _unpacked(self) -> bytes:
        pieces, seen = [], 0
        with zipfile.ZipFile(io.BytesIO(self.content)) as archive, archive.open(_CONTENT) as part:
            while piece := part.read(_PIECE):
                seen += len(piece)
                if seen > self.limits.unpacked:
                    raise TableFault("bomb")
                pieces.append(piece)
        return b"".join(pieces)


class _Reader:
    """Follows rows and columns while the XML goes by; both may be repeated."""

    def __init__(self, sheet: str) -> None:
        self.scan = Scan()
        self.merged: list[str] = []
        self.merged_count = 0
        self._sheet = sheet
        self._is_inside = False
        self._line = self._next_line = 1
        self._column = 0

    def read(self, xml: bytes) -> None:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.StartDoctypeDeclHandler = _refuse
        parser.Parse(xml, True)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table:table":
            self._is_inside = attributes.get("table:name") == self._sheet
            self._next_line = 1
        elif not self._is_inside:
            return
        elif tag == "table:table-row":
            self._line, self._column = self._next_line, 0
            repeated = int(attributes.get("table:number-rows-repeated", "1"))
            self._next_line += repeated
            is_hidden = attributes.get("table:visibility") in {"collapse", "filter"}
            self.scan.hidden_rows += is_hidden and repeated < 10_000
        elif tag in {"table:table-cell", "table:covered-table-cell"}:
            self._cell(attributes)
            self._column += int(attributes.get("table:number-columns-repeated", "1"))

    def _cell(self, attributes: dict[str, str]) -> None:
        address = address_of(self._line, self._column)
        if "table:formula" in attributes:
            self.scan.formulas += 1
            if len(self.scan.formula_cells) < _SHOWN:
                self.scan.formula_cells.append(address)
        across = int(attributes.get("table:number-columns-spanned", "1"))
        down = int(attributes.get("table:number-rows-spanned", "1"))
        if across > 1 or down > 1:
            self.merged_count += 1
            if len(self.merged) < _SHOWN:
                last = address_of(self._line + down - 1, self._column + across - 1)
                self.merged.append(f"{address}:{last}")


def _refuse(*_: object) -> None:
    raise ValueError("a document type")
