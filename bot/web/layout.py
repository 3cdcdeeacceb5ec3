"""Rows of buttons -> grids that fit a narrow phone.

Telegram shrinks labels to keep a row in one line; here labels stay large and rows give way. A row
that fits stands in even columns or, failing that, in columns as wide as their labels; rows that
are too wide flow together into fewer columns. The style sheet has a class for each number of
columns and each width.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil
from typing import Final

from bot.messages import Button

_MAX_COLUMNS: Final = 8
_NARROWEST, _WIDEST = 3, 14
# In characters: what a button needs beside its label, what lies between two, what a bubble on a
# screen of 360 pixels holds.
_MARGIN, _GAP, _ROOM = 1.0, 0.5, 14.9


@dataclass(frozen=True, slots=True)
class Grid:
    """Buttons in at most `columns` columns, each at least `width` characters wide.

    A snug grid is one row in which each button is as wide as its label needs.
    """

    columns: int
    width: int
    buttons: tuple[Button, ...]
    is_snug: bool = False


def grids(rows: Sequence[Sequence[Button]]) -> list[Grid]:
    """Return the rows as grids; rows too wide for a phone join neighbours of equal length."""
    found: list[Grid] = []
    numbered = enumerate(rows)
    for _, group in groupby(numbered, lambda at: len(at[1]) if _overflows(at[1]) else -at[0] - 1):
        joined = [row for _, row in group]
        buttons = tuple(button for row in joined for button in row)
        width, columns = _width(buttons), min(len(joined[0]), _MAX_COLUMNS)
        is_even = _total([float(width)] * columns) <= _ROOM
        found.append(Grid(columns, width, buttons, not is_even and not _overflows(joined[0])))
    return found


def _overflows(row: Sequence[Button]) -> bool:
    even = [float(_width(row))] * len(row)
    snug = [_label_width(button.label) + _MARGIN for button in row]
    return min(_total(even), _total(snug)) > _ROOM


def _total(widths: Sequence[float]) -> float:
    return sum(widths) + (len(widths) - 1) * _GAP


def _width(buttons: Sequence[Button]) -> int:
    longest = max((_label_width(button.label) for button in buttons), default=0.0)
    return min(max(ceil(longest + _MARGIN), _NARROWEST), _WIDEST)


def _label_width(label: str) -> float:
    return sum(0.6 if char.isascii() else 1.0 for char in label)
