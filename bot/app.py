"""`xiangwen serve`: puts the parts together and runs them until it is told to stop."""

import asyncio
import gc
import logging
import signal
import socket
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from typing import Final

import click
import uvicorn
import uvloop
from starlette.routing import BaseRoute

from bot.cli.failures import Refusal
from bot.cli.given import with_settings
from bot.clips.kept import KeptClips
from bot.config import ConfigError
from bot.findings import Finding
from bot.jobs import running
from bot.opening import Opened, opened, telegram_settings
from bot.postroom import posting
from bot.settings import Settings
from bot.staff.passwords import Passwords
from bot.telegram.channel import TelegramChannel
from bot.telegram.errors import TelegramRefused
from bot.telegram.wording import read_wording
from bot.web.api.routes import open_api
from bot.web.app import create_web
from bot.web.console.routes import open_console
from bot.web.health import Ready
from bot.web.pages import Pages
from bot.web.settings import Notice, WebSettings
from storage.errors import StorageError

GRACE: Final = timedelta(seconds=8)
_PURGE_EVERY: Final = timedelta(hours=6)
_PLAN_EVERY: Final = timedelta(seconds=15)
_FIRST_PURGE: Final = timedelta(minutes=1)
_log = logging.getLogger(__name__)


@click.command()
@with_settings
def serve(settings: Settings) -> None:
    """Serve the web page and, with a token, Telegram, in the foreground."""
    uvloop.run(run(settings))


async def run(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT; turns under way are finished within ten seconds.

    Raises:
        ConfigError: a fault that `xiangwen check` names too; the port is taken.
        FormError: the form is broken.
        TelegramRefused: the token is not accepted.
    """
    stopping = _stop_signal()
    listener = _listener(settings)
    async with opened(settings) as parts, _telegram(parts) as channel, posting(parts, channel):
        web = _web_server(parts, channel)
        with running(parts, channel):
            serving = asyncio.create_task(web.serve([listener]))
            talking = asyncio.create_task(_talk(channel))
            click.echo(_what_to_open(settings))
            # Form, places and libraries stay to the end: no collection need look at them again.
            gc.collect()
            gc.freeze()
            stop = asyncio.create_task(stopping.wait())
            await asyncio.wait([serving, stop], return_when=asyncio.FIRST_COMPLETED)
            _log.info("stopping")
            stop.cancel()
            # Side by side: together they have ten seconds.
            web.should_exit = True
            await asyncio.gather(_hang_up(channel), serving, talking)


async def _talk(channel: TelegramChannel | None) -> None:
    """Serve Telegram; a token that is revoked later ends that, not the page."""
    if channel is None:
        return
    try:
        await channel.run()
    except TelegramRefused as error:
        _log.critical("Telegram does not accept the token any more", exc_info=error)


async def _hang_up(channel: TelegramChannel | None) -> None:
    if channel is not None:
        await channel.stop(GRACE)


def _stop_signal() -> asyncio.Event:
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    return stopping


def _listener(settings: Settings) -> socket.socket:
    """Return the listening socket, bound before anything else is opened."""
    host, port = settings.web.host, settings.web.port
    try:
        return socket.create_server(
            (host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET, backlog=512
        )
    except OSError as error:
        what = f"cannot listen on {host} port {port} ({error.strerror})"
        cure = "Stop what uses it, or set another port: XIANGWEN_WEB__PORT=8081."
        raise ConfigError((Finding("web.port", what, cure),)) from None


@asynccontextmanager
async def _telegram(parts: Opened) -> AsyncIterator[TelegramChannel | None]:
    wanted = telegram_settings(parts.settings)
    if wanted is None:
        yield None
        return
    texts = parts.world.texts
    clips = KeptClips(parts.database, texts.voice, wanted.source) if texts.voice else None
    channel = TelegramChannel(wanted, parts.turns, read_wording(texts), clips)
    try:
        await channel.start()
    except TelegramRefused as error:
        raise Refusal(str(error)) from None
    yield channel


class _Server(uvicorn.Server):
    """uvicorn without its own signal handlers: one place decides when to stop."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals alone."""
        yield


def _web_server(parts: Opened, channel: TelegramChannel | None) -> _Server:
    settings = WebSettings(
        public_url=parts.settings.page_url, secret=parts.vault.digest("web", "form tickets")
    )
    routes: list[BaseRoute] = [*channel.routes()] if channel else []
    told = parts.settings.notice
    pages = Pages(parts.world.texts, Notice(told.handler, told.contact))
    console = None
    if parts.settings.console.enabled:
        console = open_console(
            parts.database,
            parts.world,
            parts.settings,
            settings,
            clock=time.monotonic,
            passwords=Passwords(),
        )
        api = open_api(parts.database, parts.world, parts.settings, settings, time.monotonic)
        routes.append(api)
    web = create_web(parts.turns, settings, pages, _readiness(parts), routes, console=console)
    seconds = int(GRACE.total_seconds())
    config = uvicorn.Config(
        web, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=seconds
    )
    return _Server(config)


def _readiness(parts: Opened) -> Ready:
    async def ready() -> str | None:
        try:
            async with parts.database.reading() as reading:
                await parts.world.shelf.get(reading, parts.world.shelf.hash)
                await reading.one("forms.find", hash=parts.world.shelf.hash)
        except StorageError as error:
            return f"database: {type(error).__name__}"
        return None

    return ready


def _what_to_open(settings: Settings) -> str:
    lines = [f"xiangwen is running. Open {settings.page_url}"]
    if settings.telegram.token.get_secret_value():
        lines.append(f"Telegram: by {settings.telegram.mode}.")
    else:
        lines.append("Telegram: no token is set (XIANGWEN_TELEGRAM__TOKEN), only the page runs.")
    return "\n".join([*lines, "Stop with Ctrl-C."])
