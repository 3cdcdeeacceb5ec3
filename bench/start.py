"""Start to ready, and memory after many interviews: `python -m bench.start [--chats 10000]`."""

import argparse
import asyncio
import tempfile
import time
from pathlib import Path

import psutil

from tests.fakes.bot_api import BotApi
from tests.whole.program import Program

MIB = 1024 * 1024


async def measure(chats: int) -> list[tuple[str, str, str]]:
    """Return what was measured, with its target."""
    async with BotApi() as api:
        with tempfile.TemporaryDirectory() as folder:
            program = Program(Path(folder), api.base_url)
            first = await _started(program)
            await program.stop()
            again = await _started(program)
            assert program.process is not None
            process = psutil.Process(program.process.pid)
            empty = process.memory_info().rss / MIB
            await _touch(api, chats)
            full = process.memory_info().rss / MIB
            await program.stop()
    return [
        ("first start to ready", f"{first:.2f} s", "2 s"),
        ("next start to ready", f"{again:.2f} s", "2 s"),
        ("memory when ready", f"{empty:.0f} MiB", ""),
        (f"memory after {chats} interviews were touched", f"{full:.0f} MiB", "200 MiB"),
    ]


async def _started(program: Program) -> float:
    before = time.perf_counter()
    await program.start()
    return time.perf_counter() - before


async def _touch(api: BotApi, chats: int) -> None:
    """Have so many people begin an interview; wait until all have their first question."""
    for number in range(chats):
        api.person(number + 1).say("/start")
    last = [api.person(number + 1) for number in range(chats)]
    while not all(len(person.answers) >= 3 for person in last):  # noqa: ASYNC110
        await asyncio.sleep(0.5)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--chats", type=int, default=10_000)
    rows = asyncio.run(measure(parser.parse_args().chats))
    print("| what | measured | target |\n|---|---|---|")
    for what, measured, target in rows:
        print(f"| {what} | {measured} | {target} |")


if __name__ == "__main__":
    main()
