"""A talk in which somebody blocks the bot, is erased or suspended, or the program dies."""

import pytest

from bot.channel import UpdateId
from bot.staff.accounts import suspend
from conversations.reply import Text
from storage.people import erase
from tests.forms import people
from tests.transcripts.stage import Stage
from tests.turns.chat import text_of
from tests.turns.station import Office, office
from tests.turns.tables import tables
from tests.turns.talking import in_a_talk, interviewed, last_talk


@pytest.fixture
async def place(stage: Stage) -> Office:
    return await interviewed(stage)


async def test_staff_who_blocked_the_bot_are_replaced(place: Office) -> None:
    await in_a_talk(place)
    place.phones.blocked.add("2001")
    await place.worker.write("在吗")
    assert "另一位" in "".join(place.worker.news())
    assert "1号" in place.other.news()[-1]
    taken = await place.other.tap("接1号")
    assert "在吗" in text_of(taken)


async def test_a_worker_who_blocked_the_bot_is_given_up(place: Office) -> None:
    await in_a_talk(place)
    place.phones.blocked.add("1001")
    await place.clerk.write("您好")
    assert "收不到" in place.clerk.news()[-1]
    assert not (await last_talk(place.stage)).is_live


async def test_a_person_who_is_erased_while_talking_leaves_nothing(stage: Stage) -> None:
    place = await office(stage)
    await place.worker.report(people.FARMING)
    await in_a_talk(place)
    await place.worker.write("我不想填了")
    talk = await last_talk(stage)
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


async def test_what_was_committed_is_delivered_after_a_crash(place: Office) -> None:
    await in_a_talk(place)
    update = UpdateId("test", 91_000)
    await place.stage.turns.take(place.worker.address, update, Text("还在吗"))
    await place.stage.restart()
    assert place.clerk.news() == []
    await place.phones.bring(place.stage)
    assert place.clerk.news() == ["1号：还在吗"]


async def test_suspended_staff_can_do_nothing_more(place: Office) -> None:
    await in_a_talk(place)
    talk = await last_talk(place.stage)
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
