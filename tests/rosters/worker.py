"""A process that works rosters off until it is killed: `-m tests.rosters.worker URL FOLDER`."""

import asyncio
import sys
from pathlib import Path

from bot.rosters.working import work_off
from tests.transcripts.stage import Stage


async def main(url: str, folder: Path) -> None:
    """Work until there is nothing more to do."""
    stage = Stage(folder, url)
    await stage.open()
    print("ready", flush=True)
    while True:
        await work_off(stage.database, stage.world)
        await asyncio.sleep(0.05)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2])))
