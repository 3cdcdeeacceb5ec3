"""What a visitor posted: read with a limit, checked, and turned into a reply."""

import re
from typing import Final
from urllib.parse import parse_qsl

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request

from bot.web.refusal import Refusal
from conversations.buttons import decode
from conversations.reply import Command, Reply, Tap, Text

STATION_CODE: Final = re.compile(r"^[A-Za-z0-9_\-]{0,64}$")


class Posted(BaseModel):
    """One of our forms, filled in: the ticket and exactly one of the others matters."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ticket: str = Field("", max_length=200)
    press: str | None = None
    say: str | None = None
    station: str = Field("", pattern=STATION_CODE.pattern)
    code: str = Field("", max_length=64)
    language: str = Field("", max_length=8)
    grant: str = Field("", pattern=r"^(?:[0-9a-f]{64})?$")

    @property
    def is_in_chat(self) -> bool:
        """Return whether this is a button or words of the chat page."""
        return self.press is not None or self.say is not None

    def fields(self) -> dict[str, str]:
        """Return what was given, without the ticket: enough to send it again."""
        return {
            name: value for name, value in self.model_dump(exclude={"ticket"}).items() if value
        }


async def read_posted(request: Request, max_body: int) -> Posted:
    """Return the posted form.

    Raises:
        Refusal: 413 when it is too big, 400 when it is not one of our forms.
    """
    body = await _read_body(request, max_body)
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise Refusal(400)
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=8)
        return Posted.model_validate(dict(pairs))
    except (ValueError, ValidationError):
        # A ValidationError repeats the input: it must not travel on as the cause.
        raise Refusal(400) from None


async def _read_body(request: Request, max_body: int) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > max_body:
            raise Refusal(413)
    return bytes(body)


def chat_reply(posted: Posted) -> Reply:
    """Return the reply given in the chat.

    Raises:
        Refusal: 400, there is neither a button nor words in it.
    """
    if posted.press is not None:
        return Tap(decode(posted.press))
    if posted.say is not None:
        return Text(posted.say)
    raise Refusal(400)


def start_reply(posted: Posted) -> Reply:
    """Return the start, with the station whose link was followed."""
    return Command("start", posted.station, posted.language)


def return_reply(posted: Posted) -> Reply:
    """Return the wish to go on with what was begun elsewhere."""
    return Command("return", posted.code, posted.language)
