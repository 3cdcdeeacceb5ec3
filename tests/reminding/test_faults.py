"""The sender while the database or the clock misbehaves."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from bot.channel import Address
from bot.messages import Message
from bot.reminding.sender import Reminding
from bot.telegram.outcomes import Delivery, Sent
from storage.database import Database
from storage.errors import DatabaseUnavailable
from storage.vault import Vault
from tests.forms import people
from tests.transcripts.stage import Clock, Stage
from tests.turns.chat import Chat

PATIENCE = timedelta(milliseconds=400)
A_YEAR = timedelta(days=366)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/xiangwen.db"
    address: str = request.getfixturevalue("postgres_copy")(True)
    return address


@pytest.fixture
async def stage(url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    """Return a stage on which somebody reported a year ago, at noon."""
    stage = Stage(tmp_path, url)
    await stage.open()
    await Chat(stage).report(people.FARMING)
    stage.clock.now += A_YEAR + timedelta(hours=2)
    yield stage
    await stage.close()


class Post:
    """In the place of the channel: keeps when what was sent."""

    def __init__(self, clock: Clock) -> None:
        self.sent: list[str] = []
        self.clock = clock

    async def __call__(self, address: Address, message: Message) -> Delivery:
        self.sent.append(message.text)
        return Sent()


async def test_the_database_is_away_and_comes_back(stage: Stage, url: str, tmp_path: Path) -> None:
    post = Post(stage.clock)
    short = await Database.open(url, Vault.open(tmp_path / "keys" / "key"), patience=PATIENCE)
    sender = Reminding(short, stage.world, post, per_second=100)
    async with stage.database.transaction() as tx:
        # Nobody else can read or write while this is held.
        await tx.one("leases.acquire", name="reminders", holder="other", span=1)
        await tx.run(_LOCK[stage.database.engine_name])
        with pytest.raises(DatabaseUnavailable):
            await sender.round()
    assert post.sent == []
    await asyncio.sleep(0.01)
    assert await sender.round() == {"sent": 1}
    await short.close()


_LOCK = {"sqlite": "select 1;", "postgres": "lock table reminder, lease, switch;"}


async def test_the_database_goes_away_while_the_message_is_on_its_way(
    stage: Stage, url: str, tmp_path: Path
) -> None:
    post = Post(stage.clock)
    short = await Database.open(url, Vault.open(tmp_path / "keys" / "key"), patience=PATIENCE)
    held: list[asyncio.Task[None]] = []
    is_held = asyncio.Event()

    async def hold() -> None:
        while not is_held.is_set():
            # PostgreSQL may choose us when the sender wants the same tables the other way round.
            with suppress(DatabaseUnavailable):
                await hold_once()

    async def hold_once() -> None:
        async with stage.database.transaction() as tx:
            await tx.one("leases.acquire", name="other", holder="other", span=1)
            await tx.run(_LOCK[stage.database.engine_name])
            is_held.set()
            await asyncio.sleep(1.2)

    async def send(address: Address, message: Message) -> Delivery:
        held.append(asyncio.create_task(hold()))
        await is_held.wait()
        return await post(address, message)

    with pytest.raises(DatabaseUnavailable):
        await Reminding(short, stage.world, send, 100, lease=timedelta(seconds=1)).round()
    await held[0]
    await asyncio.sleep(1)
    counts = await Reminding(short, stage.world, post, 100).round()
    assert counts == {"unknown": 1}
    assert len(post.sent) == 1
    await short.close()


@pytest.mark.parametrize("jump", [-timedelta(hours=26), timedelta(hours=26), timedelta(days=9)])
async def test_a_clock_that_jumps_sends_nothing_twice(stage: Stage, jump: timedelta) -> None:
    post = Post(stage.clock)
    await Reminding(stage.database, stage.world, post, 100).round()
    noon = stage.clock.now
    for moment in (noon + jump, noon, noon + jump, noon + timedelta(hours=1)):
        stage.clock.now = moment
        await Reminding(stage.database, stage.world, post, 100).round()
    # The next step of the ladder is due a week later, and may have come with the leap.
    assert len(post.sent) == len(set(post.sent)) <= 2


async def test_an_outage_of_two_months_leads_to_a_call_and_no_burst(stage: Stage) -> None:
    stage.clock.now += timedelta(days=61)
    post = Post(stage.clock)
    counts = await Reminding(stage.database, stage.world, post, 100).round()
    assert counts == {"expired": 1}
    assert post.sent == []
