"""Nobody can work out a number that is kept back from those that are shown."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.statistics.suppression import Sum, hidden, shared
from conversations.statistics.tables import Layout, Line, Option, Table, changes

SMALLEST = 5
counts = st.one_of(st.integers(0, 6), st.integers(0, 60))


def table_of(grids: Sequence[Sequence[Sequence[int]]]) -> Table:
    """Return a table of places; of each grid the first level is the sum of its lines."""
    width = len(grids[0][0])
    lines: list[Line] = []
    for number, grid in enumerate(grids):
        sums = tuple(sum(row[at] for row in grid) for at in range(width))
        lines.append(Line("", f"p{number}", 1, sums, sum(sums), id=f"p{number}"))
        if len(grid) > 1:
            lines += [
                Line("", "", 2, tuple(row), sum(row), id=f"p{number}-{at}", within=f"p{number}")
                for at, row in enumerate(grid)
            ]
    top = [line for line in lines if line.depth == 1]
    sums = tuple(sum(line.counts[at] or 0 for line in top) for at in range(width))
    columns = tuple(Option(str(at), str(at)) for at in range(width))
    whole = Line("", "", 0, sums, sum(sums))
    return Table("x", "x", Layout("place_id", "x"), columns, tuple(lines), whole)


def grids(most_parts: int) -> st.SearchStrategy[list[list[list[int]]]]:
    """Return tables of one or two levels, all lines as wide."""

    def of_width(width: int) -> st.SearchStrategy[list[list[list[int]]]]:
        row = st.lists(counts, min_size=width, max_size=width)
        grid = st.lists(row, min_size=1, max_size=most_parts)
        return st.lists(grid, min_size=1, max_size=3)

    return st.integers(1, 3).flatmap(of_width)


def numbers(table: Table) -> list[list[int | None]]:
    return [[*line.counts, line.total] for line in table.all_lines]


def equations(table: Table) -> Iterator[dict[tuple[int, int], int]]:
    """Yield every sum that a reader of the table knows of, written down anew."""
    lines, width = table.all_lines, len(table.columns)
    for at in range(len(lines)):
        yield {(at, width): -1} | {(at, column): 1 for column in range(width)}
    for column in range(width + 1):
        for at, line in enumerate(lines):
            if line.depth == 2:
                continue
            below = [
                other
                for other, part in enumerate(lines)
                if (part.depth == 1 and line.depth == 0)
                or (part.depth == 2 and line.depth == 1 and part.within == line.id)
            ]
            if below:
                yield {(at, column): -1} | {(other, column): 1 for other in below}


def rank(rows: list[list[Fraction]]) -> int:
    found = 0
    rows = [row[:] for row in rows]
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((at for at in range(found, len(rows)) if rows[at][column]), None)
        if pivot is None:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        for at in range(found + 1, len(rows)):
            factor = rows[at][column] / rows[found][column]
            if factor:
                rows[at] = [a - factor * b for a, b in zip(rows[at], rows[found], strict=True)]
        found += 1
    return found


@settings(max_examples=60, deadline=None)
@given(grids(3))
def test_no_hidden_number_follows_from_the_sums(given_grids: list[list[list[int]]]) -> None:
    full = table_of(given_grids)
    seen = numbers(shared(full, SMALLEST))
    gone = [
        (row, column)
        for row, line in enumerate(seen)
        for column, number in enumerate(line)
        if number is None
    ]
    rows = [[Fraction(one.get(at, 0)) for at in gone] for one in equations(full)]
    for place in range(len(gone)):
        unit = [Fraction(int(at == place)) for at in range(len(gone))]
        assert rank([*rows, unit]) == rank(rows) + 1


@settings(max_examples=60, deadline=None)
@given(grids(3))
def test_every_small_number_is_hidden_and_what_is_shown_is_true(
    given_grids: list[list[list[int]]],
) -> None:
    full = table_of(given_grids)
    for line, seen in zip(numbers(full), numbers(shared(full, SMALLEST)), strict=True):
        for number, shown in zip(line, seen, strict=True):
            assert number is not None
            if 0 < number < SMALLEST:
                assert shown is None
            elif shown is not None:
                assert shown == number


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 4), min_size=2, max_size=3), min_size=2, max_size=2).filter(
        lambda rows: len(rows[0]) == len(rows[1])
    )
)
def test_trying_every_number_leaves_more_than_one_that_fits(rows: list[list[int]]) -> None:
    full = table_of([[row] for row in rows])
    seen = numbers(shared(full, SMALLEST))
    width = len(rows[0])
    inner = [(row, column) for row in range(2) for column in range(width)]
    gone = [at for at in inner if seen[at[0]][at[1]] is None]
    possible: dict[tuple[int, int], set[int]] = {at: set() for at in gone}
    for tried in product(range(1, 9), repeat=len(gone)) if len(gone) < 6 else ():
        grid = [list(row) for row in rows]
        for (row, column), number in zip(gone, tried, strict=True):
            grid[row][column] = number
        tries = numbers(table_of([[row] for row in grid]))
        if all(
            shown is None or shown == number
            for line, other in zip(seen, tries, strict=True)
            for shown, number in zip(line, other, strict=True)
        ):
            for at, number in zip(gone, tried, strict=True):
                possible[at].add(number)
    if 0 < len(gone) < 6:
        assert all(len(found) > 1 for found in possible.values())


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((3, 40, 60), {0, 1}),  # the smallest of the others goes too
        ((0, 0, 3), {2, 3}),  # the total is as small as its only part
        ((1, 4, 0), {0, 1, 3}),  # two that sum up to five would say too much
        ((2, 3, 50), {0, 1, 2}),
        ((5, 6, 0), set()),
    ],
)
def test_one_sum_keeps_back_what_it_would_give_away(
    parts: tuple[int, ...], expected: set[int]
) -> None:
    values = [*parts, sum(parts)]
    assert hidden(values, [Sum(len(parts), (0, 1, 2))], SMALLEST) == expected


def test_a_county_hidden_above_is_not_given_away_by_its_townships() -> None:
    # Of county p0 two townships; in column 0 one of them has 2 people.
    table = shared(table_of([[[2, 90], [30, 80]], [[70, 60], [50, 40]]]), SMALLEST)
    lines = {line.id: line for line in table.lines}
    assert lines["p0-0"].counts[0] is None
    shown_parts = [lines["p0-1"].counts[0], lines["p0"].counts[0]]
    assert None in shown_parts


def test_a_change_is_not_told_where_either_month_keeps_the_number_back() -> None:
    now = shared(table_of([[[3, 40]], [[50, 60]]]), SMALLEST)
    before = shared(table_of([[[30, 40]], [[50, 60]]]), SMALLEST)
    assert changes(now, before)[0][0] is None
    assert changes(before, before)[0] == (0, 0, 0)


def test_nothing_is_hidden_where_the_threshold_is_off() -> None:
    full = table_of([[[1, 2]], [[3, 4]]])
    assert numbers(shared(full, 0)) == numbers(replace(full, is_shared=True))
