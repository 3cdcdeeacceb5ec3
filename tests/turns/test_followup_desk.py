"""Follow-ups at the desk: texts of one's own, scopes, stale buttons, and what the worker gets."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.prompts import SHIPPED, follow_up_message, place_values, shipped_words
from bot.staff.accounts import invite
from bot.staff.followups_running import plan_all
from bot.texts import load_texts
from conversations.buttons import decode
from conversations.desk_errands import Area, desk_press
from conversations.lobby.wishes import tag_of
from conversations.reply import Tap, Text
from conversations.wordings import faults
from storage import audits, cases, chats, waves, wordings
from tests.forms import people
from tests.transcripts.stage import Stage
from tests.turns.chat import Chat, text_of
from tests.turns.crowd import COUNTY, TOWNSHIP, Someone, prompted, settle
from tests.turns.station import Phone, Phones, previewed, staff_phone

OWN = "您好，{服务站}周五在村委会帮大家填表，{截止日}前来就行。"


@pytest.fixture
def phones() -> Phones:
    return Phones()


@pytest.fixture
async def clerk(stage: Stage, phones: Phones) -> Phone:
    phone = await staff_phone(stage, phones, "2001")
    await phone.command("start")
    return phone


async def _joined(stage: Stage, phones: Phones, address: str, role: str, place: str) -> Phone:
    """Return a chat of somebody of another role or place."""
    made = await invite(
        stage.database,
        stage.world.places.by_id[place],
        name="",
        valid=timedelta(days=7),
        actor="test",
        now=stage.clock(),
    )
    async with stage.database.transaction() as tx:
        await tx.run(f"update staff set role = '{role}' where id = '{made.staff_id}';")
    phone = Phone(stage, phones, address)
    await phone.command("staff", made.code)
    await phone.command("start")
    return phone


async def _to_texts(clerk: Phone) -> str:
    await clerk.command("start")
    await clerk.tap("提醒大家")
    await clerk.tap("选人发提醒")
    await clerk.tap("今年没更新")
    return text_of(await clerk.tap("下一步：选一句话"))


async def test_every_condition_can_be_chosen_and_is_read_back(stage: Stage, clerk: Phone) -> None:
    await clerk.tap("提醒大家")
    told = text_of(await clerk.tap("选人发提醒"))
    assert "还没选条件" in told
    assert "下一步：选一句话" not in clerk.labels()
    for labels in (
        ("还没报过",),
        ("今年没更新",),
        ("填到一半", "3天以上"),
        ("停在哪里", "想学的手艺"),
        ("想学手艺", "下一页", "下一页", "学创业"),
        ("想找活", "工厂做工"),
        ("想去哪里", "外省"),
        ("现在干什么", "现在没活干"),
        ("多久没填", "90天以上"),
        ("男女", "女"),
    ):
        for label in labels:
            await clerk.tap(label)
    await clerk.tap("哪个村")
    await clerk.write("东张村")
    await clerk.tap("年龄")
    told = text_of(await clerk.write("四十"))
    assert "年龄没看懂" in told
    told = text_of(await clerk.write("40－55"))
    for words in (
        *("还没报过", "今年还没更新", "填到一半、3天没动", "停在“想学的手艺”", "想学：学创业"),
        *("想干：工厂做工", "想去：外省", "现在：现在没活干", "2026年8月26日以后没填过"),
        *("女", "村名里有“东张村”", "40到55岁"),
    ):
        assert words in told
    await clerk.tap("男女")
    assert "；女" not in text_of(await clerk.tap("不限"))
    assert "还没选条件" in text_of(await clerk.tap("条件全去掉"))


async def test_a_faulty_text_is_explained_and_not_lost_and_a_good_one_waits_for_the_county(
    stage: Stage, phones: Phones, clerk: Phone
) -> None:
    await settle(stage, 1)
    county = await _joined(stage, phones, "3001", "county", COUNTY)
    await _to_texts(clerk)
    await clerk.tap("自己写一句")
    bad = "请点 www.abc.com 交钱，{name}"
    told = text_of(await clerk.write(bad))
    for words in ("www.abc.com", "交钱", "{name}", bad):
        assert words in told
    assert "等县里看过" in text_of(await clerk.write(OWN))
    assert OWN not in await _to_texts(clerk)
    assert "有1条乡镇写的话" in text_of(await county.tap("提醒大家"))
    judged = text_of(await county.tap("看乡镇写的话"))
    assert OWN in judged
    assert "可以用了" in text_of(await county.tap("可以用"))
    assert OWN in await _to_texts(clerk)
    preview = await previewed(clerk, "用第1句")
    assert "周五在村委会帮大家填表，2026年12月1日前来就行" in preview
    assert "{" not in preview
    async with stage.database.reading() as reading:
        (kept,) = await wordings.of_scopes(reading, [TOWNSHIP])
    assert kept.state == "approved"
    assert kept.judged_by


async def test_a_refused_text_cannot_be_sent(stage: Stage, phones: Phones, clerk: Phone) -> None:
    county = await _joined(stage, phones, "3001", "county", COUNTY)
    await _to_texts(clerk)
    await clerk.tap("自己写一句")
    await clerk.write(OWN)
    await county.tap("提醒大家")
    await county.tap("看乡镇写的话")
    assert "这句不用" in text_of(await county.tap("不能用"))
    assert OWN not in await _to_texts(clerk)


async def test_where_no_approval_is_asked_for_a_text_works_at_once(
    stage: Stage, clerk: Phone
) -> None:
    rules = replace(stage.world.follow_ups, needs_approval=False)
    stage.turns._world = replace(stage.world, follow_ups=rules)
    await settle(stage, 1)
    await _to_texts(clerk)
    await clerk.tap("自己写一句")
    assert "现在就能用" in text_of(await clerk.write(OWN))
    assert "周五在村委会" in await previewed(clerk, "下一步：选一句话")


async def test_a_placeholder_that_nothing_is_known_for_is_told_before_sending(
    stage: Stage, clerk: Phone
) -> None:
    await settle(stage, 1)
    await _to_texts(clerk)
    told = text_of(await clerk.tap("用第5句"))
    assert "{手艺}现在没有内容可换" in told
    assert not any(label.startswith("发给") for label in clerk.labels())


async def test_the_button_of_an_old_preview_starts_nothing(stage: Stage, clerk: Phone) -> None:
    await settle(stage, 1)
    await _to_texts(clerk)
    await clerk.tap("用第1句")
    old = Tap(decode(clerk.button("发给1人").data))
    await clerk.tap("换一句话")
    await clerk.tap("用第2句")
    clerk.news()
    await clerk.take(old)
    assert "发之前看一看" in clerk.news()[-1]
    fresh = Tap(decode(clerk.button("发给1人").data))
    assert "开始了" in text_of(await clerk.take(fresh))
    assert "开始了" not in text_of(await clerk.take(fresh))
    async with stage.database.reading() as reading:
        assert len(await waves.of_scopes(reading, [TOWNSHIP], 9)) == 1


async def test_people_of_the_web_page_are_put_on_the_call_list_if_it_is_wanted(
    stage: Stage, clerk: Phone
) -> None:
    one = await settle(stage, 1, channel="web")
    await settle(stage, 2)
    await _to_texts(clerk)
    await clerk.tap("用第1句")
    await clerk.tap("发，1人记到电话名单")
    assert await plan_all(stage.database, stage.world, stage.clock()) == 1
    async with stage.database.reading() as reading:
        (case,) = await cases.of_station(reading, TOWNSHIP)
    assert (case.kind, case.person_id, case.cycle) == ("unreachable", one.person_id, 2026)


async def test_nobody_of_another_place_or_role_sees_or_stops_a_follow_up(
    stage: Stage, phones: Phones, clerk: Phone
) -> None:
    await settle(stage, 1)
    await _to_texts(clerk)
    await clerk.tap("用第1句")
    await clerk.tap("发给1人")
    async with stage.database.reading() as reading:
        (wave,) = await waves.of_scopes(reading, [TOWNSHIP], 9)
    stop = Tap(desk_press(Area.FOLLOW_UPS, "stop", f"{tag_of(wave.id)}-text"))
    other = await _joined(stage, phones, "2100", "station", "t0728")
    assert "找不到了" in text_of(await other.take(stop))
    for number, role in enumerate(("city", "province", "operator", "auditor")):
        phone = await _joined(stage, phones, str(4000 + number), role, TOWNSHIP)
        await phone.take(stop)
    async with stage.database.reading() as reading:
        found = await waves.get(reading, wave.id)
        assert found is not None
        assert found.state == "planning"
    county = await _joined(stage, phones, "3001", "county", COUNTY)
    assert "停了" in text_of(await county.take(stop))
    async with stage.database.reading() as reading:
        lines = await audits.since(reading, stage.clock() - timedelta(days=1))
    told = [(line.action, line.scope) for line in lines if line.action.startswith("follow_up")]
    assert ("follow_up.start", f"place:{TOWNSHIP}") in told
    assert ("follow_up.stop", f"place:{TOWNSHIP}") in told
    assert ("follow_up", f"place:{TOWNSHIP}") in told


async def test_a_station_does_not_see_the_follow_ups_of_its_county(
    stage: Stage, phones: Phones, clerk: Phone
) -> None:
    await settle(stage, 1)
    county = await _joined(stage, phones, "3001", "county", COUNTY)
    await _to_texts(county)
    await county.tap("用第1句")
    await county.tap("发给1人")
    async with stage.database.reading() as reading:
        (wave,) = await waves.of_scopes(reading, [COUNTY], 9)
    told = text_of(await clerk.tap("提醒大家"))
    assert "还没有发过提醒" in told
    stop = Tap(desk_press(Area.FOLLOW_UPS, "stop", f"{tag_of(wave.id)}-text"))
    assert "找不到了" in text_of(await clerk.take(stop))


async def test_the_buttons_of_a_prompt_begin_the_update_or_put_it_off(
    stage: Stage, chat: Chat
) -> None:
    await chat.report(people.FARMING)
    stage.clock.wait(365)
    async with stage.database.reading() as reading:
        found = await chats.look(reading, "telegram", chat.address.address)
        assert found is not None
        rows = await reading.all("people.of_chat", chat_id=found[0].id)
    await prompted(stage, Someone(rows[0]["id"], found[0].id, chat.address.address), 0)
    tag = tag_of(rows[0]["id"])
    words = shipped_words(stage.world.texts, "prompt.other")["zh"]
    values = place_values(stage.world.texts, stage.world.places, TOWNSHIP) | {"year": "2027"}
    message = follow_up_message(stage.world.texts, words, values, tag)
    assert "{" not in message.text
    assert people.FARMING["name"] not in message.text
    update, later, not_me = (row[0] for row in message.rows)
    one = Someone(str(rows[0]["id"]), found[0].id, chat.address.address)
    await prompted(stage, one, 0)
    assert "再来问您" in text_of(await chat.take(Tap(decode(later.data))))
    assert "不是填报的人吗" in text_of(await chat.take(Tap(decode(not_me.data))))
    assert "更新" in text_of(await chat.take(Tap(decode(update.data))))


async def test_whoever_has_no_report_goes_on_where_they_stopped(stage: Stage, chat: Chat) -> None:
    await chat.take(Text("开始"))
    await chat.fill(people.FARMING, "employment_status")
    message = follow_up_message(stage.world.texts, "好", {}, "", has_report=False)
    begin, later = (row[0] for row in message.rows)
    assert text_of(await chat.take(Tap(decode(later.data))))
    assert "现在干什么" in text_of(await chat.take(Tap(decode(begin.data))))


def test_every_shipped_text_is_there_in_every_language_and_faultless() -> None:
    texts = load_texts()
    for name in SHIPPED:
        words = shipped_words(texts, name)
        assert set(words) == set(texts.all)
        assert {code: faults(text) for code, text in words.items() if faults(text)} == {}
    assert shipped_words(texts, "prompt.none") == {}


async def test_a_text_is_written_and_read_with_chinese_placeholders(
    stage: Stage, phones: Phones, clerk: Phone
) -> None:
    await settle(stage, 1)
    county = await _joined(stage, phones, "2009", "county", COUNTY)
    await _to_texts(clerk)
    assert "{station}" not in clerk.shown[-1].text
    assert "{服务站}请您" in clerk.shown[-1].text
    asked = text_of(await clerk.tap("自己写一句"))
    assert "{服务站} {县名} {年份} {电话} {天数} {手艺} {截止日}" in asked
    assert "不认得{站长}" in text_of(await clerk.write("您好，{站长}请您来填表。"))
    await clerk.write("您好，｛服务站｝请您{ 截止日 }前来填表。")
    await county.tap("提醒大家")
    told = text_of(await county.tap("看乡镇写的话"))
    assert "您好，{服务站}请您{截止日}前来填表。" in told
    await county.tap("可以用")
    await _to_texts(clerk)
    told = await previewed(clerk, "用第1句")
    assert "您好，西社镇就业服务站请您2026年" in told


async def test_a_start_with_calls_only_speaks_of_calls(stage: Stage, clerk: Phone) -> None:
    await settle(stage, 1, channel="web")
    await _to_texts(clerk)
    await clerk.tap("用第1句")
    told = text_of(await clerk.tap("1人记到电话名单"))
    assert "1人几分钟里就会记到“要办的事”里" in told
    assert "开始了" not in told
    await clerk.tap("看工作台")
    assert "待核实" in clerk.labels()
