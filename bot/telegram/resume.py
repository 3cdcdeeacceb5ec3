"""After a crash or an outage: chats that are owed a message are shown what is open in them."""

import asyncio
import logging
from collections import defaultdict
from functools import partial
from typing import Final

from bot.channel import Address, Turns, UpdateId
from bot.telegram.intake import Intake
from bot.telegram.outcomes import Sent
from bot.telegram.screen import Screen
from bot.telegram.settings import TelegramSettings
from bot.telegram.translate import Spoken
from conversations.reply import Tap
from storage.errors import StorageError

log = logging.getLogger(__name__)

PER_SECOND: Final = 20
LONGEST_PAUSE: Final = 600.0


class Resume:
    """Watches `intake.owing` and pays what is owed, paced so that replies keep their room."""

    def __init__(
        self, settings: TelegramSettings, turns: Turns, intake: Intake, screen: Screen
    ) -> None:
        self._source = settings.source
        self._pause = settings.backoff.total_seconds()
        self._turns = turns
        self._intake = intake
        self._screen = screen

    async def run(self) -> None:
        """Pay whenever something is owed; the pause grows while it cannot be paid."""
        pause = self._pause
        while True:
            await self._intake.owing.wait()
            self._intake.owing.clear()
            if not await self._pay():
                self._intake.owing.set()
            await asyncio.sleep(pause)
            is_hard = self._intake.owing.is_set()
            pause = min(2 * pause, LONGEST_PAUSE) if is_hard else self._pause

    async def _pay(self) -> bool:
        """Return whether every owed chat was seen to."""
        try:
            owed = await self._turns.owed(self._source)
        except StorageError as error:
            log.error("owed chats are unknown", extra={"error": type(error).__name__})
            return False
        chats: defaultdict[Address, list[UpdateId]] = defaultdict(list)
        for address, update in owed:
            chats[address].append(update)
        idle = {a: u for a, u in chats.items() if not self._intake.shows.waiting(a.address)}
        if idle:
            log.info("showing open questions again", extra={"chats": len(idle)})
        for address, updates in idle.items():
            lane = address.address
            self._intake.shows.submit(lane, partial(self._show_again, address, updates))
            await asyncio.sleep(1 / PER_SECOND)
        return len(idle) == len(chats)

    async def _show_again(self, address: Address, updates: list[UpdateId]) -> None:
        try:
            outgoing = await self._turns.standing(address)
        except StorageError as error:
            log.error("an open question is unknown", extra={"error": type(error).__name__})
            self._intake.owing.set()
            return
        last = Spoken(address, updates[-1], Tap(None))
        outcome = await self._screen.show(last, outgoing)
        await self._intake.note(last, outcome)
        for update in updates[:-1] if isinstance(outcome, Sent) else ():
            await self._intake.note(Spoken(address, update, Tap(None)), Sent())
