"""The accounts of the staff at the desk: let in, stopped, stood in for, looked at."""

import re
from datetime import timedelta

import pytest

from bot.staff.accounts import invite
from conversations.desk_errands import Area, desk_press
from conversations.lobby.wishes import tag_of
from conversations.reply import Command, Tap
from tests.forms import people
from tests.transcripts.stage import Stage
from tests.turns.chat import text_of
from tests.turns.ladder import FAR, audit, everybody, phone_of, press, said
from tests.turns.station import Phone, Phones

CODE = re.compile(r"^/staff ([2-9A-HJ-NP-Z]{10})$")


@pytest.fixture
def phones() -> Phones:
    return Phones()


async def _join(stage: Stage, phones: Phones, code: str, address: str) -> Phone:
    phone = Phone(stage, phones, address)
    await phone.command("staff", code)
    return phone


def _code(phone: Phone) -> str:
    found = CODE.match(said(phone))
    assert found is not None, said(phone)
    return found[1]


async def test_an_invitation_works_once_and_not_for_ever(stage: Stage) -> None:
    phones = Phones()
    place = stage.world.places.by_id["t0727"]
    given = {"name": "", "valid": timedelta(days=1), "actor": "test", "now": stage.clock()}
    one = await invite(stage.database, place, **given)  # type: ignore[arg-type]
    late = await invite(stage.database, place, **given)  # type: ignore[arg-type]
    first, second = Phone(stage, phones, "3001"), Phone(stage, phones, "3002")
    assert place.name in text_of(await first.command("start", f"staff_{one.code}"))
    assert "不对" in text_of(await second.command("staff", one.code))
    stage.clock.wait(2)
    assert "不对" in text_of(await second.command("staff", late.code))


async def test_each_level_lets_in_the_one_below(stage: Stage, phones: Phones) -> None:
    province = await phone_of(stage, phones, "province", "省里")
    await province.take(press())
    await province.tap("邀请人")
    await province.tap("运城市")
    await province.tap("稷山县")
    await province.write("县里")
    county = await _join(stage, phones, _code(province), "41")
    assert "稷山县，县级" in said(county)
    await county.take(press())
    await county.tap("邀请人")
    await county.tap("西社镇")
    await county.tap("不写姓名")
    station = await _join(stage, phones, _code(county), "42")
    assert "西社镇就业服务站" in said(station)
    found = await everybody(stage)
    assert (found["县里"].role, found["县里"].scope_id) == ("county", "k065")
    assert found["县里"].invited_by == found["省里"].id
    assert (found[""].role, found[""].invited_by) == ("station", found["县里"].id)
    await station.take(press())
    assert "邀请人" not in station.labels()


async def test_the_place_may_be_typed_and_must_be_below(stage: Stage, phones: Phones) -> None:
    county = await phone_of(stage, phones, "county", "县里")
    await county.take(press("new"))
    for words in ("坞城街道", "140105001", "运城市", "随便"):
        assert "没找到" in text_of(await county.write(words)), words
    assert "给西社镇邀请谁" in text_of(await county.write("140824101"))
    for words in ("西社镇", "西社"):
        await county.take(press("new"))
        assert "给西社镇邀请谁" in text_of(await county.write(words))


@pytest.mark.parametrize("place", [FAR, "c08", "k065", "province", "nowhere"])
async def test_no_button_lets_somebody_in_elsewhere(
    stage: Stage, phones: Phones, place: str
) -> None:
    county = await phone_of(stage, phones, "county", "县里")
    told = await county.take(press("go", place))
    assert "不在您管的范围里" in text_of(told)
    assert set(await everybody(stage)) == {"县里"}


async def test_a_station_lets_nobody_in(stage: Stage, phones: Phones) -> None:
    clerk = await phone_of(stage, phones, "station", "小赵")
    for tap in (press("new"), press("pk", "k065"), press("go", "t0727")):
        assert "不在您管的范围里" in text_of(await clerk.take(tap))
    assert set(await everybody(stage)) == {"小赵"}
    assert "account.invite.refused" in {line.action for line in await audit(stage)}


