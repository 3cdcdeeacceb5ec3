"""The Telegram channel as the application sees it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Final

from starlette.routing import Route
from telegram import Bot, BotCommand
from telegram.error import InvalidToken, TelegramError

from bot.channel import Address
from bot.clips.kept import KeptClips
from bot.messages import Message
from bot.telegram.album import Album
from bot.telegram.calls import Calls
from bot.telegram.courier import Courier
from bot.telegram.errors import TelegramRefused
from bot.telegram.intake import Intake, Parts
from bot.telegram.outcomes import Blocked, Delivery, Failed, Sent, Unknown
from bot.telegram.polling import LONGEST_PAUSE, Polling
from bot.telegram.resume import RecallingTurns, Resume
from bot.telegram.screen import Screen
from bot.telegram.settings import TelegramSettings
from bot.telegram.speaker import Speaker
from bot.telegram.transport import AiohttpRequest
from bot.telegram.updates import ASKED_FOR
from bot.telegram.voice import VoiceBox
from bot.telegram.webhook import Webhook
from bot.telegram.wording import Wording
from storage.errors import StorageError

log = logging.getLogger(__name__)

MAX_CONNECTIONS: Final = 100
# A Telegram behind a wall swallows packets: the start must not wait for it.
FIRST_GREETING: Final = 5.0
# So many replies may be under way before prompts wait for them.
_BUSY: Final = 4


class TelegramChannel:
    """One bot, by polling or by webhook.

    `start` once, then `run` until `stop`. `routes` may be asked for before `start`.
    """

    def __init__(
        self,
        settings: TelegramSettings,
        turns: RecallingTurns,
        wording: Wording,
        clips: KeptClips | None = None,
    ) -> None:
        # python-telegram-bot logs calls with all they hold, aiohttp and httpx addresses.
        for name in ("telegram", "httpx", "httpcore", "aiohttp"):
            logging.getLogger(name).setLevel(logging.WARNING)
        self._settings = settings
        self._turns = turns
        self._wording = wording
        self._request = AiohttpRequest(settings)
        self._bot = Bot(
            settings.token,
            settings.base_url,
            settings.base_file_url,
            request=self._request,
            get_updates_request=self._request,
        )
        self._calls = Calls(self._bot.base_url, self._request)
        courier = Courier(settings)
        speaker = Speaker(self._bot, self._calls, courier, clips) if clips else None
        self._screen = Screen(self._calls, courier, self._wording, speaker)
        self._voices = VoiceBox(self._bot, self._calls, courier)
        self._album = Album(self._bot, courier)
        parts = Parts(turns, self._screen, self._wording)
        self._intake = Intake(settings, parts)
        self._webhook = Webhook(settings, self._intake)
        self._is_introduced = False
        self._is_stopping = False
        self._work: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Open the connections and greet Telegram once; an unreachable one is tried again later.

        Raises:
            TelegramRefused: the token is not accepted.
        """
        await self._request.initialize()
        try:
            async with asyncio.timeout(FIRST_GREETING):
                await self._introduce()
        except TelegramRefused:
            await self._request.shutdown()
            raise
        except (TelegramError, TimeoutError) as error:
            kind = type(error).__name__
            log.error("Telegram cannot be reached, trying on", extra={"error": kind})

    async def run(self) -> None:
        """Serve until `stop`.

        Raises:
            TelegramRefused: the token is not, or no longer, accepted.
        """
        if self._is_stopping:
            return
        self._work = asyncio.create_task(self._serve())
        try:
            await asyncio.shield(self._work)
        except asyncio.CancelledError:
            if not self._work.cancelled():
                self._work.cancel()
                raise

    async def stop(self, within: timedelta) -> None:
        """Take nothing new, finish the turns under way, close the connections.

        What could not be shown within the time stays owed and is shown at the next start.
        """
        self._is_stopping = True
        self._webhook.close()
        if self._work is not None:
            self._work.cancel()
            await asyncio.wait({self._work})
        with suppress(TimeoutError):
            async with asyncio.timeout(within.total_seconds()):
                await self._intake.takes.below(1)
                await self._intake.shows.below(1)
        await self._intake.takes.cancel()
        await self._intake.shows.cancel()
        await self._request.shutdown()

    def routes(self) -> list[Route]:
        """Return what the web server has to serve for this channel; nothing when polling."""
        return [self._webhook.route()] if self._settings.mode == "webhook" else []

    async def send(self, address: Address, message: Message) -> Delivery:
        """Send what no reply asked for (a reminder): one try, never twice."""
        return await self._once(address, partial(self._screen.send_once, address.address, message))

    async def prompt(self, address: Address, message: Message) -> Delivery:
        """Send a prompt: as `send`, but whoever asks for it notes the message's number."""
        send = partial(self._screen.send_once, address.address, message)
        return await self._once(address, send, is_noted=True)

    def is_busy(self) -> bool:
        """Tell whether replies of people pile up: they go before prompts."""
        return self._intake.takes.count > _BUSY

    async def send_voice(
        self, address: Address, file_id: str, content: bytes | None, caption: str
    ) -> Delivery:
        """Send a voice note once, by its id or, when that is not known any more, its bytes."""
        send = partial(self._voices.send, address.address, file_id, content, caption)
        return await self._once(address, send)

    async def send_picture(self, address: Address, picture: bytes, caption: str) -> Delivery:
        """Send a picture that no reply asked for (a bulletin): one try, never twice."""
        send = partial(self._album.send, address.address, picture, caption)
        return await self._once(address, send)

    async def fetch(self, file_id: str, most: int) -> bytes | None:
        """Return what a voice note holds; None when it cannot be had now.

        Raises:
            LookupError: it is larger than `most` bytes.
        """
        return await self._voices.fetch(file_id, most)

    async def _once(
        self,
        address: Address,
        send: Callable[[], Awaitable[Delivery]],
        *,
        is_noted: bool = False,
    ) -> Delivery:
        outcome: Delivery = Failed("not sent")

        async def job() -> None:
            nonlocal outcome
            outcome = Unknown()
            outcome = await send()

        await asyncio.wait({self._intake.shows.submit(address.address, job)})
        if isinstance(outcome, Blocked):
            await self._turns.blocked(address, None, is_blocked=True)
        if isinstance(outcome, Sent) and outcome.message_id and not is_noted:
            # It was taken, whether or not its number can be kept: only clearing would miss it.
            with suppress(StorageError):
                await self._turns.sent(address, outcome.message_id)
        return outcome

    async def _serve(self) -> None:
        await self._greet_until_heard()
        self._intake.owing.set()
        resume = Resume(self._settings, self._turns, self._intake, self._screen)
        paying = asyncio.create_task(resume.run())
        try:
            if self._settings.mode == "polling":
                await self._polling(resume).run()
            await paying
        finally:
            paying.cancel()

    def _polling(self, resume: Resume) -> Polling:
        settings, intake = self._settings, self._intake
        return Polling(settings, self._calls, intake, resume.after_outage)

    async def _greet_until_heard(self) -> None:
        pause = self._settings.backoff.total_seconds()
        while not self._is_introduced:
            try:
                await self._introduce()
            except TelegramError:
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
            else:
                log.info("Telegram is reachable again")

    async def _introduce(self) -> None:
        try:
            await self._bot.get_me()
        except InvalidToken:
            raise TelegramRefused from None
        await self._choose_mode()
        try:
            await self._set_menus()
        except TelegramError as error:
            log.warning("the menu was not set", extra={"error": type(error).__name__})
        self._is_introduced = True

    async def _set_menus(self) -> None:
        """Set the menu for everybody, then for those whose Telegram speaks another language."""
        await self._bot.set_my_commands(_commands(self._wording))
        for code, wording in self._wording.others.items():
            await self._bot.set_my_commands(_commands(wording), language_code=code)

    async def _choose_mode(self) -> None:
        settings = self._settings
        if settings.mode == "polling":
            await self._bot.delete_webhook()
            return
        await self._bot.set_webhook(
            settings.webhook_url,
            secret_token=settings.webhook_secret,
            max_connections=MAX_CONNECTIONS,
            allowed_updates=ASKED_FOR,
        )


def _commands(wording: Wording) -> list[BotCommand]:
    return [BotCommand(name, words) for name, words in wording.menu]
