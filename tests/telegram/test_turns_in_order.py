"""Updates become turns: each once, one chat in order, chats at once."""

import asyncio
import random
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import timedelta

import pytest

from bot.channel import Address
from bot.telegram.channel import TelegramChannel
from storage.errors import DatabaseRefused, DatabaseUnavailable
from tests.fakes.bot_api import BotApi, Fault
from tests.telegram.echo import EchoTurns
from tests.telegram.harness import WORDING, eventually, polling, settings, webhook

Way = Callable[[BotApi, EchoTurns], AbstractAsyncContextManager[TelegramChannel]]


async def test_a_reply_is_answered_with_the_next_question(api: BotApi, turns: EchoTurns) -> None:
    person = api.person(7)
    async with polling(api, turns):
        person.say("张三")
        await person.sees_answers(2)
        person.press("好")
        await person.sees_answers(3)
        await eventually(lambda: not turns.owing)
        assert person.sees == "> 张三\n记下：张三\n答了按1\n第2问\n[好]"
        assert person.chat.toasts == ["好"]


async def test_updates_of_one_chat_are_taken_and_shown_in_order(
    api: BotApi, turns: EchoTurns
) -> None:
    people = [api.person(number) for number in range(1, 21)]
    for number in range(10):
        for person in people:
            person.say(str(number))
    async with polling(api, turns):
        for person in people:
            shown = await person.sees_answers(20)
            assert shown == [text for n in range(10) for text in (f"记下：{n}", f"第{n + 1}问")]


async def test_a_slow_chat_does_not_hold_up_another(api: BotApi, turns: EchoTurns) -> None:
    slow, quick = api.person(1), api.person(2)
    gate = turns.gates["1"] = asyncio.Event()
    slow.say("慢")
    quick.say("快")
    async with polling(api, turns):
        await quick.sees_answers(2)
        assert slow.answers == []
        gate.set()
        await slow.sees_answers(2)


async def test_a_repeated_update_changes_nothing(api: BotApi, turns: EchoTurns) -> None:
    person = api.person(7)
    person.say("一")
    api.world.pending.append(api.world.pending[0])
    person.say("二")
    async with polling(api, turns):
        await person.sees_answers(4)
    assert turns.said["7"] == ["一", "二"]
    assert person.answers == ["记下：一", "第1问", "记下：二", "第2问"]


async def test_updates_are_confirmed_only_when_committed(api: BotApi, turns: EchoTurns) -> None:
    turns.failures = [DatabaseUnavailable() for _ in range(5)]
    person = api.person(7)
    person.say("一")
    async with polling(api, turns):
        await eventually(lambda: not turns.failures)
        assert api.world.confirmed == 0
        await person.sees_answers(2)
    assert turns.said["7"] == ["一"]


@pytest.mark.parametrize("way", [polling, webhook])
async def test_a_commit_whose_answer_was_lost_is_shown_all_the_same(
    api: BotApi, turns: EchoTurns, way: Way
) -> None:
    turns.lost_answers.append(DatabaseUnavailable())
    person = api.person(7)
    async with way(api, turns):
        person.say("一")
        await person.until(lambda seer: "第1问" in seer.answers)
        await eventually(lambda: not turns.owing)
    assert turns.said["7"] == ["一"]


async def test_an_update_that_cannot_be_read_is_stepped_over(
    api: BotApi, turns: EchoTurns
) -> None:
    api.world.update(message={"message_id": "nonsense"})
    api.world.update(message=None, unheard_of={"a": 1})
    api.world.update(callback_query={"id": 3})
    person = api.person(7)
    person.say("还在")
    async with polling(api, turns):
        await person.sees_answers(2)
    assert turns.said["7"] == ["还在"]


async def test_a_turn_that_always_fails_is_apologised_for_and_stops_nobody(
    api: BotApi, turns: EchoTurns
) -> None:
    turns.failures = [DatabaseRefused("save", "23505") for _ in range(5)]
    turns.failures.append(RuntimeError("a fault of ours"))
    person = api.person(7)
    for words in ("一", "二", "三"):
        person.say(words)
    async with polling(api, turns):
        answers = await person.sees_answers(4)
    assert turns.said["7"] == ["三"]
    assert [text.startswith("对不起") for text in answers] == [True, True, False, False]


async def test_webhooks_out_of_order_and_repeated_lose_and_double_nothing(
    turns: EchoTurns,
) -> None:
    async with BotApi(disorder=random.Random(3)) as api:
        people = [api.person(number) for number in range(1, 11)]
        for number in range(10):
            for person in people:
                person.say(str(number))
        api.world.pending.extend(list(api.world.pending)[::7])
        async with webhook(api, turns):
            for person in people:
                await person.sees_answers(20)
        for person in people:
            assert sorted(turns.said[str(person.chat.id)]) == [str(n) for n in range(10)]
            assert len(person.answers) == 20
        assert len(turns.committed) == 100


async def test_a_webhook_is_answered_200_only_when_the_turn_is_committed(
    api: BotApi, turns: EchoTurns
) -> None:
    turns.failures = [DatabaseUnavailable(), DatabaseUnavailable()]
    person = api.person(7)
    async with webhook(api, turns):
        person.say("一")
        await person.sees_answers(2)
        await eventually(lambda: len(api.deliveries.statuses) == 3)
    assert api.deliveries.statuses == [503, 503, 200]
    assert turns.said["7"] == ["一"]


async def test_stopping_finishes_the_turns_under_way(api: BotApi, turns: EchoTurns) -> None:
    gate = turns.gates["7"] = asyncio.Event()
    person = api.person(7)
    async with polling(api, turns):
        person.say("一")
        await eventually(lambda: bool(turns.begun))
        asyncio.get_running_loop().call_later(0.1, gate.set)
    assert turns.said["7"] == ["一"]
    assert person.answers == ["记下：一", "第1问"]
    assert turns.owing == {}


async def test_what_could_not_be_shown_before_a_stop_is_shown_at_the_next_start(
    api: BotApi,
) -> None:
    turns = EchoTurns()
    person = api.person(7)
    api.world.faults.append(Fault(200, "sendMessage", times=-1, hang=60))
    channel = TelegramChannel(settings(api), turns, WORDING)
    await channel.start()
    running = asyncio.create_task(channel.run())
    person.say("一")
    await eventually(lambda: bool(turns.committed))
    await channel.stop(timedelta(0))
    await running
    assert list(turns.owing.values()) == [Address("telegram", "7")]
    api.world.faults.clear()
    async with polling(api, turns):
        await person.until(lambda seer: "第1问" in seer.answers)
        await eventually(lambda: not turns.owing)
