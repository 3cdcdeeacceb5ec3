"""Two routes for whoever watches the process."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

Ready = Callable[[], Awaitable[str | None]]


async def show_alive(request: Request) -> Response:
    """Answer as long as the process does."""
    return JSONResponse({"status": "alive"})


async def show_ready(ready: Ready, request: Request) -> Response:
    """Answer 200 when turns can be taken, else 503 with the reason."""
    reason = await ready()
    if reason is None:
        return JSONResponse({"status": "ready"})
    return JSONResponse({"status": "not ready", "reason": reason}, 503)
