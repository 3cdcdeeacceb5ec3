"""Clips that were sent once: the ids by which Telegram sends them again, each for one bot."""

from datetime import datetime

from storage.times import to_micros
from storage.transaction import Reading, Transaction


async def find(reading: Reading, bot: str, digest: str) -> str | None:
    """Return Telegram's id of a clip, None when this bot never sent it."""
    row = await reading.one("clips.find", bot=bot, digest=digest)
    return str(row["file_id"]) if row else None


async def keep(tx: Transaction, bot: str, digest: str, file_id: str, now: datetime) -> None:
    """Keep the id that a clip got."""
    at = to_micros(now)
    await tx.all("clips.keep", bot=bot, digest=digest, file_id=file_id, kept_at=at)


async def forget(tx: Transaction, bot: str, digest: str, file_id: str) -> None:
    """Forget an id that Telegram does not know any more."""
    await tx.all("clips.forget", bot=bot, digest=digest, file_id=file_id)
