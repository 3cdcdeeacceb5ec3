"""Small numbers that are not shared, and those beside them from which they could be worked out.

Hidden first are all from 1 to one below the threshold; zeros stand, for they are about nobody.
Then more are hidden until no sum that is shown, nor any two of them taken together, leaves a
hidden number less room than from 1 to the threshold. The sums are those of a line, of a column
and, in one output, of a place and its parts on every level.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from conversations.statistics.tables import Line, Table


@dataclass(frozen=True, slots=True)
class Sum:
    """That a number is the sum of others, each by its place among all."""

    whole: int
    parts: tuple[int, ...]


def shared(table: Table, smallest: int) -> Table:
    """Return the table as it may leave the house: hidden numbers are None.

    Where people may have given several answers a line's total is no sum of people, but its
    numbers are added up all the same, so the same rule holds.
    """
    width = len(table.columns) + 1
    lines = table.all_lines
    values = [number or 0 for line in lines for number in (*line.counts, line.total)]
    gone = hidden(values, [*_sums_of(lines, width)], smallest)

    def masked(at: int, line: Line) -> Line:
        first = at * width
        numbers = [
            None if first + place in gone else number
            for place, number in enumerate((*line.counts, line.total))
        ]
        return replace(line, counts=tuple(numbers[:-1]), total=numbers[-1])

    masks = [masked(at, line) for at, line in enumerate(lines)]
    return replace(table, lines=tuple(masks[:-1]), total=masks[-1], is_shared=True)


def _sums_of(lines: Sequence[Line], width: int) -> Iterator[Sum]:
    """Yield which numbers are sums: each line's total, and in each column each place's."""
    last = len(lines) - 1
    for at in range(len(lines)):
        first = at * width
        yield Sum(first + width - 1, tuple(range(first, first + width - 1)))
    parts: dict[int, list[int]] = {last: []}
    by_id = {line.id: at for at, line in enumerate(lines) if line.depth == 1 and line.id}
    for at, line in enumerate(lines[:-1]):
        parts.setdefault(by_id[line.within] if line.depth > 1 else last, []).append(at)
    for whole, below in parts.items():
        for column in range(width):
            yield Sum(whole * width + column, tuple(at * width + column for at in below))


def hidden(values: Sequence[int], sums: Sequence[Sum], smallest: int) -> frozenset[int]:
    """Return the places of the numbers that are not shared."""
    gone = {at for at, value in enumerate(values) if 0 < value < smallest}
    while True:
        open_sums = [one for one in sums if _gives_away(values, one, gone, smallest)]
        if not open_sums:
            open_sums = _given_away_together(values, sums, gone, smallest)
        more = {at for one in open_sums if (at := _cheapest(values, one, gone)) is not None}
        if not more:
            return frozenset(gone)
        gone |= more


def _gives_away(values: Sequence[int], one: Sum, gone: set[int], smallest: int) -> bool:
    """Tell whether a sum by itself leaves a hidden number too little room."""
    parts = [at for at in one.parts if at in gone]
    if one.whole in gone:
        return not parts and any(values[at] for at in one.parts)
    return bool(parts) and sum(values[at] for at in parts) - len(parts) < smallest - 1


def _cheapest(values: Sequence[int], one: Sum, gone: set[int]) -> int | None:
    """Return what is hidden next in a sum: its smallest part that says something, else itself."""
    left = [at for at in one.parts if at not in gone and values[at]]
    if left:
        return min(left, key=lambda at: (values[at], at))
    return one.whole if one.whole not in gone and values[one.whole] else None


def _given_away_together(
    values: Sequence[int], sums: Sequence[Sum], gone: set[int], smallest: int
) -> list[Sum]:
    """Return sums in which something must be hidden because several of them, added and taken
    away from each other, leave a hidden number too little room.
    """
    exposed: set[int] = set()
    for row in _reduced([_equation(values, one, gone) for one in sums]):
        unknown, right = row
        signs = {factor > 0 for factor in unknown.values()}
        if len(unknown) == 1:
            exposed |= unknown.keys()
        elif len(signs) == 1:
            total = abs(right) - sum(abs(factor) for factor in unknown.values())
            tight = (at for at, factor in unknown.items() if total / abs(factor) < smallest - 1)
            exposed |= set(tight)
    return [
        one
        for one in sums
        if exposed.intersection((one.whole, *one.parts))
        and _cheapest(values, one, gone) is not None
    ]


_Row = tuple[dict[int, Fraction], Fraction]


def _equation(values: Sequence[int], one: Sum, gone: set[int]) -> _Row:
    """Return what a sum says of the hidden numbers: factors by place, and the right side."""
    unknown = {at: Fraction(1) for at in one.parts if at in gone}
    right = Fraction(-sum(values[at] for at in one.parts if at not in gone))
    if one.whole in gone:
        unknown[one.whole] = Fraction(-1)
    else:
        right += values[one.whole]
    return unknown, right


def _reduced(rows: Sequence[_Row]) -> list[_Row]:
    """Return the equations solved as far as they go (Gauss and Jordan)."""
    done: dict[int, _Row] = {}
    for given in rows:
        row = given
        for pivot in [at for at in row[0] if at in done]:
            row = _without(row, pivot, done[pivot])
        if not row[0]:
            continue
        pivot = next(iter(row[0]))
        factor = row[0][pivot]
        row = ({at: value / factor for at, value in row[0].items()}, row[1] / factor)
        for other, solved in done.items():
            if pivot in solved[0]:
                done[other] = _without(solved, pivot, row)
        done[pivot] = row
    return list(done.values())


def _without(row: _Row, pivot: int, solved: _Row) -> _Row:
    """Return the row with a number replaced by what another row says of it."""
    factor = row[0].get(pivot)
    if factor is None:
        return row
    unknown: dict[int, Fraction] = dict(row[0])
    for at, value in _items(solved[0]):
        left = unknown.get(at, Fraction(0)) - factor * value
        if left:
            unknown[at] = left
        else:
            unknown.pop(at, None)
    return unknown, row[1] - factor * solved[1]


def _items(row: Mapping[int, Fraction]) -> list[tuple[int, Fraction]]:
    return list(row.items())
