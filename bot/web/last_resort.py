"""The last error handler: whatever nobody caught becomes the 500 page and one log line."""

import traceback
from typing import Final

import structlog
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.pages import refusal_page
from bot.web.refusal import Refusal

_DEPTH: Final = 12
_log = structlog.get_logger(__name__)


def places(error: Exception) -> list[str]:
    """Return where the error went through, innermost last, as `module:line`.

    Neither its text nor the request's path: both can hold what a person typed.
    """
    steps = traceback.walk_tb(error.__traceback__)
    return [f"{frame.f_globals.get('__name__')}:{line}" for frame, line in steps][-_DEPTH:]


class LastResort:
    """ASGI middleware; inside of the headers, outside of everything else."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

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
            _log.error("web.request_failed", error=type(error).__name__, trace=places(error))
            if not is_started:
                await refusal_page(Request(scope), Refusal(500))(scope, receive, send)
