"""kill -9 at any moment: nothing is lost or kept twice, nobody is left without a question."""

import json
import os
import signal
import sys
from asyncio.subprocess import Process, create_subprocess_exec
from collections import Counter
from pathlib import Path

import pytest

from tests.fakes.bot_api import TOKEN, BotApi, Person
from tests.telegram.harness import eventually

CHECKOUT = Path(__file__).parents[2]


async def _start(api: BotApi, journal: Path) -> Process:
    environment = {
        **os.environ,
        "XIANGWEN_TELEGRAM__TOKEN": TOKEN,
        "XIANGWEN_TELEGRAM__BASE_URL": api.base_url,
        "ECHO_JOURNAL": str(journal),
    }
    return await create_subprocess_exec(
        sys.executable, "-m", "tests.telegram.echo_bot", cwd=CHECKOUT, env=environment
    )


def _kept(journal: Path) -> list[tuple[str, str]]:
    lines = journal.read_text("utf-8").splitlines() if journal.exists() else []
    return [(row[0], row[3]) for row in map(json.loads, lines)]


def _last(person: Person) -> str:
    return person.answers[-1] if person.answers else ""


@pytest.mark.parametrize("kept_before_the_kill", [1, 20, 57])
async def test_a_kill_with_updates_queued_loses_none(
    api: BotApi, tmp_path: Path, kept_before_the_kill: int
) -> None:
    journal = tmp_path / "journal"
    people = [api.person(number) for number in range(1, 21)]
    api.world.latency = 0.02
    bot = await _start(api, journal)
    for number in range(5):
        for person in people:
            person.say(str(number))
    await eventually(lambda: len(_kept(journal)) >= kept_before_the_kill)
    bot.send_signal(signal.SIGKILL)
    await bot.wait()
    again = await _start(api, journal)
    for person in people:
        await person.until(lambda seer: _last(seer) == "第5问")
    again.terminate()
    assert await again.wait() == 0
    said = Counter(_kept(journal))
    assert said == Counter({(str(p.chat.id), str(n)): 1 for p in people for n in range(5)})
