"""Rows of buttons -> grids that fit a narrow phone.

Telegram shrinks labels to keep a row in one line; here a row that is too wide flows into fewer,
still aligned columns. The style sheet has a class for each number of columns and each width.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil
from typing import Final

from bot.messages import Button

_MAX_COLUMNS: Final = 8
_NARROWEST, _WIDEST = 3, 14
_MARGIN: Final = 1.0


@dataclass(frozen=True, slots=True)
class Grid:
    """Buttons in at most `columns` columns, each at least `width` characters wide."""

    columns: int
    width: int
    buttons: tuple[Button, ...]


def grids(rows: Sequence[Sequence[Button]]) -> list[Grid]:
    """Return the rows, those of equal length beside each other joined into one grid."""
    return [
        _grid(length, tuple(button for row in group for button in row))
        for length, group in groupby(rows, len)
    ]


def _grid(length: int, buttons: tuple[Button, ...]) -> Grid:
    longest = max((_label_width(button.label) for button in buttons), default=0.0)
    width = min(max(ceil(longest + _MARGIN), _NARROWEST), _WIDEST)
    return Grid(min(length, _MAX_COLUMNS), width, buttons)


def _label_width(label: str) -> float:
    return sum(0.6 if char.isascii() else 1.0 for char in label)
