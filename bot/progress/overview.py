"""One place's progress in a cycle, with the places below it: what pages and bulletin show."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal

from bot.progress.tree import children_of, counting_of, level_of
from bot.world import World
from conversations.progress import Interval, Measure, Standing, in_order, reached, wilson
from conversations.scope import PROVINCE
from conversations.targets import Sum, summed
from storage import headcounts, progress, targets
from storage.progress import Counting
from storage.transaction import Reading

Basis = Literal["target", "heads"]
WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Figures:
    """What is counted of a place.

    Args of the constructor, where not plain:
        target: None where none is set.
        heads: who is looked after and old enough to be asked.
        begun: first interviews under way; 0 for a cycle that is not the present one.
        fresh: by how many `submitted` grew in the last seven days, today among them.
    """

    place_id: str
    target: int | None
    heads: int
    begun: int
    submitted: int
    verified: int
    exported: int
    accepted: int
    returned: int
    rejected: int
    fresh: int

    def done(self, measure: Measure) -> int:
        """Return how many came so far."""
        count: int = getattr(self, measure)
        return count

    def of(self, basis: Basis) -> int:
        """Return what is measured against."""
        return self.heads if basis == "heads" else self.target or 0


@dataclass(frozen=True, slots=True)
class Overview:
    """A place and those below it, these in a fair order.

    Args of the constructor, where not plain:
        basis: what rates are measured against: the targets where the place and all below it have
            one, or else the people who are looked after.
        below: figures of the places below, in the order of `order`.
        nowhere: first interviews under way of whom nobody knows the place yet; of the province.
    """

    place_id: str
    level: str
    cycle: int
    at: datetime
    measure: Measure
    basis: Basis
    own: Figures
    below: tuple[Figures, ...]
    order: tuple[Standing, ...]
    sum: Sum
    nowhere: int

    @property
    def rate(self) -> Interval | None:
        """Return how far the place itself is."""
        return wilson(self.own.done(self.measure), self.own.of(self.basis))


async def overview(
    reading: Reading, world: World, place_id: str, cycle: int, measure: Measure = "submitted"
) -> Overview:
    """Return how far a place and those right below it are, at this moment."""
    counting, now = counting_of(world), world.clock()
    below = [one.id for one in children_of(world.places, place_id)]
    every = [place_id, *below]
    today = world.today(now)
    begun = Counter[str]()
    if cycle == today.year:
        begun = await progress.begun(reading, counting, place_id)
    figures = await _figures(reading, counting, every, cycle, today, begun=begun)
    own = figures.pop(place_id)
    lower = {one: its.target for one, its in figures.items()}
    basis: Basis = "target" if own.target and all(lower.values()) else "heads"
    order = in_order((one, its.done(measure), its.of(basis)) for one, its in figures.items())
    return Overview(
        place_id,
        level_of(world.places, place_id),
        cycle,
        now,
        measure,
        basis,
        own,
        tuple(figures[one.place_id] for one in order),
        tuple(order),
        summed(own.target, lower),
        begun[progress.NOWHERE],
    )


async def goals_of(reading: Reading, places: list[str], cycle: int) -> Mapping[str, int]:
    """Return the targets of a cycle; the province's is that of its cities together."""
    found = {one: its.people for one, its in (await targets.of(reading, cycle, places)).items()}
    if PROVINCE in places and PROVINCE not in found and len(found) == len(places) - 1:
        found[PROVINCE] = sum(found.values())
    return found


async def ledger_of(
    reading: Reading, world: World, place_id: str, cycle: int
) -> tuple[headcounts.Ledger, int]:
    """Return how the headcount of a place came to be in a cycle, and how many are too young."""
    counting, today = counting_of(world), world.today(world.clock())
    first, last = date(cycle, 1, 1), date(cycle, 12, 31)
    ledger = await headcounts.ledger(reading, counting, place_id, first, last)
    if cycle != today.year:
        return ledger, 0
    young = await headcounts.too_young(reading, counting, place_id, today)
    return ledger, young[place_id]


async def trend_of(
    reading: Reading, world: World, place_id: str, cycle: int
) -> Mapping[str, Mapping[str, int]]:
    """Return what changed at a place, day by day."""
    return await progress.trend(reading, counting_of(world), cycle, place_id)


async def _figures(
    reading: Reading,
    counting: Counting,
    places: list[str],
    cycle: int,
    today: date,
    *,
    begun: Mapping[str, int],
) -> dict[str, Figures]:
    """Return what is counted of a place and of those right below it."""
    stages = await progress.counts(reading, counting, cycle, places)
    fresh = await progress.since(reading, counting, cycle, places, today - WEEK)
    heads = await _heads(reading, counting, places, cycle, today)
    goals = await goals_of(reading, places, cycle)
    return {
        one: Figures(
            place_id=one,
            target=goals.get(one),
            heads=heads[one],
            begun=begun[one],
            submitted=reached(stages[one], "submitted"),
            verified=reached(stages[one], "verified"),
            exported=reached(stages[one], "exported"),
            accepted=reached(stages[one], "accepted"),
            returned=stages[one]["returned"],
            rejected=stages[one]["rejected"],
            fresh=reached(fresh[one], "submitted"),
        )
        for one in places
    }


async def _heads(
    reading: Reading, counting: Counting, places: list[str], cycle: int, today: date
) -> Mapping[str, int]:
    """Return who is looked after and to be asked: today, or at the end of a cycle that is over.

    Args:
        places: a place, and those right below it.
    """
    if cycle < today.year:
        return await headcounts.counts_on(reading, counting, places, date(cycle, 12, 31))
    found = await headcounts.counts(reading, counting, places)
    young = await headcounts.too_young(reading, counting, places[0], today)
    return {place: found[place] - young[place] for place in places}
