"""What result files are worked off with, in chunks under their lease (bot/leasing.py)."""

import tomllib
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Final

from bot.leasing import WorkLost, piece
from bot.places import FOLDER
from bot.world import World
from conversations.platform.words import Words, words_of
from storage import answers
from storage.answers import Import
from storage.database import Database
from storage.leases import Lease
from storage.transaction import Transaction

LEASE: Final = "answers"
SPAN: Final = timedelta(minutes=3)
CHUNK: Final = 500

Progress = Callable[[int, int], None]


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

    def chunk(self) -> AbstractAsyncContextManager[Transaction]:
        """Lend the transaction of a chunk; it may raise WorkLost, as `piece` says."""
        return piece(self.database, self.lease, SPAN)

    async def advance(self, tx: Transaction, one: Import, worked: int) -> None:
        """Note that a chunk is done.

        Raises:
            WorkLost: the file is not in this state any more.
        """
        if not await answers.advance(tx, one, worked, self.now):
            raise WorkLost
