"""The last error handler: whatever nobody caught becomes the 500 page and one log line."""

import logging
from collections.abc import Callable

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.refusal import Refusal

_log = logging.getLogger(__name__)


class LastResort:
    """ASGI middleware; inside of the headers, outside of everything else."""

    def __init__(self, app: ASGIApp, refuse: Callable[[Request, Refusal], ASGIApp]) -> None:
        self.app = app
        self.refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; answer for it when it fails."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        is_started = False

        async def watch(message: Message) -> None:
            nonlocal is_started
            is_started = True
            await send(message)

        try:
            await self.app(scope, receive, watch)
        except Exception as error:
            # The log keeps class and code places only: text and path can hold what was typed.
            _log.error("a request failed", exc_info=error)
            if not is_started:
                page = self.refuse(Request(scope), Refusal(500))
                await page(scope, receive, send)
