"""One round of reminders: claim what is due, decide again, commit `sending`, send, mark.

Rows and a ticker, never a timer per person. A round that dies leaves claimed rows, which are
planned again, or sending ones, which become unknown and are never sent again.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final, Literal, assert_never

from bot.channel import Address
from bot.messages import Message
from bot.render.reminding import prompt_message
from bot.telegram.outcomes import Blocked, Delivery, Failed, RetryAt, Sent, Unknown
from bot.world import World
from conversations.lobby.wishes import tag_of
from conversations.reminders import (
    LASTS,
    PAUSED,
    PUT_OFF,
    Decision,
    Facts,
    Prompt,
    decide,
    look_again_at,
)
from storage import chats, leases, people, preferences, projections, reminders
from storage.chats import Chat
from storage.database import Database
from storage.ids import new_id
from storage.leases import Lease
from storage.reminders import Reminder
from storage.talks import is_going_on
from storage.transaction import Transaction

Send = Callable[[Address, Message], Awaitable[Delivery]]

_BATCH: Final = 50
_LEASE: Final = timedelta(minutes=2)
_STALE: Final = timedelta(minutes=10)
_RETRY: Final = timedelta(minutes=1)
_log = logging.getLogger(__name__)


class Reminding:
    """Sends what is due. One at a time over all replicas: a lease sees to that."""

    def __init__(self, database: Database, world: World, send: Send, per_second: float) -> None:
        self._database = database
        self._world = world
        self._send = send
        self._pause = 1 / per_second
        self._holder = new_id(world.clock())

    async def round(self, now: datetime) -> Counter[str]:
        """Work off all that is due at `now`; return how many rows went into which state."""
        counts: Counter[str] = Counter()
        lease = await self._acquire(now)
        if lease is None:
            return counts
        try:
            while claimed := await self._claim(lease, now):
                for reminder in claimed:
                    counts[await self._treat(reminder, now)] += 1
        finally:
            async with self._database.transaction() as tx:
                await leases.release(tx, lease)
        if counts:
            _log.info("reminders", extra=dict(counts))
        return counts

    async def _acquire(self, now: datetime) -> Lease | None:
        async with self._database.transaction() as tx:
            lease = await leases.acquire(tx, "reminders", self._holder, _LEASE)
            if lease is not None:
                await reminders.settle_stale(tx, now - _STALE)
            return lease

    async def _claim(self, lease: Lease, now: datetime) -> list[Reminder]:
        async with self._database.transaction() as tx:
            if not await leases.renew(tx, lease, _LEASE):
                return []
            return await reminders.claim_due(tx, now, _BATCH)

    async def _treat(self, reminder: Reminder, now: datetime) -> str:
        async with self._database.transaction() as tx:
            decision, chat = await self._decide(tx, reminder, now)
            moved = await self._note(tx, reminder, decision, now)
        if decision.course != "sending" or chat is None or not moved:
            return decision.course
        today = now.astimezone(self._world.zone).date()
        texts = self._world.texts.speaking(chat.language)
        message = prompt_message(texts, tag_of(reminder.person_id), today)
        outcome = await self._send(Address("telegram", chat.address), message)
        async with self._database.transaction() as tx:
            state = await self._keep(tx, reminder, outcome, now)
        await asyncio.sleep(self._pause)
        return state

    async def _keep(
        self, tx: Transaction, reminder: Reminder, outcome: Delivery, now: datetime
    ) -> str:
        """Note what became of the message; one that was not taken waits for a later round."""
        state, reason = _state_after(outcome)
        await reminders.mark(tx, reminder.id, was="sending", state=state, reason=reason, now=now)
        if isinstance(outcome, RetryAt):
            until = max(outcome.at, now + _RETRY)
            await reminders.put_off(tx, reminder.id, until, reason)
            return "planned"
        return state

    async def _decide(
        self, tx: Transaction, reminder: Reminder, now: datetime
    ) -> tuple[Decision, Chat | None]:
        person = await people.get(tx, reminder.person_id)
        shown = await projections.get(tx, reminder.person_id)
        chat = await chats.get(tx, reminder.chat_id) if reminder.chat_id else None
        seen = await chats.look(tx, chat.channel, chat.address) if chat else None
        talking = seen[1] if seen else None
        in_talk = seen is not None and await is_going_on(tx, seen[0].talk_id)
        facts = Facts(
            reported_cycle=shown.cycle if shown else None,
            is_active=person is not None and person.state == "active",
            can_prompt=chat is not None and chat.channel == "telegram",
            is_blocked=chat is not None and chat.blocked_at is not None,
            last_turn_at=now if in_talk else talking.updated_at if talking else None,
            preference=await preferences.get(tx, reminder.person_id),
        )
        is_promised = reminder.reason.startswith(PUT_OFF)
        prompt = Prompt(reminder.cycle, reminder.not_after, is_promised)
        decision = decide(prompt, facts, now, self._world.hours, self._world.zone)
        return decision, chat

    async def _note(
        self, tx: Transaction, reminder: Reminder, decision: Decision, now: datetime
    ) -> bool:
        if decision.course == "planned":
            until = look_again_at(decision, now, self._world.hours, self._world.zone)
            last = until + LASTS if decision.reason == PAUSED else None
            return await reminders.put_off(tx, reminder.id, until, decision.reason, not_after=last)
        return await reminders.mark(
            tx, reminder.id, was="claimed", state=decision.course, reason=decision.reason, now=now
        )


def _state_after(
    outcome: Delivery,
) -> tuple[Literal["sent", "blocked", "claimed", "failed", "unknown"], str]:
    match outcome:
        case Sent():
            return "sent", "accepted by the channel"
        case Blocked():
            return "blocked", "the chat blocked the bot"
        case RetryAt():
            return "claimed", "not taken, tried again later"
        case Failed(reason):
            return "failed", reason
        case Unknown():
            return "unknown", "no answer from the channel"
        case _:
            assert_never(outcome)
