"""找人工: the chat is handed to the station and comes back, whatever is said in between."""

import asyncio

import pytest

from bot.channel import UpdateId
from conversations.buttons import decode
from conversations.reply import Command, Tap, Text
from tests.conversations.talk import is_silent
from tests.transcripts.stage import Stage
from tests.turns.chat import text_of
from tests.turns.station import Office, office
from tests.turns.tables import tables
from tests.turns.talking import (
    FARMING,
    MINUTE,
    QUESTION,
    in_a_talk,
    interviewed,
    into_the_interview,
)

NUMBER = "141181198703071234"


@pytest.fixture
async def place(stage: Stage) -> Office:
    return await interviewed(stage)


async def test_both_sides_talk_and_the_interview_goes_on_where_it_was(place: Office) -> None:
    told = await place.worker.write("找人工")
    assert "1号" in text_of(told)
    for staff in (place.clerk, place.other):
        (call,) = staff.news()
        assert "1号" in call
        assert "李春兰" not in call
    taken = await place.clerk.tap("接1号")
    assert "接上了" in text_of(taken)
    assert "您有话直接说" in "".join(place.worker.news())
    assert place.other.news() == ["1号有人接了。"]
    assert is_silent(await place.worker.write("这个填啥"))
    assert place.clerk.news() == ["1号：这个填啥"]
    assert is_silent(await place.clerk.write("您上到几年级？"))
    assert place.worker.news() == ["【乡镇就业服务站】\n您上到几年级？"]
    closed = await place.clerk.tap("结束")
    assert "说完了" in text_of(closed)
    over, again = place.worker.news()
    assert "说完了" in over
    assert QUESTION in again
    told = await place.worker.tap(FARMING)
    assert "种地" in (told.settle or "")


async def test_the_worker_ends_it_by_a_word_or_a_button(place: Office) -> None:
    await in_a_talk(place)
    told = await place.worker.write("接着填")
    assert [QUESTION in message.text for message in told.messages] == [False, True]
    assert place.clerk.news() == ["1号说完了。"]
    await place.worker.write("人工")
    told = await place.worker.tap("接着填")
    assert QUESTION in told.messages[-1].text
    assert "2号不找了。" in place.clerk.news()


async def test_no_word_of_a_talk_is_taken_for_an_answer(place: Office) -> None:
    await in_a_talk(place)
    before = await place.stage.turns.standing(place.worker.address)
    for said in ("返回", "种地", "你好", "为什么", "停止", "1"):
        await place.worker.write(said)
    heard = "\n".join(place.clerk.news())
    assert heard == "\n".join(
        f"1号：{said}" for said in ("返回", "种地", "你好", "为什么", "停止", "1")
    )
    assert await place.stage.turns.standing(place.worker.address) == before
    for reply in (Tap(None), Command("back"), Text("我的信息"), Command("start")):
        assert "接着填" in text_of(await place.worker.take(reply)), reply
    await place.worker.write("接着填")
    assert QUESTION in place.worker.shown[-1].text


async def test_what_is_said_while_waiting_is_read_by_whoever_comes(place: Office) -> None:
    await place.worker.write("找人工")
    told = await place.worker.write("我不识字")
    assert "记下了" in text_of(told)
    taken = await place.clerk.tap("接1号")
    assert "我不识字" in text_of(taken)


async def test_two_who_take_at_once_get_it_once(place: Office) -> None:
    await place.worker.write("找人工")
    taps = [Tap(decode(staff.button("接1号").data)) for staff in (place.clerk, place.other)]
    staff = (place.clerk, place.other)
    told = await asyncio.gather(
        *(
            one.turns.take(one.address, UpdateId("test", 70_000 + at), tap)
            for at, (one, tap) in enumerate(zip(staff, taps, strict=True))
        )
    )
    texts = [text_of(outgoing) for outgoing in told if outgoing]
    assert sum("接上了" in text for text in texts) == 1
    assert sum("晚了一步" in text for text in texts) == 1


async def test_an_identity_number_is_hidden_and_its_message_deleted(place: Office) -> None:
    await in_a_talk(place)
    told = await place.worker.write(f"我的号是{NUMBER}")
    assert told.hide_reply
    assert place.clerk.news() == ["1号：我的号是••••••34"]
    found = await tables(place.stage.url)
    assert not any(NUMBER in repr(row) for rows in found.values() for row in rows)


