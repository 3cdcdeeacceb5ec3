"""Somebody takes their own record over, or comes back for the update that is due."""

from bot.messages import Outgoing
from storage import household
from tests.forms import people
from tests.transcripts.stage import Stage
from tests.turns.chat import Chat, text_of
from tests.turns.office import after_expiry, bare, hand_over
from tests.turns.tables import tables


def _code(receipt: Outgoing) -> str:
    return text_of(receipt).partition("返回码：")[2][:11]


async def test_a_record_is_taken_over_and_the_others_are_told(stage: Stage) -> None:
    daughter, mother = Chat(stage, "1"), Chat(stage, "2")
    old = _code(await daughter.report(people.PROXY))
    await daughter.write("我的信息")
    await daughter.tap("改一改")
    code = await hand_over(stage, people.PROXY["id_number"])
    told = await mother.command("start", f"p_{bare(code)}")
    assert f"{people.PROXY['name']}，您的信息以后由您自己填" in text_of(told)
    fresh = _code(told)
    told = await daughter.tap("都对，提交")
    assert f"{people.PROXY['name']}自己接着填了" in text_of(told)
    assert "您还没有填报" in text_of(await daughter.write("我的信息"))
    assert people.PROXY["name"] not in text_of(await daughter.write("家里人"))
    assert people.PROXY["name"] in text_of(await mother.write("我的信息"))
    assert "不对" in text_of(await Chat(stage, "3").write(old))
    assert "不对" in text_of(await Chat(stage, "4").write(code))
    assert "认出来了" in text_of(await Chat(stage, "5").write(fresh))
    assert len((await tables(stage.url))["report"]) == 1


async def test_after_taking_over_one_answers_for_oneself(stage: Stage) -> None:
    await Chat(stage, "1").report(people.PROXY)
    mother = Chat(stage, "2")
    await mother.write(await hand_over(stage, people.PROXY["id_number"]))
    await mother.write("我的信息")
    told = await mother.tap("改一改")
    assert "打谁的手机能找到您" in text_of(told)
    assert "您刚才改了别的" not in text_of(told)
    told = await mother.fill({"contact_phone": "19900000077", "contact_relation": "3"})
    assert "给谁填：我自己" in text_of(told)
    assert "填报人手机" not in text_of(told)
    rows = (await tables(stage.url))["reminder"]
    assert len(rows) == 1
    (link,) = (await tables(stage.url))["chat_person"]
    assert link[2] == household.ONESELF
    assert rows[0][3] == link[0]


async def test_a_code_to_take_over_works_once_and_for_a_fortnight(stage: Stage) -> None:
    await Chat(stage, "1").report(people.PROXY)
    code = await hand_over(stage, people.PROXY["id_number"])
    stage.clock.now += after_expiry("take_over")
    assert "不对" in text_of(await Chat(stage, "2").write(code))
    older = await hand_over(stage, people.PROXY["id_number"])
    newer = await hand_over(stage, people.PROXY["id_number"])
    assert "不对" in text_of(await Chat(stage, "3").write(older))
    assert "由您自己填" in text_of(await Chat(stage, "4").write(newer))


async def test_a_return_code_brings_the_update_that_is_due_and_asks_who_answers(
    stage: Stage,
) -> None:
    code = _code(await Chat(stage, "1").report(people.FARMING))
    stage.clock.wait(366)
    other = Chat(stage, "2")
    told = await other.write(code)
    assert "认出来了" in text_of(told)
    assert "这次给谁填" in text_of(told)
