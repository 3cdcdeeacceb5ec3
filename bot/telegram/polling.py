"""getUpdates, confirmed only when committed.

The offset of a call confirms all updates before it (Bot API), so the next batch is asked for when
every turn of this one is committed; their messages may still be on the way, within a bound.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from telegram.error import Conflict, InvalidToken, TelegramError

from bot.telegram.calls import Calls
from bot.telegram.errors import TelegramRefused
from bot.telegram.intake import Intake
from bot.telegram.settings import TelegramSettings
from bot.telegram.transport import Halted
from bot.telegram.updates import ASKED_FOR

log = logging.getLogger(__name__)

LONGEST_PAUSE: Final = 30.0


class Polling:
    """Asks for updates until cancelled; tells `on_recovery` how long an outage was."""

    def __init__(
        self,
        settings: TelegramSettings,
        calls: Calls,
        intake: Intake,
        on_recovery: Callable[[timedelta], None],
    ) -> None:
        self._calls = calls
        self._intake = intake
        self._wait = int(settings.long_poll.total_seconds())
        self._within = settings.answer_within.total_seconds() + self._wait
        self._first_pause = settings.backoff.total_seconds()
        self._unsent = settings.unsent
        self._on_recovery = on_recovery
        self._heard_at = asyncio.get_running_loop().time()
        self._trouble = ""

    async def run(self) -> None:
        """Take batch after batch.

        Raises:
            TelegramRefused: the token is no longer accepted.
        """
        offset, pause = 0, self._first_pause
        while True:
            try:
                batch = await self._fetch(offset)
            except InvalidToken:
                raise TelegramRefused from None
            except TelegramError as error:
                self._report(error)
                await asyncio.sleep(error.seconds if isinstance(error, Halted) else pause)
                pause = min(2 * pause, LONGEST_PAUSE)
                continue
            pause = self._first_pause
            await self._commit(batch)
            self._recover()
            offset = max([offset, *(number + 1 for number in _numbers(batch))])
            await self._intake.shows.below(self._unsent)

    async def _fetch(self, offset: int) -> list[object]:
        # Bot.get_updates would parse the whole batch at once: one bad update would stop them all.
        # After an outage it does not wait: the end of it is to be noticed at once.
        batch = await self._calls.make(
            "getUpdates",
            within=self._within,
            offset=offset,
            timeout=0 if self._trouble else self._wait,
            allowed_updates=ASKED_FOR,
        )
        return list(batch) if isinstance(batch, list) else []

    async def _commit(self, batch: list[object]) -> None:
        turns = [self._intake.submit(raw, patient=True) for raw in batch]
        under_way = [turn for turn in turns if turn is not None]
        if under_way:
            await asyncio.gather(*under_way)

    def _report(self, error: TelegramError) -> None:
        trouble = "conflict" if isinstance(error, Conflict) else "outage"
        if trouble == self._trouble:
            return
        self._trouble = trouble
        self._intake.answered.clear()
        if trouble == "conflict":
            log.error("somebody else reads this bot's updates: stop the other one, or its webhook")
        else:
            kind = type(error).__name__
            log.error("Telegram cannot be reached, trying on", extra={"error": kind})

    def _recover(self) -> None:
        now = asyncio.get_running_loop().time()
        if self._trouble:
            log.info("Telegram is reachable again")
            self._trouble = ""
            self._on_recovery(timedelta(seconds=now - self._heard_at))
        self._heard_at = now


def _numbers(batch: list[object]) -> list[int]:
    numbers = [raw.get("update_id") for raw in batch if isinstance(raw, dict)]
    return [number for number in numbers if isinstance(number, int)]
