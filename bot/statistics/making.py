"""Makes the monthly tables: the running month every hour, the one before closed at its turn.

A county is counted at a time, each in a transaction of its own, under a lease: whoever goes on
after a crash counts only those that were not counted since.
"""

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.definitions import load_definitions
from bot.leasing import WorkLost, leased, piece
from bot.world import World
from storage import statistics
from storage.database import Database
from storage.leases import Lease

EVERY: Final = timedelta(hours=1)
# A month that nobody could close in time is closed with what was counted of it.
CLOSES_WITHIN: Final = timedelta(days=3)
_NOT_AGAIN: Final = timedelta(minutes=1)
_LEASE: Final = timedelta(minutes=2)
_NAME: Final = "statistics"
_NEVER: Final = datetime.min.replace(tzinfo=UTC)
_log = logging.getLogger(__name__)

# Is told after each county how many were counted and how many are to be.
Told = Callable[[int, int], None]


class Busy(Exception):
    """Somebody else counts just now."""


class NotOver(Exception):
    """A month that is not over cannot be closed."""


def _nobody(_done: int, _all: int) -> None:
    """Tell nobody."""


async def keep_up(database: Database, world: World, told: Told = _nobody) -> int:
    """Close what is due, and count the running month where that is an hour ago.

    Returns:
        how many counties were counted; none where somebody else counts.
    """
    try:
        async with _alone(database, world, told) as making:
            done = await making.close_due()
            return done + await making.count_all(this_month(world), EVERY)
    except Busy:
        return 0


async def close(database: Database, world: World, month: str, told: Told = _nobody) -> int:
    """Close a month that is over; return how many counties were counted for it now.

    Raises:
        Busy: somebody else counts just now.
        NotOver: it is the running month or a later one.
    """
    if month >= this_month(world):
        raise NotOver(month)
    async with _alone(database, world, told) as making:
        return await making.close(month)


async def recount(database: Database, world: World, county_id: str) -> bool:
    """Count one county of the running month at once, for whoever looks at it.

    Returns:
        False where it was counted within the last minute: many may look at once.
    """
    now, month = world.clock(), this_month(world)
    async with database.transaction() as tx:
        await statistics.begin(tx, month, "open", now)
        counted = await statistics.counted_at(tx, month)
    if now - counted.get(county_id, _NEVER) < _NOT_AGAIN:
        return False
    return await statistics.count(database, load_definitions(), month, county_id, now)


def this_month(world: World) -> str:
    """Return the running month of the stations, as `2026-11`."""
    return statistics.month_of(world.clock().astimezone(world.zone))


@dataclass(frozen=True, slots=True)
class _Making:
    """Counts while it holds the lease."""

    database: Database
    world: World
    lease: Lease = field(repr=False)
    told: Told

    async def close_due(self) -> int:
        """Close earlier months that are open, and the last one even where nobody opened it."""
        this = this_month(self.world)
        async with self.database.reading() as reading:
            found = await statistics.months(reading)
        due = [one.month for one in found if one.state != "closed" and one.month < this]
        last = statistics.month_before(this)
        if last not in {one.month for one in found} and self._is_in_time(last):
            due.append(last)
        return sum([await self.close(month) for month in due])

    async def close(self, month: str) -> int:
        """Count a month for the last time and close it; return how many counties were counted.

        One that is long over is closed with what was counted of it: today's answers are not its.
        """
        async with self.database.transaction() as tx:
            await statistics.begin(tx, month, "closing", self.world.clock())
        counted = await self.count_all(month, None) if self._is_in_time(month) else 0
        async with self.database.transaction() as tx:
            if await statistics.close(tx, month, self.world.clock()):
                _log.info("a month is closed", extra={"cycle": month})
        return counted

    async def count_all(self, month: str, fresh: timedelta | None) -> int:
        """Count every county that was not counted lately.

        Args:
            fresh: how long ago that is; None for since the closing began.
        """
        database, world = self.database, self.world
        counties = [one.id for one in world.places.by_id.values() if one.level == "county"]
        async with database.transaction() as tx:
            await statistics.begin(tx, month, "open", world.clock())
            found = await statistics.month(tx, month)
            counted = await statistics.counted_at(tx, month)
            known = await statistics.inhabited(tx, counties) | counted.keys()
        if found is None or found.state == "closed":
            return 0
        since = found.since if fresh is None else world.clock() - fresh
        due = [one for one in counties if one in known and counted.get(one, _NEVER) < since]
        for at, county_id in enumerate(due, 1):
            await self._hold_on()
            await statistics.count(database, load_definitions(), month, county_id, world.clock())
            self.told(at, len(due))
        return len(due)

    async def _hold_on(self) -> None:
        try:
            async with piece(self.database, self.lease, _LEASE):
                pass
        except WorkLost:
            raise Busy from None

    def _is_in_time(self, month: str) -> bool:
        local = self.world.clock().astimezone(self.world.zone)
        return statistics.month_of(local - CLOSES_WITHIN) <= month


@asynccontextmanager
async def _alone(database: Database, world: World, told: Told) -> AsyncIterator[_Making]:
    """Lend a maker while nobody else counts.

    Raises:
        Busy: somebody does.
    """
    async with leased(database, _NAME, _LEASE) as lease:
        if lease is None:
            raise Busy
        yield _Making(database, world, lease, told)
