"""Jobs of one chat strictly in order, jobs of different chats at once."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress

Job = Callable[[], Awaitable[object]]
_Lane = deque[tuple[Job, "asyncio.Future[None]"]]


class Lanes:
    """One lane per key, made by its first job and gone with its last.

    Args of the constructor:
        width: how many jobs may run at once over all lanes. The permit is taken inside the lane:
            a chat that waits for its own turn holds none.
    """

    def __init__(self, width: int) -> None:
        self._lanes: dict[str, _Lane] = {}
        self._permits = asyncio.Semaphore(width)
        self._workers: set[asyncio.Task[None]] = set()
        self._count = 0
        self._changed = asyncio.Event()

    @property
    def count(self) -> int:
        """How many jobs are not yet done."""
        return self._count

    def waiting(self, key: str) -> int:
        """Return how many jobs of this lane are not yet done."""
        return len(self._lanes.get(key, ()))

    def submit(self, key: str, job: Job) -> "asyncio.Future[None]":
        """Queue a job; the future ends as the job does. Order is the order of these calls."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        lane = self._lanes.get(key)
        if lane is None:
            lane = self._lanes[key] = deque()
            worker = asyncio.create_task(self._drive(key, lane))
            self._workers.add(worker)
            worker.add_done_callback(self._workers.discard)
        lane.append((job, done))
        self._count += 1
        return done

    async def below(self, limit: int) -> None:
        """Wait until fewer than `limit` jobs are left."""
        while self._count >= limit:
            self._changed.clear()
            await self._changed.wait()

    async def cancel(self) -> None:
        """Stop every job where it stands and drop the rest."""
        for worker in (workers := list(self._workers)):
            worker.cancel()
        for worker in workers:
            with suppress(asyncio.CancelledError):
                await worker
        for lane in self._lanes.values():
            self._drop(lane)
        self._lanes.clear()

    async def _drive(self, key: str, lane: _Lane) -> None:
        try:
            while lane:
                await self._run(*lane[0])
                lane.popleft()
                self._count -= 1
                self._changed.set()
        finally:
            del self._lanes[key]
            self._drop(lane)

    async def _run(self, job: Job, done: "asyncio.Future[None]") -> None:
        try:
            async with self._permits:
                await job()
        except asyncio.CancelledError:
            done.cancel()
            raise
        except Exception as error:
            if not done.cancelled():
                done.set_exception(error)
        else:
            if not done.cancelled():
                done.set_result(None)

    def _drop(self, lane: _Lane) -> None:
        for _, done in lane:
            done.cancel()
        self._count -= len(lane)
        lane.clear()
        self._changed.set()
