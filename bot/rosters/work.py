"""One process at a time works files off: the lease, and the chunks that are done under it.

A chunk is one short transaction: the chats go on between two of them, and a process that ends in
the middle has done whole chunks only.
"""

import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.world import World
from storage import leases, roster_imports
from storage.database import Database
from storage.leases import Lease
from storage.roster_imports import Import
from storage.transaction import Transaction

LEASE: Final = "roster"
SPAN: Final = timedelta(seconds=90)
CHUNK: Final = 1_000

Progress = Callable[[Import], None]


class WorkLost(Exception):
    """Somebody else holds the lease now, or the file went on to another state: stop here."""


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

    @asynccontextmanager
    async def chunk(self) -> AsyncIterator[Transaction]:
        """Lend a transaction of a piece of work.

        Raises:
            WorkLost: the lease went to somebody else.
        """
        async with self.database.transaction() as tx:
            if not await leases.renew(tx, self.lease, SPAN):
                raise WorkLost
            yield tx

    async def advance(self, tx: Transaction, one: Import, line: int, total: int = 0) -> None:
        """Note that a chunk is done.

        Raises:
            WorkLost: the file is not in this state any more.
        """
        if not await roster_imports.advance(tx, one, line, self.now, total):
            raise WorkLost


@asynccontextmanager
async def leased(database: Database) -> AsyncIterator[Lease | None]:
    """Hold the lease while the block runs; None when somebody else has it."""
    holder = secrets.token_hex(8)
    async with database.transaction() as tx:
        lease = await leases.acquire(tx, LEASE, holder, SPAN)
    try:
        yield lease
    finally:
        if lease is not None:
            async with database.transaction() as tx:
                await leases.release(tx, lease)
