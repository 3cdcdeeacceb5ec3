"""How much one visitor may ask of us, counted in memory."""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from starlette.requests import Request

from bot.web.refusal import Refusal
from bot.web.settings import Rate, WebSettings
from bot.web.visitor import client_address

_MAX_KEYS: Final = 20_000


class Buckets:
    """Token buckets by key; the least recently used are forgotten beyond a fixed number."""

    def __init__(self, rate: Rate, clock: Callable[[], float]) -> None:
        self._rate = rate
        self._clock = clock
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str) -> None:
        """Take one from the key's bucket.

        Raises:
            Refusal: 429, with the seconds until there is one again.
        """
        now = self._clock()
        level, then = self._levels.pop(key, (float(self._rate.burst), now))
        level = min(float(self._rate.burst), level + (now - then) * self._rate.per_second)
        self._levels[key] = (level - 1 if level >= 1 else level, now)
        if len(self._levels) > _MAX_KEYS:
            self._levels.popitem(last=False)
        if level < 1:
            raise Refusal(429, wait=1 + int((1 - level) / self._rate.per_second))


class Gate:
    """Lets only so many requests in at once."""

    def __init__(self, places: int) -> None:
        self._free = places

    @contextmanager
    def enter(self) -> Iterator[None]:
        """Hold one place for the length of the block.

        Raises:
            Refusal: 503, there is none.
        """
        if self._free <= 0:
            raise Refusal(503, wait=5)
        self._free -= 1
        try:
            yield
        finally:
            self._free += 1


class Limits:
    """All limits of one process together."""

    def __init__(self, settings: WebSettings, clock: Callable[[], float]) -> None:
        code, more = settings.code_rate, 10
        self._gate = Gate(settings.max_concurrent)
        self._addresses = Buckets(settings.address_rate, clock)
        self._chats = Buckets(settings.chat_rate, clock)
        self._codes = Buckets(code, clock)
        shared = Rate(code.burst * more, code.per_second * more)
        self._codes_by_address = Buckets(shared, clock)

    @contextmanager
    def admit(self, request: Request) -> Iterator[None]:
        """Let a request to the database for the length of the block.

        Raises:
            Refusal: 429, too many from this address; 503, too many at once.
        """
        self._addresses.take(client_address(request))
        with self._gate.enter():
            yield

    def count_reply(self, request: Request, token: str, *, is_code: bool) -> None:
        """Count one reply of a chat, and apart a return code, which may be guessed a few times.

        Raises:
            Refusal: 429.
        """
        self._chats.take(token)
        if is_code:
            self._codes_by_address.take(client_address(request))
            self._codes.take(token)
