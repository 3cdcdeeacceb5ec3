"""A channel that runs against the fake server for the length of a `with`."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import uvicorn
from starlette.applications import Starlette

from bot.telegram.channel import TelegramChannel
from bot.telegram.resume import RecallingTurns
from bot.telegram.settings import TelegramSettings
from bot.telegram.wording import read_wording
from bot.texts import load_texts
from tests.fakes.bot_api import TOKEN, BotApi

SECRET = "loopback-secret"
WORDING = read_wording(load_texts("zh"))


async def eventually(holds: Callable[[], bool]) -> None:
    """Wait until it holds; a test's own time limit ends a wait in vain."""
    while not holds():  # noqa: ASYNC110 (what is waited for is plain state of several objects)
        await asyncio.sleep(0.002)


def settings(api: BotApi, **others: Any) -> TelegramSettings:
    """Return settings with short pauses."""
    chosen = {
        "token": TOKEN,
        "base_url": api.base_url,
        "base_file_url": api.base_file_url,
        "long_poll": timedelta(seconds=5),
        "answer_within": timedelta(seconds=2),
        "backoff": timedelta(milliseconds=10),
        **others,
    }
    return TelegramSettings(**chosen)


@asynccontextmanager
async def polling(
    api: BotApi, turns: RecallingTurns, within: float = 5.0, **others: Any
) -> AsyncIterator[TelegramChannel]:
    """Run a polling channel.

    Args:
        within: how long its stop may take.
    """
    channel = TelegramChannel(settings(api, **others), turns, WORDING)
    await channel.start()
    running = asyncio.create_task(channel.run())
    try:
        yield channel
    finally:
        await channel.stop(timedelta(seconds=within))
        await running


@asynccontextmanager
async def webhook(
    api: BotApi, turns: RecallingTurns, **others: Any
) -> AsyncIterator[TelegramChannel]:
    """Run a webhook channel behind a real uvicorn."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/telegram/hook"
        chosen = {"mode": "webhook", "webhook_url": url, "webhook_secret": SECRET, **others}
        channel = TelegramChannel(settings(api, **chosen), turns, WORDING)
        app = Starlette(routes=channel.routes())
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        await channel.start()
        running = asyncio.create_task(channel.run())
        try:
            yield channel
        finally:
            await channel.stop(timedelta(seconds=5))
            await running
            server.should_exit = True
            await serving
