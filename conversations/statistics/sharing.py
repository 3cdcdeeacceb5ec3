"""A table as it may leave the house, given that every other table leaves it too.

A number of people is named by a place and by codes of some dimensions, and stands in many
tables: those of the place and of what it lies in, with lines and columns either way round. So it
is not tables that keep small numbers back; it is decided for each number, and every table shows
it alike. From the top: first the province and its cities, then each place divides what was
decided of it among its parts. At each of them first all people, then by one dimension, then by
two that stand against each other, and so on: what a sum tells is known before its parts are.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, combinations, product
from typing import Final

from conversations.statistics.definitions import PLACE, Definitions
from conversations.statistics.suppression import Sum, hidden
from conversations.statistics.tables import Layout, Line, Source, Table, projected

# By more dimensions at once, sums are not added and taken away from each other: too many.
_TOGETHER: Final = 2
# Of each dimension that a table looks at a code, or None for all of them together.
_Codes = tuple[str | None, ...]
# A number of people: of a place, by codes.
_Number = tuple[str, _Codes]
# A number with those that it is the sum of.
_Named = tuple[_Number, Sequence[_Number]]
# A place whose numbers were divided among its parts, by some of the dimensions.
_Step = tuple[str, tuple[int, ...]]
_Counts = Mapping[str, Mapping[_Codes, int]]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The places that decide what is shared of one of them, with their cells.

    Args of the constructor:
        parts: by the id of a place its parts; what all lie in comes first, and each other place
            after the one that it is a part of.
    """

    parts: Mapping[str, Sequence[Source]] = field(repr=False)


def shared_among(
    definitions: Definitions, table: Table, place_id: str, around: Surroundings, smallest: int
) -> Table:
    """Return the table of a place as it may leave the house: hidden numbers are None."""
    layout = table.layout
    axes = _axes(layout)
    counts = {
        one.id: _summed(projected(definitions.tables[table.name], one.cells, Layout("", ""), axes))
        for parts in around.parts.values()
        for one in parts
    }
    parts = {place: [one.id for one in below] for place, below in around.parts.items()}
    top = next(iter(parts))
    counts[top] = sum((counts[one] for one in parts[top]), Counter())
    decided = _decided(counts, parts, smallest)
    kept = dict(layout.keep)
    codes = (*(option.code for option in table.columns), None)

    def masked(line: Line) -> Line:
        is_whole = line.depth == 0
        place = place_id if is_whole or layout.rows != PLACE else line.id
        row = {} if is_whole or layout.rows == PLACE else {layout.rows: line.code}
        numbers = []
        for code, number in zip(codes, (*line.counts, line.total), strict=True):
            name = place, _named(axes, kept | row | {layout.columns: code})
            # What nobody in the province has is in no sum, and is nobody here.
            numbers.append(None if decided.get(name, number != 0) else number)
        return replace(line, counts=tuple(numbers[:-1]), total=numbers[-1])

    lines = tuple(masked(line) for line in table.lines)
    return replace(table, lines=lines, total=masked(table.total), is_shared=True)


def _axes(layout: Layout) -> tuple[str, ...]:
    """Return the dimensions that a layout looks at, alike for all that look at the same ones."""
    named = {layout.rows, layout.columns, *(name for name, _ in layout.keep)}
    return tuple(sorted(named - {PLACE}))


def _named(axes: Sequence[str], codes: Mapping[str, str | None]) -> _Codes:
    return tuple(codes.get(axis) for axis in axes)


def _summed(cells: Mapping[tuple[str, ...], int]) -> Counter[_Codes]:
    """Return the numbers of a place by all dimensions, by some, and of all people."""
    found: Counter[_Codes] = Counter()
    for key, count in cells.items():
        for codes in product(*((code, None) for code in key)):
            found[codes] += count
    return found


def _decided(
    counts: _Counts, parts: Mapping[str, Sequence[str]], smallest: int
) -> dict[_Number, bool]:
    """Return of each number whether it is hidden."""
    top = counts[next(iter(parts))]
    width = len(next(iter(top), ()))
    every = [
        sorted({code for codes in top if (code := codes[at]) is not None}) for at in range(width)
    ]
    above = _above(parts)
    found: dict[_Number, bool] = {}
    steps: dict[_Step, list[_Named]] = {}
    chosen = chain.from_iterable(combinations(range(width), many) for many in range(width + 1))
    for axes, (place, below) in product(chosen, parts.items()):
        by = [*product(*(every[at] if at in axes else [None] for at in range(width)))]
        before = [*_before(steps, above[place], axes)] if len(axes) <= _TOGETHER else None
        sums = [*_sums((place, *below), by, axes)]
        _decide(counts, found, sums, before, smallest)
        steps[place, axes] = [one for one in sums if any(found[part] for part in one[1])]
    return found


def _above(parts: Mapping[str, Sequence[str]]) -> dict[str, set[str]]:
    """Return of each place with parts itself and what it lies in."""
    found: dict[str, set[str]] = {}
    for place in parts:
        holding = [whole for whole, below in parts.items() if place in below]
        found[place] = {place}.union(*(found[whole] for whole in holding))
    return found


def _before(
    steps: Mapping[_Step, Sequence[_Named]], above: set[str], axes: Sequence[int]
) -> Iterator[_Named]:
    """Yield the sums with hidden numbers that were decided for a place before these."""
    for (place, some), sums in steps.items():
        if place in above and set(some) <= set(axes):
            yield from sums


def _sums(places: Sequence[str], by: Sequence[_Codes], axes: Sequence[int]) -> Iterator[_Named]:
    """Yield the sums of a place and its parts by some dimensions."""
    for codes in by:
        yield (places[0], codes), [(place, codes) for place in places[1:]]
    for axis in axes:
        lines: dict[_Codes, list[_Codes]] = {}
        for codes in by:
            lines.setdefault((*codes[:axis], None, *codes[axis + 1 :]), []).append(codes)
        for place in places:
            for codes, line in lines.items():
                yield (place, codes), [(place, one) for one in line]


def _decide(
    counts: _Counts,
    found: dict[_Number, bool],
    sums: Sequence[_Named],
    before: Sequence[_Named] | None,
    smallest: int,
) -> None:
    """Decide all numbers of these sums that were not decided before."""
    at: dict[_Number, int] = {}

    def numbered(one: _Named) -> Sum:
        whole = at.setdefault(one[0], len(at))
        return Sum(whole, tuple(at.setdefault(part, len(at)) for part in one[1]))

    these = [numbered(one) for one in sums]
    known = None if before is None else [numbered(one) for one in before]
    values = [counts[place].get(codes, 0) for place, codes in at]
    told = {place: found[number] for number, place in at.items() if number in found}
    gone = hidden(values, these, smallest, told, known)
    found.update((number, place in gone) for number, place in at.items())
