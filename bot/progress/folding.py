"""The job that folds what triggers wrote into the kept counts, one process at a time."""

from datetime import timedelta
from typing import Final

from bot.leasing import WorkLost, leased, piece
from bot.progress.tree import counting_of
from bot.world import World
from storage import headcounts, progress
from storage.database import Database
from storage.recounting import Difference, one_moment, recount

LEASE: Final = "progress"
SPAN: Final = timedelta(seconds=30)
# A province is counted in minutes; nothing is folded meanwhile, and figures stay exact.
RECOUNT_SPAN: Final = timedelta(hours=1)


class FoldingElsewhere(Exception):
    """Another process folds or counts just now."""


async def fold_all(database: Database, world: World) -> int:
    """Fold until nothing waits; return how many changes were taken, 0 when another does it."""
    counting, folded = counting_of(world), 0
    async with leased(database, LEASE, SPAN) as lease:
        if lease is None:
            return 0
        while True:
            try:
                async with piece(database, lease, SPAN) as tx:
                    taken = await progress.fold(tx, counting)
                    taken += await headcounts.fold(tx, counting)
            except WorkLost:
                return folded
            folded += taken
            if not taken:
                return folded


async def recount_all(database: Database, world: World) -> list[Difference]:
    """Count everything anew and mend what differs; return that.

    Raises:
        FoldingElsewhere: somebody else holds the lease; try again.
    """
    now = world.clock()
    offset = now.astimezone(world.zone).utcoffset() or timedelta()
    async with leased(database, LEASE, RECOUNT_SPAN) as lease:
        if lease is None:
            raise FoldingElsewhere
        async with database.transaction() as tx:
            await one_moment(tx)
            return await recount(tx, counting_of(world), world.today(now), offset)
