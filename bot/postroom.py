"""Runs what brings posts to chats, and watches over talks, while the program serves."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Final

from bot.calling import settle_overdue
from bot.opening import Opened
from bot.outbox import Carrier, Outbox
from bot.telegram.channel import TelegramChannel
from storage.errors import StorageError

WATCH_EVERY: Final = 10.0
_log = logging.getLogger(__name__)


@asynccontextmanager
async def posting(parts: Opened, channel: TelegramChannel | None) -> AsyncIterator[None]:
    """Send what chats left for each other, and end overdue talks, as long as the block lasts."""
    outbox = None
    if channel is not None:
        carrier = Carrier(channel.send, channel.send_voice, channel.fetch)
        outbox = Outbox(parts.database, parts.world, carrier)
        parts.turns.on_posted(outbox.kick)
    work = [asyncio.create_task(_watch(parts, outbox))]
    if outbox is not None:
        work.append(asyncio.create_task(outbox.run()))
    try:
        yield
    finally:
        for task in work:
            task.cancel()
        for task in work:
            with suppress(asyncio.CancelledError):
                await task


async def _watch(parts: Opened, outbox: Outbox | None) -> None:
    """End what nobody took or went on with; the times stand in the rows."""
    while True:
        await asyncio.sleep(WATCH_EVERY)
        try:
            ended = await settle_overdue(parts.database, parts.world, parts.world.clock())
        except StorageError as error:
            _log.warning("talks are looked at later", extra={"error": type(error).__name__})
            continue
        if ended and outbox is not None:
            outbox.kick()
