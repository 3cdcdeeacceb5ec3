"""Long work that one process at a time does: its lease, and the pieces that are done under it.

A piece is one short transaction: the chats go on between two of them, and a process that ends in
the middle has done whole pieces only.
"""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from storage import leases
from storage.database import Database
from storage.leases import Lease
from storage.transaction import Transaction


class WorkLost(Exception):
    """Somebody else holds the lease now, or the work went on to another state: stop here."""


@asynccontextmanager
async def leased(database: Database, name: str, span: timedelta) -> AsyncIterator[Lease | None]:
    """Hold a lease while the block runs; None when somebody else has it.

    Args:
        span: how long the work is left to a process that gives no sign of life.
    """
    async with database.transaction() as tx:
        lease = await leases.acquire(tx, name, secrets.token_hex(8), span)
    try:
        yield lease
    finally:
        if lease is not None:
            async with database.transaction() as tx:
                await leases.release(tx, lease)


@asynccontextmanager
async def piece(database: Database, lease: Lease, span: timedelta) -> AsyncIterator[Transaction]:
    """Lend the transaction of a piece of work, and hold on to the lease in it.

    Raises:
        WorkLost: the lease went to somebody else.
    """
    async with database.transaction() as tx:
        if not await leases.renew(tx, lease, span):
            raise WorkLost
        yield tx
