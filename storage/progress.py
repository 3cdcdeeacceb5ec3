"""Progress of cycles by place: counts that are kept, and what was not folded into them yet.

Triggers write what changed at the place where it did (`progress_delta`), so that no turn waits for
the counter of its township. `fold` takes those rows and adds them to the place and to all above
it, by the local day; whoever reads adds what still waits. So a figure is exact at any moment.
`storage.recounting` proves it.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

from storage.days import LocalDays
from storage.transaction import Reading, Row, Transaction

# Where what nobody can place is counted; only the province holds it.
NOWHERE: Final = ""
BATCH: Final = 20_000
CHUNK: Final = 1_000

# A place -> itself and all above it, the nearest first.
Above: TypeAlias = Mapping[str, Sequence[str]]
# How many stand at each stage of a cycle, by place.
Stages: TypeAlias = dict[str, Counter[str]]
# The changes of each day, by stage.
Days: TypeAlias = dict[str, Counter[str]]


@dataclass(frozen=True, slots=True)
class Counting:
    """How counts go up from place to place, and which day an instant is of."""

    above: Above
    days: LocalDays

    def holders(self, place_id: str) -> Sequence[str]:
        """Return a place and all that hold it; of one that is gone only itself and the top."""
        return self.above.get(place_id) or (place_id, *self.above[NOWHERE][1:])

    def inside(self, place_id: str) -> str:
        """Return a place and all that it holds, as statements take a list."""
        return json.dumps([one for one, path in self.above.items() if place_id in path])

    def spread(self, rows: Iterable[Row]) -> Counter[str]:
        """Return counts at their places as counts at these and all above."""
        found: Counter[str] = Counter()
        for row in rows:
            for place in self.holders(row["place_id"]):
                found[place] += row["count"]
        return found


@dataclass(frozen=True, slots=True)
class Village:
    """One of a township with what is sealed of the village; opened by the caller in a thread."""

    person_id: str
    wrapped: bytes
    stage: str | None
    form_hash: str | None
    answers: bytes | None
    roster_answers: bytes | None


async def fold(tx: Transaction, counting: Counting, most: int = BATCH) -> int:
    """Add what triggers wrote to the kept counts; return how many rows were taken."""
    rows = await tx.all("progress.take", most=most)
    totals: Counter[tuple[str, int, str]] = Counter()
    by_day: Counter[tuple[str, int, str, str]] = Counter()
    for row in rows:
        cycle, stage, delta, day = (
            row["cycle"],
            row["stage"],
            row["delta"],
            counting.days.of(row["at"]),
        )
        for place in counting.holders(row["place_id"]):
            totals[place, cycle, stage] += delta
            by_day[place, cycle, day, stage] += delta
    await tx.each(
        "progress.add",
        [
            {"place_id": place, "cycle": cycle, "stage": stage, "count": count}
            for (place, cycle, stage), count in totals.items()
            if count
        ],
    )
    await add_days(tx, by_day)
    return len(rows)


async def add_days(tx: Transaction, by_day: Mapping[tuple[str, int, str, str], int]) -> None:
    """Add changes to the kept days; by place, cycle, day and stage."""
    await tx.each(
        "progress.add_day",
        [
            {"place_id": place, "cycle": cycle, "day": day, "stage": stage, "count": count}
            for (place, cycle, day, stage), count in by_day.items()
            if count
        ],
    )


async def counts(
    reading: Reading, counting: Counting, cycle: int, places: Iterable[str]
) -> Stages:
    """Return how many stand at each stage of a cycle at each of these places, now."""
    wanted = list(places)
    found: Stages = {place: Counter() for place in wanted}
    rows = await reading.all("progress.counts", cycle=cycle, places=json.dumps(wanted))
    for row in rows:
        found[row["place_id"]][row["stage"]] += row["count"]
    for row in await reading.all("progress.waiting", cycle=cycle):
        for place in counting.holders(row["place_id"]):
            if place in found:
                found[place][row["stage"]] += row["count"]
    return found


async def trend(reading: Reading, counting: Counting, cycle: int, place_id: str) -> Days:
    """Return the changes at a place by day and stage; days without any are left out."""
    found: Days = {}
    for row in await reading.all("progress.days", place_id=place_id, cycle=cycle):
        found.setdefault(row["day"], Counter())[row["stage"]] += row["count"]
    for row in await reading.all("progress.waiting_moments", cycle=cycle):
        if place_id in counting.holders(row["place_id"]):
            day = counting.days.of_quarter(row["quarter"])
            found.setdefault(day, Counter())[row["stage"]] += row["count"]
    return dict(sorted(found.items()))


async def since(
    reading: Reading, counting: Counting, cycle: int, places: Iterable[str], day: date
) -> Stages:
    """Return what changed at each of these places after a day."""
    wanted, after = list(places), day.isoformat()
    found: Stages = {place: Counter() for place in wanted}
    rows = await reading.all("progress.since", cycle=cycle, places=json.dumps(wanted), day=after)
    for row in rows:
        found[row["place_id"]][row["stage"]] += row["count"]
    for row in await reading.all("progress.waiting_moments", cycle=cycle):
        if counting.days.of_quarter(row["quarter"]) > after:
            for place in counting.holders(row["place_id"]):
                if place in found:
                    found[place][row["stage"]] += row["count"]
    return found


async def begun(reading: Reading, counting: Counting, place_id: str) -> Counter[str]:
    """Return how many first interviews are under way at a place and each below it.

    Of the province all are counted, those that have no place yet too.
    """
    rows: list[Row]
    if place_id in counting.above[NOWHERE]:
        rows = await reading.all("progress.begun_everywhere")
    else:
        rows = await reading.all("progress.begun", places=counting.inside(place_id))
    return counting.spread(rows)


async def cycles(reading: Reading, place_id: str) -> list[int]:
    """Return the cycles of which something is kept for a place, oldest first."""
    return [row["cycle"] for row in await reading.all("progress.cycles", place_id=place_id)]


async def of_township(
    reading: Reading, township_id: str, cycle: int, today: date, after: str
) -> list[Village]:
    """Return those of one township who are to be asked, a chunk in the order of their ids.

    Args:
        after: the last id of the chunk before, "" for the first one.
    """
    rows = await reading.all(
        "progress.of_township",
        township_id=township_id,
        cycle=cycle,
        today=today.isoformat(),
        after=after,
        most=CHUNK,
    )
    return [
        Village(
            row["person_id"],
            row["wrapped"],
            row["stage"],
            row["form_hash"],
            row["answers"],
            row["roster_answers"],
        )
        for row in rows
    ]
