"""Follow-ups on the console: chosen, previewed, watched, stopped; texts; a county's year."""

import re

import pytest

from bot.ahead import plan_begun
from bot.staff.followups_running import plan_all
from storage import deputies, waves
from storage.deputies import Deputy
from storage.waves import Wave
from tests.console.conftest import SignedIn
from tests.console.house import House, Visitor
from tests.forms.people import EMPLOYED_AWAY
from tests.staff.matrix import BESIDE, COUNTY, OWN
from tests.turns.chat import Chat

PATH = "/console/followups"
CHOSEN = {"status": "1", "wording": "prompt.other", "scope": OWN}


@pytest.fixture
async def worker(house: House) -> Chat:
    """Return the chat of somebody who reported at the house's station."""
    chat = Chat(house.stage)
    await chat.report(EMPLOYED_AWAY)
    return chat


async def _previewed(clerk: Visitor, **fields: str) -> str:
    """Put a follow-up together; return where it is previewed."""
    await clerk.get(f"{PATH}/new")
    answer = await clerk.post(f"{PATH}/new", {**CHOSEN, **fields})
    assert answer.status_code == 303, answer.text
    where: str = answer.headers["location"]
    return where


async def _begun(clerk: Visitor, **fields: str) -> str:
    """Start a follow-up; return where it is watched."""
    where = await _previewed(clerk, **fields)
    await clerk.get(f"{where}?counted=1")
    answer = await clerk.post(f"{PATH}/start", {"draft": where.rpartition("/")[2]})
    watched: str = answer.headers["location"]
    return watched.partition("?")[0]


async def _wave(house: House, path: str) -> Wave:
    async with house.stage.database.reading() as reading:
        found = await waves.get(reading, path.rpartition("/")[2])
    assert found is not None
    return found


async def test_whoever_is_chosen_is_counted_beside_the_page(
    signed_in: SignedIn, worker: Chat
) -> None:
    clerk = await signed_in("station")
    where = await _previewed(clerk, village="东张")
    assert "东张" not in where
    page = (await clerk.get(where)).text
    assert "正在数人" in page
    counted = (await clerk.get(f"{where}?counted=1")).text
    assert "会收到提醒的：1人" in counted
    assert "还能再提醒其中1人" in counted
    assert "西社镇" in counted


async def test_a_filter_that_asks_for_nothing_and_a_text_that_is_none_are_told(
    signed_in: SignedIn,
) -> None:
    clerk = await signed_in("station")
    await clerk.get(f"{PATH}/new")
    answer = await clerk.post(f"{PATH}/new", {"scope": OWN, "age_from": "很大"})
    assert answer.status_code == 422
    for told in ("请至少选一个条件", "请选一句要说的话", "请写10到120之间的数字"):
        assert told in answer.text


async def test_a_follow_up_is_started_once_watched_paused_and_stopped(
    house: House, signed_in: SignedIn, worker: Chat
) -> None:
    clerk = await signed_in("station")
    where = await _previewed(clerk)
    await clerk.get(f"{where}?counted=1")
    fields = {"draft": where.rpartition("/")[2]}
    watched = (await clerk.post(f"{PATH}/start", fields)).headers["location"].partition("?")[0]
    again = await clerk.done(f"{PATH}/start", fields)
    assert "已经开始了" in again
    await plan_all(house.stage.database, house.stage.world, house.stage.clock())
    page = (await clerk.get(watched)).text
    assert "正在发" in page
    assert re.search(r"<strong>1</strong> <span>等着发", page)
    assert "请先选为什么停" in await clerk.done(f"{watched}/change", {"what": "stop"})
    reason = {"reason": "time"}
    assert "暂停了" in await clerk.done(f"{watched}/change", {"what": "pause", **reason})
    assert "接着发了" in await clerk.done(f"{watched}/change", {"what": "resume"})
    assert "停了" in await clerk.done(f"{watched}/change", {"what": "stop", **reason})
    kept = await _wave(house, watched)
    assert (kept.state, kept.reason) == ("stopped", "time")
    assert "已经停了" in await clerk.done(f"{watched}/change", {"what": "pause", **reason})
    assert {"follow_up.start", "follow_up.pause", "follow_up.stop"} <= {
        entry.action for entry in await house.audit()
    }


async def test_a_page_that_polls_is_one_look_in_the_audit(
    house: House, signed_in: SignedIn, worker: Chat
) -> None:
    clerk = await signed_in("station")
    watched = await _begun(clerk)
    before = len(await house.audit())
    assert (await clerk.get(f"{watched}/numbers")).status_code == 200
    assert len(await house.audit()) == before


async def test_those_that_were_looked_for_are_prompted(signed_in: SignedIn, worker: Chat) -> None:
    clerk = await signed_in("county")
    page = await clerk.done("/console/people", {"status": "1", "at": OWN})
    link = re.search(r'href="(/console/followups/new\?f=[0-9a-f-]+)"', page)
    assert link
    form = (await clerk.get(link[1])).text
    assert re.search(r'<option value="1" selected>', form)
    # Only of the place that was looked at, though the county's clerk looks after all of it.
    assert f'<option value="{OWN}" selected>' in form


