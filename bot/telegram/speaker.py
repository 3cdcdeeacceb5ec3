"""Clips as voice messages: uploaded once, sent by Telegram's own id ever after."""

import logging
from functools import partial

from telegram import Bot
from telegram import Message as Sound

from bot.clips.kept import KeptClips
from bot.telegram.calls import Calls
from bot.telegram.courier import Courier
from bot.telegram.outcomes import Blocked, Failed, Gone, Sent

log = logging.getLogger(__name__)


class Speaker:
    """Reads aloud what stands on the screen, for one bot."""

    def __init__(self, bot: Bot, calls: Calls, courier: Courier, clips: KeptClips) -> None:
        self._bot = bot
        self._calls = calls
        self._courier = courier
        self._clips = clips

    async def speak(self, chat: str, clip: str) -> Sent | Blocked:
        """Send a clip. One that could not be sent owes nothing: its words can be read."""
        file_id = await self._clips.file_id(clip)
        outcome = await self._again(chat, file_id) if file_id else None
        if outcome is None or isinstance(outcome, Failed):
            if file_id:
                await self._clips.forget(clip)
            outcome = await self._anew(chat, clip)
        if isinstance(outcome, Failed):
            log.warning("a clip was not sent", extra={"reason": outcome.reason})
        return outcome if isinstance(outcome, Blocked) else Sent()

    async def _again(self, chat: str, file_id: str) -> Sent | Blocked | Failed | Gone:
        call = partial(self._calls.make, "sendVoice", chat_id=int(chat), voice=file_id)
        return await self._courier.deliver(chat, call)

    async def _anew(self, chat: str, clip: str) -> Sent | Blocked | Failed | Gone:
        sound = await self._clips.sound(clip)
        if sound is None:
            return Failed("no such clip")
        sent: list[Sound] = []

        async def upload() -> None:
            sent.append(await self._bot.send_voice(int(chat), sound, filename="clip.ogg"))

        outcome = await self._courier.deliver(chat, upload)
        if sent and sent[-1].voice is not None:
            await self._clips.keep(clip, sent[-1].voice.file_id)
        return outcome
