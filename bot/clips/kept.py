"""Clips on their way to Telegram: their sound, and the ids of those that it keeps already."""

import asyncio
import logging
from datetime import UTC, datetime
from hashlib import sha256

from bot.clips.pack import Pack
from storage import clips
from storage.database import Database
from storage.errors import StorageError

_log = logging.getLogger(__name__)


class KeptClips:
    """What one bot has sent. A database that is away only costs another upload."""

    def __init__(self, database: Database, pack: Pack, bot: str) -> None:
        self._database = database
        self._pack = pack
        self._bot = bot
        self._ids: dict[str, str] = {}

    async def sound(self, clip: str) -> bytes | None:
        """Return a clip as a file, None when the pack has it no more."""
        return await asyncio.to_thread(self._pack.sound, clip)

    async def file_id(self, clip: str) -> str:
        """Return Telegram's id of a clip, "" when it has none."""
        if clip not in self._ids:
            try:
                async with self._database.reading() as reading:
                    found = await clips.find(reading, self._bot, _digest(clip))
            except StorageError as error:
                _tell("the id of a clip is unknown", error)
                return ""
            self._ids[clip] = found or ""
        return self._ids[clip]

    async def keep(self, clip: str, file_id: str) -> None:
        """Keep the id that Telegram gave to a clip."""
        self._ids[clip] = file_id
        try:
            async with self._database.transaction() as tx:
                await clips.keep(tx, self._bot, _digest(clip), file_id, datetime.now(UTC))
        except StorageError as error:
            _tell("the id of a clip was not kept", error)

    async def forget(self, clip: str) -> None:
        """Forget the id of a clip: Telegram does not know it."""
        file_id = self._ids.pop(clip, "")
        try:
            async with self._database.transaction() as tx:
                await clips.forget(tx, self._bot, _digest(clip), file_id)
        except StorageError as error:
            _tell("the id of a clip was not forgotten", error)


def _digest(clip: str) -> str:
    return sha256(clip.encode()).hexdigest()


def _tell(what: str, error: StorageError) -> None:
    _log.warning(what, extra={"error": type(error).__name__})
