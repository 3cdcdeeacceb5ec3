"""Each reply counts once, whatever repeats, crashes or runs beside it."""

import asyncio
from pathlib import Path

from bot.channel import Address, UpdateId
from bot.turns import ChatTurns
from conversations.reply import Media, Reply, Tap, Text
from storage import chats
from storage.interviews import OpenInterview
from tests.conversations.talk import is_silent
from tests.forms import people
from tests.transcripts.stage import Stage
from tests.turns.chat import Chat, text_of
from tests.turns.tables import tables

ADDRESS = Address("telegram", "1001")


async def _open(stage: Stage) -> OpenInterview:
    async with stage.database.reading() as reading:
        found = await chats.look(reading, "telegram", "1001")
    assert found is not None
    assert found[1] is not None
    return found[1]


async def test_a_repeated_update_changes_nothing(stage: Stage, chat: Chat) -> None:
    await chat.write("开始")
    await chat.fill(people.FARMING, "name")
    await chat.take(Text("李春兰"), number=7001)
    before = await tables(stage.url)
    for reply in (Text("李春兰"), Text("别的名字"), Media("photo"), Tap(None)):
        assert await stage.turns.take(ADDRESS, UpdateId("test", 7001), reply) is None
    assert await tables(stage.url) == before


async def test_the_same_number_of_another_source_is_another_update(
    stage: Stage, chat: Chat
) -> None:
    await chat.take(Text("开始"), number=7101)
    taken = await stage.turns.take(ADDRESS, UpdateId("other", 7101), Text("帮助"))
    assert taken is not None


async def test_updates_out_of_order_all_count(stage: Stage, chat: Chat) -> None:
    await chat.write("开始")
    await chat.fill(people.FARMING, "name")
    await chat.take(Text("李春兰"), number=9009)
    await chat.take(Text(people.FARMING["id_number"]), number=9003)
    assert people.FARMING["id_number"] in (await _open(stage)).state


async def test_standing_changes_nothing_at_any_point(stage: Stage, chat: Chat) -> None:
    async def look() -> str:
        before = await tables(stage.url)
        outgoing = await stage.turns.standing(ADDRESS)
        assert not is_silent(outgoing)
        assert await tables(stage.url) == before
        return text_of(outgoing)

    assert "您要做什么" in await look()
    await chat.write("开始")
    assert "您同意填写吗" in await look()
    await chat.fill(people.FARMING, "education")
    assert "念书" in await look()
    await chat.write("暂停")
    assert "欢迎回来" in await look()
    await chat.write("停止")
    assert "不想填了吗" in await look()
    await chat.tap("接着填")
    await chat.fill(people.FARMING)
    assert "都填好了" in await look()
    standing = await stage.turns.standing(ADDRESS)
    chat.shown += standing.messages
    assert "提交好了" in text_of(await chat.tap("都对，提交"))
    assert people.FARMING["name"] in await look()


async def test_an_offer_stands_after_a_reload_and_its_buttons_work(
    stage: Stage, chat: Chat
) -> None:
    await chat.write("开始")
    await chat.fill(people.FARMING, "city")
    await chat.tap("大专")
    chat.shown.clear()
    standing = await stage.turns.standing(ADDRESS)
    assert "要改成：大专" in text_of(standing)
    chat.shown += standing.messages
    await chat.tap("改成：大专")
    assert '"71"' not in (await _open(stage)).state


async def test_who_was_not_shown_their_turn_is_owed_it_after_a_crash(
    stage: Stage, chat: Chat
) -> None:
    await chat.take(Text("开始"), number=8001)
    await stage.turns.shown(UpdateId("test", 8001))
    await stage.restart()
    assert await stage.turns.owed("test") == []
    await chat.take(Text("为什么"), number=8002)
    stage.clock.now = stage.clock.now.replace(second=5)
    await chat.take(Text("帮助"), number=8003)
    crashed = stage.turns
    await stage.open()
    assert await stage.turns.owed("test") == [(ADDRESS, UpdateId("test", 8003))]
    assert "您同意填写吗" in text_of(await stage.turns.standing(ADDRESS))
    await stage.turns.shown(UpdateId("test", 8003))
    await stage.restart()
    assert await stage.turns.owed("test") == []
    await crashed.close()
    await crashed._database.close()


async def test_two_processes_on_one_chat_lose_nothing(
    stage: Stage, chat: Chat, tmp_path: Path, url: str
) -> None:
    await chat.write("开始")
    await chat.fill(people.FARMING, "name")
    revision = (await _open(stage)).revision
    other = Stage(tmp_path, url)
    await other.open()
    try:
        replies: list[tuple[ChatTurns, int, Reply]] = [
            (turns, number, Text("帮助"))
            for number in range(20_000, 20_012)
            for turns in (stage.turns, other.turns)
        ]
        shown = await asyncio.gather(
            *(
                turns.take(ADDRESS, UpdateId("test", number), said)
                for turns, number, said in replies
            )
        )
    finally:
        await other.close()
    assert sum(outgoing is not None for outgoing in shown) == 12
    assert (await _open(stage)).revision == revision + 12
    await chat.write("李春兰")
    assert "李春兰" in (await _open(stage)).state


async def test_two_first_messages_at_once_open_one_interview(
    stage: Stage, tmp_path: Path, url: str
) -> None:
    other = Stage(tmp_path, url)
    await other.open()
    try:
        await asyncio.gather(
            stage.turns.take(ADDRESS, UpdateId("test", 30_001), Text("开始")),
            other.turns.take(ADDRESS, UpdateId("test", 30_002), Text("开始")),
        )
    finally:
        await other.close()
    found = await tables(stage.url)
    assert len(found["chat"]) == len(found["interview"]) == len(found["person"]) == 1


async def test_a_second_tap_on_submit_makes_no_second_report(stage: Stage, chat: Chat) -> None:
    await chat.report(people.FARMING)
    told = await chat.tap("都对，提交")
    assert "已经结束" in text_of(told)
    assert len((await tables(stage.url))["report"]) == 1
