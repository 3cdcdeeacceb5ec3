"""Forgetting what is not needed any more: done updates, attempts, left drafts, old talks."""

from datetime import datetime, timedelta
from typing import Final

from storage import (
    attempts,
    cases,
    console_links,
    console_sessions,
    desks,
    drafts,
    logins,
    outbox,
    phones,
    roster,
    talks,
    updates,
    voices,
)
from storage.database import Database

UPDATES_KEPT: Final = timedelta(days=7)
ATTEMPTS_KEPT: Final = timedelta(days=1)
DRAFTS_KEPT: Final = timedelta(days=180)
# What the staff began for somebody who was there: they do not come back to it later.
ASSISTED_KEPT: Final = timedelta(days=7)
DESKS_KEPT: Final = timedelta(days=7)
POSTS_KEPT: Final = timedelta(days=1)
TALKS_KEPT: Final = timedelta(days=90)
# Longer than any session may last.
SESSIONS_KEPT: Final = timedelta(days=1)


async def purge(database: Database, now: datetime) -> None:
    """Forget what is past its time."""
    await updates.purge(database, now - UPDATES_KEPT)
    async with database.transaction() as tx:
        await attempts.purge(tx, now - ATTEMPTS_KEPT)
        await phones.purge(tx, now)
        await desks.purge(tx, now - DESKS_KEPT)
        await outbox.purge(tx, now - POSTS_KEPT)
        await talks.purge(tx, now - TALKS_KEPT)
        await voices.purge(tx, now - TALKS_KEPT)
        await cases.purge(tx, now - TALKS_KEPT)
        await console_links.purge(tx, now - ATTEMPTS_KEPT)
        await console_sessions.purge(tx, now - SESSIONS_KEPT)
        await logins.purge_failures(tx, now - ATTEMPTS_KEPT)
        dropped = await drafts.purge(tx, now - DRAFTS_KEPT)
        dropped += await drafts.purge_assisted(tx, now - ASSISTED_KEPT)
        dropped += await roster.tidy(tx)
    if dropped:
        await database.scrub()
