"""Which ways in there are: the bot's name, asked of Telegram or given, and the page's address."""

import re
from datetime import timedelta
from typing import Final

from telegram import Bot
from telegram.error import TelegramError

from bot.posters.links import Links
from bot.settings import Settings
from bot.telegram.settings import TelegramSettings
from bot.telegram.transport import AiohttpRequest


class NoWayIn(Exception):
    """A QR code would lead nowhere, or to somebody else's bot; the operator's to mend."""


_NAME: Final = re.compile(r"@?([A-Za-z][A-Za-z0-9_]{3,31})")


async def ways_in(settings: Settings, name: str) -> Links:
    """Return the links; `name` is the bot's as the operator gave it, "" to ask Telegram.

    Raises:
        NoWayIn: there is none, the name is no name, or Telegram does not tell it.
    """
    page = settings.web.public_url.rstrip("/")
    bot = _given(name) if name else await _asked(settings)
    if not bot and not page:
        cure = "Set telegram.token or web.public_url, or give --bot NAME"
        raise NoWayIn(f"a QR code would lead nowhere: there is neither a bot nor a page. {cure}.")
    return Links(bot, page)


def _given(name: str) -> str:
    found = _NAME.fullmatch(name)
    if found is None:
        raise NoWayIn("--bot: give the name that stands behind t.me/: letters, digits and _.")
    return found[1]


async def _asked(settings: Settings) -> str:
    """Ask Telegram for the bot's name; "" without a token."""
    section = settings.telegram
    token = section.token.get_secret_value()
    if not token:
        return ""
    wanted = TelegramSettings(token=token, answer_within=timedelta(seconds=10))
    request = AiohttpRequest(wanted)
    bot = Bot(
        token,
        section.base_url,
        section.base_file_url,
        request=request,
        get_updates_request=request,
    )
    try:
        async with bot:
            return bot.username
    except TelegramError as error:
        what = f"Telegram does not say the bot's name ({type(error).__name__})"
        raise NoWayIn(f"{what}. Try again, or give it: --bot NAME.") from None
