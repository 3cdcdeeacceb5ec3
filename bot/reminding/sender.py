"""One round of prompts: claim what is due, decide again, commit `sending`, send, note.

Rows and a ticker, never a timer per person. A round that dies leaves claimed rows, which are
planned again, or sending ones, which become unknown and are never sent again.
"""

import asyncio
import logging
from collections import Counter, deque
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from bot.channel import Address
from bot.messages import Message
from bot.reminding.deciding import Letter, decide_all, keep, settle_left
from bot.reminding.pace import Breaker, Pace
from bot.reminding.stopping import stop_bulk
from bot.telegram.outcomes import Delivery
from bot.world import World
from storage import leases, reminders, switches
from storage.database import Database
from storage.ids import new_id
from storage.leases import Lease
from storage.reminder_rows import Reminder

Send = Callable[[Address, Message], Coroutine[Any, Any, Delivery]]

_BATCH: Final = 100
LEASE: Final = timedelta(minutes=2)
# What a crash may leave unknown: as many as go out in less than half a second.
_LARGEST_GROUP: Final = 50
_GROUPS_A_SECOND: Final = 2.5
_UNDER_WAY: Final = 2
_LOOK_AGAIN: Final = 0.02
# For each message, in seconds; a group of them stays well within the lease.
_MOST_PATIENCE: Final = 1.0
_log = logging.getLogger(__name__)


def _never() -> bool:
    return False


class Reminding:
    """Sends what is due. One at a time over all replicas: a lease sees to that.

    Args of the constructor:
        is_busy: whether replies of people wait; they go first.
        lease: how long nobody else sends after this process died.
    """

    def __init__(
        self,
        database: Database,
        world: World,
        send: Send,
        per_second: float,
        *,
        is_busy: Callable[[], bool] = _never,
        lease: timedelta = LEASE,
    ) -> None:
        self._database = database
        self._world = world
        self._send = send
        self._pace = Pace(per_second)
        self._group = max(1, min(_LARGEST_GROUP, int(per_second / _GROUPS_A_SECOND)))
        self._is_busy = is_busy
        self._span = lease
        self._holder = new_id(world.clock())

    async def round(self, moment: datetime | None = None) -> Counter[str]:
        """Work off all that is due; return how many rows went into which state.

        Args:
            moment: as if it were this time all along; the clock's time when it is None.
        """
        work = _Round(Counter(), Breaker(), moment)
        lease = await self._acquire(work)
        if lease is None:
            return work.counts
        try:
            await self._work_off(work, lease)
        finally:
            await self._release(lease)
        if work.counts:
            _log.info("prompts", extra=dict(work.counts))
        return work.counts

    async def _acquire(self, work: "_Round") -> Lease | None:
        async with self._database.transaction() as tx:
            lease = await leases.acquire(tx, "reminders", self._holder, self._span)
            if lease is not None:
                _, given_up = await reminders.settle_stale(tx, lease.fencing)
                await settle_left(tx, self._world, given_up, work.now(self._world))
                work.counts.update(one.state for one in given_up)
            return lease

    async def _release(self, lease: Lease) -> None:
        """Let the next one have it at once; what was claimed and not sent is planned again."""
        async with self._database.transaction() as tx:
            if await leases.renew(tx, lease, self._span):
                await reminders.release(tx, lease.fencing)
                await leases.release(tx, lease)

    async def _work_off(self, work: "_Round", lease: Lease) -> None:
        under_way: deque[asyncio.Task[None]] = deque()
        try:
            while claimed := await self._claim(work, lease):
                for first in range(0, len(claimed), self._group):
                    letters = await self._decide(work, lease, claimed[first:][: self._group])
                    if len(under_way) >= _UNDER_WAY:
                        await under_way.popleft()
                    if work.is_over:
                        break
                    under_way.append(asyncio.create_task(self._send_all(work, letters)))
        finally:
            # Also when the round is broken off: what is on its way is noted.
            if under_way:
                await asyncio.gather(*under_way)

    async def _claim(self, work: "_Round", lease: Lease) -> list[Reminder]:
        if work.is_over:
            return []
        async with self._database.transaction() as tx:
            if not await leases.renew(tx, lease, self._span):
                return []
            if await switches.pause_of(tx) is not None:
                return []
            return await reminders.claim_due(tx, work.now(self._world), _BATCH, lease.fencing)

    async def _decide(
        self, work: "_Round", lease: Lease, group: Sequence[Reminder]
    ) -> list[Letter]:
        """Decide on a handful and commit which of them are being sent."""
        if work.is_over:
            return []
        async with self._database.transaction() as tx:
            if not await leases.renew(tx, lease, self._span):
                work.is_lost = True
                return []
            if await switches.pause_of(tx) is not None:
                work.is_lost = True
                return []
            now = work.now(self._world)
            letters, counts = await decide_all(tx, self._world, group, now, lease.fencing)
        work.counts.update(counts)
        return letters

    async def _replies_first(self) -> None:
        """Wait while people wait for answers, but not so long that the lease runs out."""
        left = _MOST_PATIENCE
        while left > 0 and self._is_busy():
            await asyncio.sleep(_LOOK_AGAIN)
            left -= _LOOK_AGAIN

    async def _send_all(self, work: "_Round", letters: Sequence[Letter]) -> None:
        sends: list[asyncio.Task[Delivery]] = []
        for letter in letters:
            await self._pace.turn()
            await self._replies_first()
            sends.append(asyncio.create_task(self._send(letter.address, letter.message)))
        outcomes = [await send for send in sends]
        for outcome in outcomes:
            self._pace.heed(outcome)
            work.breaker.heed(outcome)
        async with self._database.transaction() as tx:
            pairs = list(zip(letters, outcomes, strict=True))
            work.counts.update(await keep(tx, self._world, pairs, work.now(self._world)))
            trouble = work.breaker.trouble
            if trouble is not None and not work.is_lost:
                work.is_lost = True
                await stop_bulk(tx, trouble, work.now(self._world))


class _Round:
    """What one round knows: what became of rows, how the channel does, what time it is."""

    def __init__(self, counts: Counter[str], breaker: Breaker, moment: datetime | None) -> None:
        self.counts = counts
        self.breaker = breaker
        self.is_lost = False
        self._moment = moment

    @property
    def is_over(self) -> bool:
        """Tell whether nothing more is to be begun."""
        return self.is_lost or self.breaker.is_away

    def now(self, world: World) -> datetime:
        """Return the moment of the round."""
        return self._moment or world.clock()
