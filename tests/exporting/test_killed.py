"""A process that is killed while it makes a batch: the next one makes it, from the start."""

import asyncio
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.exporting.jobs import work_off
from storage import batches, manifests
from storage.batches import Choice
from tests.exporting.county import COUNTY, County, opened_county

CHILD = """
import asyncio, os, signal, sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from bot.exporting.making import make
from storage import batches
from storage.export.run import Target
from tests.exporting.county import County
from tests.transcripts.stage import Stage

async def run(folder, batch_id):
    stage = Stage(folder)
    await stage.open()
    county = County(stage, [])
    shop = replace(county.shop(), lease=timedelta(seconds=2))
    batch = await county.batch(batch_id)
    async def keep(tx, outcome, counts):
        raise AssertionError
    die = lambda _: os.kill(os.getpid(), signal.SIGKILL)
    await make(shop, batch, Target(folder / "left.xlsx"), die, keep)

asyncio.run(run(Path(sys.argv[1]), sys.argv[2]))
"""


async def test_what_a_killed_process_left_is_made_by_the_next(tmp_path: Path) -> None:
    county = await opened_county(tmp_path)
    await county.plant(2)
    batch = await county.ask()
    await county.stage.close()
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", CHILD, str(tmp_path), batch.id],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    await county.stage.open()
    assert await lines(county, batch.id) == 2
    made = await made_by_the_next(county, batch.id)
    assert (made.state, made.rows) == ("ready", 2)
    assert await lines(county, batch.id) == 2
    assert not (tmp_path / "left.xlsx").exists()
    await county.stage.close()


async def made_by_the_next(county: County, batch_id: str) -> batches.Batch:
    """Let the job look again and again, as it does, until the lease of the dead one is over."""
    shop = replace(county.shop(), lease=timedelta(seconds=2))
    for _ in range(100):
        await work_off(shop)
        found = await county.batch(batch_id)
        if found.state != "making":
            return found
        await asyncio.sleep(0.1)
    raise AssertionError("nobody made it")


async def lines(county: County, batch_id: str) -> int:
    async with county.stage.database.reading() as reading:
        return sum(one.count for one in await manifests.parts(reading, batch_id))


async def test_a_command_whose_process_is_gone_does_not_block_its_county(county: County) -> None:
    await county.plant(1)
    async with county.stage.database.transaction() as tx:
        left = await batches.ask(
            tx,
            kind="xlsx",
            county_id=COUNTY,
            who="command:x",
            choice=Choice(),
            mapping_id=None,
            now=county.stage.clock(),
        )
        assert left is not None
        await batches.begin(tx, left.id)
    assert (await county.made()).state == "ready"
    assert (await county.batch(left.id)).state == "failed"


async def test_a_batch_that_cannot_be_made_says_so_and_lets_the_next_one_go_on(
    county: County,
) -> None:
    await county.plant(1)
    async with county.stage.database.transaction() as tx:
        broken = await batches.ask(
            tx,
            kind=batches.CONSOLE,
            county_id=COUNTY,
            who="staff:x",
            choice=Choice(),
            mapping_id="no such mapping",
            now=county.stage.clock(),
        )
    assert broken is not None
    await work_off(county.shop())
    failed = await county.batch(broken.id)
    assert (failed.state, failed.fault) == ("failed", "broken")
    assert (await county.made()).state == "ready"
