"""Rows as the XML of a sheet, with what is constant in a row made once.

Words go in as inline strings: shared ones would need a second part of the package to change,
and memory that grows with the county. Rows with the same cells filled have the same XML but for
the words, so each such shape is made once; a county has some dozens of them. A shape is a list
with four places for each cell: what stands before its number, the number, what stands before
its words, the words. Filling two slices of it and joining takes half the time of formatting.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from storage.export.package import Frame
from storage.export.template import Template, number_of
from storage.export.text import SPECIAL, in_xml

MOST_SHAPES: Final = 2_000
_PLACES: Final = 4
_NUMBER, _WORDS = slice(1, None, _PLACES), slice(3, None, _PLACES)


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
        self._shapes: dict[tuple[bool, ...], list[str]] = {}

    def row(self, number: int, values: Sequence[str]) -> str:
        """Return one row; values in the order of the template's columns."""
        if SPECIAL.search("".join(values)):
            values = [in_xml(value) for value in values]
        shape = (*map(bool, values), *[_is_number(values[at]) for at in self._numbers])
        pieces = (self._shapes.get(shape) or self._shape(shape, values)).copy()
        if not self._is_in_order:
            values = [values[at] for at in self._order]
        pieces[_NUMBER] = [str(number)] * len(values)
        pieces[_WORDS] = values
        mark = self._mark
        return f'<{mark}row r="{number}">{"".join(pieces)}</{mark}row>'

    def _shape(self, shape: tuple[bool, ...], values: Sequence[str]) -> list[str]:
        """Return the pieces of rows like this one."""
        pieces, before = [], ""
        for cell in self._cells:
            start, after = self._around(cell, values[cell.at])
            pieces += [f'{before}<{self._mark}c r="{cell.letter}', "", start, ""]
            before = after
        pieces.append(before)
        if len(self._shapes) >= MOST_SHAPES:
            self._shapes.clear()
        self._shapes[shape] = pieces
        return pieces

    def _around(self, cell: _Cell, value: str) -> tuple[str, str]:
        """Return the XML between a cell's number and its words, and behind them."""
        mark = self._mark
        start = f'" s="{cell.style}"'
        if not value:
            return f"{start}/>", ""
        if cell.is_number and _is_number(value):
            return f"{start}><{mark}v>", f"</{mark}v></{mark}c>"
        opened, closed = f"<{mark}is><{mark}t>", f"</{mark}t></{mark}is></{mark}c>"
        return f'{start} t="inlineStr">{opened}', closed


def _is_number(value: str) -> bool:
    return value.isascii() and value.isdecimal()
