"""找人工: the chat is handed to the station and comes back, whatever happens in between."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.channel import UpdateId
from bot.staff.accounts import invite, suspend
from conversations.buttons import decode
from conversations.reply import Command, Media, Tap, Text
from storage import talks
from storage.people import erase
from storage.talks import Talk
from tests.conversations.talk import is_silent
from tests.forms import people
from tests.transcripts.stage import Stage
from tests.turns.chat import text_of
from tests.turns.station import Office, Phone, Phones, office
from tests.turns.tables import tables

MINUTE = timedelta(minutes=1)
AT_NIGHT = datetime(2026, 11, 24, 14, tzinfo=UTC)
FARMING = "在家种地、养殖"
QUESTION = "现在干什么？"
NUMBER = "141181198703071234"


@pytest.fixture
async def place(stage: Stage) -> Office:
    """Return an office with a worker in the middle of the interview."""
    place = await office(stage)
    await _into_the_interview(place.worker)
    return place


async def _into_the_interview(worker: Phone) -> None:
    await worker.write("开始")
    await worker.fill(people.FARMING, "employment_status")


async def _talking(place: Office) -> None:
    """Let the worker ask and the clerk take."""
    await place.worker.write("找人工")
    await place.clerk.tap("接1号")
    for phone in (place.worker, place.clerk, place.other):
        phone.news()


async def _talk(stage: Stage) -> Talk:
    rows = (await tables(stage.url))["talk"]
    async with stage.database.reading() as reading:
        found = await talks.get(reading, str(max(rows, key=lambda row: str(row[0]))[0]))
    assert found is not None
    return found


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
    await _talking(place)
    told = await place.worker.write("接着填")
    assert [QUESTION in message.text for message in told.messages] == [False, True]
    assert place.clerk.news() == ["1号说完了。"]
    await place.worker.write("人工")
    told = await place.worker.tap("接着填")
    assert QUESTION in told.messages[-1].text
    assert "2号不找了。" in place.clerk.news()


async def test_no_word_of_a_talk_is_taken_for_an_answer(place: Office) -> None:
    await _talking(place)
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
    await _talking(place)
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
    await _talking(place)
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
    await _talking(place)
    end = Tap(decode(place.clerk.button("结束").data))
    await place.stage.turns.take(place.clerk.address, UpdateId("test", 80_001), end)
    crossing = Text("种地")
    told = await place.stage.turns.take(place.worker.address, UpdateId("test", 80_002), crossing)
    assert told is not None
    assert "说完了" in told.messages[0].text
    assert len(told.messages) == 2


async def test_at_night_one_is_told_at_once_and_the_station_sees_it_later(stage: Stage) -> None:
    place = await office(stage)
    await _into_the_interview(place.worker)
    stage.clock.now = AT_NIGHT
    told = await place.worker.write("找人工")
    assert "下班" in text_of(told)
    assert "一、二、三、四、五 09:00—17:30" in text_of(told)
    assert place.clerk.news() == []
    assert place.worker.labels() == ["接着填"]
    await place.worker.tap(FARMING)
    assert "找过人工" in text_of(await place.clerk.command("staff"))


async def test_without_staff_the_way_to_the_station_is_named(stage: Stage) -> None:
    phones = Phones()
    worker = Phone(stage, phones, "1001")
    await _into_the_interview(worker)
    assert "就业服务站" in text_of(await worker.write("找人工"))
    assert (await tables(stage.url))["talk"] == []
    await worker.tap(FARMING)


async def test_who_has_said_no_place_is_asked_for_one(stage: Stage) -> None:
    place = await office(stage)
    await place.worker.write("开始")
    told = await place.worker.write("找人工")
    assert "哪个市" in text_of(told)
    told = await place.worker.write("不知道是哪儿")
    assert "没找着" in text_of(told)
    county = stage.world.places.by_id["k065"].name
    city = stage.world.places.by_id["c08"].name
    await place.worker.tap(city)
    await place.worker.tap(county)
    told = await place.worker.tap(f"{county}，哪个站都行")
    assert "1号" in text_of(told)
    assert "1号" in place.clerk.news()[0]
    await place.clerk.tap("接1号")
    await place.clerk.write("您好")
    assert "您好" in place.worker.news()[-1]


async def test_a_place_that_is_typed_is_understood(stage: Stage) -> None:
    place = await office(stage)
    await place.worker.write("开始")
    await place.worker.write("找人工")
    county = stage.world.places.by_id["k065"].name
    township = stage.world.places.by_id["t0727"].name
    told = await place.worker.write(f"我是{county}{township}的")
    assert township in text_of(told)
    assert place.clerk.news() != []


async def test_a_place_without_staff_is_not_asked_for_twice(stage: Stage) -> None:
    place = await office(stage)
    await place.worker.write("开始")
    await place.worker.write("找人工")
    await place.worker.tap(stage.world.places.by_id["c01"].name)
    told = await place.worker.tap(stage.world.places.by_id["k001"].name)
    assert "打电话" in text_of(told)
    assert place.clerk.news() == []


async def test_staff_who_blocked_the_bot_are_replaced(place: Office) -> None:
    await _talking(place)
    place.phones.blocked.add("2001")
    await place.worker.write("在吗")
    assert "另一位" in "".join(place.worker.news())
    assert "1号" in place.other.news()[-1]
    taken = await place.other.tap("接1号")
    assert "在吗" in text_of(taken)


async def test_a_worker_who_blocked_the_bot_is_given_up(place: Office) -> None:
    await _talking(place)
    place.phones.blocked.add("1001")
    await place.clerk.write("您好")
    assert "收不到" in place.clerk.news()[-1]
    assert not (await _talk(place.stage)).is_live


async def test_a_person_who_is_erased_while_talking_leaves_nothing(stage: Stage) -> None:
    place = await office(stage)
    await place.worker.report(people.FARMING)
    await _talking(place)
    await place.worker.write("我不想填了")
    talk = await _talk(stage)
    assert talk.person_id is not None
    async with stage.database.transaction() as tx:
        await erase(tx, talk.person_id, "another chat", stage.clock())
    await place.phones.bring(stage)
    assert "删掉了自己的信息" in place.clerk.news()[-1]
    found = await tables(stage.url)
    assert found["talk"] == found["talk_line"] == found["voice_note"] == []
    assert "没发出去" in text_of(await place.clerk.write("在吗"))
    assert place.worker.news() == []
    await place.worker.write("你好")
    assert place.worker.open_press() is not None


async def test_lines_in_a_row_arrive_in_order_as_one_message(place: Office) -> None:
    await _talking(place)
    for at in range(30):
        update = UpdateId("test", 90_000 + at)
        await place.stage.turns.take(place.worker.address, update, Text(f"第{at}句"))
    await place.phones.bring(place.stage)
    heard = "\n".join(place.clerk.news())
    assert heard.replace("1号：", "").split("\n") == [f"第{at}句" for at in range(30)]


async def test_what_was_committed_is_delivered_after_a_crash(place: Office) -> None:
    await _talking(place)
    update = UpdateId("test", 91_000)
    await place.stage.turns.take(place.worker.address, update, Text("还在吗"))
    await place.stage.restart()
    assert place.clerk.news() == []
    await place.phones.bring(place.stage)
    assert place.clerk.news() == ["1号：还在吗"]


async def test_staff_may_fill_in_their_own_record(place: Office) -> None:
    await place.clerk.command("staff")
    await place.clerk.tap("填我自己的")
    question = place.clerk.shown[-1].text
    await _talking(place)
    await place.clerk.write("您好")
    assert "您好" in place.worker.news()[-1]
    await place.clerk.tap("结束")
    assert (await place.stage.turns.standing(place.clerk.address)).messages[-1].text == question


async def test_suspended_staff_can_do_nothing_more(place: Office) -> None:
    await _talking(place)
    talk = await _talk(place.stage)
    assert talk.staff_id is not None
    now = place.stage.clock()
    stage = place.stage
    assert await suspend(stage.database, stage.world, talk.staff_id, "test", now)
    await place.phones.bring(stage)
    assert "另一位" in "".join(place.worker.news())
    told = await place.clerk.write("您好")
    assert "您好，我是乡问" in text_of(told)
    assert place.worker.news() == []
    assert "1号" in place.other.news()[-1]


async def test_an_invitation_works_once_and_not_for_ever(stage: Stage) -> None:
    phones = Phones()
    place = stage.world.places.by_id["t0727"]
    given = {"name": "", "valid": timedelta(days=1), "actor": "test", "now": stage.clock()}
    one = await invite(stage.database, place, **given)  # type: ignore[arg-type]
    late = await invite(stage.database, place, **given)  # type: ignore[arg-type]
    first, second = Phone(stage, phones, "3001"), Phone(stage, phones, "3002")
    assert place.name in text_of(await first.command("start", f"staff_{one.code}"))
    assert "不对" in text_of(await second.command("staff", one.code))
    stage.clock.wait(2)
    assert "不对" in text_of(await second.command("staff", late.code))


async def test_a_page_hears_what_the_staff_say(stage: Stage) -> None:
    place = await office(stage, "web")
    await _into_the_interview(place.worker)
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


async def test_a_station_hears_voice_notes_and_takes_them_off_its_list(place: Office) -> None:
    place.phones.files["file-1"] = b"OggS" + bytes(100)
    told = await place.worker.take(Media("voice", "file-1", 104))
    assert "听了帮您填" in text_of(told)
    assert len(place.clerk.news()) == 1
    stage = place.stage
    stage.clock.now += MINUTE
    await place.worker.take(Media("voice", "file-2", 104))
    assert place.clerk.news() == []
    assert "太长" in text_of(await place.worker.take(Media("voice", "file-3", 2**20 + 1)))
    await place.worker.tap(FARMING)
    await place.clerk.command("staff")
    await place.clerk.tap("听 1")
    heard = [(address, file_id, content) for address, file_id, content, _ in place.phones.voices]
    assert heard == [("2001", "file-1", b"OggS" + bytes(100)), ("2001", "file-2", None)]
    assert QUESTION in place.phones.voices[0][3]
    assert "拿掉" in text_of(await place.clerk.tap("办好了"))
    assert "语音" not in text_of(await place.other.command("staff"))


async def test_nothing_is_kept_of_who_has_not_consented(stage: Stage) -> None:
    place = await office(stage)
    await place.worker.command("start", "t0727")
    told = await place.worker.take(Media("voice", "file-1", 100))
    assert "听不懂" in text_of(told)
    assert (await tables(stage.url))["voice_note"] == []


async def test_who_asks_for_the_desk_in_a_talk_sees_it_and_goes_on_talking(place: Office) -> None:
    await _talking(place)
    assert "在谈的：1号" in text_of(await place.clerk.write("工作台"))
    assert place.worker.news() == []
    await place.clerk.write("您好")
    assert any("您好" in words for words in place.worker.news())
