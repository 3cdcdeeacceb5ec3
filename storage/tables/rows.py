"""What is read from a table: its sheets, its rows and what should be said about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Mark = Literal["number", "date", "time", "boolean", "error"]
NoteKey = Literal[
    "formulas", "errors", "merged", "hidden_sheets", "hidden_rows", "external", "mixed"
]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of the file; `rows` is an estimate where the format knows one, else None."""

    name: str = field(repr=False)
    is_hidden: bool = False
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row that holds something.

    Args of the constructor:
        line: as the program that made the file counts, from 1.
        cells: as text, from column A on; empty ones at the end are left out.
        marks: what a cell was by its column from 0, where it was no text.
    """

    line: int
    cells: tuple[str, ...] = field(repr=False)
    marks: Mapping[int, Mark] = field(default_factory=dict)

    def cell(self, column: int) -> str:
        """Return the text of a cell, "" where the row ends before it."""
        return self.cells[column] if 0 <= column < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Note:
    """Something that does not stop the reading but has to be said.

    Args of the constructor:
        count: how many there are.
        where: the first of them: addresses, lines, or names of sheets.
    """

    key: NoteKey
    count: int
    where: tuple[str, ...] = field(default=(), repr=False)
