"""A table in rows of numbers and words: what the page, the files and the chart are drawn from."""

from dataclasses import dataclass, replace
from typing import Final

from bot.definitions import load_definitions
from bot.statistics.asking import Answer
from conversations.statistics.definitions import Measure
from conversations.statistics.tables import changes, share, shares

HIDDEN: Final = "*"
NOTHING: Final = "—"
# A table of more columns is shown without those that are empty.
_WIDE: Final = 12
Number = int | float | None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of numbers with what stands before it."""

    code: str
    label: str
    depth: int
    place_id: str
    numbers: tuple[Number, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows under their heading; the last row and the last column are totals."""

    heading: tuple[str, ...]
    rows: tuple[Row, ...]
    measure: Measure


def grid_of(found: Answer, measure: Measure, total: str) -> Grid:
    """Return a table by one measure: numbers of people, shares, or changes.

    Args:
        total: the words over the last column.
    """
    table, definitions = found.table, load_definitions()
    numbers: tuple[tuple[Number, ...], ...]
    if measure == "count":
        numbers = tuple((*line.counts, line.total) for line in table.all_lines)
    elif measure == "share":
        numbers = shares(table)
    else:
        before = found.month_before if measure == "month" else found.year_before
        numbers = changes(table, before)
    first = definitions.dimensions[table.layout.rows]
    heading = (first, *(option.label for option in table.columns), total)
    gone = HIDDEN if table.is_shared else NOTHING
    rows = tuple(
        Row(
            line.code,
            line.label,
            line.depth,
            line.id,
            row,
            tuple(in_words(number, measure, gone) for number in row),
        )
        for line, row in zip(table.all_lines, numbers, strict=True)
    )
    return Grid(heading, rows, measure)


def compact(grid: Grid, found: Answer) -> Grid:
    """Return a wide grid without the columns in which there is nobody, for a screen."""
    lines = found.table.all_lines
    if len(found.table.columns) <= _WIDE:
        return grid
    kept = [
        at for at in range(len(found.table.columns)) if any(line.counts[at] != 0 for line in lines)
    ] + [len(found.table.columns)]
    rows = tuple(
        replace(
            row,
            numbers=tuple(row.numbers[at] for at in kept),
            words=tuple(row.words[at] for at in kept),
        )
        for row in grid.rows
    )
    heading = (grid.heading[0], *(grid.heading[at + 1] for at in kept))
    return replace(grid, heading=heading, rows=rows)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the chart: how long it is, from 0 to 100, and its numbers."""

    label: str
    number: str
    share: str
    length: float


def bars_of(found: Answer) -> list[Bar]:
    """Return how the place as a whole divides into the columns; what is kept back has no bar."""
    whole = found.table.total
    most = max((count for count in whole.counts if count), default=0)
    gone = HIDDEN if found.table.is_shared else NOTHING
    pairs = zip(found.table.columns, whole.counts, strict=True)
    return [
        Bar(
            option.label,
            in_words(count, "count", gone),
            in_words(share(count, whole.total), "share", gone),
            round(100 * (count or 0) / most, 1) if most else 0.0,
        )
        for option, count in pairs
        if count != 0
    ]


def in_words(number: Number, measure: Measure, gone: str = NOTHING) -> str:
    """Return a number as it is read; what is not there by a mark."""
    if number is None:
        return NOTHING if measure in ("month", "year") else gone
    if measure == "share":
        return f"{number:.1%}"
    if measure == "count":
        return f"{number:,}"
    return f"{number:+,}" if number else "0"
