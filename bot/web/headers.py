"""Security headers on every response of the process, other routes' and errors' included."""

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "media-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
_HEADERS: Final = {
    "Content-Security-Policy": _POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Robots-Tag": "noindex",
}
_YEAR: Final = 365 * 24 * 3600


class SecurityHeaders:
    """ASGI middleware that adds the headers and says what may be cached: what never changes."""

    def __init__(self, app: ASGIApp, is_https: bool) -> None:
        self.app = app
        self.headers = dict(_HEADERS)
        if is_https:
            self.headers["Strict-Transport-Security"] = f"max-age={_YEAR}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and complete the response."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        is_versioned = _is_versioned(scope)

        async def complete(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(self.headers)
                is_lasting = is_versioned and message["status"] in {200, 206}
                lasting = f"public, max-age={_YEAR}, immutable"
                if is_lasting:
                    headers["Cache-Control"] = lasting
                else:
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self.app(scope, receive, complete)


def _is_versioned(scope: Scope) -> bool:
    """Tell whether an address names its content: clips do, and files with their version."""
    path: str = scope["path"]
    is_static = path.startswith("/static/") and b"v=" in scope["query_string"]
    return is_static or path.startswith("/voice/")
