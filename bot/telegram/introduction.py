"""What the bot is called, for links that people open."""

from datetime import timedelta
from typing import Final

from telegram import Bot
from telegram.error import TelegramError

from bot.settings import TelegramSection
from bot.telegram.settings import TelegramSettings
from bot.telegram.transport import AiohttpRequest

# What stands in a link until Telegram says the name; whoever reads it puts it in.
UNNAMED: Final = "NAME_OF_THE_BOT"
_PATIENCE: Final = timedelta(seconds=5)


async def name_of_bot(section: TelegramSection) -> str:
    """Ask Telegram for the bot's name; `UNNAMED` without a token, or when it does not answer."""
    token = section.token.get_secret_value()
    if not token:
        return UNNAMED
    request = AiohttpRequest(TelegramSettings(token=token, answer_within=_PATIENCE))
    try:
        async with Bot(
            token,
            section.base_url,
            section.base_file_url,
            request=request,
            get_updates_request=request,
        ) as bot:
            return bot.username
    except TelegramError:
        return UNNAMED
