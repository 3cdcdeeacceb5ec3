"""Several people in one chat: listed, switched between, dropped, each with their informant."""

from bot.desk import state_of
from bot.messages import Outgoing
from bot.standing import standing
from conversations.buttons import Press, Verb, decode
from conversations.origins import read_origin
from conversations.reply import Tap
from storage import cases, chats, people, reports
from tests.forms import people as made_up
from tests.identities import identity
from tests.transcripts.stage import Stage
from tests.turns.chat import Chat, text_of
from tests.turns.tables import tables

SPOUSE = {
    **made_up.FARMING,
    "informant_relation": "1",
    "informant_phone": "19900000088",
}


def relative(serial: int) -> dict[str, str]:
    one = identity(5000 + serial)
    return {**SPOUSE, "name": one.name, "id_number": one.id_number, "phone": one.phone}


async def test_two_interviews_are_open_and_each_goes_on_where_it_was(chat: Chat) -> None:
    await chat.write("开始")
    await chat.fill(made_up.EMPLOYED_AWAY, "village")
    await chat.command("people")
    told = await chat.tap("替家里人填报")
    assert made_up.EMPLOYED_AWAY["name"] in text_of(told)
    assert "先留着" in text_of(told)
    await chat.fill(SPOUSE, "education")
    told = await chat.write("换个人")
    assert f"{made_up.EMPLOYED_AWAY['name']}：填到第1部分" in text_of(told)
    assert "正在填" in text_of(told)
    told = await chat.tap(f"接着填 {made_up.EMPLOYED_AWAY['name']}")
    assert "哪个村" in text_of(told)
    await chat.fill(made_up.EMPLOYED_AWAY)
    told = await chat.tap("都对，提交")
    assert f"{SPOUSE['name']}：填到第1部分" in text_of(told)
    told = await chat.tap(f"接着填 {SPOUSE['name']}")
    assert "念书" in text_of(told)
    await chat.fill(SPOUSE)
    assert "提交好了" in text_of(await chat.tap("都对，提交"))


async def test_a_button_of_the_other_interview_offers_to_switch(chat: Chat) -> None:
    await chat.write("开始")
    await chat.fill(made_up.EMPLOYED_AWAY, "education")
    old = chat.button("高中")
    await chat.command("people")
    await chat.tap("替家里人填报")
    await chat.fill(SPOUSE, "labour_capacity")
    told = await chat.take(Tap(decode(old.data)))
    assert made_up.EMPLOYED_AWAY["name"] in text_of(told)
    assert "要换过去吗" in text_of(told)
    told = await chat.tap("不换，还填 我丈夫或妻子")
    assert "什么样的活" in text_of(told)
    await chat.take(Tap(decode(old.data)))
    told = await chat.tap(f"接着填 {made_up.EMPLOYED_AWAY['name']}")
    assert "念书" in text_of(told)
    assert "不换" not in text_of(told)


async def test_with_nothing_open_such_a_button_leads_there_too(chat: Chat) -> None:
    await chat.write("开始")
    await chat.fill(made_up.EMPLOYED_AWAY, "education")
    old = chat.button("高中")
    await chat.command("people")
    await chat.tap("替家里人填报")
    await chat.fill(SPOUSE)
    await chat.tap("都对，提交")
    told = await chat.take(Tap(decode(old.data)))
    assert "还没填完" in text_of(told)
    await chat.tap(f"接着填 {made_up.EMPLOYED_AWAY['name']}")
    assert chat.open_press() is not None


async def test_an_unfinished_one_is_dropped_only_after_a_yes(stage: Stage, chat: Chat) -> None:
    await chat.write("开始")
    await chat.fill(made_up.EMPLOYED_AWAY, "education")
    await chat.command("people")
    await chat.tap("替家里人填报")
    await chat.fill(SPOUSE, "labour_capacity")
    await chat.write("家里人")
    name = made_up.EMPLOYED_AWAY["name"]
    told = await chat.tap(f"{name} 不填了")
    assert "要删吗" in text_of(told)
    await chat.tap("不删")
    assert len((await tables(stage.url))["interview"]) == 2
    await chat.tap(f"{name} 不填了")
    told = await chat.tap("删掉这份")
    assert f"“{name}”这份已经删掉了" in text_of(told)
    assert f"接着填 {name}" not in chat.labels()
    found = await tables(stage.url)
    assert len(found["interview"]) == len(found["person"]) == len(found["person_key"]) == 1
    told = await chat.tap("接着填 我丈夫或妻子")
    assert "什么样的活" in text_of(told)


async def test_dropping_the_open_one_leaves_the_list(chat: Chat) -> None:
    await chat.write("开始")
    await chat.fill(made_up.EMPLOYED_AWAY, "education")
    await chat.command("people")
    await chat.tap(f"{made_up.EMPLOYED_AWAY['name']} 不填了")
    told = await chat.tap("删掉这份")
    assert "已经删掉了" in text_of(told)
    assert "开始填报" in chat.labels()


