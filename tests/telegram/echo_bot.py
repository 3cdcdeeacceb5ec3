"""The channel with the echo in a process of its own: to be killed, and to be measured.

Reads XIANGWEN_TELEGRAM__TOKEN, __BASE_URL, __MODE, __WEBHOOK_URL, __WEBHOOK_SECRET and
XIANGWEN_WEB__PORT as the real command does. ECHO_JOURNAL names the file that outlives a kill.
"""

import asyncio
import logging
import os
import signal
from datetime import timedelta
from pathlib import Path

import uvicorn
import uvloop
from starlette.applications import Starlette

from bot.telegram.channel import TelegramChannel
from bot.telegram.settings import TelegramSettings
from bot.telegram.wording import read_wording
from bot.texts import load_texts
from tests.telegram.echo import EchoTurns


def settings() -> TelegramSettings:
    """Read the settings from the environment."""

    def given(name: str, otherwise: str = "") -> str:
        return os.environ.get(f"XIANGWEN_TELEGRAM__{name}", otherwise)

    return TelegramSettings(
        token=given("TOKEN"),
        base_url=given("BASE_URL"),
        mode="webhook" if given("MODE") == "webhook" else "polling",
        webhook_url=given("WEBHOOK_URL"),
        webhook_secret=given("WEBHOOK_SECRET"),
        backoff=timedelta(milliseconds=50),
    )


async def serve() -> None:
    """Serve until SIGTERM."""
    journal = os.environ.get("ECHO_JOURNAL")
    turns = EchoTurns(Path(journal) if journal else None)
    channel = TelegramChannel(settings(), turns, read_wording(load_texts("zh")))
    port = int(os.environ.get("XIANGWEN_WEB__PORT", "0"))
    app = Starlette(routes=channel.routes())
    server = uvicorn.Server(
        uvicorn.Config(app, port=port, log_level="warning", lifespan="off", access_log=False)
    )
    stop = asyncio.Event()
    serving = asyncio.create_task(server._serve())
    await channel.start()
    running = asyncio.create_task(channel.run())
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await stop.wait()
    await channel.stop(timedelta(seconds=10))
    await running
    server.should_exit = True
    await serving


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    uvloop.run(serve())
