"""Works files off: the job of the server, and a command that waits for one file."""

import asyncio
from collections.abc import Collection
from typing import Final

from bot.leasing import WorkLost, leased
from bot.rosters.checking import read
from bot.rosters.looking import look
from bot.rosters.taking import take, undo
from bot.rosters.telling import fault_text
from bot.rosters.work import LEASE, SPAN, Progress, Work
from bot.world import World
from storage import roster_imports
from storage.database import Database
from storage.roster_imports import Import
from storage.tables.faults import TableFault

_PATIENCE: Final = 0.5
_STEPS: Final = {"looking": look, "reading": read, "taking": take, "undoing": undo}


async def work_off(database: Database, world: World) -> int:
    """Do what is to be done with the files that wait; return how many steps were done."""
    done = 0
    async with database.reading() as reading:
        if await roster_imports.at_work(reading) is None:
            return 0
    async with leased(database, LEASE, SPAN) as lease:
        if lease is None:
            return 0
        work = Work(database, world, lease)
        while (one := await _next(database)) is not None:
            if not await step(work, one):
                break
            done += 1
    return done


async def work_on(
    database: Database,
    world: World,
    import_id: str,
    until: Collection[str],
    on_chunk: Progress = lambda _: None,
) -> Import:
    """Return a file when it has come to one of these states, whoever does the work.

    Args:
        on_chunk: told how far it is, for a bar.
    """
    while True:
        one = await _get(database, import_id)
        if one.state in until or one.state not in _STEPS:
            return one
        async with leased(database, LEASE, SPAN) as lease:
            if lease is not None:
                await step(Work(database, world, lease, on_chunk), one)
                continue
        on_chunk(one)
        await asyncio.sleep(_PATIENCE)


async def step(work: Work, one: Import) -> bool:
    """Do what a file's state asks for; False when somebody else does it.

    A file that cannot be read is put down as failed, with its reason.
    """
    try:
        await _STEPS[one.state](work, one)
    except WorkLost:
        return False
    except TableFault as fault:
        async with work.chunk() as tx:
            await roster_imports.fail(tx, one, fault_text(fault), work.now)
    except LookupError:
        async with work.chunk() as tx:
            await roster_imports.fail(tx, one, "gone", work.now)
    return True


async def _next(database: Database) -> Import | None:
    async with database.reading() as reading:
        import_id = await roster_imports.at_work(reading)
        return None if import_id is None else await roster_imports.get(reading, import_id)


async def _get(database: Database, import_id: str) -> Import:
    async with database.reading() as reading:
        one = await roster_imports.get(reading, import_id)
    if one is None:
        raise LookupError(import_id)
    return one
