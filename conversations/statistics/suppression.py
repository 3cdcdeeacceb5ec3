"""Small numbers that are not shared, and those beside them from which they could be worked out.

Hidden first are all from 1 to one below the threshold; zeros stand, for they are about nobody.
Then more are hidden until no sum that is shown, nor any taken together, leaves a hidden number
less room than from 1 to the threshold.

Of some numbers it may have been decided before: they stay hidden, or stay shown, and nothing new
may follow about those that are hidden. Where nothing else is left that could be hidden, zeros are.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from conversations.statistics.equations import Row, Solved, solved


@dataclass(frozen=True, slots=True)
class Sum:
    """That a number is the sum of others, each by its place among all."""

    whole: int
    parts: tuple[int, ...]

    @property
    def all(self) -> tuple[int, ...]:
        """Return the parts and the whole."""
        return (*self.parts, self.whole)


_NOBODY: Final[Mapping[int, bool]] = MappingProxyType({})
# After so many looks at all sums together, whole sums are hidden rather than a number of each.
_PATIENCE: Final = 8


def hidden(
    values: Sequence[int],
    sums: Sequence[Sum],
    smallest: int,
    told: Mapping[int, bool] = _NOBODY,
    before: Sequence[Sum] | None = (),
) -> frozenset[int]:
    """Return the places of the numbers that are not shared.

    Args:
        told: of which numbers it was decided before whether they are hidden.
        before: sums of such numbers alone that are known beside these; None where each sum is
            looked at by itself only, for where there are thousands the rest takes minutes.
    """
    small = {at for at, value in enumerate(values) if 0 < value < smallest and at not in told}
    gone = small | {at for at in told if told[at]}
    one = _Deciding(values, sums, smallest, told, gone, before is not None)
    if before is not None:
        one.known = solved(_equation(values, gone, known) for known in before)
    while more := one.next():
        one.gone |= more
    return frozenset(one.gone)


@dataclass(slots=True)
class _Deciding:
    """Numbers of which more and more are hidden."""

    values: Sequence[int]
    sums: Sequence[Sum]
    smallest: int
    told: Mapping[int, bool]
    gone: set[int]
    is_together: bool
    known: Solved = field(default_factory=dict)
    looks: int = 0

    def next(self) -> set[int]:
        """Return what has to be hidden next; nothing once all is well."""
        alone = [one for one in self.sums if self._gives_away(one)]
        if more := self._cheapest(alone):
            return more
        exposed = self._exposed() if self.is_together else set()
        near = [one for one in self.sums if not exposed.isdisjoint(one.all)]
        self.looks += 1
        if more := self._cheapest(near) if self.looks <= _PATIENCE else self._whole(near):
            return more
        near += alone
        beside = self._beside(near)
        more = self._cheapest(beside) or self._zeros(near)
        while not more and len(beside) > len(near):
            near, beside = beside, self._beside(beside)
            more = self._zeros(near) or self._cheapest(beside)
        return more

    def _beside(self, sums: Sequence[Sum]) -> list[Sum]:
        """Return these sums and those that share a hidden number with one of them."""
        touched = self.gone.intersection(at for one in sums for at in one.all)
        return [one for one in self.sums if not touched.isdisjoint(one.all)]

    def _is_free(self, at: int) -> bool:
        return at not in self.gone and at not in self.told

    def _cheapest(self, sums: Iterable[Sum]) -> set[int]:
        """Return of each sum the smallest part that says something, else the sum itself."""
        found = set()
        for one in sums:
            left = [at for at in one.parts if self.values[at] and self._is_free(at)]
            if left:
                found.add(min(left, key=lambda at: (self.values[at], at)))
            elif self.values[one.whole] and self._is_free(one.whole):
                found.add(one.whole)
        return found

    def _whole(self, sums: Iterable[Sum]) -> set[int]:
        """Return all that says something in these sums."""
        return {at for one in sums for at in one.all if self.values[at] and self._is_free(at)}

    def _zeros(self, sums: Iterable[Sum]) -> set[int]:
        """Return of each sum a zero that can be hidden, and that no shown zero gives away."""
        empty = {
            at
            for one in self.sums
            if not self.values[one.whole] and self.told.get(one.whole) is False
            for at in one.parts
        }
        every = ([at for at in one.all if self._is_free(at) and at not in empty] for one in sums)
        free = [[at for at in one if not self.values[at]] for one in every]
        most = 1 if self.looks <= _PATIENCE else None
        return {at for left in free for at in left[:most]}

    def _gives_away(self, one: Sum) -> bool:
        """Tell whether a sum by itself leaves a hidden number too little room."""
        parts = [at for at in one.parts if at in self.gone]
        if one.whole in self.gone:
            return not parts and bool(one.parts)
        if len(parts) < 2:
            return bool(parts)
        least = self._least(parts)
        return sum(self.values[at] - least for at in parts) < self.smallest - 1

    def _least(self, unknown: Collection[int]) -> int:
        """Return what a hidden number is at least: nothing, once a zero is hidden beside it."""
        return min(1, *(self.values[at] for at in unknown))

    def _exposed(self) -> set[int]:
        """Return hidden numbers that the sums, added and taken away from each other, leave too
        little room, and those decided before of which they say something new.
        """
        rows = (_equation(self.values, self.gone, one) for one in self.sums)
        found: set[int] = set()
        for pivot, row in solved(rows, self.known, self.told).items():
            if pivot in self.known:
                continue
            if pivot in self.told or len(row[0]) == 1:
                found |= row[0].keys()
            else:
                found |= self._tight(row)
        return found

    def _tight(self, row: Row) -> set[int]:
        """Return which numbers of an equation have too little room."""
        sign = 1 if next(iter(row[0].values())) > 0 else -1
        sizes = {at: factor * sign for at, factor in row[0].items()}
        if min(sizes.values()) < 0:
            return set()
        room = row[1] * sign - self._least(sizes) * sum(sizes.values())
        return {at for at, size in sizes.items() if room < (self.smallest - 1) * size}


def _equation(values: Sequence[int], gone: set[int], one: Sum) -> Row:
    """Return what a sum says of the hidden numbers."""
    unknown = {at: 1 for at in one.parts if at in gone}
    right = -sum(values[at] for at in one.parts if at not in gone)
    if one.whole in gone:
        unknown[one.whole] = -1
    else:
        right += values[one.whole]
    return unknown, right
