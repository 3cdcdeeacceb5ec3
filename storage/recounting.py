"""Counts everything anew from the persons and where they stand, and mends what was kept wrongly.

It runs under the lease of the fold, in one transaction that sees one moment of the database. The
figures of a place that were wrong are written anew: its days by when each person came to where
they stand, for no more is known; a wrong headcount is put right with the reason `corrected`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, TypeAlias

from storage import headcounts, progress
from storage.days import day_of_number
from storage.progress import Counting
from storage.transaction import Row, Transaction

HEADCOUNT: Final = "headcount"
BEGUN: Final = "begun"
# A county, its city, the province.
COUNTY_DEPTH: Final = 3

# By cycle, day and stage; and that by place.
_ByDay: TypeAlias = Counter[tuple[int, str, str]]
_Counted: TypeAlias = dict[str, _ByDay]


@dataclass(frozen=True, slots=True)
class Difference:
    """A kept figure that was wrong; `cycle` is 0 where `stage` is HEADCOUNT or BEGUN."""

    place_id: str
    cycle: int
    stage: str
    kept: int
    counted: int


async def one_moment(tx: Transaction) -> None:
    """Let a transaction see one moment of the database; call it first of all."""
    await tx.one("recounting.one_moment")


async def recount(
    tx: Transaction, counting: Counting, today: date, offset: timedelta
) -> list[Difference]:
    """Fold what waits, count everything anew, mend what differs; return that.

    Args:
        offset: how far the stations' clocks are ahead of UTC.
    """
    while await progress.fold(tx, counting) or await headcounts.fold(tx, counting):
        pass
    above, shift = counting.above, offset // timedelta(microseconds=1)
    rest: _Counted = defaultdict(Counter)
    found: list[Difference] = []
    counties = {path[0] for path in above.values() if len(path) == COUNTY_DEPTH}
    for county in sorted(counties):
        rows = await tx.all("recounting.standing", county_id=county, offset=shift)
        own = _spread(rows, counting)
        for place, path in above.items():
            if county in path:
                found += await _mend(tx, place, own.pop(place, Counter()))
        for place, its in own.items():
            rest[place].update(its)
    rows = await tx.all("recounting.standing_nowhere", offset=shift)
    for place, its in _spread(rows, counting).items():
        rest[place].update(its)
    for place in {*rest, *(one for one in above if counties.isdisjoint(above[one]))}:
        found += await _mend(tx, place, rest[place])
    return [*found, *await _mend_heads(tx, counting, today), *await _mend_begun(tx)]


def _spread(rows: Iterable[Row], counting: Counting) -> _Counted:
    """Return what stands at a place and all above it."""
    found: _Counted = defaultdict(Counter)
    for row in rows:
        key = (row["cycle"], day_of_number(row["day"]), row["stage"])
        for place in counting.holders(row["place_id"]):
            found[place][key] += row["count"]
    return found


async def _mend(tx: Transaction, place_id: str, counted: _ByDay) -> list[Difference]:
    """Compare what was counted at a place with what is kept; write anew what differs."""
    truth: Counter[tuple[int, str]] = Counter()
    for (cycle, _, stage), count in counted.items():
        truth[cycle, stage] += count
    kept, by_day = await _kept(tx, "kept", place_id), await _kept(tx, "kept_days", place_id)
    if kept == truth == by_day:
        return []
    await tx.all("recounting.drop_kept", place_id=place_id)
    await tx.all("recounting.drop_kept_days", place_id=place_id)
    await tx.each(
        "progress.add",
        [
            {"place_id": place_id, "cycle": cycle, "stage": stage, "count": count}
            for (cycle, stage), count in truth.items()
        ],
    )
    await progress.add_days(tx, {(place_id, *key): count for key, count in counted.items()})
    return [
        Difference(place_id, *key, kept[key], truth[key])
        for key in sorted({*kept, *truth})
        if kept[key] != truth[key]
    ]


async def _kept(tx: Transaction, what: str, place_id: str) -> Counter[tuple[int, str]]:
    rows = await tx.all(f"recounting.{what}", place_id=place_id)
    return Counter({(row["cycle"], row["stage"]): row["count"] for row in rows})


async def _mend_heads(tx: Transaction, counting: Counting, today: date) -> list[Difference]:
    """Compare the headcounts with the persons; put right what differs, told in the ledger."""
    truth: Counter[str] = Counter()
    for row in await tx.all("recounting.heads"):
        for place in counting.holders(row["place_id"]):
            truth[place] += row["count"]
    kept = {row["place_id"]: row["count"] for row in await tx.all("recounting.kept_heads")}
    by_day = {row["place_id"]: row["count"] for row in await tx.all("recounting.kept_head_days")}
    found, mended = [], Counter[tuple[str, str, str]]()
    for place in sorted({*truth, *kept, *by_day}):
        counted = truth[place]
        if kept.get(place, 0) != counted:
            found.append(Difference(place, 0, HEADCOUNT, kept.get(place, 0), counted))
            await tx.each("recounting.put_head", [{"place_id": place, "count": counted}])
        mended[place, today.isoformat(), "corrected"] += counted - by_day.get(place, 0)
    await headcounts.add_days(tx, mended)
    return found


async def _mend_begun(tx: Transaction) -> list[Difference]:
    """Compare the interviews under way with the table of them; write that anew if it is wrong."""
    truth = {row["place_id"]: row["count"] for row in await tx.all("recounting.begun")}
    kept = {row["place_id"]: row["count"] for row in await tx.all("progress.begun_everywhere")}
    if kept != truth:
        await tx.all("recounting.drop_begun")
        await tx.all("recounting.fill_begun")
    return [
        Difference(place, 0, BEGUN, kept.get(place, 0), truth.get(place, 0))
        for place in sorted({*kept, *truth})
        if kept.get(place, 0) != truth.get(place, 0)
    ]
