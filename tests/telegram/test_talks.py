"""Worker and staff at two phones, the real turns between them, over the Bot API."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot.outbox import Carrier, Outbox
from bot.staff.accounts import invite
from bot.telegram.channel import TelegramChannel
from storage import voices
from tests.fakes.bot_api import BotApi, Fault, Person
from tests.forms import people
from tests.telegram.harness import polling
from tests.transcripts.stage import Stage
from tests.turns.chat import Chat
from tests.turns.tables import tables

WORKER, CLERK = 1001, 2001
MORE = 20


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    stage = Stage(tmp_path)
    await stage.open()
    yield stage
    await stage.close()


@asynccontextmanager
async def serving(api: BotApi, stage: Stage) -> AsyncIterator[TelegramChannel]:
    """Serve the chats, and bring what waits for them."""
    async with polling(api, stage.turns) as channel:
        carrier = Carrier(channel.send, channel.send_voice, channel.fetch)
        outbox = Outbox(stage.database, stage.world, carrier)
        stage.turns.on_posted(outbox.kick)
        running = asyncio.create_task(outbox.run())
        try:
            yield channel
        finally:
            running.cancel()
            await asyncio.wait({running})


async def _joined(stage: Stage, clerk: Person) -> None:
    place = stage.world.places.by_id[people.HOME["township"]]
    invitation = await invite(
        stage.database,
        place,
        name="",
        valid=timedelta(days=1),
        actor="test",
        now=stage.clock(),
    )
    clerk.say(f"/staff {invitation.code}")
    await clerk.until(lambda seer: "工作台" in seer.sees)


async def _in_the_interview(stage: Stage) -> None:
    """Let the worker's chat be in the middle of the interview."""
    chat = Chat(stage, str(WORKER))
    await chat.write("开始")
    await chat.fill(people.FARMING, "employment_status")


async def test_a_talk_over_the_bot_api(api: BotApi, stage: Stage) -> None:
    worker, clerk = api.person(WORKER), api.person(CLERK)
    await _in_the_interview(stage)
    async with serving(api, stage):
        await _joined(stage, clerk)
        worker.say("找人工")
        await clerk.until(lambda seer: "有人找人工：1号" in seer.sees)
        clerk.press("接1号")
        await worker.until(lambda seer: "您有话直接说" in seer.sees)
        for at in range(MORE):
            worker.say(f"第{at}句")
        clerk.say("慢慢说")
        await worker.until(lambda seer: "【乡镇就业服务站】\n慢慢说" in seer.sees)
        await clerk.until(lambda seer: f"第{MORE - 1}句" in seer.sees)
        worker.press("接着填")
        await clerk.until(lambda seer: "1号说完了" in seer.sees)
        await worker.until(lambda seer: "现在干什么" in seer.answers[-1])
        worker.press("在家种地")
    heard = "\n".join(clerk.answers)
    places = [heard.index(f"第{at}句") for at in range(MORE)]
    assert places == sorted(places)


async def test_what_waits_is_brought_by_the_next_process(api: BotApi, stage: Stage) -> None:
    worker, clerk = api.person(WORKER), api.person(CLERK)
    await _in_the_interview(stage)
    async with serving(api, stage):
        await _joined(stage, clerk)
    async with polling(api, stage.turns):
        worker.say("找人工")
        await worker.until(lambda seer: "1号" in seer.sees)
    assert "1号" not in clerk.sees
    await stage.restart()
    async with serving(api, stage):
        await clerk.until(lambda seer: "有人找人工：1号" in seer.sees)


async def test_flood_control_delays_lines_and_loses_none(api: BotApi, stage: Stage) -> None:
    worker, clerk = api.person(WORKER), api.person(CLERK)
    await _in_the_interview(stage)
    async with serving(api, stage):
        await _joined(stage, clerk)
        worker.say("找人工")
        await clerk.until(lambda seer: "接1号" in seer.sees)
        clerk.press("接1号")
        await worker.until(lambda seer: "您有话直接说" in seer.sees)
        fault = Fault(status=429, retry_after=1, chat=CLERK, method="sendMessage")
        api.world.faults.append(fault)
        worker.say("在吗")
        worker.say("有人吗")
        while "在吗" not in clerk.sees or "有人吗" not in clerk.sees:
            # The halt is counted by the real clock, the outbox by ours.
            stage.clock.now += timedelta(hours=1)
            await asyncio.sleep(0.05)
    heard = "\n".join(clerk.answers)
    assert heard.index("在吗") < heard.index("有人吗")


async def test_a_voice_note_is_kept_sealed_and_heard_at_the_station(
    api: BotApi, stage: Stage
) -> None:
    worker, clerk = api.person(WORKER), api.person(CLERK)
    await _in_the_interview(stage)
    async with serving(api, stage):
        await _joined(stage, clerk)
        worker.speak(b"OggS words of mine")
        await worker.until(lambda seer: "听了帮您填" in seer.sees)
        await clerk.until(lambda seer: "有人留了语音" in seer.sees)
        clerk.press("看工作台")
        await clerk.until(lambda seer: "语音留言" in seer.sees)
        clerk.press("听 1")
        await clerk.until(lambda seer: "问的是：现在干什么" in seer.sees)
        clerk.press("办好了")
        await clerk.until(lambda seer: "拿掉" in seer.sees)
    (call,) = api.calls("sendVoice")
    assert call.given["voice"] == "sound-1"
    async with stage.database.transaction() as tx:
        (row,) = await tx.all("voices.sealed_of_person", person_id=await _person(stage))
        note = await voices.get(tx, row["id"])
        assert note is not None
        assert await voices.content_of(tx, note) == b"OggS words of mine"
    assert b"words of mine" not in bytes(row["content"])


async def _person(stage: Stage) -> str:
    (row,) = (await tables(f"sqlite:///{stage.folder / 'xiangwen.db'}"))["interview"]
    return next(str(value) for value in row[3:4])
