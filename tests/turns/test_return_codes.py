"""Return codes: a record is reached on a new phone, and guesses are few."""

from datetime import timedelta

from bot.messages import Outgoing
from tests.forms import people
from tests.transcripts.stage import Stage
from tests.turns.chat import Chat, text_of


def _code(receipt: Outgoing) -> str:
    return text_of(receipt).partition("返回码：")[2][:11]


async def test_the_code_opens_the_record_in_another_chat(stage: Stage) -> None:
    code = _code(await Chat(stage, "1").report(people.FARMING))
    other = Chat(stage, "2")
    told = await other.write(code.lower().replace("-", " "))
    assert "认出来了" in text_of(told)
    assert people.FARMING["name"] in text_of(told)
    assert people.FARMING["name"] in text_of(await other.write("我的信息"))
    assert people.FARMING["name"] in text_of(await other.command("return", code))


async def test_five_wrong_tries_an_hour_and_then_even_the_right_one_waits(stage: Stage) -> None:
    code = _code(await Chat(stage, "1").report(people.FARMING))
    other = Chat(stage, "2")
    told = await other.command("return")
    assert "请发返回码" in text_of(told)
    for at in range(5):
        told = await other.write(f"2222{at + 2}-33333")
        assert "不对" in text_of(told)
    assert "一小时" in text_of(await other.write(code))
    assert people.FARMING["name"] in text_of(await Chat(stage, "3").write(code))
    stage.clock.now += timedelta(hours=1)
    assert "认出来了" in text_of(await other.write(code))


async def test_a_code_typed_in_the_middle_of_an_interview_loses_nothing(stage: Stage) -> None:
    code = _code(await Chat(stage, "1").report(people.FARMING))
    other = Chat(stage, "2")
    await other.write("开始")
    await other.fill(people.OUT_OF_WORK, "village")
    told = await other.write("22222-33333")
    assert "不对" in text_of(told)
    told = await other.write(code)
    assert "认出来了" in text_of(told)
    assert "哪个村" in text_of(told)
    await other.fill(people.OUT_OF_WORK)
    assert people.OUT_OF_WORK["name"] in other.shown[-1].text
    await other.tap("都对，提交")
    told = await other.write("我的信息")
    assert people.OUT_OF_WORK["name"] in text_of(told)
    assert people.FARMING["name"] in text_of(told)


async def test_a_code_on_an_empty_interview_takes_its_place(stage: Stage) -> None:
    code = _code(await Chat(stage, "1").report(people.FARMING))
    other = Chat(stage, "2")
    await other.write("你好")
    told = await other.write(code)
    assert "认出来了" in text_of(told)
    assert "我的信息" in other.labels()


async def test_a_new_code_ends_the_old_one(stage: Stage) -> None:
    chat = Chat(stage, "1")
    old = _code(await chat.report(people.FARMING))
    await chat.write("我的信息")
    await chat.tap("更多")
    new = _code(await chat.tap("换一个返回码"))
    other = Chat(stage, "2")
    assert "不对" in text_of(await other.write(old))
    assert "认出来了" in text_of(await other.write(new))


async def test_a_code_of_an_erased_record_opens_nothing(stage: Stage) -> None:
    chat = Chat(stage, "1")
    code = _code(await chat.report(people.FARMING))
    await chat.write("我的信息")
    await chat.tap("更多")
    await chat.tap("删除我的信息")
    await chat.tap("确定删除")
    assert "不对" in text_of(await Chat(stage, "2").write(code))
