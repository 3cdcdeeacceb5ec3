"""Linear equations between numbers, solved as far as they go (Gauss and Jordan), exactly."""

from collections.abc import Container, Iterable, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Final

_Number = int | Fraction
# Factors by unknown, and what they sum up to.
Row = tuple[Mapping[int, _Number], _Number]
# Each solved for its own unknown, which stands in no other one.
Solved = Mapping[int, Row]
_NONE: Final[Solved] = MappingProxyType({})


def solved(rows: Iterable[Row], before: Solved = _NONE, last: Container[int] = ()) -> Solved:
    """Return the equations with those that were solved before, each solved for one unknown.

    Args:
        last: unknowns for which an equation is solved only where it has no others. Those that are
            then solved for one of them are all that the equations say of these alone.
    """
    done = dict(before)
    for given in rows:
        row = given
        for unknown in [one for one in row[0] if one in done]:
            row = _without(row, unknown, done[unknown])
        if not row[0]:
            continue
        pivot = next((one for one in row[0] if one not in last), next(iter(row[0])))
        row = _divided(row, row[0][pivot])
        for other, known in done.items():
            if pivot in known[0]:
                done[other] = _without(known, pivot, row)
        done[pivot] = row
    return done


def _divided(row: Row, factor: _Number) -> Row:
    if factor == 1:
        return row
    by = factor if factor == -1 else Fraction(1) / factor
    return {unknown: value * by for unknown, value in row[0].items()}, row[1] * by


def _without(row: Row, unknown: int, known: Row) -> Row:
    """Return an equation without an unknown that another one is solved for."""
    left = dict(row[0])
    factor = left[unknown]
    for one, value in known[0].items():
        new = left.get(one, 0) - factor * value
        if new:
            left[one] = new
        else:
            left.pop(one, None)
    return left, row[1] - factor * known[1]
