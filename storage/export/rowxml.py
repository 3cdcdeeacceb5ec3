"""Rows as the XML of a sheet, with what is constant in a row made once.

Words go in as inline strings: shared ones would need a second part of the package to change,
and memory that grows with the county. Rows with the same cells filled have the same XML but for
the words, so each such shape is made once; a county has some dozens of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from storage.export.package import Frame
from storage.export.template import Template, number_of
from storage.export.text import SPECIAL, in_xml

MOST_SHAPES: Final = 2_000
# A character that XML forbids, so that no word holds it: cleaned words are put in afterwards.
_NUMBER: Final = "\x01"


@dataclass(frozen=True, slots=True)
class _Cell:
    """One column's cells; `at` is its place among the values."""

    at: int
    letter: str
    style: str
    is_number: bool


class RowXml:
    """Writes rows for one sheet of one template."""

    def __init__(self, template: Template, frame: Frame) -> None:
        self._mark = frame.prefix
        cells = [
            _Cell(at, letter, frame.styles.get(letter, "0"), column.kind == "number")
            for at, (column, letter) in enumerate(
                zip(template.columns, template.letters, strict=True)
            )
        ]
        # Cells of a row must stand in the order of their letters (ECMA-376).
        self._cells = sorted(cells, key=lambda cell: number_of(cell.letter))
        self._order = [cell.at for cell in self._cells]
        self._is_in_order = self._order == list(range(len(cells)))
        self._numbers = [cell.at for cell in self._cells if cell.is_number]
        self._shapes: dict[tuple[bool, ...], str] = {}

    def row(self, number: int, values: Sequence[str]) -> str:
        """Return one row; values in the order of the template's columns."""
        if SPECIAL.search("".join(values)):
            values = [in_xml(value) for value in values]
        shape = (*map(bool, values), *(_is_number(values[at]) for at in self._numbers))
        xml = self._shapes.get(shape)
        if xml is None:
            xml = self._shape(shape, values)
        if not self._is_in_order:
            values = [values[at] for at in self._order]
        return xml.replace(_NUMBER, str(number)) % tuple(filter(None, values))

    def _shape(self, shape: tuple[bool, ...], values: Sequence[str]) -> str:
        """Return the XML of rows like this one, `%s` for each word."""
        mark = self._mark
        xml = f'<{mark}row r="{_NUMBER}">'
        xml += "".join(self._cell(cell, values[cell.at]) for cell in self._cells)
        xml += f"</{mark}row>"
        if len(self._shapes) >= MOST_SHAPES:
            self._shapes.clear()
        self._shapes[shape] = xml
        return xml

    def _cell(self, cell: _Cell, value: str) -> str:
        mark = self._mark
        start = f'<{mark}c r="{cell.letter}{_NUMBER}" s="{cell.style}"'
        if not value:
            return f"{start}/>"
        if cell.is_number and _is_number(value):
            return f"{start}><{mark}v>%s</{mark}v></{mark}c>"
        return f'{start} t="inlineStr"><{mark}is><{mark}t>%s</{mark}t></{mark}is></{mark}c>'


def _is_number(value: str) -> bool:
    return value.isascii() and value.isdecimal()
