"""Calls to the Bot API whose answers are looked at for one number at the most.

`telegram.Bot` makes objects of the whole answer, keyboard and all, which took more time than a
turn of ours, and its keyboards and form encoding took twenty times as long as JSON does. Errors
are still python-telegram-bot's own.
"""

from typing import Any

from bot.telegram.transport import AiohttpRequest


class Calls:
    """Methods of the Bot API by name.

    Args of the constructor:
        address: base_url with the token, as `telegram.Bot.base_url`.
    """

    def __init__(self, address: str, request: AiohttpRequest) -> None:
        self._address = address
        self._request = request

    async def make(self, method: str, *, within: float | None = None, **given: Any) -> Any:
        """Make one call and return its plain result; what is None is left out.

        Args:
            within: seconds; None for the transport's own limit.

        Raises:
            telegram.error.TelegramError: as `telegram.Bot` would, and those of transport.py.
        """
        kept = {name: value for name, value in given.items() if value is not None}
        return await self._request.call(f"{self._address}/{method}", kept, within)
