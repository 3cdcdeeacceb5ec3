"""Large print: a switch on every page that a cookie remembers; no script is needed."""

import re
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.web.refusal import Refusal
from bot.web.settings import WebSettings

_COOKIE: Final = "print"
LARGE: Final = "large"
USUAL: Final = "usual"
_KEPT_SECONDS: Final = 400 * 24 * 3600
# Pages that the switch stands on, as the paths behind the slash.
_PLACES: Final = re.compile(r"|chat|privacy|s/[A-Za-z0-9_\-]{1,64}")


def is_large(request: Request) -> bool:
    """Tell whether this visitor wants large print."""
    return request.cookies.get(_COOKIE) == LARGE


async def switch_print(settings: WebSettings, request: Request) -> Response:
    """Change the size of the print and go back to the page."""
    size, place = request.path_params["size"], request.path_params["place"]
    if size not in {LARGE, USUAL} or not _PLACES.fullmatch(place):
        raise Refusal(404)
    query = f"?{request.url.query}" if request.url.query else ""
    response = RedirectResponse(f"/{place}{query}", 303)
    is_https = settings.is_https
    if size == USUAL:
        response.delete_cookie(_COOKIE, secure=is_https, httponly=True, samesite="lax")
    else:
        response.set_cookie(
            _COOKIE, LARGE, _KEPT_SECONDS, secure=is_https, httponly=True, samesite="lax"
        )
    return response
