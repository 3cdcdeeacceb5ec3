"""Progress of a cycle as figures that can be compared: stages, rates, and a fair order of places.

A rate from few people is known badly: of 40 people, 38 may be luck, of 4,000 people 3,800 are not.
So each rate has the interval in which it is known to lie (Wilson's, 95 %), places are ordered by
the lower end of it, and places whose intervals overlap with that of the one before them share a
rank: the difference is not told from chance.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final, Literal

Measure = Literal["submitted", "verified", "exported", "accepted"]

# A report that went on to a stage has been at all before it. A returned or rejected one was
# submitted, and is to be submitted again.
REACHED: Final[Mapping[Measure, tuple[str, ...]]] = {
    "submitted": ("submitted", "verified", "returned", "exported", "accepted", "rejected"),
    "verified": ("verified", "exported", "accepted", "rejected"),
    "exported": ("exported", "accepted", "rejected"),
    "accepted": ("accepted",),
}
MEASURES: Final[tuple[Measure, ...]] = tuple(REACHED)
# Quantile of the normal distribution for 95 %.
Z: Final = 1.96


@dataclass(frozen=True, slots=True)
class Interval:
    """Where a rate lies: as it was counted, and between which bounds it is known."""

    rate: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Standing:
    """A place among others.

    Args of the constructor:
        rank: from 1; shared by places that cannot be told apart.
        is_tied: whether it shares its rank.
        interval: None without a denominator: such a place has no rank and stands last.
    """

    place_id: str
    rank: int
    is_tied: bool
    interval: Interval | None


def reached(stages: Mapping[str, int], measure: Measure) -> int:
    """Return how many came so far, or further."""
    return sum(stages.get(stage, 0) for stage in REACHED[measure])


def wilson(done: int, of: int) -> Interval | None:
    """Return the rate with its interval (Wilson 1927); None when there is nobody to count.

    More may be done than is known of (people who stood on no list): the rate is then 1 or more,
    and the interval that of everybody.
    """
    if of <= 0:
        return None
    share, n = min(done, of) / of, of
    middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
    return Interval(done / of, max(0.0, middle - half), min(1.0, middle + half))


def in_order(counted: Iterable[tuple[str, int, int]]) -> list[Standing]:
    """Return places in a fair order.

    Args:
        counted: place, how many are done, of how many.

    A place shares the rank of the first of its group as long as its interval reaches up to the
    lower end of that one's.
    """
    known: list[tuple[str, Interval]] = []
    unknown: list[str] = []
    for place_id, done, of in counted:
        interval = wilson(done, of)
        if interval is None:
            unknown.append(place_id)
        else:
            known.append((place_id, interval))
    known.sort(key=lambda one: (-one[1].low, -one[1].rate, one[0]))
    ranks = _ranks([interval for _, interval in known])
    shared = {rank for rank, times in Counter(ranks).items() if times > 1}
    found = [
        Standing(place_id, rank, rank in shared, interval)
        for (place_id, interval), rank in zip(known, ranks, strict=True)
    ]
    # Those who share a rank stand as people look for them, by the rate that is shown.
    found.sort(key=lambda one: (one.rank, -one.interval.rate if one.interval else 0.0))
    return found + [Standing(place_id, 0, False, None) for place_id in unknown]


def _ranks(intervals: Sequence[Interval]) -> list[int]:
    ranks: list[int] = []
    first: Interval | None = None
    for number, interval in enumerate(intervals, start=1):
        if first is None or interval.high < first.low:
            first = interval
            ranks.append(number)
        else:
            ranks.append(ranks[-1])
    return ranks


def cumulated(days: Mapping[str, Mapping[str, int]], measure: Measure) -> list[tuple[str, int]]:
    """Return how many had come so far at the end of each day; days in ISO form, in their order."""
    found, total = [], 0
    for day in sorted(days):
        total += reached(days[day], measure)
        found.append((day, total))
    return found
