"""Emptying a chat: everything that its turns showed and heard goes, in hundreds."""

from bot.channel import Address
from bot.messages import Message
from bot.telegram.outcomes import Sent
from bot.telegram.screen import AT_ONCE
from tests.fakes.bot_api import BotApi
from tests.telegram.echo import EchoTurns
from tests.telegram.harness import eventually, polling


async def test_a_cleared_chat_holds_only_what_was_said_after_it(
    api: BotApi, turns: EchoTurns
) -> None:
    person = api.person(7)
    person.say("一")
    async with polling(api, turns):
        await person.sees_answers(2)
        person.press("好")
        await person.sees_answers(3)
        person.say("清空")
        await eventually(lambda: not turns.owing)
        await person.until(lambda seer: "第3问" in seer.answers)
    assert [entry.text for entry in person.chat.entries.values()] == ["第3问"]


async def test_what_a_turn_showed_and_heard_is_told_by_number(
    api: BotApi, turns: EchoTurns
) -> None:
    person = api.person(7)
    person.say("一")
    async with polling(api, turns):
        await eventually(lambda: bool(turns.messages))
    (numbers,) = turns.messages.values()
    assert set(numbers) == set(person.chat.entries)


async def test_more_than_a_hundred_messages_go_by_hundreds(api: BotApi, turns: EchoTurns) -> None:
    person = api.person(7)
    person.say("一")
    async with polling(api, turns) as channel:
        await eventually(lambda: bool(turns.messages))
        known = list(person.chat.entries)
        await channel._screen.clear("7", [*known, *range(5_000, 5_000 + 2 * AT_ONCE)])
    sizes = [
        len(call.given["message_ids"])
        for call in api.world.calls
        if call.method == "deleteMessages"
    ]
    assert sizes == [AT_ONCE, AT_ONCE, len(known)]
    assert person.chat.entries == {}


def test_numbers_of_messages_do_not_tell_two_deliveries_apart() -> None:
    assert Sent(messages=(1, 2)) == Sent()


async def test_what_no_reply_asked_for_is_told_by_number_too(
    api: BotApi, turns: EchoTurns
) -> None:
    person = api.person(7)
    async with polling(api, turns) as channel:
        await channel.send(Address("telegram", "7"), Message("该更新了"))
    assert await turns.messages_of(Address("telegram", "7")) == list(person.chat.entries)