async def test_an_empty_beginning_is_used_again(stage: Stage, chat: Chat) -> None:
    await chat.report(made_up.FARMING)
    for _ in range(4):
        await chat.command("people")
        await chat.tap("替家里人填报")
    rows = (await tables(stage.url))["interview"]
    assert len(rows) == 2


async def test_nothing_more_is_begun_when_very_much_is_open(stage: Stage, chat: Chat) -> None:
    await chat.write("开始")
    for _ in range(20):
        await chat.fill(SPOUSE, "hukou_kind")
        await chat.command("people")
        told = await chat.tap("替家里人填报")
    assert "没填完的太多了" in text_of(told)
    assert len((await tables(stage.url))["interview"]) == 20
    assert "（第1页，共4页）" in text_of(told)
    await chat.tap("下一页")
    assert "（第2页，共4页）" in chat.shown[-1].text


async def test_forged_numbers_and_tags_show_the_list_and_change_nothing(
    stage: Stage, chat: Chat
) -> None:
    await chat.report(made_up.FARMING)
    other = Chat(stage, "2")
    await other.write("开始")
    await other.fill(SPOUSE, "hukou_kind")
    before = (await tables(stage.url))["interview"]
    for value in (
        "sw-1",
        "sw-99",
        "sw-999999999999",
        "sw-x",
        "sw-",
        "drop-1",
        "drp-7",
        "beg-0",
        "own-abc",
    ):
        told = await chat.take(Tap(Press(Verb.MENU, value=value)))
        assert made_up.EMPLOYED_AWAY["name"] not in text_of(told), value
    assert (await tables(stage.url))["interview"] == before
    for value in ("ppl-999999", "ppl-x", "ppl-²"):
        press = Press(Verb.MENU, value=value)
        assert made_up.FARMING["name"] in text_of(await chat.take(Tap(press)))


async def test_two_devices_of_one_chat_see_the_same_list(stage: Stage, chat: Chat) -> None:
    await chat.write("开始")
    await chat.fill(made_up.EMPLOYED_AWAY, "education")
    tablet = Chat(stage, "1001")
    told = await tablet.write("家里人")
    assert made_up.EMPLOYED_AWAY["name"] in text_of(told)
    await tablet.tap("替家里人填报")
    await tablet.fill(SPOUSE, "labour_capacity")
    told = await chat.tap("高中")
    assert "要换过去吗" in text_of(told)
    stands = await standing(stage.database, stage.world, chat.address)
    assert "什么样的活" in text_of(stands)


async def test_informant_and_relation_stand_beside_every_answer(stage: Stage, chat: Chat) -> None:
    await chat.report(made_up.PROXY)
    report = await _last_report(stage)
    form = stage.world.shelf.current
    origin = read_origin(report.origins[form.roles["employment_status"]])
    assert (origin.how, origin.by, origin.on.isoformat()) == ("given", "3", "2026-11-24")
    stage.clock.wait(366)
    await chat.write("开始")
    await chat.tap("更新今年的情况")
    carried = await _draft_origins(stage, chat)
    was = read_origin(carried[form.roles["name"]])
    assert (was.how, was.by, was.on.isoformat()) == ("carried", "3", "2026-11-24")


async def _last_report(stage: Stage) -> reports.Report:
    ((_, person, *_),) = (await tables(stage.url))["report"]
    person_id = str(person)
    async with stage.database.reading() as reading:
        key = await people.key_of(reading, person_id)
        assert key is not None
        report = await reports.latest(reading, person_id, key)
    assert report is not None
    return report


async def _draft_origins(stage: Stage, chat: Chat) -> dict[str, str]:
    async with stage.database.reading() as reading:
        found = await chats.look(reading, chat.address.channel, chat.address.address)
    assert found is not None
    assert found[1] is not None
    return state_of(found[1]).origins


async def test_from_the_sixth_person_on_the_station_is_told_once(stage: Stage, chat: Chat) -> None:
    for serial in range(5):
        await chat.report(relative(serial))
    assert await _many(stage) == 0
    for serial in range(5, 7):
        await chat.report(relative(serial))
    assert await _many(stage) == 1


async def _many(stage: Stage) -> int:
    async with stage.database.reading() as reading:
        found = await cases.of_station(reading, made_up.HOME["township"])
    return sum(case.kind == "many_people" for case in found)


async def test_the_one_who_began_first_is_told_that_another_chat_was_quicker(stage: Stage) -> None:
    first, second = Chat(stage, "1"), Chat(stage, "2")
    code = _code(await first.report(made_up.FARMING))
    await second.write(code)
    await first.write("我的信息")
    await first.tap("改一改")
    await second.write("我的信息")
    await second.tap("改一改")
    await second.fill(made_up.FARMING)
    stage.clock.wait(1)
    assert "在别处也更新过" not in text_of(await second.tap("都对，提交"))
    assert "在别处也更新过" in text_of(await first.tap("都对，提交"))
    versions = {row[2] for row in (await tables(stage.url))["report"]}
    assert versions == {1, 2, 3}


def _code(receipt: Outgoing) -> str:
    return text_of(receipt).partition("返回码：")[2][:11]
