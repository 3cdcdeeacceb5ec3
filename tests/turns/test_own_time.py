"""Reminders in one's own time: put off with a button, paused, on a chosen day, or not here."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.messages import Message
from conversations.buttons import decode
from conversations.lobby.wishes import Wish, menu_press
from conversations.reply import Tap
from storage import reminders
from storage.reminder_rows import Plan, Reminder
from tests.forms import people
from tests.transcripts.stage import Stage
from tests.turns.chat import Chat, text_of
from tests.turns.tables import tables

ZONE = ZoneInfo("Asia/Shanghai")
NOON = datetime(2027, 11, 25, 4, tzinfo=UTC)


# What is kept is tried on both databases in tests/storage, so the quicker one is enough.
@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/xiangwen.db"


@pytest.fixture
async def reported(chat: Chat) -> Chat:
    await chat.report(people.FARMING)
    return chat


async def _remind(stage: Stage, chat: Chat) -> list[Message]:
    sent = await stage.remind()
    chat.shown += sent
    return sent


async def _row(stage: Stage) -> Reminder:
    """Return the furthest step of the ladder that was not called off."""
    person = (await tables(stage.url))["person"][0][0]
    async with stage.database.reading() as reading:
        rows = await reminders.of_person(reading, str(person))
    return max((row for row in rows if row.state != "cleared"), key=lambda row: row.step)


def _tag(message: Message) -> str:
    press = decode(message.rows[0][0].data)
    assert press is not None
    return press.value.partition("-")[2]


@pytest.mark.parametrize(
    ("label", "comes", "word"),
    [
        ("今晚", "2027-11-25T19", "tonight"),
        ("周日", "2027-11-28", "sunday"),
        ("下个月15号以后", "2027-12-15", "mid_month"),
        ("春节回家时", "2028-01-29", "spring_festival"),
    ],
)
async def test_a_reminder_is_put_off_and_comes_again_then_and_once(
    stage: Stage, reported: Chat, label: str, comes: str, word: str
) -> None:
    stage.clock.now = NOON
    await _remind(stage, reported)
    told = await reported.tap(label)
    assert "再来问您" in text_of(told)
    row = await _row(stage)
    assert row.state == "planned"
    assert row.reason == f"put off by the person: {word}"
    assert row.due_at.astimezone(ZONE).isoformat().startswith(comes)
    assert row.not_after == row.due_at + timedelta(days=30)
    stage.clock.now = row.due_at - timedelta(minutes=1)
    assert await stage.remind() == []
    stage.clock.now = row.due_at + timedelta(minutes=1)
    assert len(await stage.remind()) == 1
    assert await stage.remind() == []


async def test_no_more_is_muted_with_its_reason_and_taken_up_again(
    stage: Stage, reported: Chat
) -> None:
    stage.clock.now = NOON
    await _remind(stage, reported)
    assert "以后不再提醒" in text_of(await reported.tap("不要再发"))
    row = await _row(stage)
    assert (row.state, row.reason) == ("muted", "the person wants no reminders")
    stage.clock.now += timedelta(days=3)
    assert await stage.remind() == []
    assert "下次提醒在" in text_of(await reported.tap("接着提醒"))
    row = await _row(stage)
    assert row.state == "planned"
    assert row.due_at > stage.clock.now


async def test_who_wants_none_is_not_reminded_of_next_year_either(
    stage: Stage, reported: Chat
) -> None:
    await reported.write("不要再发")
    await reported.tap("先不要提醒")
    await reported.tap("不要再发")
    await reported.write("我的信息")
    await reported.tap("改一改")
    await reported.tap("都对，提交")
    stage.clock.now = NOON + timedelta(days=2)
    assert await stage.remind() == []
    person = str((await tables(stage.url))["person"][0][0])
    async with stage.database.reading() as reading:
        states = {row.state for row in await reminders.of_person(reading, person)}
    assert states == {"muted"}


async def test_a_chosen_day_and_hour_move_what_is_planned(stage: Stage, reported: Chat) -> None:
    await reported.write("我的信息")
    await reported.tap("提醒的时间")
    await reported.tap("换个时间")
    await reported.tap("周日")
    told = await reported.tap("晚上7点")
    assert "2027年11月28日周日晚上7点" in text_of(told)
    due = (await _row(stage)).due_at.astimezone(ZONE)
    assert (due.weekday(), due.hour) == (6, 19)
    await reported.tap("换个时间")
    await reported.tap("哪天都行")
    await reported.tap("几点都行")
    assert (await _row(stage)).due_at.astimezone(ZONE).date().isoformat() == "2027-11-24"


async def test_a_pause_moves_the_day_and_its_end_brings_it_back(
    stage: Stage, reported: Chat
) -> None:
    stage.clock.now = NOON - timedelta(days=10)
    await reported.write("我的信息")
    await reported.tap("提醒的时间")
    await reported.tap("先不要提醒")
    told = await reported.tap("过完年再说")
    assert "2028年1月29日以前不提醒" in text_of(told)
    row = await _row(stage)
    assert (row.state, row.reason) == ("planned", "paused by the person")
    assert row.due_at.astimezone(ZONE).date().isoformat() == "2028-01-29"
    await reported.tap("接着提醒")
    assert (await _row(stage)).due_at.astimezone(ZONE).date().isoformat() == "2027-11-24"


async def test_not_me_parts_the_phone_from_the_person_and_tells_the_station(
    stage: Stage, reported: Chat
) -> None:
    stage.clock.now = NOON
    await _remind(stage, reported)
    asked = await reported.tap("不是我")
    assert people.FARMING["name"] not in text_of(asked)
    assert "不动" in str((await reported.tap("点错了")).settle)
    await reported.take(Tap(decode(reported.button("确定不是我").data)))
    row = await _row(stage)
    assert (row.state, row.reason) == ("muted", "the person is not at this phone")
    found = await tables(stage.url)
    assert found["chat_person"] == []
    assert len(found["report"]) == 1
    assert any("not_me" in case for case in found["station_case"])
    assert "还没有填报" in text_of(await reported.write("我的信息"))


async def test_no_prompt_of_a_station_goes_to_a_phone_that_is_not_the_persons(
    stage: Stage, reported: Chat
) -> None:
    stage.clock.now = NOON
    await _remind(stage, reported)
    yearly = await _row(stage)
    later = Plan("follow_up", 2027, 1, NOON + timedelta(days=9), NOON + timedelta(days=19))
    async with stage.database.transaction() as tx:
        await reminders.plan(tx, yearly.person_id, yearly.chat_id, [later])
    await reported.tap("不是我")
    await reported.tap("确定不是我")
    async with stage.database.reading() as reading:
        rows = await reminders.of_person(reading, yearly.person_id)
    assert [row.state for row in rows if row.kind == "follow_up"] == ["muted"]


async def test_a_reminder_that_was_answered_is_not_put_off(stage: Stage, reported: Chat) -> None:
    stage.clock.now = NOON
    await _remind(stage, reported)
    later = reported.button("今晚")
    await reported.report({**people.FARMING, "training_date": "2028-05"})
    told = await reported.take(Tap(decode(later.data)))
    assert "再来问您" in text_of(told) or "不用管" in text_of(told)
    person = str((await tables(stage.url))["person"][0][0])
    async with stage.database.reading() as reading:
        states = {row.cycle: row.state for row in await reminders.of_person(reading, person)}
    assert states[2027] == "answered"


@pytest.mark.parametrize(
    ("wish", "choice"),
    [
        (Wish.LATER, "tomorrow"),
        (Wish.LATER, ""),
        (Wish.MUTE, "20991231"),
        (Wish.MUTE, "19990101"),
        (Wish.MUTE, "99999999"),
        (Wish.ASK_HOUR, "7"),
        (Wish.SET_TIME, "0-3"),
        (Wish.SET_TIME, "x-9"),
        (Wish.SET_TIME, "1-"),
    ],
)
async def test_a_forged_choice_changes_nothing(
    stage: Stage, reported: Chat, wish: Wish, choice: str
) -> None:
    stage.clock.now = NOON
    (message,) = await _remind(stage, reported)
    before = await _row(stage)
    tag = _tag(message)
    await reported.take(Tap(menu_press(wish, f"{tag}-{choice}" if choice else tag)))
    assert await _row(stage) == before
    assert (await tables(stage.url))["reminder_preference"] == []
