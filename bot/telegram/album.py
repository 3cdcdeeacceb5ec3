"""Pictures by the Bot API: a bulletin as a chat shows it."""

from functools import partial
from typing import Final

from telegram import Bot

from bot.telegram.courier import Courier
from bot.telegram.keyboards import clip
from bot.telegram.outcomes import Delivery

MAX_CAPTION: Final = 1024


class Album:
    """Sends pictures of one bot."""

    def __init__(self, bot: Bot, courier: Courier) -> None:
        self._bot = bot
        self._courier = courier

    async def send(self, chat: str, picture: bytes, caption: str) -> Delivery:
        """Send a picture once."""
        said = clip(caption, MAX_CAPTION)
        call = partial(self._bot.send_photo, int(chat), picture, caption=said)
        return await self._courier.try_once(chat, call)
