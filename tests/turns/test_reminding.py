"""Rounds of reminders: each sent once, at a decent hour, or with a reason why not."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.channel import Address
from bot.messages import Message
from bot.reminding.sender import Reminding
from bot.telegram.outcomes import Blocked, Delivery, Failed, RetryAt, Sent, Unknown
from conversations.buttons import decode
from conversations.reply import Tap
from storage import cases, chats, reminders
from storage.cases import Case
from storage.reminder_rows import Reminder
from tests.forms import people
from tests.transcripts.stage import Stage
from tests.turns.chat import Chat, text_of
from tests.turns.station import TOWNSHIP

# The day after the due day, for the minute within that day is each person's own.
NOON = datetime(2027, 11, 25, 4, tzinfo=UTC)
LATER = {**people.FARMING, "training_date": "2028-05", "monthly_income": "1800"}


class Recorder:
    """Takes messages in place of the channel and answers as it is told."""

    def __init__(self, *outcomes: Delivery) -> None:
        self.sent: list[tuple[Address, Message]] = []
        self.outcomes = list(outcomes)

    async def __call__(self, address: Address, message: Message) -> Delivery:
        self.sent.append((address, message))
        await asyncio.sleep(0)
        return self.outcomes.pop(0) if self.outcomes else Sent()


def _reminding(
    stage: Stage, send: Callable[[Address, Message], Coroutine[Any, Any, Delivery]]
) -> Reminding:
    return Reminding(stage.database, stage.world, send, per_second=1000)


async def _rows(stage: Stage) -> list[Reminder]:
    """Return all reminder rows of the one person there is."""
    async with stage.database.reading() as reading:
        rows = await reading.all("people.of_chat", chat_id=(await _chat_id(stage)))
        return [r for row in rows for r in await reminders.of_person(reading, row["id"])]


async def _cases(stage: Stage) -> list[Case]:
    """Return the open cases of the township that all standard people live in."""
    async with stage.database.reading() as reading:
        return await cases.of_station(reading, TOWNSHIP)


async def _chat_id(stage: Stage) -> str:
    async with stage.database.reading() as reading:
        found = await chats.look(reading, "telegram", "1001")
    assert found is not None
    return found[0].id


@pytest.fixture
async def reported(stage: Stage, chat: Chat) -> Chat:
    """Return a chat that reported a year ago."""
    await chat.report(people.FARMING)
    stage.clock.now = NOON
    return chat


async def test_nothing_is_sent_before_its_day(stage: Stage, reported: Chat) -> None:
    send = Recorder()
    assert not await _reminding(stage, send).round(NOON - timedelta(days=2))
    assert send.sent == []


async def test_a_reminder_goes_out_once_and_its_button_begins_the_update(
    stage: Stage, reported: Chat
) -> None:
    send = Recorder()
    assert await _reminding(stage, send).round(NOON) == {"sent": 1}
    assert not await _reminding(stage, send).round(NOON + timedelta(hours=1))
    ((address, message),) = send.sent
    assert address == reported.address
    assert people.FARMING["name"] not in message.text
    told = await reported.take(Tap(decode(message.rows[0][0].data)))
    assert "更新" in text_of(told)
    assert "和上次一样" in "".join(reported.labels()) or "手机" in text_of(told)


async def test_the_update_keeps_the_old_report_and_plans_the_year_after(
    stage: Stage, reported: Chat
) -> None:
    await _reminding(stage, Recorder()).round(NOON)
    await reported.write("开始")
    assert "该更新了" in reported.shown[-1].text
    await reported.tap("更新今年的情况")
    told = await reported.fill(LATER)
    assert "1800元" in text_of(told)
    receipt = await reported.tap("都对，提交")
    assert "2028年11月25日" in text_of(receipt)
    states = [(row.cycle, row.step, row.state) for row in await _rows(stage)]
    assert states == [
        (2027, 1, "answered"),
        (2027, 2, "answered"),
        (2028, 1, "planned"),
    ]


@pytest.mark.parametrize(
    ("at", "counts"),
    [
        (NOON.replace(hour=13), {"planned": 1}),
        (NOON + timedelta(days=60), {"expired": 1}),
    ],
    ids=["at night", "months too late"],
)
async def test_a_wrong_hour_or_day_sends_nothing(
    stage: Stage, reported: Chat, at: datetime, counts: dict[str, int]
) -> None:
    send = Recorder()
    assert await _reminding(stage, send).round(at) == counts
    assert send.sent == []
    if "planned" in counts:
        assert await _reminding(stage, send).round(at + timedelta(hours=14)) == {"sent": 1}


async def test_who_is_in_a_conversation_is_not_interrupted(stage: Stage, reported: Chat) -> None:
    await reported.tap("替家里人填报")
    send = Recorder()
    assert await _reminding(stage, send).round(NOON + timedelta(minutes=5)) == {"planned": 1}
    assert await _reminding(stage, send).round(NOON + timedelta(days=2)) == {"sent": 1}


async def test_who_blocked_the_bot_is_left_alone(stage: Stage, reported: Chat) -> None:
    await stage.turns.blocked(reported.address, None, is_blocked=True)
    send = Recorder()
    assert await _reminding(stage, send).round(NOON) == {"blocked": 1}
    assert send.sent == []


async def test_who_reported_already_is_not_asked(stage: Stage, reported: Chat) -> None:
    await reported.report(LATER)
    send = Recorder()
    assert not await _reminding(stage, send).round(NOON)
    assert [row.state for row in await _rows(stage)] == ["answered", "planned"]


@pytest.mark.parametrize(
    ("outcome", "state"),
    [(Blocked(), "blocked"), (Failed("BadRequest"), "failed"), (Unknown(), "unknown")],
)
async def test_what_was_not_accepted_is_never_sent_again(
    stage: Stage, reported: Chat, outcome: Delivery, state: str
) -> None:
    send = Recorder(outcome)
    assert await _reminding(stage, send).round(NOON) == {state: 1}
    assert not await _reminding(stage, send).round(NOON + timedelta(hours=2))
    assert len(send.sent) == 1


async def test_what_was_not_taken_waits_for_a_later_round(stage: Stage, reported: Chat) -> None:
    send = Recorder(RetryAt(NOON + timedelta(minutes=10)))
    assert await _reminding(stage, send).round(NOON) == {"planned": 1}
    assert len(send.sent) == 1
    assert not await _reminding(stage, send).round(NOON + timedelta(minutes=9))
    assert await _reminding(stage, send).round(NOON + timedelta(minutes=11)) == {"sent": 1}


async def test_two_senders_at_once_send_once(stage: Stage, reported: Chat) -> None:
    send = Recorder()
    counts = await asyncio.gather(*(_reminding(stage, send).round(NOON) for _ in range(3)))
    assert len(send.sent) == 1
    assert sum(count.total() for count in counts) == 1


class Died(Exception):
    """The process is killed while it sends."""


async def test_a_crash_while_sending_is_unknown_later_and_not_sent_again(
    stage: Stage, reported: Chat
) -> None:
    async def die(address: Address, message: Message) -> Delivery:
        raise Died

    with pytest.raises(Died):
        await _reminding(stage, die).round(NOON)
    assert [row.state for row in await _rows(stage)] == ["sending"]
    send = Recorder()
    assert await _reminding(stage, send).round(NOON + timedelta(minutes=1)) == {"unknown": 1}
    assert not await _reminding(stage, send).round(NOON + timedelta(minutes=11))
    assert send.sent == []
    assert [row.state for row in await _rows(stage)] == ["unknown", "planned"]


async def test_a_report_on_the_leap_day_is_due_on_the_day_before_march(
    stage: Stage, chat: Chat
) -> None:
    stage.clock.now = datetime(2028, 2, 29, 2, tzinfo=UTC)
    receipt = await chat.report({**people.FARMING, "training_date": "2028-05"})
    assert "2029年2月28日" in text_of(receipt)
    (row,) = await _rows(stage)
    assert row.cycle == 2029
    assert row.due_at.astimezone(stage.world.zone).date().isoformat() == "2029-02-28"


async def test_a_correction_is_a_second_version_and_moves_the_due_day(
    stage: Stage, reported: Chat
) -> None:
    stage.clock.now = datetime(2026, 12, 1, 2, tzinfo=UTC)
    await reported.write("我的信息")
    await reported.tap("改一改")
    assert "都填好了" in reported.shown[-1].text
    await reported.tap("改 身份信息")
    await reported.tap(next(label for label in reported.labels() if label.startswith("文化程度")))
    await reported.tap("高中")
    receipt = await reported.tap("都对，提交")
    assert "2027年12月1日" in text_of(receipt)
    told = await reported.write("我的信息")
    assert "文化程度：高中" in text_of(told)


async def test_a_web_page_is_never_reminded_but_its_person_is_called(stage: Stage) -> None:
    page = Chat(stage, "token", "web")
    receipt = await page.report(people.FARMING)
    assert "再打开这个网页" in text_of(receipt)
    send = Recorder()
    assert await _reminding(stage, send).round(NOON) == {"blocked": 1}
    assert send.sent == []
    assert [case.kind for case in await _cases(stage)] == ["unreachable"]
