"""Work that is broken off, anywhere, or whose process is killed, goes on where it was."""

import asyncio
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from itertools import islice

from bot.rosters.working import work_off
from bot.settings_values import CHECKOUT
from storage.roster_imports import Import
from tests.identities import identities
from tests.rosters.conftest import Counter
from tests.rosters.files import HEADER, row
from tests.tables.files import xlsx_of

# Three chunks.
MANY = 2_100


def rows() -> Iterator[list[str]]:
    return (row(one) for one in islice(identities(17), MANY))


async def numbers(at_counter: Counter) -> tuple[int, int, int]:
    """Return how many people, keys and entries there are."""
    async with at_counter.stage.database.reading() as reading:
        waiting = await reading.all("roster.waiting", today="2030-01-01")
        people = sum(each["total"] for each in waiting)
        distinct = await reading.all("roster_imports.townships", import_id=_IMPORT[0])
    return people, sum(each["people"] for each in distinct), len(distinct)


_IMPORT = [""]


async def lease_runs_out(at_counter: Counter) -> None:
    """Do what time does: a lease that nobody gave back ends by itself."""
    async with at_counter.stage.database.transaction() as tx:
        await tx.run("update lease set expires_at = 0;")


async def broken_off(at_counter: Counter, one: Import, until: str) -> Import:
    """Let the work begin again and again, each time a little longer before it is stopped."""
    span = 0.01
    while (found := await at_counter.get(one.id)).state != until:
        work = asyncio.create_task(work_off(at_counter.stage.database, at_counter.stage.world))
        done, _ = await asyncio.wait([work], timeout=span)
        if not done:
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)
            await lease_runs_out(at_counter)
        span *= 1.4
        assert span < 600
    return found


async def test_work_that_is_broken_off_anywhere_goes_on(at_counter: Counter) -> None:
    import_id = await at_counter.begin(xlsx_of([list(HEADER), *rows()]))
    _IMPORT[0] = import_id
    one = await broken_off(at_counter, await at_counter.get(import_id), "mapping")
    await at_counter.map(one)
    one = await broken_off(at_counter, one, "checked")
    assert await at_counter.counts(one) == {"new waiting": MANY}
    assert one.total == MANY + 1
    await at_counter.become(one, "taking")
    one = await broken_off(at_counter, one, "done")
    assert await at_counter.counts(one) == {"new taken": MANY}
    assert await numbers(at_counter) == (MANY, MANY, 1)
    await at_counter.become(one, "undoing")
    one = await broken_off(at_counter, one, "undone")
    assert await at_counter.counts(one) == {"new undone": MANY}
    assert (await numbers(at_counter))[0] == 0


@asynccontextmanager
async def worker(at_counter: Counter) -> AsyncIterator[None]:
    """Start a process of its own and kill it at the end, as `kill -9` does."""
    stage = at_counter.stage
    words = [sys.executable, "-m", "tests.rosters.worker", stage.url, str(stage.folder)]
    process = await asyncio.create_subprocess_exec(*words, cwd=CHECKOUT, stdout=PIPE)
    assert process.stdout is not None
    try:
        assert await process.stdout.readline() == b"ready\n"
        yield
    finally:
        process.kill()
        await process.stdout.read()
        await process.wait()


async def killed_in(at_counter: Counter, one: Import, states: Sequence[str]) -> Import:
    """Kill the worker as soon as it has done a part; then another one goes on."""
    async with worker(at_counter):
        while True:
            found = await at_counter.get(one.id)
            if found.worked > 0 or found.state not in states:
                break
            await asyncio.sleep(0.005)
    await lease_runs_out(at_counter)
    while (found := await at_counter.get(one.id)).state in states:
        await work_off(at_counter.stage.database, at_counter.stage.world)
    return found


async def test_a_killed_process_is_followed_by_one_that_goes_on(at_counter: Counter) -> None:
    one = await at_counter.looked(xlsx_of([list(HEADER), *rows()]))
    _IMPORT[0] = one.id
    await at_counter.map(one)
    one = await killed_in(at_counter, one, ("reading",))
    assert await at_counter.counts(one) == {"new waiting": MANY}
    await at_counter.become(one, "taking")
    one = await killed_in(at_counter, one, ("taking",))
    assert await at_counter.counts(one) == {"new taken": MANY}
    assert await numbers(at_counter) == (MANY, MANY, 1)
    await at_counter.become(one, "undoing")
    one = await killed_in(at_counter, one, ("undoing",))
    assert await at_counter.counts(one) == {"new undone": MANY}
    assert (await numbers(at_counter))[0] == 0
