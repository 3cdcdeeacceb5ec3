"""A process that plans a wave slowly and says after each range that it did, to be killed."""

import asyncio
import os
import sys
import time
from datetime import timedelta
from pathlib import Path

from bot.planning import planner
from storage.database import Database
from storage.vault import Vault
from tests.planning.made_up import COUNTY, CYCLE, NOW, world_of
from tests.planning.test_waves import SPAN


def told(_people: int, planned: int) -> None:
    sys.stdout.write(f"{planned}\n")
    sys.stdout.flush()
    time.sleep(0.3)


async def main() -> None:
    database = await Database.open(
        os.environ["PLAN_URL"], Vault.open(Path(os.environ["PLAN_KEYS"]))
    )
    world = await world_of(database)
    async with planner(database, world, NOW, told=told, span=timedelta(seconds=3), most=5) as ours:
        if ours is not None:
            wave = await ours.begin(COUNTY, CYCLE, SPAN, "system")
            await ours.wave(wave)
    await database.close()


if __name__ == "__main__":
    asyncio.run(main())
