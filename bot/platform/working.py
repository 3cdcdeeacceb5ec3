"""Works result files off: the job of the server, and a command that waits for one file."""

import asyncio
import logging
from collections.abc import Collection
from typing import Final

from bot.leasing import WorkLost, leased
from bot.platform.looking import look
from bot.platform.reading import read
from bot.platform.taking import take
from bot.platform.work import LEASE, SPAN, Progress, Work
from bot.world import World
from storage import answers
from storage.answers import Import
from storage.database import Database
from storage.tables.faults import TableFault

_PATIENCE: Final = 0.5
_AT_WORK: Final = frozenset(("looking", "reading", "taking"))
_log = logging.getLogger(__name__)


async def work_off(database: Database, world: World) -> None:
    """Do what can be done now with every file that waits, the oldest first."""
    async with database.reading() as reading:
        waiting = await answers.at_work(reading)
    if not waiting:
        return
    async with leased(database, LEASE, SPAN) as lease:
        if lease is None:
            return
        work = Work(database, world, lease)
        for import_id in waiting:
            await _work_through(work, import_id)


async def work_on(
    database: Database,
    world: World,
    import_id: str,
    until: Collection[str],
    on_chunk: Progress = lambda _done, _total: None,
) -> Import:
    """Return a file when it has come to one of these states, or waits for the morning."""
    while True:
        one = await _get(database, import_id)
        if one.state in until or one.state not in _AT_WORK:
            return one
        async with leased(database, LEASE, SPAN) as lease:
            if lease is None:
                await asyncio.sleep(_PATIENCE)
                continue
            if not await step(Work(database, world, lease, on_chunk), one):
                return await _get(database, import_id)


async def _work_through(work: Work, import_id: str) -> None:
    one = await _get(work.database, import_id)
    while one.state in _AT_WORK and await step(work, one):
        one = await _get(work.database, import_id)


async def step(work: Work, one: Import) -> bool:
    """Do what a file's state asks for; False when no more can be done with it now.

    A file that cannot be read is put down as failed, with its reason.
    """
    try:
        if one.state == "taking":
            return await take(work, one)
        await (look if one.state == "looking" else read)(work, one)
    except WorkLost:
        return False
    except TableFault as fault:
        _log.info("a result file cannot be read", extra={"import_id": one.id, "fault": fault.key})
        async with work.chunk() as tx:
            await answers.fail(tx, one, f"table.{fault.key}", work.now)
    except LookupError:
        async with work.chunk() as tx:
            await answers.fail(tx, one, "gone", work.now)
    return True


async def _get(database: Database, import_id: str) -> Import:
    async with database.reading() as reading:
        one = await answers.get(reading, import_id)
    if one is None:
        raise LookupError(import_id)
    return one
