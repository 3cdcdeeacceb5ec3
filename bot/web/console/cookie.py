"""The console's own cookie: a token that means nothing until somebody signs in, then a session.

SameSite=Strict keeps it away from every request that another site starts. A link in a chat starts
such a request too: it is answered by a page that opens the same address once more by itself.
"""

import re
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from bot.web.settings import WebSettings

_TOKEN: Final = re.compile(r"[A-Za-z0-9_\-]{43}")


def cookie_name(settings: WebSettings) -> str:
    """Return the cookie's name; `__Host-` stops neighbours of the domain from planting one."""
    return "__Host-xiangwen-desk" if settings.is_https else "xiangwen-desk"


def token_of(request: Request, settings: WebSettings) -> str:
    """Return the token of the cookie, "" when there is none or it has not our shape."""
    token = request.cookies.get(cookie_name(settings), "")
    return token if _TOKEN.fullmatch(token) else ""


def door_name(settings: WebSettings) -> str:
    """Return the name of the cookie of somebody who is about to sign in: it only binds a form."""
    return "__Host-xiangwen-door" if settings.is_https else "xiangwen-door"


def door_of(request: Request, settings: WebSettings) -> str:
    """Return the token of that cookie, "" when there is none or it has not our shape."""
    token = request.cookies.get(door_name(settings), "")
    return token if _TOKEN.fullmatch(token) else ""


def keep_door(response: Response, token: str, settings: WebSettings) -> None:
    """Set that cookie."""
    _set(response, door_name(settings), token, settings)


def keep(response: Response, token: str, settings: WebSettings) -> None:
    """Set the cookie; it goes when the browser is closed."""
    _set(response, cookie_name(settings), token, settings)


def _set(response: Response, name: str, token: str, settings: WebSettings) -> None:
    response.set_cookie(
        name,
        token,
        path="/",
        secure=settings.is_https,
        httponly=True,
        samesite="strict",
    )


def drop(response: Response, settings: WebSettings) -> None:
    """Delete the cookie."""
    response.delete_cookie(
        cookie_name(settings), path="/", secure=settings.is_https, httponly=True, samesite="strict"
    )


def is_link_from_elsewhere(request: Request) -> bool:
    """Tell whether a link on another site led here, so that the browser kept the cookie back."""
    return request.method == "GET" and request.headers.get("sec-fetch-site") == "cross-site"
