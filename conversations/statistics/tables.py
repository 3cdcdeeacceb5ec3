"""A table: cells of some places, laid out in lines and columns, with its totals.

Every page, file and answer to another system shows a `Table` that was made here, so that a number
is the same wherever it stands.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from conversations.statistics.definitions import PLACE, Definition, Definitions

# The number of people by the codes of a table's dimensions, in their order.
Cells = Mapping[tuple[str, ...], int]


@dataclass(frozen=True, slots=True)
class Source:
    """The cells of one place.

    Args of the constructor, where not plain:
        id: of the place.
        code: its official code, "" for those of whom nobody knows the place.
        within: id of the place of the table that holds it, "" for the table's own.
    """

    id: str
    code: str
    label: str
    cells: Cells = field(repr=False)
    within: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line; a number is None where it is not shared.

    Args of the constructor, where not plain:
        depth: 0 for the table's total, 1 below it, 2 below that.
    """

    code: str
    label: str
    depth: int
    counts: tuple[int | None, ...]
    total: int | None
    id: str = ""
    within: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """A code with its words: a column, or a choice that the table was narrowed to."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is laid out.

    Args of the constructor:
        rows: a dimension, or `PLACE`.
        columns: a dimension.
        keep: dimensions that are narrowed to one code.
    """

    rows: str
    columns: str
    keep: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Numbers in lines and columns; the last line is the total of those at depth 1."""

    name: str
    title: str
    layout: Layout
    columns: tuple[Option, ...]
    lines: tuple[Line, ...]
    total: Line
    is_shared: bool = False

    @property
    def all_lines(self) -> tuple[Line, ...]:
        """Return the lines, the total last."""
        return (*self.lines, self.total)

    @property
    def hidden(self) -> int:
        """Return how many numbers are not shared."""
        shown = [(*line.counts, line.total) for line in self.all_lines]
        return sum(number is None for numbers in shown for number in numbers)


def projected(definition: Definition, cells: Cells, layout: Layout, axes: Sequence[str]) -> Cells:
    """Return the cells by these dimensions alone, narrowed to what the layout keeps."""
    at = {name: place for place, name in enumerate(definition.dimensions)}
    wanted = [(at[name], code) for name, code in layout.keep]
    picked = [at[name] for name in axes]
    found: Counter[tuple[str, ...]] = Counter()
    for key, count in cells.items():
        if all(key[place] == code for place, code in wanted):
            found[tuple(key[place] for place in picked)] += count
    return found


def tabulated(
    definitions: Definitions,
    name: str,
    layout: Layout,
    sources: Sequence[Source],
    total: tuple[str, str],
) -> Table:
    """Return the table of a place, whose parts are the sources.

    Args:
        sources: the parts, each followed by its own parts where those are shown too.
        total: official code and name of the place.
    """
    definition = definitions.tables[name]
    if layout.rows == PLACE:
        grids = [projected(definition, one.cells, layout, (layout.columns,)) for one in sources]
        found = {key[0] for grid in grids for key in grid}
        codes = definitions.ordered(layout.columns, found)
        lines = [_line(one, grid, codes) for one, grid in zip(sources, grids, strict=True)]
    else:
        axes = (layout.rows, layout.columns)
        grid: Counter[tuple[str, ...]] = Counter()
        for one in sources:
            if not one.within:
                grid.update(projected(definition, one.cells, layout, axes))
        codes = definitions.ordered(layout.columns, {column for _, column in grid})
        rows = definitions.ordered(layout.rows, {row for row, _ in grid})
        lines = [
            _of(row, definitions.label(layout.rows, row), [grid[row, code] for code in codes])
            for row in rows
        ]
    columns = tuple(Option(code, definitions.label(layout.columns, code)) for code in codes)
    top = [line for line in lines if line.depth == 1]
    sums = [sum(line.counts[at] or 0 for line in top) for at in range(len(codes))]
    whole = replace(_of(*total, sums), depth=0)
    return Table(name, definition.title, layout, columns, tuple(lines), whole)


def _line(source: Source, grid: Cells, codes: Sequence[str]) -> Line:
    line = _of(source.code, source.label, [grid.get((code,), 0) for code in codes])
    depth = 2 if source.within else 1
    return replace(line, id=source.id, within=source.within, depth=depth)


def _of(code: str, label: str, counts: Sequence[int]) -> Line:
    return Line(code, label, 1, tuple(counts), sum(counts))


def share(part: int | None, whole: int | None) -> float | None:
    """Return what part of the whole it is, from 0 to 1; None where either is not shared."""
    if part is None or whole is None:
        return None
    return part / whole if whole else 0.0


def shares(table: Table) -> tuple[tuple[float | None, ...], ...]:
    """Return of each line what part each column is of the line; last the line's of the table."""
    return tuple(
        (
            *(share(count, line.total) for count in line.counts),
            share(line.total, table.total.total),
        )
        for line in table.all_lines
    )


def changes(table: Table, before: Table | None) -> tuple[tuple[int | None, ...], ...]:
    """Return by how much each number changed since an earlier table of the same layout.

    A line or column that was not there counts as 0; what either does not share has no change.
    """
    if before is None:
        return tuple((None,) * (len(table.columns) + 1) for _ in table.all_lines)
    at = {option.code: place for place, option in enumerate(before.columns)}
    then = {(line.depth, line.within, line.id or line.code): line for line in before.all_lines}
    return tuple(
        _change(line, then.get((line.depth, line.within, line.id or line.code)), table, at)
        for line in table.all_lines
    )


def _change(
    line: Line, old: Line | None, table: Table, at: Mapping[str, int]
) -> tuple[int | None, ...]:
    counts = [
        old.counts[at[option.code]] if old is not None and option.code in at else 0
        for option in table.columns
    ]
    before = (*counts, 0 if old is None else old.total)
    return tuple(
        None if now is None or then is None else now - then
        for now, then in zip((*line.counts, line.total), before, strict=True)
    )
