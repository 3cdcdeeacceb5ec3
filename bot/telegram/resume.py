"""After a crash or an outage: who waits for us is shown what is open in their chat."""

import asyncio
import logging
from collections import defaultdict
from datetime import timedelta
from functools import partial
from typing import Final, Protocol

from bot.channel import Address, Turns, UpdateId
from bot.telegram.intake import Intake
from bot.telegram.outcomes import Blocked, Sent
from bot.telegram.screen import Screen
from bot.telegram.settings import TelegramSettings
from bot.telegram.translate import Spoken
from conversations.reply import Tap
from storage.errors import StorageError

log = logging.getLogger(__name__)

PER_SECOND: Final = 20
LONGEST_PAUSE: Final = 600.0
# Who was active so shortly before an outage may have tapped in vain while it lasted.
BEFORE_OUTAGE: Final = timedelta(minutes=30)


class RecallingTurns(Turns, Protocol):
    """Turns that also know who was here lately, and what was sent without being asked for."""

    async def sent(self, address: Address, message: int) -> None:
        """Note the number of a message that no reply asked for, so that a chat can be cleared."""
        ...

    async def active_since(self, source: str, outage: timedelta) -> list[Address]:
        """Return the chats that were active in this span before now."""
        ...


class Resume:
    """Watches `intake.owing` and pays what is owed, paced so that replies keep their room."""

    def __init__(
        self, settings: TelegramSettings, turns: RecallingTurns, intake: Intake, screen: Screen
    ) -> None:
        self._source = settings.source
        self._pause = settings.backoff.total_seconds()
        self._tap_lifetime = settings.tap_lifetime
        self._turns = turns
        self._intake = intake
        self._screen = screen
        self._outage = timedelta(0)

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

    def after_outage(self, span: timedelta) -> None:
        """Pay what is owed; after a long outage remind those whose taps were lost as well."""
        if span > self._tap_lifetime:
            self._outage = span
        self._intake.owing.set()

    async def _pay(self) -> bool:
        """Return whether everybody who waits was seen to."""
        try:
            waiting = await self._waiting()
        except StorageError as error:
            log.error("owed chats are unknown", extra={"error": type(error).__name__})
            return False
        busy = [chat for chat in waiting if self._intake.shows.waiting(chat.address)]
        idle = {chat: owed for chat, owed in waiting.items() if chat not in busy}
        if idle:
            log.info("showing open questions again", extra={"chats": len(idle)})
        for chat, owed in idle.items():
            self._intake.shows.submit(chat.address, partial(self._show_again, chat, owed))
            await asyncio.sleep(1 / PER_SECOND)
        return not any(waiting[chat] for chat in busy)

    async def _waiting(self) -> dict[Address, list[UpdateId]]:
        waiting: defaultdict[Address, list[UpdateId]] = defaultdict(list)
        for chat, update in await self._turns.owed(self._source):
            waiting[chat].append(update)
        if self._outage:
            span = self._outage + BEFORE_OUTAGE
            for chat in await self._turns.active_since(self._source, span):
                if chat.address not in self._intake.answered:
                    waiting[chat].extend(())
            self._outage = timedelta(0)
        return dict(waiting)

    async def _show_again(self, chat: Address, owed: list[UpdateId]) -> None:
        try:
            outgoing = await self._turns.standing(chat)
            outcome = await self._screen.show(
                Spoken(chat, UpdateId(self._source, 0), Tap(None)), outgoing
            )
            if isinstance(outcome, Blocked) and not owed:
                await self._turns.blocked(chat, None, is_blocked=True)
        except StorageError as error:
            log.error("an open question is unknown", extra={"error": type(error).__name__})
            self._intake.owing.set()
            return
        for update in owed if isinstance(outcome, Sent) else owed[:1]:
            await self._intake.note(Spoken(chat, update, Tap(None)), outcome)
