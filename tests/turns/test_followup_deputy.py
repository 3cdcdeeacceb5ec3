"""Whoever stands in for somebody runs their follow-ups too, on those days and no others."""

from datetime import timedelta

import pytest

from bot.staff.followups_running import plan_all
from conversations.desk_errands import Area, desk_press
from conversations.lobby.wishes import tag_of
from conversations.reply import Tap
from storage import audits, deputies, staff, waves, wordings
from storage.deputies import Deputy
from storage.waves import Wave
from tests.transcripts.stage import Stage
from tests.turns.chat import text_of
from tests.turns.crowd import COUNTY, TOWNSHIP, settle
from tests.turns.ladder import everybody, phone_of
from tests.turns.station import Phone, Phones, previewed

OTHER = "t0726"
OWN = "您好，{服务站}周五在村委会帮大家填表，{截止日}前来就行。"


@pytest.fixture
def phones() -> Phones:
    return Phones()


async def _lend(stage: Stage, absent: str, deputy: str, days: int = 3) -> None:
    """Let one account stand in for another from today on."""
    found = await everybody(stage)
    today = stage.world.today(stage.clock())
    agreed = Deputy(found[absent].id, found[deputy].id, today, today + timedelta(days=days - 1))
    async with stage.database.transaction() as tx:
        await deputies.put(tx, agreed, "test", stage.clock())


async def _waves(stage: Stage, scope_id: str) -> list[Wave]:
    async with stage.database.reading() as reading:
        return await waves.of_scopes(reading, [scope_id], 9)


async def _to_filter(phone: Phone) -> None:
    await phone.command("staff")
    await phone.tap("提醒大家")
    await phone.tap("选人发提醒")


async def _to_texts(phone: Phone, place: str = "") -> str:
    await _to_filter(phone)
    if place:
        await phone.tap(place)
    await phone.tap("今年没更新")
    return text_of(await phone.tap("下一步：选一句话"))


async def test_a_deputy_says_for_which_place_and_starts_there(
    stage: Stage, phones: Phones
) -> None:
    await settle(stage, 1)
    await settle(stage, 2)
    await settle(stage, 3, township=OTHER)
    await phone_of(stage, phones, "station", "小赵", TOWNSHIP)
    deputy = await phone_of(stage, phones, "station", "小王", OTHER)
    await _lend(stage, "小赵", "小王")
    await _to_filter(deputy)
    assert {"西社镇", "稷峰镇"} <= set(deputy.labels())
    await _to_texts(deputy, "西社镇")
    assert "会收到提醒的：2人" in await previewed(deputy, "用第1句")
    assert "开始了，2人" in text_of(await deputy.tap("发给2人"))
    assert await plan_all(stage.database, stage.world, stage.clock()) == 2
    found = await everybody(stage)
    assert len(await _waves(stage, TOWNSHIP)) == 1
    assert await _waves(stage, OTHER) == []
    async with stage.database.reading() as reading:
        lines = await audits.since(reading, stage.clock() - timedelta(days=1))
    granted = {(line.actor, line.detail) for line in lines if line.action == "follow_up"}
    assert granted == {(f"staff:{found['小王'].id}", f"for staff:{found['小赵'].id}")}
    await _to_texts(deputy, "稷峰镇")
    assert "会收到提醒的：1人" in await previewed(deputy, "用第1句")


async def test_a_deputy_watches_and_stops_what_the_absent_one_started(
    stage: Stage, phones: Phones
) -> None:
    await settle(stage, 1)
    absent = await phone_of(stage, phones, "station", "小赵", TOWNSHIP)
    deputy = await phone_of(stage, phones, "station", "小王", OTHER)
    await _to_texts(absent)
    await absent.tap("用第1句")
    await absent.tap("发给1人")
    (wave,) = await _waves(stage, TOWNSHIP)
    stop = Tap(desk_press(Area.FOLLOW_UPS, "stop", f"{tag_of(wave.id)}-text"))
    assert "找不到了" in text_of(await deputy.take(stop))
    await _lend(stage, "小赵", "小王")
    await deputy.command("staff")
    assert "西社镇" in text_of(await deputy.tap("提醒大家"))
    await deputy.tap("看第1条")
    assert "停了" in text_of(await deputy.take(stop))
    (wave,) = await _waves(stage, TOWNSHIP)
    assert wave.state == "stopped"


async def test_after_the_last_day_what_was_begun_for_the_absent_one_is_gone(
    stage: Stage, phones: Phones
) -> None:
    await settle(stage, 1)
    await phone_of(stage, phones, "station", "小赵", TOWNSHIP)
    deputy = await phone_of(stage, phones, "station", "小王", OTHER)
    await _lend(stage, "小赵", "小王", days=1)
    await _to_texts(deputy, "西社镇")
    await previewed(deputy, "用第1句")
    go = deputy.shown[-1].rows[0][0].label
    stage.clock.wait(1)
    assert "找不到了" in text_of(await deputy.tap(go))
    assert await _waves(stage, TOWNSHIP) == []
    await deputy.tap("选人发提醒")
    assert "西社镇" not in deputy.labels()
    forged = Tap(desk_press(Area.FOLLOW_UPS, "new", TOWNSHIP))
    await deputy.take(forged)
    await deputy.tap("今年没更新")
    await deputy.tap("下一步：选一句话")
    assert "会收到提醒的：0人" in await previewed(deputy, "用第1句")


async def test_whoever_stands_in_for_the_county_judges_its_texts(
    stage: Stage, phones: Phones
) -> None:
    clerk = await phone_of(stage, phones, "station", "小赵", TOWNSHIP)
    await phone_of(stage, phones, "county", "县里", COUNTY)
    above = await phone_of(stage, phones, "city", "市里", "c08")
    await _to_texts(clerk)
    await clerk.tap("自己写一句")
    await clerk.write(OWN)
    await above.command("staff")
    assert "提醒大家" not in above.labels()
    await _lend(stage, "县里", "市里")
    await above.command("staff")
    assert "有1条乡镇写的话" in text_of(await above.tap("提醒大家"))
    await above.tap("看乡镇写的话")
    assert "可以用了" in text_of(await above.tap("可以用"))
    async with stage.database.reading() as reading:
        (kept,) = await wordings.of_scopes(reading, [TOWNSHIP])
        lines = await audits.since(reading, stage.clock() - timedelta(days=1))
    found = await everybody(stage)
    assert (kept.state, kept.judged_by) == ("approved", f"staff:{found['市里'].id}")
    (line,) = [line for line in lines if line.action == "wording.judge"]
    assert line.detail == f"for staff:{found['县里'].id}"


async def test_a_station_does_not_judge_what_it_wrote(stage: Stage, phones: Phones) -> None:
    clerk = await phone_of(stage, phones, "station", "小赵", TOWNSHIP)
    await _to_texts(clerk)
    await clerk.tap("自己写一句")
    await clerk.write(OWN)
    async with stage.database.reading() as reading:
        (draft,) = await wordings.of_scopes(reading, [TOWNSHIP])
    approve = Tap(desk_press(Area.FOLLOW_UPS, "yes", tag_of(draft.key)))
    assert "办不了" in text_of(await clerk.take(approve))
    async with stage.database.transaction() as tx:
        (draft,) = await wordings.of_scopes(tx, [TOWNSHIP])
        assert draft.state == "draft"
        assert len(await staff.everybody(tx)) == 1
