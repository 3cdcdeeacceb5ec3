"""Who is on the other side: the chat token in the cookie, and the client's network address."""

import re
import secrets
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from bot.web.settings import WebSettings

# Browsers cap a cookie at 400 days: just enough for next year's update.
_KEPT_SECONDS: Final = 400 * 24 * 3600
_TOKEN: Final = re.compile(r"[A-Za-z0-9_\-]{43}")


def new_token() -> str:
    """Return a fresh chat token: 32 random bytes, URL-safe."""
    return secrets.token_urlsafe(32)


def cookie_name(settings: WebSettings) -> str:
    """Return the cookie's name; `__Host-` stops neighbours of the domain from planting one."""
    return "__Host-xiangwen" if settings.is_https else "xiangwen"


def token_of(request: Request, settings: WebSettings) -> str | None:
    """Return the chat token, None when there is none or it has not our shape."""
    token = request.cookies.get(cookie_name(settings), "")
    return token if _TOKEN.fullmatch(token) else None


def remember(response: Response, token: str, settings: WebSettings) -> None:
    """Set the cookie anew, so that it lives on from this visit."""
    response.set_cookie(
        cookie_name(settings),
        token,
        max_age=_KEPT_SECONDS,
        path="/",
        secure=settings.is_https,
        httponly=True,
        samesite="lax",
    )


def forget(response: Response, settings: WebSettings) -> None:
    """Delete the cookie: the browser knows its chat no more."""
    response.delete_cookie(
        cookie_name(settings), path="/", secure=settings.is_https, httponly=True, samesite="lax"
    )


def client_address(request: Request) -> str:
    """Return what the limits count by: an IPv4 address or an IPv6 /64 network."""
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or IPv6Network((address, 64), strict=False))
    return host


def is_from_here(request: Request, settings: WebSettings) -> bool:
    """Return whether our own page sent this post, as far as the browser tells.

    Old browsers send no Sec-Fetch-Site, and under `Referrer-Policy: no-referrer` the Origin of a
    form is "null" (Fetch standard): silence is let through here, the ticket decides.
    """
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("origin", "null")
    if origin == "null":
        return True
    own = {urlsplit(settings.public_url).netloc.lower(), request.headers.get("host", "").lower()}
    return urlsplit(origin).netloc.lower() in own


def names_nothing(request: Request) -> bool:
    """Tell whether an address has a zero character in it, which no database keeps in a text."""
    query: bytes = request.scope["query_string"]
    return "\x00" in request.scope["path"] or b"%00" in query or b"\x00" in query
