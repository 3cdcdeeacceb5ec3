"""Looking over somebody's shoulder, and at whole numbers: who may, and what is kept of it."""

from datetime import timedelta

import pytest

from conversations.lobby.wishes import Wish, menu_press, tag_of
from conversations.reply import Command, Tap
from storage import deputies, staff
from storage.deputies import Deputy
from storage.staff import Role
from tests.forms import people
from tests.transcripts.stage import Stage
from tests.turns.chat import text_of
from tests.turns.ladder import FAR, audit, everybody, phone_of, press, said, see
from tests.turns.station import Phone, Phones

FAR_COUNTY = "k064"


@pytest.fixture
def phones() -> Phones:
    return Phones()


async def _view(stage: Stage, phones: Phones) -> Phone:
    """Let the county look at the desk of 小赵, where a worker waits."""
    await phone_of(stage, phones, "station", "小赵")
    county = await phone_of(stage, phones, "county", "县里")
    worker = Phone(stage, phones, "1001")
    await worker.report(people.FARMING)
    await worker.write("找人工")
    await county.take(press())
    await county.tap("小赵（西社镇）")
    await county.tap("看他的工作台")
    return county


async def test_a_supervisor_sees_the_desk_and_does_nothing_at_it(
    stage: Stage, phones: Phones
) -> None:
    county = await _view(stage, phones)
    assert said(county).startswith("【只看】您在看小赵（西社镇）的工作台")
    assert "待接的：1号" in said(county)
    assert "不看了" in county.labels()
    await county.tap("接1号")
    assert "现在只能看" in said(county)
    for tap in (press("new"), press("dev"), press("dep"), press("code"), see("0" * 12)):
        assert "现在只能看" in text_of(await county.take(tap))
    names = await everybody(stage)
    refused = [line for line in await audit(stage) if line.action == "view.act.refused"]
    assert len(refused) == 6
    assert {line.actor for line in refused} == {f"staff:{names['县里'].id}"}
    assert {line.scope for line in refused} == {f"staff:{names['小赵'].id}"}
    await county.take(press("unview"))
    assert "【稷山县】县级工作台" in said(county)
    assert "只看" not in text_of(await county.command("staff"))


async def test_who_looks_on_for_somebody_absent_stops_with_the_last_day(
    stage: Stage, phones: Phones
) -> None:
    await phone_of(stage, phones, "station", "小赵")
    await phone_of(stage, phones, "county", "县里")
    other = await phone_of(stage, phones, "county", "邻县", FAR_COUNTY)
    names, today = await everybody(stage), stage.world.today(stage.clock())
    agreed = Deputy(names["县里"].id, names["邻县"].id, today, today)
    async with stage.database.transaction() as tx:
        await deputies.put(tx, agreed, "test", stage.clock())
    # Ten minutes before midnight of the station.
    stage.clock.now = stage.clock.now.replace(hour=15, minute=50)
    await other.take(press())
    await other.tap("小赵（西社镇）")
    await other.tap("看他的工作台")
    assert said(other).startswith("【只看】")
    stage.clock.now += timedelta(minutes=15)
    told = text_of(await other.command("staff"))
    assert "只看" not in told
    assert "西社镇" not in told


async def test_looking_on_ends_after_half_an_hour(stage: Stage, phones: Phones) -> None:
    county = await _view(stage, phones)
    stage.clock.now += timedelta(minutes=31)
    assert "【稷山县】" in text_of(await county.command("staff"))


async def test_looking_on_ends_with_the_rights_of_either(stage: Stage, phones: Phones) -> None:
    county = await _view(stage, phones)
    async with stage.database.transaction() as tx:
        found = {one.name: one for one in await staff.everybody(tx)}
        await staff.suspend(tx, found["小赵"].id, stage.clock())
    assert "【稷山县】" in text_of(await county.command("staff"))


async def test_nobody_looks_up_or_aside(stage: Stage, phones: Phones) -> None:
    clerk = await phone_of(stage, phones, "station", "小赵")
    await phone_of(stage, phones, "county", "县里")
    await phone_of(stage, phones, "station", "小王", FAR)
    for name, one in (await everybody(stage)).items():
        told = await clerk.take(press("view", tag_of(one.id)))
        assert "不在您管的范围里" in text_of(told), name


async def test_whole_numbers_take_a_reason_which_only_the_audit_keeps(
    stage: Stage, phones: Phones
) -> None:
    clerk = await phone_of(stage, phones, "station", "小赵")
    worker = Phone(stage, phones, "1001")
    await worker.report(people.FARMING)
    tag = await _tag_of_the_person(stage)
    await clerk.take(see(tag))
    assert "为什么看" in said(clerk)
    assert "四个字以上" in text_of(await clerk.write("看看"))
    told = await clerk.write("本人来站里核对号码")
    (message,) = told.messages
    assert message.protect
    for role in ("id_number", "phone"):
        assert people.FARMING[role] in message.text
    (line,) = [line for line in await audit(stage) if line.action == "person.see_whole"]
    assert line.detail == "本人来站里核对号码"
    assert line.scope.endswith(tag)
    assert "现在没有" in text_of(await clerk.write("本人来站里核对号码"))


@pytest.mark.parametrize(
    ("role", "place"),
    [("station", FAR), ("county", "k001"), ("city", "c08"), ("province", ""), ("operator", "")],
)
async def test_whole_numbers_are_not_for_everybody(
    stage: Stage, phones: Phones, role: Role, place: str
) -> None:
    other = await phone_of(stage, phones, role, "别人", place)
    worker = Phone(stage, phones, "1001")
    await worker.report(people.FARMING)
    tag = await _tag_of_the_person(stage)
    assert "看不了" in text_of(await other.take(see(tag)))
    assert "看不了" in text_of(await other.take(see("0" * 12)))
    (account,) = (await everybody(stage)).values()
    refused = [line for line in await audit(stage) if line.action == "person.see_whole.refused"]
    assert {line.scope for line in refused} == {f"tag:{tag}", f"tag:{'0' * 12}"}
    assert {line.actor for line in refused} == {f"staff:{account.id}"}


async def _tag_of_the_person(stage: Stage) -> str:
    async with stage.database.reading() as reading:
        rows = await reading.all("people.in_scope", places='["t0727"]', tag="")
    return tag_of(rows[0]["id"])


@pytest.mark.parametrize("role", ["city", "province", "operator", "auditor"])
async def test_whoever_talks_to_no_worker_is_not_called(
    stage: Stage, phones: Phones, role: Role
) -> None:
    other = await phone_of(stage, phones, role, "别人")
    await phone_of(stage, phones, "station", "小赵")
    worker = Phone(stage, phones, "1001")
    await worker.report(people.FARMING)
    await worker.write("找人工")
    assert other.news() == []
    assert "1号" not in text_of(await other.take(Command("staff")))
    assert "接1号" not in other.labels()


async def test_the_person_is_told_who_saw_the_whole_numbers(stage: Stage, phones: Phones) -> None:
    clerk = await phone_of(stage, phones, "station", "小赵")
    far = await phone_of(stage, phones, "station", "小王", FAR)
    worker = Phone(stage, phones, "1001")
    await worker.report(people.FARMING)
    tag = await _tag_of_the_person(stage)
    await far.take(see(tag))
    await clerk.take(see(tag))
    await clerk.write("本人来站里核对号码")
    told = text_of(await worker.take(Tap(menu_press(Wish.VISITS, tag))))
    assert told.count("就业服务站：看了完整的号码") == 1
    assert "核对号码" not in told
