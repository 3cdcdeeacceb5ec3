"""The route that Telegram delivers to: 200 only when the turn is committed."""

import asyncio
import json
import logging
from hmac import compare_digest
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.telegram.intake import Intake
from bot.telegram.settings import TelegramSettings

log = logging.getLogger(__name__)

MAX_BODY: Final = 1_000_000
SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 (a name)
# The Bot API waits 60 s for an answer; ours is to come first.
ANSWER_WITHIN: Final = 50.0


class Webhook:
    """Hands deliveries to the intake; closed, it answers 503 and Telegram comes again."""

    def __init__(self, settings: TelegramSettings, intake: Intake) -> None:
        self._secret = settings.webhook_secret.encode()
        self._path = urlsplit(settings.webhook_url).path or "/"
        self._intake = intake
        self._is_open = True

    def route(self) -> Route:
        """Return the route of the path in `webhook_url`."""
        return Route(self._path, self._receive, methods=["POST"])

    def close(self) -> None:
        """Take nothing any more."""
        self._is_open = False

    async def _receive(self, request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "").encode()
        if not compare_digest(given, self._secret):
            return Response(status_code=403)
        if not self._is_open:
            return Response(status_code=503)
        body = await _body(request)
        if body is None:
            return Response(status_code=413)
        return Response(status_code=await self._take(body))

    async def _take(self, body: bytes) -> int:
        try:
            raw = json.loads(body)
        except (ValueError, RecursionError):
            log.error("stepped over a delivery that is no JSON")
            return 200
        turn = self._intake.submit(raw, patient=False)
        if turn is None:
            return 200
        # `wait` does not cancel: a turn under way is finished even when Telegram hangs up.
        await asyncio.wait({turn}, timeout=ANSWER_WITHIN)
        is_committed = turn.done() and not turn.cancelled() and turn.exception() is None
        return 200 if is_committed else 503


async def _body(request: Request) -> bytes | None:
    pieces = bytearray()
    async for piece in request.stream():
        pieces += piece
        if len(pieces) > MAX_BODY:
            return None
    return bytes(pieces)
