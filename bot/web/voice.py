"""Clips for the page, under names that never mean another sound."""

import asyncio
import re
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from bot.clips.pack import Pack
from bot.web.refusal import Refusal

_KIND: Final = "audio/ogg"
# Browsers ask for one range of a sound; anything else is answered with the whole (RFC 9110, 14.2).
_RANGE: Final = re.compile(r"bytes=(\d{0,9})-(\d{0,9})")


async def send_clip(voice: Pack, request: Request) -> Response:
    """Answer with a clip or the part of it that is asked for."""
    sound = await asyncio.to_thread(voice.sound, request.path_params["clip"])
    if sound is None:
        raise Refusal(404)
    asked = _RANGE.fullmatch(request.headers.get("range", ""))
    if asked is None or not (asked[1] or asked[2]):
        return Response(sound, media_type=_KIND, headers={"Accept-Ranges": "bytes"})
    first, last = _span(asked[1], asked[2], len(sound))
    if first > last:
        return Response(status_code=416, headers={"Content-Range": f"bytes */{len(sound)}"})
    span = {"Content-Range": f"bytes {first}-{last}/{len(sound)}", "Accept-Ranges": "bytes"}
    return Response(sound[first : last + 1], 206, span, _KIND)


def _span(first: str, last: str, length: int) -> tuple[int, int]:
    """Return the first and last byte that are meant; without a first one the last so many."""
    if not first:
        return max(0, length - int(last)), length - 1
    return int(first), min(int(last), length - 1) if last else length - 1
