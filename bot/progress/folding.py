"""The job that folds what triggers wrote into the kept counts, one process at a time."""

from datetime import timedelta
from typing import Final

from bot.progress.tree import counting_of
from bot.world import World
from storage import headcounts, leases, progress
from storage.database import Database
from storage.ids import new_id
from storage.leases import Lease
from storage.recounting import Difference, one_moment, recount

LEASE: Final = "progress"
SPAN: Final = timedelta(seconds=30)
# A province is counted in minutes; nothing is folded meanwhile, and figures stay exact.
RECOUNT_SPAN: Final = timedelta(hours=1)


class FoldingElsewhere(Exception):
    """Another process folds or counts just now."""


async def fold_all(database: Database, world: World) -> int:
    """Fold until nothing waits; return how many changes were taken, 0 when another does it."""
    lease = await _take(database, world, SPAN)
    if lease is None:
        return 0
    counting, folded = counting_of(world), 0
    try:
        while True:
            async with database.transaction() as tx:
                if not await leases.renew(tx, lease, SPAN):
                    return folded
                taken = await progress.fold(tx, counting)
                taken += await headcounts.fold(tx, counting)
            folded += taken
            if not taken:
                return folded
    finally:
        await _release(database, lease)


async def recount_all(database: Database, world: World) -> list[Difference]:
    """Count everything anew and mend what differs; return that.

    Raises:
        FoldingElsewhere: somebody else holds the lease; try again.
    """
    lease = await _take(database, world, RECOUNT_SPAN)
    if lease is None:
        raise FoldingElsewhere
    now = world.clock()
    offset = now.astimezone(world.zone).utcoffset() or timedelta()
    try:
        async with database.transaction() as tx:
            await one_moment(tx)
            return await recount(tx, counting_of(world), world.today(now), offset)
    finally:
        await _release(database, lease)


async def _take(database: Database, world: World, span: timedelta) -> Lease | None:
    holder = new_id(world.clock())
    async with database.transaction() as tx:
        return await leases.acquire(tx, LEASE, holder, span)


async def _release(database: Database, lease: Lease) -> None:
    async with database.transaction() as tx:
        await leases.release(tx, lease)
