"""A chat is led in its own language, and can change it at any time and in any way."""

import pytest

from conversations.buttons import Press, Verb
from conversations.reply import Command, Tap
from tests.forms import people
from tests.transcripts.stage import Stage
from tests.turns.chat import Chat, text_of

ASKED = "Do you agree to fill it in?"
ASKED_IN_CHINESE = "您同意填写吗？"


@pytest.mark.parametrize("said", ["English", "english.", "英文"])
async def test_a_word_changes_the_language_at_the_open_question(chat: Chat, said: str) -> None:
    assert ASKED_IN_CHINESE in text_of(await chat.command("start"))
    told = text_of(await chat.write(said))
    assert told.startswith("Good, English from now on.")
    assert ASKED in told


async def test_the_button_of_the_first_message_changes_it_and_the_other_one_back(
    chat: Chat,
) -> None:
    await chat.command("start")
    english = await chat.tap("English")
    assert (ASKED in text_of(english), english.language) == (True, "en")
    chinese = await chat.write("中文")
    assert (ASKED_IN_CHINESE in text_of(chinese), chinese.language) == (True, "zh")


@pytest.mark.parametrize("argument", ["en", "English"])
async def test_the_command_takes_the_language_with_it(chat: Chat, argument: str) -> None:
    await chat.command("start")
    assert ASKED in text_of(await chat.command("language", argument))


@pytest.mark.parametrize("argument", ["", "xx", "fr"])
async def test_the_command_without_a_language_of_ours_asks_in_all_of_them(
    chat: Chat, argument: str
) -> None:
    await chat.command("start")
    told = text_of(await chat.command("language", argument))
    assert told == "请选一种语言。\nPlease choose a language."
    assert chat.labels() == ["中文", "English"]


async def test_a_forged_button_changes_nothing(chat: Chat) -> None:
    await chat.command("start")
    await chat.take(Tap(Press(Verb.MENU, value="lang-../../etc")))
    assert ASKED_IN_CHINESE in text_of(await chat.command("start"))


async def test_answers_stay_and_what_is_kept_is_the_same_code(chat: Chat) -> None:
    await chat.command("start")
    await chat.tap("同意")
    await chat.write("English")
    told = text_of(await chat.write("no"))
    assert "nothing is kept" in told


async def test_the_language_outlives_the_process_and_the_report(stage: Stage, chat: Chat) -> None:
    await chat.command("language", "en")
    await chat.command("start")
    await chat.fill(people.EMPLOYED_AWAY)
    assert "It is submitted." in text_of(await chat.tap("All right, submit"))
    await stage.restart()
    assert "The record of" in text_of(await chat.write("my record"))
    standing = await chat.turns.standing(chat.address)
    assert standing.language == "en"
    assert "What would you like to do?" in standing.messages[-1].text


async def test_the_start_of_a_page_brings_the_language_it_was_read_in(stage: Stage) -> None:
    visitor = Chat(stage, "token", "web")
    assert (await visitor.turns.standing(visitor.address)).language == ""
    assert ASKED in text_of(await visitor.take(Command("start", "", "en")))
    assert ASKED in text_of(await visitor.take(Command("start")))
    assert ASKED_IN_CHINESE in text_of(await visitor.take(Command("start", "", "zh")))
    assert ASKED_IN_CHINESE in text_of(await visitor.take(Command("start", "", "xx")))


async def test_two_chats_have_two_languages(stage: Stage, chat: Chat) -> None:
    other = Chat(stage, "1002")
    await chat.command("language", "en")
    assert ASKED in text_of(await chat.command("start"))
    assert ASKED_IN_CHINESE in text_of(await other.command("start"))
