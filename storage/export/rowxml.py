"""Rows as the XML of a sheet, with what is constant in each cell made once.

Words go in as inline strings: shared ones would need a second part of the package to change,
and memory that grows with the county.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.export.package import Frame
from storage.export.template import Template, number_of
from storage.export.text import SPECIAL, in_xml


@dataclass(frozen=True, slots=True)
class _Cell:
    """The constant pieces of one column's cells; `at` is its place among the values."""

    at: int
    start: str
    text: str
    number: str
    empty: str


class RowXml:
    """Writes rows for one sheet of one template."""

    def __init__(self, template: Template, frame: Frame) -> None:
        self._mark = mark = frame.prefix
        self._text_end = f"</{mark}t></{mark}is></{mark}c>"
        self._number_end = f"</{mark}v></{mark}c>"
        cells = []
        for at, (column, letter) in enumerate(
            zip(template.columns, template.letters, strict=True)
        ):
            style = f'" s="{frame.styles.get(letter, "0")}"'
            number = f"{style}><{mark}v>" if column.kind == "number" else ""
            text = f'{style} t="inlineStr"><{mark}is><{mark}t>'
            cells.append(_Cell(at, f'<{mark}c r="{letter}', text, number, f"{style}/>"))
        # Cells of a row must stand in the order of their letters (ECMA-376).
        order = sorted(cells, key=lambda cell: number_of(template.letters[cell.at]))
        self._cells = [(c.at, c.start, c.text, c.number, c.empty) for c in order]

    def row(self, number: int, values: Sequence[str]) -> str:
        """Return one row; values in the order of the template's columns."""
        if SPECIAL.search("".join(values)):
            values = [in_xml(value) for value in values]
        text_end, number_end = self._text_end, self._number_end
        parts = [f'<{self._mark}row r="{number}">']
        for at, start, text, as_number, empty in self._cells:
            value = values[at]
            if not value:
                parts.append(f"{start}{number}{empty}")
            elif as_number and value.isascii() and value.isdecimal():
                parts.append(f"{start}{number}{as_number}{value}{number_end}")
            else:
                parts.append(f"{start}{number}{text}{value}{text_end}")
        parts.append(f"</{self._mark}row>")
        return "".join(parts)
