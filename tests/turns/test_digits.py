"""A whole interview on the number keys: questions, lists, summary, menus, corrections, update."""

from collections.abc import Mapping
from typing import Final

import pytest

from bot.digits import numbers_of
from bot.messages import Outgoing
from conversations.buttons import Verb, decode
from tests.conversations.talk import name_of
from tests.forms import people
from tests.transcripts.stage import Stage
from tests.turns.chat import Chat

# What no key can say: these words may be spoken, or typed.
WORDS: Final = ("name", "work_place_detail")
MONTHS: Final = {"2024-03": "202403", "2027-01": "202701"}


def key_of(chat: Chat, value: str) -> str:
    """Return the digits of the button with this value on the newest message, "" for none."""
    for digits, data in numbers_of(chat.shown[-1]).items():
        press = decode(data)
        if press and press.verb in (Verb.ANSWER, Verb.TOGGLE) and press.value == value:
            return digits
    return ""


async def press_keys(chat: Chat, name: str, wanted: str) -> Outgoing:
    """Answer the open question with digits."""
    question = next(q for q in chat.form.questions if name_of(q.path) == name)
    if question.bot.get("confirm") == "yes":
        return await chat.write("1")
    if not wanted:
        return await chat.write("0")
    if name == "village":
        return await chat.write("1")
    if question.choices is None:
        assert name in WORDS or wanted.isdigit() or wanted in MONTHS or wanted[:-1].isdigit()
        return await chat.write(MONTHS.get(wanted, wanted))
    for _ in range(20):
        if digits := key_of(chat, wanted.split(maxsplit=1)[0]):
            return await chat.write(digits)
        await chat.write("9")
    raise AssertionError(f"no page of {name} has the choice")


async def fill_by_keys(chat: Chat, answers: Mapping[str, str]) -> None:
    """Go through all questions."""
    for _ in range(80):
        press = chat.open_press()
        if press is None:
            return
        name = name_of(chat.form.questions[press.question].path)
        await press_keys(chat, name, answers.get(name, ""))
    raise AssertionError("asked again and again")


@pytest.mark.parametrize("who", [people.EMPLOYED_AWAY, people.FARMING, people.RETURNEE])
async def test_an_interview_is_filled_in_and_submitted_with_digits_alone(
    stage: Stage, who: Mapping[str, str]
) -> None:
    chat = Chat(stage)
    await chat.write("1")
    await fill_by_keys(chat, {**who, "employer": ""})
    outgoing = await chat.write("0")
    assert "返回码" in outgoing.messages[-1].text


async def test_menus_records_and_corrections_go_by_digits(stage: Stage) -> None:
    chat = Chat(stage)
    await chat.report(people.FARMING)
    record = await chat.write("1")
    assert "改一改" in [b.label for row in record.messages[-1].rows for b in row]
    summary = await chat.write("1")
    assert "都对，提交" in chat.labels(), summary
    await chat.write("1")
    assert "回到总表" in chat.labels()
    await chat.write("0")
    assert "都对，提交" in chat.labels()
    await chat.write("2")
    await chat.write("1")
    assert chat.open_press() is not None
    await chat.write("0")
    assert "都对，提交" in chat.labels()
    assert "返回码" in (await chat.write("0")).messages[-1].text


async def test_the_yearly_update_goes_by_digits(stage: Stage) -> None:
    chat = Chat(stage)
    await chat.report(people.FARMING)
    stage.clock.wait(366)
    await chat.write("您好")
    await chat.write("1")
    for _ in range(20):
        labels = chat.labels()
        if "都对，提交" in labels:
            break
        keys = "1500" if "多少元" in chat.shown[-1].text else "202803"
        await chat.write("1" if "还是这样" in labels else keys)
    assert "返回码" in (await chat.write("0")).messages[-1].text


async def test_a_digit_after_stop_never_deletes(stage: Stage) -> None:
    chat = Chat(stage)
    await chat.write("开始")
    await chat.write("停止")
    for digits in ("3", "2"):
        await chat.write(digits)
    await chat.write("继续")
    assert chat.open_press() is not None
