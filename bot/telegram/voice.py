"""Voice notes by the Bot API: fetched to be kept, sent on by their id or by what we kept."""

from functools import partial
from typing import Any, Final

from telegram import Bot
from telegram.error import TelegramError

from bot.telegram.calls import Calls
from bot.telegram.courier import Courier
from bot.telegram.keyboards import clip
from bot.telegram.outcomes import Delivery, Failed

MAX_CAPTION: Final = 1024


class VoiceBox:
    """Sends and fetches voice notes of one bot."""

    def __init__(self, bot: Bot, calls: Calls, courier: Courier) -> None:
        self._bot = bot
        self._calls = calls
        self._courier = courier

    async def send(self, chat: str, file_id: str, content: bytes | None, caption: str) -> Delivery:
        """Send a note once: by its id, or anew when Telegram does not know that any more."""
        said = clip(caption, MAX_CAPTION)
        by_id = partial(
            self._calls.make,
            "sendVoice",
            chat_id=int(chat),
            voice=file_id,
            caption=said,
            protect_content=True,
        )
        outcome = await self._courier.try_once(chat, by_id)
        if not isinstance(outcome, Failed) or content is None:
            return outcome
        anew = partial(
            self._bot.send_voice, int(chat), content, caption=said, protect_content=True
        )
        return await self._courier.try_once(chat, anew)

    async def fetch(self, file_id: str, most: int) -> bytes | None:
        """Return what a file holds; None when it cannot be had now.

        Raises:
            LookupError: it is larger than `most` bytes.
        """
        try:
            found: dict[str, Any] = await self._calls.make("getFile", file_id=file_id)
            if found.get("file_size", 0) > most:
                raise LookupError("too large")
            path = found.get("file_path")
            if not path:
                return None
            content = await self._bot.request.retrieve(f"{self._bot.base_file_url}/{path}")
        except TelegramError:
            return None
        if len(content) > most:
            raise LookupError("too large")
        return content
