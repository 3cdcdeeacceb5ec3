"""One call to the Bot API, brought home: waits out flood control, repeats what was not taken."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.telegram.outcomes import (
    Attempt,
    Blocked,
    Call,
    Delivery,
    Failed,
    Gone,
    RetryAt,
    Sent,
    Unknown,
    Unreached,
    Wait,
    attempt,
)
from bot.telegram.settings import TelegramSettings

LONGEST_PAUSE: Final = 30.0


class Courier:
    """Makes calls, a bounded number at once, each chat at the pace that Telegram allows it."""

    def __init__(self, settings: TelegramSettings) -> None:
        self._permits = asyncio.Semaphore(settings.width)
        self._backoff = settings.backoff.total_seconds()
        self._tries = settings.tries
        self._halts: dict[str, float] = {}

    async def deliver(self, chat: str, call: Call) -> Sent | Blocked | Failed | Gone:
        """Repeat the call until Telegram takes it or says no; give up after `settings.tries`.

        A call without an answer is repeated: a person rather sees a question twice than never.
        """
        pause = self._backoff
        for _ in range(self._tries):
            await self._halt_over(chat)
            match await self._once(call):
                case Wait(seconds):
                    self._halt(chat, seconds)
                case Unreached() | Unknown():
                    await asyncio.sleep(pause)
                    pause = min(2 * pause, LONGEST_PAUSE)
                case outcome:
                    self._halts.pop(chat, None)
                    return outcome
        return Failed("given up")

    async def try_once(self, chat: str, call: Call) -> Delivery:
        """Make the call once: for what must not arrive twice."""
        if (left := self._halt_left(chat)) > 0:
            return _retry_in(left)
        match await self._once(call):
            case Wait(seconds):
                self._halt(chat, seconds)
                return _retry_in(seconds)
            case Unreached():
                return _retry_in(LONGEST_PAUSE)
            case Gone():
                return Failed("gone")
            case outcome:
                return outcome

    async def _once(self, call: Call) -> Attempt:
        async with self._permits:
            return await attempt(call)

    def _halt(self, chat: str, seconds: float) -> None:
        self._halts[chat] = asyncio.get_running_loop().time() + seconds

    def _halt_left(self, chat: str) -> float:
        return self._halts.get(chat, 0.0) - asyncio.get_running_loop().time()

    async def _halt_over(self, chat: str) -> None:
        if (left := self._halt_left(chat)) > 0:
            await asyncio.sleep(left)


def _retry_in(seconds: float) -> RetryAt:
    return RetryAt(datetime.now(UTC) + timedelta(seconds=seconds))
