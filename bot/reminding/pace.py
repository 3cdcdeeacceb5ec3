"""How fast prompts go out, and when they stop by themselves."""

import asyncio
from collections import deque
from dataclasses import dataclass
from typing import Final, Literal

from bot.telegram.outcomes import Blocked, Delivery, Failed, RetryAt, Sent, Unknown

# How much lateness is made up for, in seconds: a slow commit must not become a burst.
_SLACK: Final = 0.2
_SLOWEST: Final = 1.0
_RECOVERY: Final = 100
_WATCHED: Final = 50
_MOST_BLOCKED: Final = 30
_MOST_WRONG: Final = 20
_REFUSED_IN_A_ROW: Final = 10


class Pace:
    """Spreads messages evenly over time; half as fast after each complaint, then slowly back."""

    def __init__(self, per_second: float) -> None:
        self._full = self._rate = float(per_second)
        self._next = 0.0

    async def turn(self) -> None:
        """Wait until the next message may go out."""
        now = asyncio.get_running_loop().time()
        at = max(self._next, now - _SLACK)
        self._next = at + 1 / self._rate
        if at > now:
            await asyncio.sleep(at - now)

    def heed(self, outcome: Delivery) -> None:
        """Go slower when the channel did not take a message, and by and by faster when it did."""
        if isinstance(outcome, RetryAt):
            self._rate = max(min(_SLOWEST, self._full), self._rate / 2)
        elif isinstance(outcome, Sent):
            self._rate = min(self._full, self._rate + self._full / _RECOVERY)


class Breaker:
    """Watches what becomes of messages: a burst of trouble stops the bulk before it spreads."""

    def __init__(self) -> None:
        self._last: deque[Delivery] = deque(maxlen=_WATCHED)
        self._refused = 0

    def heed(self, outcome: Delivery) -> None:
        """Take in one more outcome."""
        self._last.append(outcome)
        self._refused = self._refused + 1 if isinstance(outcome, RetryAt) else 0

    @property
    def is_away(self) -> bool:
        """Tell whether the channel takes nothing at all: a later round may find it back."""
        return self._refused >= _REFUSED_IN_A_ROW

    @property
    def trouble(self) -> "Trouble | None":
        """Return why somebody has to look before anything else goes out; None for no reason."""
        blocked = sum(isinstance(one, Blocked) for one in self._last)
        wrong = sum(isinstance(one, Failed | Unknown) for one in self._last)
        if blocked >= _MOST_BLOCKED:
            return Trouble("blocked", blocked, len(self._last))
        if wrong >= _MOST_WRONG:
            return Trouble("failed", wrong, len(self._last))
        return None


@dataclass(frozen=True, slots=True)
class Trouble:
    """So many of the last messages met with the same trouble."""

    kind: Literal["blocked", "failed"]
    count: int
    of: int

    @property
    def reason(self) -> str:
        """Return it in words, for the record of who paused what and why."""
        return f"{self.count} of the last {self.of} messages: {self.kind}"
