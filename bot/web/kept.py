"""The last exchange of each chat, kept in memory for a short while.

A page without script is answered by a redirect, and phones reload pages on their own: what was
said once and stands nowhere else (the return code of a receipt) must survive that. Everything else
can be forgotten: `Turns.standing` always knows the open question.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from weakref import WeakValueDictionary

from bot.messages import Outgoing
from bot.web.screen import Said, Screen

_MAX_CHATS: Final = 2_000
_KEPT_SECONDS: Final = 3600.0


@dataclass(slots=True)
class Exchange:
    """One reply and what came of it.

    `standing` is what was open right after it: while that has not changed, `screen` is still true.
    `is_shown` turns true when a page with it was sent.
    """

    update: int
    said: Said
    outgoing: Outgoing
    screen: Screen
    standing: Outgoing | None
    is_shown: bool = False

    @property
    def language(self) -> str:
        """Return the code of the language that the chat spoke in it, "" when that is not known."""
        return self.outgoing.language or (self.standing.language if self.standing else "")


class KeptExchanges:
    """Exchanges by chat token, the oldest forgotten first; and one lock per chat at work."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._exchanges: OrderedDict[str, tuple[float, Exchange]] = OrderedDict()
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def lock(self, token: str) -> asyncio.Lock:
        """Return the lock under which the requests of one chat run one after another."""
        return self._locks.setdefault(token, asyncio.Lock())

    def last(self, token: str) -> Exchange | None:
        """Return the chat's last exchange, unless it is forgotten."""
        oldest = self._clock() - _KEPT_SECONDS
        while self._exchanges and next(iter(self._exchanges.values()))[0] < oldest:
            self._exchanges.popitem(last=False)
        found = self._exchanges.get(token)
        return found[1] if found else None

    def forget(self, token: str) -> None:
        """Forget what was said in the chat."""
        self._exchanges.pop(token, None)

    def keep(self, token: str, exchange: Exchange) -> Exchange:
        """Keep this exchange instead of the chat's one before."""
        self._exchanges.pop(token, None)
        self._exchanges[token] = (self._clock(), exchange)
        if len(self._exchanges) > _MAX_CHATS:
            self._exchanges.popitem(last=False)
        return exchange
