"""Nobody can work out a number that is kept back from those that are shown."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.statistics.suppression import Sum, hidden

SMALLEST = 5
counts = st.one_of(st.integers(0, 6), st.integers(0, 60))


# Whoever counts modulo a large prime makes no fractions, and is wrong as good as never.
Name = TypeVar("Name")
PRIME = 2**61 - 1


def told(equations: Iterable[Mapping[Name, int]]) -> set[Name]:
    """Return the unknowns that equations determine (Gauss and Jordan): factors by unknown."""
    done: dict[Name, dict[Name, int]] = {}
    for one in equations:
        row = {name: factor % PRIME for name, factor in one.items()}
        for pivot in [name for name in row if name in done]:
            row = less(row, pivot, done[pivot])
        if not row:
            continue
        pivot, factor = next(iter(row.items()))
        inverse = pow(factor, -1, PRIME)
        row = {name: value * inverse % PRIME for name, value in row.items()}
        done = {name: less(other, pivot, row) for name, other in done.items()} | {pivot: row}
    return {pivot for pivot, row in done.items() if len(row) == 1}


def less(row: dict[Name, int], pivot: Name, solved: Mapping[Name, int]) -> dict[Name, int]:
    """Return a row without an unknown that another row tells."""
    factor = row.get(pivot, 0)
    if not factor:
        return row
    names = {**row, **solved}
    left = {name: (row.get(name, 0) - factor * solved.get(name, 0)) % PRIME for name in names}
    return {name: value for name, value in left.items() if value}


def grid_of(rows: Sequence[Sequence[int]]) -> tuple[list[int], list[Sum]]:
    """Return a table's numbers with its totals, and its sums."""
    full = [[*row, sum(row)] for row in rows]
    full.append([sum(column) for column in zip(*full, strict=True)])
    height, width = len(full), len(full[0])
    at = [[row * width + column for column in range(width)] for row in range(height)]
    sums = [Sum(line[-1], tuple(line[:-1])) for line in at]
    sums += [Sum(line[-1], tuple(line[:-1])) for line in zip(*at, strict=True)]
    return [number for line in full for number in line], sums


def of_width(width: int) -> st.SearchStrategy[list[list[int]]]:
    return st.lists(st.lists(counts, min_size=width, max_size=width), min_size=1, max_size=5)


grids = st.integers(1, 4).flatmap(of_width)


@settings(max_examples=80, deadline=None)
@given(grids)
def test_no_hidden_number_follows_from_the_sums(rows: list[list[int]]) -> None:
    values, sums = grid_of(rows)
    gone = hidden(values, sums, SMALLEST)
    known = [{one.whole: -1} | dict.fromkeys(one.parts, 1) for one in sums]
    assert not told({at: row[at] for at in row if at in gone} for row in known)


@settings(max_examples=80, deadline=None)
@given(grids)
def test_every_small_number_is_hidden_and_no_zero_needs_to_be(rows: list[list[int]]) -> None:
    values, sums = grid_of(rows)
    gone = hidden(values, sums, SMALLEST)
    assert {at for at, value in enumerate(values) if 0 < value < SMALLEST} <= gone
    assert all(values[at] for at in gone)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.lists(st.integers(0, 4), min_size=2, max_size=2), min_size=2, max_size=3))
def test_trying_every_number_leaves_more_than_one_that_fits(rows: list[list[int]]) -> None:
    values, sums = grid_of(rows)
    gone = hidden(values, sums, SMALLEST)
    inner = [at for line in sums[: len(rows)] for at in line.parts if at in gone]
    width = len(rows[0]) + 1
    possible: dict[int, set[int]] = {at: set() for at in inner}
    for tried in product(range(1, 9), repeat=len(inner)):
        grid = [[*row] for row in rows]
        for at, number in zip(inner, tried, strict=True):
            grid[at // width][at % width] = number
        other, _ = grid_of(grid)
        if all(at in gone or values[at] == number for at, number in enumerate(other)):
            for at, number in zip(inner, tried, strict=True):
                possible[at].add(number)
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


@pytest.mark.parametrize(
    ("parts", "before", "expected"),
    [
        ((1, 4, 0), {3: False}, {0, 1, 2}),  # the total stands: a zero has to go
        ((20, 30, 40), {3: True}, {0, 3}),  # the total is hidden: so is what tells it
        ((20, 30, 40), {1: True}, {0, 1}),
        ((0, 3, 40), {2: False}, {1, 3}),
    ],
)
def test_what_was_decided_before_stands(
    parts: tuple[int, ...], before: dict[int, bool], expected: set[int]
) -> None:
    values = [*parts, sum(parts)]
    assert hidden(values, [Sum(len(parts), (0, 1, 2))], SMALLEST, before) == expected


def test_nothing_is_hidden_where_the_threshold_is_off() -> None:
    assert hidden(*grid_of([[1, 2], [3, 4]]), 0) == set()
