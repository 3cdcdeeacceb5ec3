"""Forgetting what is not needed any more: done updates, counted attempts, left drafts."""

from datetime import datetime, timedelta
from typing import Final

from storage import attempts, drafts, phones, roster, updates
from storage.database import Database

UPDATES_KEPT: Final = timedelta(days=7)
ATTEMPTS_KEPT: Final = timedelta(days=1)
DRAFTS_KEPT: Final = timedelta(days=180)


async def purge(database: Database, now: datetime) -> None:
    """Forget what is past its time."""
    await updates.purge(database, now - UPDATES_KEPT)
    async with database.transaction() as tx:
        await attempts.purge(tx, now - ATTEMPTS_KEPT)
        await phones.purge(tx, now)
        dropped = await drafts.purge(tx, now - DRAFTS_KEPT)
        dropped += await roster.tidy(tx)
    if dropped:
        await database.scrub()
