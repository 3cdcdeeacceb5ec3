"""What can be made to go wrong, for one chat or one method, once or more often."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.fakes.bot_api.refusal import Refusal


@dataclass(slots=True)
class Fault:
    """One thing that goes wrong.

    Args of the constructor:
        status: HTTP status of the answer; 0 closes the connection without one.
        method: of the Bot API, "" for any.
        chat: only calls about this chat, 0 for any.
        times: how often it goes wrong, -1 for ever.
        retry_after: seconds, as flood control says them.
        hang: seconds to wait before the answer.
        takes: the call is carried out all the same, only its answer goes wrong.
    """

    status: int
    method: str = ""
    chat: int = 0
    times: int = 1
    retry_after: int = 0
    hang: float = 0.0
    takes: bool = False
    description: str = ""

    def concerns(self, method: str, given: Mapping[str, Any]) -> bool:
        """Return whether this call goes wrong."""
        if self.times == 0 or self.method not in ("", method):
            return False
        return self.chat in (0, given.get("chat_id", 0))

    async def strike(self) -> None:
        """Go wrong once."""
        self.times -= self.times > 0
        if self.hang:
            await asyncio.sleep(self.hang)
        if self.status == 0:
            raise ConnectionAbortedError
        described = self.description or _DESCRIPTIONS.get(self.status, "Internal Server Error")
        if self.status == 429:
            described = f"Too Many Requests: retry after {self.retry_after}"
            raise Refusal(429, described, {"retry_after": self.retry_after})
        if self.status != 200:
            raise Refusal(self.status, described)


_DESCRIPTIONS = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    409: "Conflict: terminated by other getUpdates request",
    502: "Bad Gateway",
}