async def test_who_is_suspended_loses_the_desk_at_once(stage: Stage, phones: Phones) -> None:
    county = await phone_of(stage, phones, "county", "县里")
    clerk = await phone_of(stage, phones, "station", "小赵")
    worker = Phone(stage, phones, "1001")
    await worker.report(people.FARMING)
    await worker.write("找人工")
    await clerk.tap("接1号")
    await county.take(press())
    await county.tap("小赵（西社镇）")
    await county.tap("停用")
    assert "要停用" in said(county)
    assert "停用了" in text_of(await county.tap("停用，现在就停"))
    assert "工作台" not in text_of(await clerk.command("staff"))
    assert (await everybody(stage))["小赵"].state == "suspended"
    # The worker waits again: the county is told, for nobody is at the station.
    assert any("1号" in told for told in county.news())


async def test_who_was_suspended_comes_back_by_a_new_code(stage: Stage, phones: Phones) -> None:
    county = await phone_of(stage, phones, "county", "县里")
    clerk = await phone_of(stage, phones, "station", "小赵")
    tag = tag_of((await everybody(stage))["小赵"].id)
    assert "不在您管的范围里" in text_of(await county.take(press("on", tag)))
    await county.take(press("offy", tag))
    await county.take(press("one", tag))
    await county.tap("恢复使用，发邀请码")
    await clerk.command("staff", _code(county))
    assert "西社镇" in said(clerk)
    assert (await everybody(stage))["小赵"].state == "active"
    await county.take(press("offy", tag))
    other = await phone_of(stage, phones, "station", "小王")
    assert "不在您管的范围里" in text_of(await other.take(press("on", tag)))
    assert (await everybody(stage))["小赵"].state == "suspended"
    lines = {line.action for line in await audit(stage)}
    assert "staff.resume" in lines


async def test_only_the_level_above_suspends(stage: Stage, phones: Phones) -> None:
    clerk = await phone_of(stage, phones, "station", "小赵")
    await phone_of(stage, phones, "county", "县里")
    await phone_of(stage, phones, "station", "小王")
    others = await everybody(stage)
    for name in ("县里", "小王", "小赵"):
        told = await clerk.take(press("offy", tag_of(others[name].id)))
        assert "不在您管的范围里" in text_of(told), name
    assert {one.state for one in (await everybody(stage)).values()} == {"active"}


async def test_a_second_device_comes_and_goes(stage: Stage, phones: Phones) -> None:
    clerk = await phone_of(stage, phones, "station", "小赵")
    await clerk.take(press("dev"))
    assert "就是这里" in said(clerk)
    await clerk.tap("加一台设备")
    stage.clock.now += timedelta(minutes=1)
    tablet = await _join(stage, phones, _code(clerk), "43")
    assert "西社镇" in text_of(await tablet.command("staff"))
    await clerk.take(press("dev"))
    await clerk.tap("拿掉 2")
    assert "拿掉了" in said(clerk)
    assert "工作台" not in text_of(await tablet.command("staff"))
    assert "工作台" in text_of(await clerk.command("staff"))


async def _stand_in(stage: Stage, phones: Phones) -> tuple[Phone, Phone]:
    """Let 小王 of the next township stand in for 小赵 for three days."""
    absent = await phone_of(stage, phones, "station", "小赵")
    deputy = await phone_of(stage, phones, "station", "小王", "t0726")
    await absent.take(press("dep"))
    await absent.tap("请小王（稷峰镇）替")
    await absent.tap("3天")
    assert "小王（稷峰镇）替小赵（西社镇）" in said(absent)
    return absent, deputy


