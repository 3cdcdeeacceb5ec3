"""Telegram's limits and failures: waited out, repeated, or taken as an answer."""

import logging
from datetime import UTC, datetime, timedelta

import pytest

from bot.channel import Address
from bot.messages import Message
from bot.telegram.channel import TelegramChannel
from bot.telegram.errors import TelegramRefused
from bot.telegram.outcomes import Blocked, Failed, RetryAt, Sent, Unknown
from tests.fakes.bot_api import BotApi, Fault
from tests.telegram.echo import EchoTurns
from tests.telegram.harness import WORDING, eventually, polling, settings


async def test_flood_control_of_one_chat_slows_no_other(api: BotApi, turns: EchoTurns) -> None:
    api.world.faults.append(Fault(429, chat=1, retry_after=3600))
    slow, quick = api.person(1), api.person(2)
    async with polling(api, turns, within=0):
        slow.say("慢")
        await eventually(lambda: bool(api.calls("sendMessage", 1)))
        for number in range(5):
            quick.say(str(number))
        await quick.sees_answers(10)
        assert slow.answers == []
    assert len(api.calls("sendMessage", 1)) == 1


async def test_a_halt_lasts_as_long_as_telegram_says(api: BotApi, turns: EchoTurns) -> None:
    api.world.faults.append(Fault(429, chat=1, retry_after=1))
    person = api.person(1)
    person.say("一")
    async with polling(api, turns):
        await person.sees_answers(2)
    first, second = api.calls("sendMessage", 1)[:2]
    assert second.at - first.at >= 1


async def test_updates_go_on_being_taken_while_their_chat_is_halted(
    api: BotApi, turns: EchoTurns
) -> None:
    api.world.faults.append(Fault(429, chat=1, retry_after=3600))
    person = api.person(1)
    async with polling(api, turns, within=0):
        person.say("一")
        await eventually(lambda: bool(api.calls("sendMessage", 1)))
        person.say("二")
        await eventually(lambda: turns.said["1"] == ["一", "二"])
        assert person.answers == []
    async with polling(api, turns):
        assert await person.sees_answers(1) == ["第2问"]
        await eventually(lambda: not turns.owing)


async def test_who_taps_on_while_halted_is_shown_what_stands_and_no_number_is_left(
    api: BotApi, turns: EchoTurns
) -> None:
    api.world.faults.append(Fault(429, chat=1, retry_after=3))
    person = api.person(1)
    async with polling(api, turns):
        person.say("一")
        await eventually(lambda: bool(api.calls("sendMessage", 1)))
        for _ in range(40):
            person.say("号码")
        await eventually(lambda: len(turns.said["1"]) == 41)
        await person.until(lambda seer: bool(seer.answers) and seer.answers[-1] == "第41问")
        await eventually(lambda: not turns.owing)
    assert "号码" not in person.sees
    assert len(person.answers) < 41


