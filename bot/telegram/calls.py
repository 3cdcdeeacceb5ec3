"""Calls to the Bot API whose answers are looked at for one number at the most.

`telegram.Bot` makes objects of the whole answer, keyboard and all, which took more time than a
turn of ours. Parameters are still python-telegram-bot's own: its types and its encoding.
"""

from typing import Any

from telegram.request import BaseRequest, RequestData
from telegram.request._requestparameter import RequestParameter  # RequestData takes nothing else


class Calls:
    """Methods of the Bot API by name.

    Args of the constructor:
        address: base_url with the token, as `telegram.Bot.base_url`.
    """

    def __init__(self, address: str, request: BaseRequest) -> None:
        self._address = address
        self._request = request

    async def make(self, method: str, *, within: float | None = None, **given: Any) -> Any:
        """Make one call and return its plain result; what is None is left out.

        Args:
            within: seconds; None for the transport's own limit.

        Raises:
            telegram.error.TelegramError: as `telegram.Bot` would, and those of transport.py.
        """
        pairs = [(name, value) for name, value in given.items() if value is not None]
        data = RequestData([RequestParameter.from_input(*pair) for pair in pairs])
        limit = BaseRequest.DEFAULT_NONE if within is None else within
        return await self._request.post(f"{self._address}/{method}", data, read_timeout=limit)
