"""The denominator ledger: how many people are looked after at a place, and why that changed.

Kept as the counts of `storage.progress` are. A move from one township to another leaves the count
of a county that holds both as it is, and is not told there.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from storage.progress import BATCH, NOWHERE, Counting
from storage.transaction import Reading, Row, Transaction


@dataclass(frozen=True, slots=True)
class Ledger:
    """How a headcount came to be.

    Args of the constructor:
        base: before the first day.
        changes: by reason: `added`, `moved_in`, `moved_out`, `returned`, `left:CODE`, `duplicate`,
            `erased`, `removed`, `corrected`.
    """

    base: int
    changes: Counter[str]

    @property
    def total(self) -> int:
        """Return what base and changes add up to."""
        return self.base + self.changes.total()


async def fold(tx: Transaction, counting: Counting, most: int = BATCH) -> int:
    """Add what triggers wrote to the kept headcounts; return how many rows were taken."""
    rows = await tx.all("headcounts.take", most=most)
    totals: Counter[str] = Counter()
    by_day: Counter[tuple[str, str, str]] = Counter()
    for row in rows:
        day = counting.days.of(row["at"])
        for place in _told_at(counting, row):
            totals[place] += row["delta"]
            by_day[place, day, row["reason"]] += row["delta"]
    await tx.each(
        "headcounts.add",
        [{"place_id": place, "count": count} for place, count in totals.items() if count],
    )
    await add_days(tx, by_day)
    return len(rows)


async def add_days(tx: Transaction, by_day: Counter[tuple[str, str, str]]) -> None:
    """Add changes to the kept days; by place, day and reason."""
    await tx.each(
        "headcounts.add_day",
        [
            {"place_id": place, "day": day, "reason": reason, "count": count}
            for (place, day, reason), count in by_day.items()
            if count
        ],
    )


async def counts(reading: Reading, counting: Counting, places: Iterable[str]) -> Counter[str]:
    """Return how many are looked after at each of these places, now."""
    wanted = list(places)
    found = Counter(dict.fromkeys(wanted, 0))
    for row in await reading.all("headcounts.counts", places=json.dumps(wanted)):
        found[row["place_id"]] += row["count"]
    for row in await reading.all("headcounts.waiting"):
        for place in _told_at(counting, row):
            if place in found:
                found[place] += row["count"]
    return found


async def counts_on(
    reading: Reading, counting: Counting, places: Iterable[str], day: date
) -> Counter[str]:
    """Return how many were looked after at each of these places at the end of a day."""
    wanted, last = list(places), day.isoformat()
    found = Counter(dict.fromkeys(wanted, 0))
    rows = await reading.all("headcounts.counts_on", places=json.dumps(wanted), day=last)
    for row in rows:
        found[row["place_id"]] += row["count"]
    for row in await reading.all("headcounts.waiting"):
        if counting.days.of_quarter(row["quarter"]) <= last:
            for place in _told_at(counting, row):
                if place in found:
                    found[place] += row["count"]
    return found


async def ledger(
    reading: Reading, counting: Counting, place_id: str, first: date, last: date
) -> Ledger:
    """Return how the headcount of a place changed from a first day to a last, with both."""
    begin, end = first.isoformat(), last.isoformat()
    base, changes = 0, Counter[str]()
    rows = await reading.all("headcounts.ledger", place_id=place_id, first=begin, last=end)
    told = [(row["reason"], row["count"]) for row in rows]
    for row in await reading.all("headcounts.waiting"):
        day = counting.days.of_quarter(row["quarter"])
        if day <= end and place_id in _told_at(counting, row):
            told.append((row["reason"] if day >= begin else "", row["count"]))
    for reason, count in told:
        if reason:
            changes[reason] += count
        else:
            base += count
    return Ledger(base, changes)


async def too_young(
    reading: Reading, counting: Counting, place_id: str, today: date
) -> Counter[str]:
    """Return how many of those looked after at a place, and each below it, are not yet 16."""
    day = today.isoformat()
    rows: list[Row]
    if place_id in counting.above[NOWHERE]:
        rows = await reading.all("headcounts.too_young_everywhere", today=day)
    else:
        places = counting.inside(place_id)
        rows = await reading.all("headcounts.too_young", places=places, today=day)
    return counting.spread(rows)


def _told_at(counting: Counting, row: Row) -> Iterator[str]:
    """Yield the places whose headcount a change is told of: not those that hold both ends."""
    both = frozenset(counting.holders(row["other_id"])) if row["other_id"] else frozenset()
    return (place for place in counting.holders(row["place_id"]) if place not in both)
