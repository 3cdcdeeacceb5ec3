"""What files of people are worked off with, in chunks under their lease (bot/leasing.py)."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.leasing import WorkLost, piece
from bot.world import World
from storage import roster_imports
from storage.database import Database
from storage.leases import Lease
from storage.roster_imports import Import
from storage.transaction import Transaction

LEASE: Final = "roster"
SPAN: Final = timedelta(seconds=90)
CHUNK: Final = 1_000

Progress = Callable[[Import], None]


@dataclass(frozen=True, slots=True)
class Work:
    """What a file is worked off with.

    Args of the constructor:
        on_chunk: told after each chunk how far the file has come.
    """

    database: Database
    world: World
    lease: Lease
    on_chunk: Progress = field(default=lambda _: None)

    @property
    def now(self) -> datetime:
        """Return the present instant."""
        return self.world.clock()

    def chunk(self) -> AbstractAsyncContextManager[Transaction]:
        """Lend the transaction of a chunk; it may raise WorkLost, as `piece` says."""
        return piece(self.database, self.lease, SPAN)

    async def advance(self, tx: Transaction, one: Import, line: int, total: int = 0) -> None:
        """Note that a chunk is done.

        Raises:
            WorkLost: the file is not in this state any more.
        """
        if not await roster_imports.advance(tx, one, line, self.now, total):
            raise WorkLost
