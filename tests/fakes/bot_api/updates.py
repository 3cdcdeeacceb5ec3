"""Updates on their way to the bot: getUpdates with its offset, or deliveries to a webhook."""

import asyncio
import random
from contextlib import suppress
from typing import Any, Final

import aiohttp

from tests.fakes.bot_api.refusal import Refusal
from tests.fakes.bot_api.world import World

# Telegram's pauses are longer; nobody wants to wait for them in a test.
REDELIVER_AFTER: Final = 0.05


async def get_updates(world: World, given: dict[str, Any]) -> list[dict[str, Any]]:
    """Confirm all before the offset, then wait for updates at most `timeout` seconds."""
    if world.hook.url:
        raise Refusal(
            409,
            "Conflict: can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first",
        )
    offset, limit = given.get("offset", 0), given.get("limit", 100)
    if offset < 0:
        offset = world.pending[offset]["update_id"] if len(world.pending) >= -offset else 0
    world.confirm(offset)
    if not world.pending and given.get("timeout", 0) > 0:
        world.arrived.clear()
        with suppress(TimeoutError):
            await asyncio.wait_for(world.arrived.wait(), min(given["timeout"], 50))
    return list(world.pending)[: max(1, min(limit, 100))]


class Deliveries:
    """Posts updates to the webhook, several at once and again until they are accepted.

    Args of the constructor:
        disorder: shuffles updates that wait together, as several connections do.
    """

    def __init__(self, world: World, disorder: random.Random | None = None) -> None:
        self._world = world
        self._disorder = disorder
        self._under_way: set[asyncio.Task[None]] = set()
        self.statuses: list[int] = []

    async def run(self) -> None:
        """Deliver until cancelled."""
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
            try:
                while True:
                    await self._round(session)
            finally:
                for task in self._under_way:
                    task.cancel()

    async def _round(self, session: aiohttp.ClientSession) -> None:
        world = self._world
        room = world.hook.max_connections - len(self._under_way)
        if not world.hook.url or not world.pending or room <= 0:
            world.arrived.clear()
            await asyncio.wait_for(world.arrived.wait(), None)
            return
        batch = [world.pending.popleft() for _ in range(min(room, len(world.pending)))]
        if self._disorder:
            self._disorder.shuffle(batch)
        for update in batch:
            task = asyncio.create_task(self._deliver(session, update))
            self._under_way.add(task)
            task.add_done_callback(self._done)

    def _done(self, task: "asyncio.Task[None]") -> None:
        self._under_way.discard(task)
        self._world.arrived.set()

    async def _deliver(self, session: aiohttp.ClientSession, update: dict[str, Any]) -> None:
        world = self._world
        while world.hook.url:
            headers = {"X-Telegram-Bot-Api-Secret-Token": world.hook.secret}
            try:
                async with session.post(world.hook.url, json=update, headers=headers) as answer:
                    status = answer.status
            except aiohttp.ClientError as error:
                world.hook.last_error, status = type(error).__name__, 0
            self.statuses.append(status)
            if 200 <= status < 300:
                world.confirmed = max(world.confirmed, update.get("update_id", 0))
                return
            await asyncio.sleep(REDELIVER_AFTER)
        world.pending.appendleft(update)