async def test_logs_hold_neither_the_token_nor_anybodys_words(
    api: BotApi, turns: EchoTurns, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    api.world.faults += [Fault(500, "sendMessage"), Fault(400, "sendMessage"), Fault(0)]
    turns.failures.append(RuntimeError("张三丰 said something"))
    person = api.person(7)
    for words in ("张三丰", "号码", "张三丰"):
        person.say(words)
    async with polling(api, turns):
        await eventually(lambda: len(turns.committed) == 2)
        await person.until(lambda seer: "第2问" in seer.answers)
    assert caplog.records
    for secret in (settings(api).token, "张三丰", "fake-token"):
        assert secret not in caplog.text


@pytest.mark.parametrize(
    "fault",
    [
        Fault(500, "sendMessage", times=3),
        Fault(502, "sendMessage", times=3),
        Fault(0, "sendMessage", times=3),
        Fault(429, "sendMessage", times=1, retry_after=1),
        Fault(200, "sendMessage", hang=0.5),
    ],
    ids=["500", "502", "connection lost", "429", "slow"],
)
async def test_a_passing_fault_loses_no_message(
    api: BotApi, turns: EchoTurns, fault: Fault
) -> None:
    api.world.faults.append(fault)
    person = api.person(7)
    person.say("一")
    async with polling(api, turns):
        assert await person.sees_answers(2) == ["记下：一", "第1问"]
        await eventually(lambda: not turns.owing)


async def test_an_answer_that_never_comes_is_asked_for_again(
    api: BotApi, turns: EchoTurns
) -> None:
    api.world.faults.append(Fault(200, "sendMessage", hang=1.0))
    person = api.person(7)
    person.say("一")
    async with polling(api, turns, answer_within=timedelta(seconds=0.2)):
        assert "第1问" in await person.sees_answers(2)


async def test_what_cannot_be_sent_stays_owed_and_comes_later(
    api: BotApi, turns: EchoTurns
) -> None:
    api.world.faults.append(Fault(500, "sendMessage", times=4))
    person = api.person(7)
    person.say("一")
    async with polling(api, turns, tries=2):
        await person.until(lambda seer: "第1问" in seer.answers)
        await eventually(lambda: not turns.owing)


async def test_a_blocked_bot_is_noted_and_not_tried_again(api: BotApi, turns: EchoTurns) -> None:
    person = api.person(7)
    person.chat.is_blocked = True
    person.say("一")
    async with polling(api, turns):
        await eventually(lambda: bool(turns.blocks))
    assert turns.blocks == [("7", True)]
    assert turns.owing == {}
    assert len(api.calls("sendMessage")) == 1


async def test_blocking_and_coming_back_are_noted_at_once(api: BotApi, turns: EchoTurns) -> None:
    person = api.person(7)
    async with polling(api, turns):
        person.block()
        person.block(is_blocked=False)
        await eventually(lambda: len(turns.blocks) == 2)
    assert turns.blocks == [("7", True), ("7", False)]
    assert api.calls("sendMessage") == []


async def test_a_refused_token_stops_the_start_and_is_not_named(turns: EchoTurns) -> None:
    async with BotApi(token="1:another") as api:
        channel = TelegramChannel(settings(api), turns, WORDING)
        with pytest.raises(TelegramRefused) as refused:
            await channel.start()
    assert settings(api).token not in str(refused.value)
    assert refused.value.__cause__ is None


async def test_a_token_that_is_withdrawn_ends_the_run(api: BotApi, turns: EchoTurns) -> None:
    channel = TelegramChannel(settings(api), turns, WORDING)
    await channel.start()
    api.world.faults.append(Fault(401, "getUpdates", times=-1))
    with pytest.raises(TelegramRefused):
        await channel.run()
    await channel.stop(timedelta(seconds=1))


async def test_an_unreachable_telegram_is_tried_until_it_answers(
    api: BotApi, turns: EchoTurns, caplog: pytest.LogCaptureFixture
) -> None:
    await api.stop()
    person = api.person(7)
    person.say("一")
    async with polling(api, turns):
        await api.start()
        await person.sees_answers(2)
    reported = [record for record in caplog.records if "cannot be reached" in record.message]
    assert len(reported) == 1
    everybodys, english = api.world.commands[""], api.world.commands["en"]
    assert everybodys[0] == {"command": "start", "description": "开始填报"}
    assert english[0] == {"command": "start", "description": "Start · 开始填报"}
    assert [one["command"] for one in english] == [one["command"] for one in everybodys]


async def test_an_outage_in_the_run_is_reported_once_and_then_over(
    api: BotApi, turns: EchoTurns, caplog: pytest.LogCaptureFixture
) -> None:
    person = api.person(7)
    async with polling(api, turns):
        person.say("一")
        await person.sees_answers(2)
        await api.stop()
        await eventually(lambda: "cannot be reached" in caplog.text)
        person.say("二")
        await api.start()
        await person.sees_answers(4)
    reported = [record for record in caplog.records if "cannot be reached" in record.message]
    assert len(reported) == 1


@pytest.mark.parametrize(("lifetime", "again"), [(0, 1), (3600, 0)], ids=["long", "short"])
async def test_after_a_long_outage_open_questions_are_shown_once_more(
    api: BotApi, turns: EchoTurns, lifetime: int, again: int
) -> None:
    silent, speaking = api.person(1), api.person(2)
    async with polling(api, turns, tap_lifetime=timedelta(seconds=lifetime)):
        for person in (silent, speaking):
            person.say("一")
            await person.sees_answers(2)
        await eventually(lambda: not turns.owing)
        api.world.faults.append(Fault(502, "getUpdates", times=-1))
        api.world.arrived.set()
        await eventually(lambda: api.calls("getUpdates")[-1].status == 502)
        speaking.say("二")
        api.world.faults.clear()
        await speaking.sees_answers(4)
        await silent.sees_answers(2 + again)
        await eventually(lambda: not turns.owing)
    assert silent.answers == ["记下：一", "第1问", *["第1问"] * again]
    assert speaking.answers == ["记下：一", "第1问", "记下：二", "第2问"]


async def test_a_second_reader_of_the_updates_is_reported(
    api: BotApi, turns: EchoTurns, caplog: pytest.LogCaptureFixture
) -> None:
    api.world.faults.append(Fault(409, "getUpdates", times=2))
    person = api.person(7)
    person.say("一")
    async with polling(api, turns):
        await person.sees_answers(2)
    assert [r for r in caplog.records if "somebody else reads" in r.message]


async def test_a_reminder_says_what_became_of_it(api: BotApi, turns: EchoTurns) -> None:
    api.person(1)
    api.person(2).chat.is_blocked = True
    for number in (3, 4, 5):
        api.person(number)
    api.world.faults += [
        Fault(429, chat=3, retry_after=60),
        Fault(500, chat=4),
        Fault(0, chat=5, takes=True),
    ]
    message = Message("该更新了")
    async with polling(api, turns) as channel:
        deliveries = [
            await channel.send(Address("telegram", str(number)), message) for number in range(1, 7)
        ]
    sent, blocked, halted, faulted, lost, nobody = deliveries
    assert isinstance(sent, Sent)
    assert sent.message_id == 1
    assert blocked == nobody == Blocked()
    assert isinstance(halted, RetryAt)
    assert halted.at > datetime.now(UTC) + timedelta(seconds=30)
    assert isinstance(faulted, RetryAt)
    assert lost == Unknown()
    assert ("2", True) in turns.blocks
    assert len(api.calls("sendMessage")) == 5


async def test_a_message_that_telegram_refuses_is_a_failure(api: BotApi, turns: EchoTurns) -> None:
    api.person(1)
    async with polling(api, turns) as channel:
        assert await channel.send(Address("telegram", "1"), Message(" ")) == Failed("BadRequest")


async def test_a_picture_goes_out_once_with_its_words(api: BotApi, turns: EchoTurns) -> None:
    person = api.person(1)
    api.person(2).chat.is_blocked = True
    api.person(3)
    api.world.faults += [Fault(429, chat=3, retry_after=60)]
    picture = b"\x89PNG\r\n\x1a\n" + b"0" * 40
    async with polling(api, turns) as channel:
        sent, blocked, halted = [
            await channel.send_picture(Address("telegram", str(number)), picture, "通报" * 600)
            for number in (1, 2, 3)
        ]
    assert isinstance(sent, Sent)
    assert blocked == Blocked()
    assert isinstance(halted, RetryAt)
    assert list(api.world.sounds.values()) == [picture]
    assert [len(entry.text) for entry in person.chat.entries.values()] == [1024]
