"""HTTP to the Bot API by aiohttp, in the shape that python-telegram-bot asks for.

httpx, its own transport, gets slower with every connection (docs/decisions.md). Errors name what
is known about the call, because only a call that cannot have been taken may be repeated freely.
"""

import json
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from pydantic_core import from_json
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
)
from telegram.request import BaseRequest, RequestData

from bot.telegram.settings import TelegramSettings

_FORM: Final = {"Content-Type": "application/x-www-form-urlencoded"}
_JSON: Final = {"Content-Type": "application/json"}

_REFUSALS: Final[dict[int, Callable[[str], TelegramError]]] = {
    HTTPStatus.BAD_REQUEST: BadRequest,
    HTTPStatus.UNAUTHORIZED: InvalidToken,
    HTTPStatus.FORBIDDEN: Forbidden,
    # So the Bot API calls a token that it cannot read.
    HTTPStatus.NOT_FOUND: InvalidToken,
    HTTPStatus.CONFLICT: Conflict,
}


class NotReached(NetworkError):
    """The call never left: no connection could be made."""


class NoAnswer(NetworkError):
    """The call left and no answer came: it may have been taken."""


class Faulted(NetworkError):
    """The server answered with a fault of its own (5xx): the call was not taken."""


class Halted(TelegramError):
    """Flood control (429). `seconds` is how long this chat has to wait."""

    def __init__(self, seconds: float) -> None:
        super().__init__("flood control")
        self.seconds = seconds


class AiohttpRequest(BaseRequest):
    """One pool of kept-alive connections for all calls of a bot."""

    def __init__(self, settings: TelegramSettings) -> None:
        self._connections = 2 * settings.width + 8
        self._within = settings.answer_within.total_seconds()
        self._base_url = settings.base_url
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """How long an answer may take, in seconds."""
        return self._within

    async def initialize(self) -> None:
        """Open the pool; a second call changes nothing."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=75),
                headers={"User-Agent": self.USER_AGENT},
                proxy=_proxy_for(self._base_url),
            )

    async def shutdown(self) -> None:
        """Close the pool; a second call changes nothing."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(  # noqa: PLR0917 (inherited)
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make one call.

        Raises:
            NotReached: no connection.
            NoAnswer: the time is over, or the connection broke after the call had left.
            Faulted: 5xx.
            Halted: 429 with the time to wait.
        """
        within = float(read_timeout) if isinstance(read_timeout, int | float) else self._within
        body = _body(request_data) if request_data and method == "POST" else {}
        return await self._exchange(method, url, body, within)

    async def call(self, url: str, given: Mapping[str, Any], within: float | None = None) -> Any:
        """Make one call with JSON and return its plain result.

        Raises:
            telegram.error.TelegramError: a refusal, by its kind; those of `do_request`.
        """
        # ASCII only: half of a surrogate pair is no UTF-8, but JSON can write it.
        body = {"data": json.dumps(given).encode(), "headers": _JSON}
        status, payload = await self._exchange("POST", url, body, within or self._within)
        answer = self.parse_json_payload(payload)
        if status == HTTPStatus.OK:
            return answer.get("result")
        raise _REFUSALS.get(status, NetworkError)(str(answer.get("description") or status))

    async def _exchange(
        self, method: str, url: str, body: Mapping[str, Any], within: float
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise NotReached("the pool is closed")
        timeout = aiohttp.ClientTimeout(total=within, sock_connect=min(10.0, within))
        try:
            async with self._session.request(method, url, timeout=timeout, **body) as response:
                status, payload = response.status, await response.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotReached(type(error).__name__) from None
        except (aiohttp.ClientError, TimeoutError) as error:
            raise NoAnswer(type(error).__name__) from None
        _raise_for(status, payload)
        return status, payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Parse an answer; unlike the inherited one, without logging what it held.

        Raises:
            Faulted: the answer is no JSON object.
        """
        try:
            answer = from_json(payload)
        except ValueError:
            raise Faulted("no JSON") from None
        if not isinstance(answer, dict):
            raise Faulted("no JSON object")
        return answer


def _proxy_for(base_url: str) -> str | None:
    """Return the proxy that HTTPS_PROXY and its kin name, looked for once.

    aiohttp's own `trust_env` looks again for every call, in a thread: half of what a call took.
    """
    url = urlsplit(base_url)
    if url.hostname is None or proxy_bypass(url.hostname):
        return None
    return getproxies().get(url.scheme)


def _body(data: RequestData) -> dict[str, Any]:
    if not data.contains_files:
        return {"data": data.url_encoded_parameters().encode(), "headers": _FORM}
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return {"data": form}


def _raise_for(status: int, payload: bytes) -> None:
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise Faulted(str(status))
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        asked = AiohttpRequest.parse_json_payload(payload).get("parameters", {})
        raise Halted(float(asked.get("retry_after", 1)) if isinstance(asked, dict) else 1.0)