async def test_a_deputy_works_for_the_absent_one_on_those_days(
    stage: Stage, phones: Phones
) -> None:
    absent, deputy = await _stand_in(stage, phones)
    worker = Phone(stage, phones, "1001")
    await worker.report(people.FARMING)
    await worker.write("找人工")
    assert any("1号" in told for told in deputy.news())
    await deputy.command("staff")
    await deputy.tap("接1号")
    assert "接上了" in said(deputy)
    names = await everybody(stage)
    (line,) = [line for line in await audit(stage) if line.action == "talk"]
    assert line.actor == f"staff:{names['小王'].id}"
    assert line.detail == f"for staff:{names['小赵'].id}"
    await deputy.tap("结束")
    stage.clock.wait(3)
    absent.news()
    deputy.news()
    await worker.write("找人工")
    assert deputy.news() == []
    assert any("2号" in told for told in absent.news())


async def test_the_days_may_be_typed_and_taken_back(stage: Stage, phones: Phones) -> None:
    absent = await phone_of(stage, phones, "station", "小赵")
    deputy = await phone_of(stage, phones, "station", "小王", "t0726")
    await absent.take(press("dep"))
    await absent.tap("请小王（稷峰镇）替")
    assert "没看明白" in text_of(await absent.write("下周"))
    await absent.write("12月1日到12月5日")
    assert "12月5日" in said(absent)
    await deputy.take(press())
    assert "您还替" not in said(deputy)
    await absent.take(press("dep"))
    await absent.tap("不用小王替了")
    stage.clock.wait(7)
    await deputy.take(press())
    assert "您还替" not in said(deputy)


async def test_nobody_makes_themself_a_deputy(stage: Stage, phones: Phones) -> None:
    await phone_of(stage, phones, "station", "小赵")
    clerk = await phone_of(stage, phones, "station", "小王")
    names = await everybody(stage)
    both = tag_of(names["小赵"].id) + tag_of(names["小王"].id)
    assert "不在您管的范围里" in text_of(await clerk.take(press("by", both)))


async def test_a_deputy_does_not_prolong_their_own_days(stage: Stage, phones: Phones) -> None:
    _, deputy = await _stand_in(stage, phones)
    names = await everybody(stage)
    both = tag_of(names["小赵"].id) + tag_of(names["小王"].id)
    assert "不在您管的范围里" in text_of(await deputy.take(press("by", both)))


async def test_a_lost_code_is_replaced_until_somebody_came_in(
    stage: Stage, phones: Phones
) -> None:
    county = await phone_of(stage, phones, "county", "县里")
    await county.take(press("go", "t0727"))
    first = _code(county)
    await county.take(press())
    await county.tap("没写姓名（西社镇）")
    await county.tap("再发一个邀请码")
    second = _code(county)
    late = await _join(stage, phones, first, "44")
    assert "不对" in said(late)
    assert "西社镇" in said(await _join(stage, phones, second, "45"))
    await county.take(press())
    await county.tap("没写姓名（西社镇）")
    assert "再发一个邀请码" not in county.labels()


async def test_many_accounts_are_shown_page_by_page(stage: Stage, phones: Phones) -> None:
    county = await phone_of(stage, phones, "county", "县里")
    for number in range(10):
        await county.take(press("new"))
        await county.write("西社镇")
        await county.write(f"第{number}人")
    await county.take(press())
    first = county.labels()
    await county.tap("下一页")
    second = county.labels()
    named = [label for label in (*first, *second) if label.endswith("人（西社镇）")]
    assert len(named) == len(set(named)) == 10
    assert "下一页" not in second
    assert "上一页" in second


async def test_whoever_turns_away_is_asked_no_more(stage: Stage, phones: Phones) -> None:
    county = await phone_of(stage, phones, "county", "县里")
    others = (Command("staff"), Tap(desk_press(Area.CHECKING)), press())
    for other in others:
        await county.take(press("new"))
        await county.write("西社镇")
        await county.take(other)
        await county.write("你好")
        assert set(await everybody(stage)) == {"县里"}, other
