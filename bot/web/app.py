"""Puts the page together: routes, limits, headers, error pages."""

import logging
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import cast

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ExceptionHandler

from bot.web.chat import LEFT, Desk, accept, hand_out, leave, show_chat, show_landing
from bot.web.console.frame import HOME, Console
from bot.web.console.routes import routes_of
from bot.web.headers import SecurityHeaders
from bot.web.health import Ready, show_alive, show_ready
from bot.web.last_resort import LastResort
from bot.web.listening import ListeningTurns, show_news
from bot.web.pages import STATIC, Pages
from bot.web.posted import chat_reply, return_reply, start_reply
from bot.web.print import switch_print
from bot.web.refusal import Refusal
from bot.web.settings import WebSettings
from bot.web.speech import speech_in
from bot.web.visitor import token_of
from bot.web.voice import send_clip
from storage.errors import StorageError

_log = logging.getLogger(__name__)


def create_web(
    turns: ListeningTurns,
    settings: WebSettings,
    pages: Pages,
    ready: Ready,
    extra_routes: Sequence[BaseRoute] = (),
    *,
    console: Console | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Starlette:
    """Return the web application.

    Args:
        ready: says why turns cannot be taken now, None when they can.
        extra_routes: served beside ours with the same headers but none of our limits (webhook).
        console: the staff's page, None where there is none.
        clock: seconds that never go back; limits and the memory of last exchanges count by it.
    """
    desk = Desk(turns, settings, pages, clock)
    plain = _plain_routes(pages, settings, ready)
    rooms = [] if console is None else routes_of(console)
    return Starlette(
        routes=[*_chat_routes(desk, turns), *plain, *rooms, *extra_routes],
        middleware=[
            Middleware(SecurityHeaders, is_https=settings.is_https),
            Middleware(LastResort, refuse=partial(_refuse, desk, console)),
        ],
        exception_handlers=_exception_handlers(desk, console),
    )


def _refuse(desk: Desk, console: Console | None, request: Request, refusal: Refusal) -> Response:
    """Return the page about what went wrong: of the console for an address of the console."""
    path = request.url.path
    if console is not None and (path == HOME or path.startswith(f"{HOME}/")):
        return console.refused(request, refusal)
    token = token_of(request, desk.settings)
    if refusal.status == 403 and refusal.resend and token is not None:
        return desk.pages.refusal(request, refusal, desk.tickets.issue(token))
    return desk.pages.refusal(request, refusal)


def _chat_routes(desk: Desk, turns: ListeningTurns) -> list[BaseRoute]:
    landing = partial(show_landing, desk)
    return [
        Route("/", landing),
        Route("/s/{station}", landing),
        Route(LEFT, landing),
        Route("/chat", partial(show_chat, desk)),
        Route("/chat/news", partial(show_news, desk, turns)),
        Route("/chat", partial(accept, chat_reply, desk), methods=["POST"]),
        Route("/start", partial(accept, start_reply, desk), methods=["POST"]),
        Route("/return", partial(accept, return_reply, desk), methods=["POST"]),
        Route("/copy", partial(hand_out, desk), methods=["POST"]),
        Route("/leave", partial(leave, desk), methods=["POST"]),
    ]


def _plain_routes(pages: Pages, settings: WebSettings, ready: Ready) -> list[BaseRoute]:
    return [
        Route("/privacy", partial(_show_privacy, pages)),
        Route("/print/{size}/{place:path}", partial(switch_print, settings)),
        Route("/voice/{clip}.ogg", partial(send_clip, pages.texts.voice)),
        Route("/healthz", show_alive),
        Route("/readyz", partial(show_ready, ready)),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]


async def _show_privacy(pages: Pages, request: Request) -> Response:
    return pages.privacy(speech_in("", request, pages.texts))


def _exception_handlers(
    desk: Desk, console: Console | None
) -> dict[type[Exception], ExceptionHandler]:
    async def on_refusal(request: Request, refusal: Refusal) -> Response:
        return _refuse(desk, console, request, refusal)

    async def on_storage_error(request: Request, error: Exception) -> Response:
        _log.warning("a turn was not committed", extra={"error": type(error).__name__})
        return _refuse(desk, console, request, Refusal(503, wait=10))

    async def on_http_exception(request: Request, error: HTTPException) -> Response:
        return _refuse(desk, console, request, Refusal(error.status_code))

    return {
        Refusal: cast(ExceptionHandler, on_refusal),
        StorageError: on_storage_error,
        HTTPException: cast(ExceptionHandler, on_http_exception),
    }
