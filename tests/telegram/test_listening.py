"""Clips on Telegram: uploaded once, then sent by the id that they got."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot.channel import Address, UpdateId
from bot.clips.kept import KeptClips
from bot.clips.pack import Pack
from bot.messages import Outgoing
from bot.telegram.channel import TelegramChannel
from conversations.reply import Reply
from storage.database import Database
from storage.keyfile import create_key_file
from storage.vault import Vault
from tests.clips.tones import packed
from tests.fakes.bot_api import BotApi, Fault
from tests.telegram.echo import EchoTurns
from tests.telegram.harness import WORDING, eventually, settings


class ReadingTurns(EchoTurns):
    """Reads one clip aloud, whatever is said."""

    def __init__(self, clip: str) -> None:
        super().__init__()
        self.clip = clip

    async def take(self, address: Address, update: UpdateId, reply: Reply) -> Outgoing | None:
        taken = await super().take(address, update, reply)
        return taken and Outgoing(clip=self.clip)


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    return packed(tmp_path / "pack", {"texts/one": "一句", "texts/two": "两句"})


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    key = tmp_path / "keys" / "key"
    create_key_file(key)
    database = await Database.open(f"sqlite:///{tmp_path}/data/x.db", Vault.open(key))
    yield database
    await database.close()


@asynccontextmanager
async def reading(
    api: BotApi, turns: EchoTurns, database: Database, pack: Pack
) -> AsyncIterator[None]:
    """Run a bot that can read aloud."""
    wanted = settings(api)
    clips = KeptClips(database, pack, wanted.source)
    channel = TelegramChannel(wanted, turns, WORDING, clips)
    await channel.start()
    running = asyncio.create_task(channel.run())
    try:
        yield
    finally:
        await channel.stop(timedelta(seconds=5))
        await running


async def test_a_clip_is_uploaded_once_and_then_sent_by_its_id_by_later_processes_too(
    api: BotApi, database: Database, pack: Pack
) -> None:
    clip = pack.lines(["一句", "两句"])
    turns = ReadingTurns(clip)
    for chat in (7, 8, 9):
        api.person(chat).say("听")
        async with reading(api, turns, database, pack):
            await api.person(chat).sees_answers(1)
            await eventually(lambda: not turns.owing)
    assert api.world.sounds == {"sound-1": pack.sound(clip)}
    assert [call.given["voice"] for call in api.calls("sendVoice")] == ["sound-1"] * 3
    assert not any(call.given.get("protect_content") for call in api.calls("sendVoice"))


async def test_a_clip_that_telegram_forgot_is_uploaded_again(
    api: BotApi, database: Database, pack: Pack
) -> None:
    turns = ReadingTurns(pack.lines(["一句"]))
    person = api.person(7)
    person.say("听")
    async with reading(api, turns, database, pack):
        await person.sees_answers(1)
        await eventually(lambda: not turns.owing)
        api.world.sounds.clear()
        person.say("再听")
        await person.sees_answers(2)
        await eventually(lambda: not turns.owing)
    assert [call.status for call in api.calls("sendVoice")] == [200, 400, 200]
    assert len(api.world.sounds) == 1


async def test_a_clip_that_cannot_be_sent_owes_nothing(
    api: BotApi, database: Database, pack: Pack
) -> None:
    turns = ReadingTurns(pack.lines(["一句"]))
    api.world.faults.append(Fault(400, method="sendVoice", times=-1))
    api.person(7).say("听")
    async with reading(api, turns, database, pack):
        await eventually(lambda: bool(turns.committed) and not turns.owing)
    assert api.person(7).answers == []


async def test_a_clip_of_another_pack_is_passed_over(
    api: BotApi, database: Database, pack: Pack
) -> None:
    turns = ReadingTurns("AAAAA")
    api.person(7).say("听")
    async with reading(api, turns, database, pack):
        await eventually(lambda: bool(turns.committed) and not turns.owing)
    assert api.calls("sendVoice") == []
