"""kill -9 anywhere in claim, send and record: no prompt twice, none lost without a reason."""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process, create_subprocess_exec
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from random import SystemRandom

import pytest

from storage import prompting, reminders
from storage.database import Database
from storage.keyfile import create_key_file
from storage.reminder_rows import Reminder
from storage.vault import Vault
from tests.fakes.bot_api import BotApi
from tests.reminding.dying import DUE, PEOPLE
from tests.turns.tables import tables

CHECKOUT = Path(__file__).parents[2]
# A round takes more steps than these.
STEPS = 20


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/data/xiangwen.db"
    address: str = request.getfixturevalue("postgres_url")
    return address


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as api:
        yield api


@dataclass
class Runs:
    """Runs of a process that dies, one after the other, each about people of its own."""

    process: Process
    url: str
    key: Path
    api: BotApi
    next_chat: int = 1

    async def run(self, at: int = -1, within: float = 0.0) -> bool:
        """Do one run and what comes after it; return whether it was killed."""
        for number in range(self.next_chat, self.next_chat + PEOPLE):
            self.api.person(number)
        told = {
            "url": self.url,
            "key": str(self.key),
            "base_url": self.api.base_url,
            "first_chat": self.next_chat,
            "at": at,
            "within": within,
        }
        self.next_chat += PEOPLE
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(told).encode() + b"\n")
        return bool(json.loads(await self.process.stdout.readline())["killed"])

    async def agree(self) -> None:
        """Compare what the server accepted with what the ledger says, for everybody."""
        found = await _ledger(self.url, self.key)
        assert len(found) == self.next_chat - 1
        for chat, row in found.items():
            accepted = len(self.api.world.chats[chat].entries)
            assert accepted <= 1, "sent twice"
            assert row.state in ("sent", "unknown")
            assert row.reason
            assert row.state == "unknown" or accepted == 1


async def _ledger(url: str, key: Path) -> dict[int, Reminder]:
    """Return the first step of everybody's ladder, by their chat."""
    names = [str(row[0]) for row in (await tables(url))["reminder"]]
    firsts = [name for name in names if name.endswith(":1")]
    database = await Database.open(url, Vault.open(key))
    async with database.reading() as reading:
        known = await prompting.known_of(reading, firsts, DUE)
        rows = {name: await reminders.get(reading, name) for name in firsts}
    await database.close()
    return {int(known[name].address): row for name, row in rows.items() if row is not None}


@asynccontextmanager
async def dying(url: str, folder: Path, api: BotApi) -> AsyncIterator[Runs]:
    key = folder / "keys" / "key"
    create_key_file(key)
    process = await create_subprocess_exec(
        sys.executable, "-m", "tests.reminding.dying", cwd=CHECKOUT, stdin=PIPE, stdout=PIPE
    )
    try:
        yield Runs(process, url, key, api)
    finally:
        assert process.stdin is not None
        process.stdin.close()
        await process.wait()


@pytest.mark.timeout(300)
async def test_a_kill_between_any_two_steps_sends_nothing_twice_and_loses_nothing(
    url: str, tmp_path: Path, api: BotApi
) -> None:
    async with dying(url, tmp_path, api) as runs:
        for step in count():
            if not await runs.run(at=step):
                break
        await runs.agree()
    # Lease, claim, decision, three messages, record, end: all were reached.
    assert step > STEPS


async def _at_random(url: str, folder: Path, api: BotApi, times: int) -> None:
    async with dying(url, folder, api) as runs:
        steps = [SystemRandom().randrange(STEPS) for _ in range(times)]
        killed = [await runs.run(at=step, within=0.01) for step in steps]
        await runs.agree()
    assert any(killed)


@pytest.mark.timeout(300)
async def test_a_kill_at_any_moment_sends_nothing_twice(
    url: str, tmp_path: Path, api: BotApi
) -> None:
    await _at_random(url, tmp_path, api, 20)


@pytest.mark.soak
@pytest.mark.timeout(3600)
async def test_five_hundred_kills_send_nothing_twice(
    url: str, tmp_path: Path, api: BotApi
) -> None:
    await _at_random(url, tmp_path, api, 500)


@pytest.mark.timeout(60)
async def test_two_processes_send_each_prompt_once(url: str, tmp_path: Path, api: BotApi) -> None:
    async with dying(url, tmp_path, api) as first:
        await first.run()
        other = await create_subprocess_exec(
            sys.executable, "-m", "tests.reminding.dying", cwd=CHECKOUT, stdin=PIPE, stdout=PIPE
        )
        second = Runs(other, url, first.key, api, first.next_chat)
        third = Runs(first.process, url, first.key, api, first.next_chat + PEOPLE)
        await asyncio.gather(second.run(), third.run())
        assert other.stdin is not None
        other.stdin.close()
        await other.wait()
        await third.agree()
