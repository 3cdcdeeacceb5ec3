"""Emptying a chat: asked first, what was answered stays, what is open is shown again."""

from datetime import timedelta

from bot.channel import UpdateId
from conversations.reply import Command, Text
from tests.forms import people
from tests.identities import id_number
from tests.transcripts.stage import Stage
from tests.turns.chat import Chat, text_of
from tests.turns.tables import tables


async def test_the_chat_is_cleared_after_a_yes_and_the_open_question_comes_again(
    chat: Chat,
) -> None:
    await chat.write("开始")
    await chat.fill(people.FARMING, "education")
    asked = await chat.take(Command("clear"))
    assert not asked.clear
    told = await chat.tap("清空")
    assert told.clear
    assert "清掉了" in text_of(told)
    assert "念书" in text_of(told)
    await chat.fill(people.FARMING)
    assert "都填好了" in chat.shown[-1].text


async def test_thinking_better_of_it_clears_nothing(stage: Stage, chat: Chat) -> None:
    await chat.report(people.FARMING)
    before = (await tables(stage.url))["report"]
    await chat.tap("清空聊天")
    told = await chat.tap("先不清")
    assert not told.clear
    assert told.settle == "好的，不动。"
    assert (await tables(stage.url))["report"] == before


async def test_what_is_too_old_to_be_removed_is_said(stage: Stage, chat: Chat) -> None:
    await chat.report(people.FARMING)
    stage.clock.now += timedelta(days=3)
    await chat.write("清空聊天")
    assert "两天以前的消息我删不掉" in text_of(await chat.tap("清空"))


async def test_a_page_has_nothing_that_is_too_old(stage: Stage) -> None:
    page = Chat(stage, "token", "web")
    await page.report(people.FARMING)
    stage.clock.now += timedelta(days=3)
    await page.write("清空聊天")
    assert "两天以前" not in text_of(await page.tap("清空"))


async def test_the_numbers_of_messages_are_kept_with_their_turns_for_two_days(
    stage: Stage, chat: Chat
) -> None:
    other = Chat(stage, "1002")
    for who, number, messages in ((chat, 41, (7, 8)), (chat, 42, (9,)), (other, 43, (7,))):
        await who.take(Text("帮助"), number)
        await who.turns.shown(UpdateId("test", number), messages)
    assert await stage.turns.messages_of(chat.address) == [7, 8, 9]
    assert await stage.turns.messages_of(other.address) == [7]
    assert await stage.turns.owed("test") == []
    stage.clock.now += timedelta(hours=49)
    assert await stage.turns.messages_of(chat.address) == []


async def test_an_identity_number_where_none_is_asked_is_hidden_and_not_kept(
    stage: Stage, chat: Chat
) -> None:
    number = id_number("140105", stage.clock.now.date().replace(year=1980), 7)
    told = await chat.write(f"我叫张三 {number}")
    assert told.hide_reply
    assert number not in text_of(told)
    await chat.write("开始")
    for question in ("name", "education", "village"):
        await chat.fill(people.FARMING, question)
        told = await chat.write(number)
        assert told.hide_reply
        assert "已经删掉" in text_of(told)
        assert number not in text_of(told)
    await chat.fill(people.FARMING)
    assert "都填好了" in chat.shown[-1].text
    assert number[-2:] not in chat.shown[-1].text.partition("身份证号")[2][:10]


async def test_a_message_that_no_reply_asked_for_goes_as_well(stage: Stage, chat: Chat) -> None:
    await chat.write("开始")
    await stage.turns.sent(chat.address, 77)
    assert 77 in await stage.turns.messages_of(chat.address)
    assert await stage.turns.owed("test")