async def test_a_stations_text_waits_for_the_county(house: House, signed_in: SignedIn) -> None:
    clerk, county = await signed_in("station"), await signed_in("county")
    await clerk.get(f"{PATH}/texts")
    linked = {"scope": OWN, "words": "请点 http://a.example"}
    refused = await clerk.post(f"{PATH}/texts", linked)
    assert refused.status_code == 422
    assert "里面有网址" in refused.text
    assert "http://a.example" in refused.text
    words = {"scope": OWN, "words": "老乡好，{服务站}请您更新一下今年的信息。"}
    assert "等县里看过就能用" in await clerk.done(f"{PATH}/texts", words)
    page = (await county.get("/console")).text
    assert "条乡镇写的话等县里看" in page
    listed = (await county.get(f"{PATH}/texts")).text
    key = re.search(r'name="key" value="([^"]+)"', listed)
    assert key
    judged = {"key": key[1], "answer": "yes"}
    assert (await clerk.post(f"{PATH}/texts/judge", judged)).status_code == 403
    assert "可以用了" in await county.done(f"{PATH}/texts/judge", judged)
    assert "已经有人看过了" in await county.done(f"{PATH}/texts/judge", judged)
    assert "{服务站}请您更新一下今年的信息" in (await clerk.get(f"{PATH}/new")).text


async def test_a_county_plans_its_year_and_stops_it(
    house: House, signed_in: SignedIn, worker: Chat
) -> None:
    clerk, county = await signed_in("station"), await signed_in("county")
    assert (await clerk.get(f"{PATH}/yearly")).status_code == 403
    wrong = await county.get(f"{PATH}/yearly?cycle=2027&days=days&first=2027-03-10&last=x")
    assert "日子没看懂" in wrong.text
    backwards = "cycle=2027&days=days&first=2027-03-10&last=2027-03-01"
    assert "请换过来" in (await county.get(f"{PATH}/yearly?{backwards}")).text
    page = (await county.get(f"{PATH}/yearly?cycle=2027&days=feast")).text
    assert "2027年还有 1 人没有更新" in page
    asked = {"county": COUNTY, "cycle": "2027", "days": "feast"}
    assert (await clerk.post(f"{PATH}/yearly", asked)).status_code == 403
    other = await county.post(f"{PATH}/yearly", {**asked, "county": "k001"})
    assert other.status_code == 403
    answer = await county.post(f"{PATH}/yearly", asked)
    watched = answer.headers["location"].partition("?")[0]
    assert "正在安排" in (await county.get(watched)).text
    stage = house.stage
    assert await plan_begun(stage.database, stage.world, stage.clock()) == 1
    assert await plan_begun(stage.database, stage.world, stage.clock()) == 0
    assert "正在发" in (await county.get(watched)).text
    assert "全县年度更新" in (await county.get(PATH)).text
    assert "停了" in await county.done(f"{watched}/change", {"what": "stop", "reason": "time"})
    assert (await clerk.get(watched)).status_code == 403


async def test_nobody_sees_or_stops_follow_ups_of_another_place(
    house: House, signed_in: SignedIn, worker: Chat
) -> None:
    watched = await _begun(await signed_in("station"))
    for scope_id, role in ((BESIDE, "station"), ("k001", "county")):
        house.staff_ids[scope_id] = await house.add_staff(role, scope_id)  # type: ignore[arg-type]
        other = await signed_in(scope_id)
        assert watched not in (await other.get(PATH)).text
        assert (await other.get(watched)).status_code == 403
        assert (await other.get(f"{watched}/numbers")).status_code == 404
        stop = {"what": "stop", "reason": "time"}
        assert (await other.post(f"{watched}/change", stop)).status_code == 403
        foreign = await other.post(f"{PATH}/texts", {"scope": OWN, "words": "请更新一下信息。"})
        assert foreign.status_code == 403
        where = await _previewed(other, scope=OWN)
        assert "西社镇" not in (await other.get(f"{where}?counted=1")).text
        assert (await (await signed_in("station")).get(where)).status_code == 404
    for role in ("city", "province", "auditor", "operator"):
        assert (await (await signed_in(role)).get(PATH)).status_code == 403
    assert (await _wave(house, watched)).state == "planning"


async def test_a_deputy_prompts_for_whom_they_stand_in_for(
    house: House, signed_in: SignedIn, worker: Chat
) -> None:
    house.staff_ids[BESIDE] = await house.add_staff("station", BESIDE)
    today = house.stage.world.today(house.stage.clock())
    async with house.stage.database.transaction() as tx:
        lent = Deputy(house.staff_ids["station"], house.staff_ids[BESIDE], today, today)
        await deputies.put(tx, lent, "test", house.stage.clock())
    deputy = await signed_in(BESIDE)
    where = await _previewed(deputy)
    assert "会收到提醒的：1人" in (await deputy.get(f"{where}?counted=1")).text