async def test_nobody_comes_and_the_interview_goes_on(place: Office) -> None:
    await place.worker.write("找人工")
    await place.time_goes_by(9 * MINUTE)
    assert place.worker.news() == []
    await place.time_goes_by(2 * MINUTE)
    sorry, again = place.worker.news()
    assert "顾不上" in sorry
    assert QUESTION in again
    told = await place.clerk.tap("接1号")
    assert "晚了一步" in text_of(told)
    assert "找过人工" in text_of(told)
    place.clerk.news()
    called = await place.clerk.tap("回话 1")
    assert "1号" not in text_of(called)
    assert "工作人员来了" in "".join(place.worker.news())
    await place.worker.write("您好")
    assert place.clerk.news() == ["2号：您好"]


async def test_silence_ends_a_talk_and_a_word_keeps_it(place: Office) -> None:
    await in_a_talk(place)
    await place.time_goes_by(29 * MINUTE)
    await place.worker.write("还在吗")
    await place.time_goes_by(29 * MINUTE)
    assert place.clerk.news() == ["1号：还在吗"]
    await place.time_goes_by(2 * MINUTE)
    assert "没动静" in "".join(place.clerk.news())
    assert "先说到这里" in place.worker.news()[0]
    await place.clerk.write("在的")
    assert "没发出去" in place.clerk.shown[-2].text + place.clerk.shown[-1].text


async def test_words_typed_before_one_could_know_of_the_end_are_no_answer(place: Office) -> None:
    await in_a_talk(place)
    end = Tap(decode(place.clerk.button("结束").data))
    await place.stage.turns.take(place.clerk.address, UpdateId("test", 80_001), end)
    crossing = Text("种地")
    told = await place.stage.turns.take(place.worker.address, UpdateId("test", 80_002), crossing)
    assert told is not None
    assert "说完了" in told.messages[0].text
    assert len(told.messages) == 2


async def test_lines_in_a_row_arrive_in_order_as_one_message(place: Office) -> None:
    await in_a_talk(place)
    for at in range(30):
        update = UpdateId("test", 90_000 + at)
        await place.stage.turns.take(place.worker.address, update, Text(f"第{at}句"))
    await place.phones.bring(place.stage)
    heard = "\n".join(place.clerk.news())
    assert heard.replace("1号：", "").split("\n") == [f"第{at}句" for at in range(30)]


async def test_staff_may_fill_in_their_own_record(place: Office) -> None:
    await place.clerk.command("staff")
    await place.clerk.tap("填我自己的")
    question = place.clerk.shown[-1].text
    await in_a_talk(place)
    await place.clerk.write("您好")
    assert "您好" in place.worker.news()[-1]
    await place.clerk.tap("结束")
    assert (await place.stage.turns.standing(place.clerk.address)).messages[-1].text == question


async def test_a_page_hears_what_the_staff_say(stage: Stage) -> None:
    place = await office(stage, "web")
    await into_the_interview(place.worker)
    assert await stage.turns.news(place.worker.address) is None
    told = await place.worker.write("找人工")
    assert told.listens
    await place.clerk.tap("接1号")
    await place.worker.write("在吗")
    await place.clerk.write("在的")
    await place.clerk.write("您说")
    news = await stage.turns.news(place.worker.address)
    assert news is not None
    assert [message.text for message in news.messages] == [
        "【乡镇就业服务站】\n在的",
        "【乡镇就业服务站】\n您说",
    ]
    assert "您说" in text_of(await place.worker.tap("看看有没有回话"))
    await place.clerk.tap("结束")
    news = await stage.turns.news(place.worker.address)
    assert news is not None
    assert "说完了" in news.messages[0].text
    assert not news.listens
    assert await stage.turns.news(place.worker.address) is None
    await place.worker.write("种地")


async def test_who_asks_for_the_desk_in_a_talk_sees_it_and_goes_on_talking(place: Office) -> None:
    await in_a_talk(place)
    assert "在谈的：1号" in text_of(await place.clerk.write("工作台"))
    assert place.worker.news() == []
    await place.clerk.write("您好")
    assert any("您好" in words for words in place.worker.news())
