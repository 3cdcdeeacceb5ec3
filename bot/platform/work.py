"""One process at a time works files off: the lease, and the chunks that are done under it."""

import secrets
import tomllib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Final

from bot.places import FOLDER
from bot.world import World
from conversations.platform.words import Words, words_of
from storage import answers, leases
from storage.answers import Import
from storage.database import Database
from storage.leases import Lease
from storage.transaction import Transaction

LEASE: Final = "answers"
SPAN: Final = timedelta(minutes=3)
CHUNK: Final = 500

Progress = Callable[[int, int], None]


class WorkLost(Exception):
    """Somebody else holds the lease now, or the file went on to another state: stop here."""


@cache
def load_words() -> Words:
    """Return what the platform's files call things."""
    return words_of(tomllib.loads((FOLDER / "platform.toml").read_text("utf-8")))


@dataclass(frozen=True, slots=True)
class Work:
    """What a file is worked off with.

    Args of the constructor:
        on_chunk: told after each chunk how far the file has come, and of how much.
        size: rows of one chunk, which is one transaction.
    """

    database: Database
    world: World
    lease: Lease
    on_chunk: Progress = field(default=lambda _done, _total: None)
    size: int = CHUNK

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

    async def advance(self, tx: Transaction, one: Import, worked: int) -> None:
        """Note that a chunk is done.

        Raises:
            WorkLost: the file is not in this state any more.
        """
        if not await answers.advance(tx, one, worked, self.now):
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
