"""The console's pages about progress: who sees which place, and what they may do there."""

import random
import re
from dataclasses import replace
from urllib.parse import unquote

import pytest

from storage import roster, subscriptions, targets
from tests.console.conftest import SignedIn
from tests.console.house import House
from tests.posters.paper import Paper
from tests.storage.walking import Walk
from tests.transcripts.stage import ON_ROSTER

PATH = "/console/progress"
HOMES = {"station": "西社镇", "county": "稷山县", "city": "运城市", "province": "山西省"}


@pytest.mark.parametrize("role", HOMES)
async def test_everybody_begins_with_their_own_place(signed_in: SignedIn, role: str) -> None:
    page = await (await signed_in(role)).get(PATH)
    assert page.status_code == 200
    assert f"<h1>{HOMES[role]} · 2026年度采集进度</h1>" in page.text
    assert "style=" not in page.text


@pytest.mark.parametrize(
    ("role", "place", "status"),
    [
        *(("station", "t0726", 403), ("station", "k065", 403), ("county", "t0726", 200)),
        *(("county", "c08", 403), ("county", "t0001", 403), ("city", "k065", 200)),
        *(("city", "province", 403), ("province", "t0001", 200), ("auditor", "k065", 403)),
        *(("province", "nowhere", 403), ("operator", "province", 403)),
    ],
)
async def test_a_place_is_seen_from_itself_and_from_above(
    signed_in: SignedIn, role: str, place: str, status: int
) -> None:
    visitor = await signed_in(role)
    for page in ("", "/bulletin", "/bulletin.pdf"):
        assert (await visitor.get(f"{PATH}{page}?place={place}")).status_code == status, page


async def test_the_page_says_what_was_counted(house: House, signed_in: SignedIn) -> None:
    stage = house.stage
    walk = Walk(stage.database, random.Random(5), stage.clock())
    for _ in range(40):
        await walk.step()
    # An hour on the stations' own day; the sessions begin after it.
    stage.clock.now = walk.now
    visitor = await signed_in("province")
    page = (await visitor.get(f"{PATH}?place=c01&cycle=2026")).text
    assert f"<strong>{walk.heads('c01')}</strong> <span>在册</span>" in page
    done = sum(walk.stages["c01"][one] for one in walk.stages["c01"] if one != "left_out")
    assert f"<strong>{done}</strong> <span>已采集</span>" in page
    assert "polyline" in page
    assert "小店区" in page
    assert "死亡" in page
    steps = re.findall(r'class="sum".*?<td class="n">([\d,]+)</td>', page)
    assert int(steps[-1]) == walk.heads("c01")
    for measure in ("verified", "exported", "accepted"):
        answer = await visitor.get(f"{PATH}?place=k001&cycle=2026&measure={measure}")
        assert answer.status_code == 200


async def test_villages_are_opened_and_the_audit_knows_it(
    house: House, signed_in: SignedIn
) -> None:
    async with house.stage.database.transaction() as tx:
        await roster.add(tx, replace(ON_ROSTER), house.stage.clock())
    visitor = await signed_in("county")
    page = await visitor.get(f"{PATH}/villages?place=t0727")
    assert re.search(r"东城村</th><td class=\"n\">1</td><td class=\"n\">0</td>", page.text)
    assert (await visitor.get(f"{PATH}/villages?place=t0001")).status_code == 403
    assert (await visitor.get(f"{PATH}/villages?place=k065")).status_code == 404
    told = {(one.action, one.scope) for one in await house.audit() if "villages" in one.action}
    assert told == {
        ("progress.villages", "place:t0727"),
        ("progress.villages.refused", "place:t0001"),
        # What is not there is kept as one refused at the account's own place.
        ("progress.villages.refused", "place:k065"),
    }


async def test_the_level_above_sets_targets_with_a_reason(
    house: House, signed_in: SignedIn
) -> None:
    visitor = await signed_in("city")
    page = (await visitor.get(f"{PATH}/targets?place=c08")).text
    assert "没有定" in page
    fields = {"place": "c08", "cycle": "2026", "people_k065": "1.2万"}
    unexplained = await visitor.post(f"{PATH}/targets", fields)
    assert (unexplained.status_code, "1.2万" in unexplained.text) == (400, True)
    wrong = await visitor.post(
        f"{PATH}/targets", fields | {"people_k066": "好多", "reason": "通知"}
    )
    assert (wrong.status_code, "好多" in wrong.text) == (400, True)
    page = await visitor.done(f"{PATH}/targets", fields | {"reason": "依市里通知"})
    assert "任务存好了。" in page
    assert "依市里通知" in page
    async with house.stage.database.reading() as reading:
        found = await targets.of(reading, 2026, ["k065", "k066"])
    assert {place: one.people for place, one in found.items()} == {"k065": 12_000}
    county = await signed_in("county")
    page = (await county.get(f"{PATH}/targets?place=k065&fill=1")).text
    assert "分下去" in page
    parts = re.findall(r'name="people_t\d+" value="(\d+)"', page)
    assert sum(map(int, parts)) == 12_000
    for place in ("c08", "province", "k001"):
        fields = {"place": place, "cycle": "2026", "people_k065": "1", "reason": "自己改"}
        assert (await county.post(f"{PATH}/targets", fields)).status_code == 403
        assert (await county.get(f"{PATH}/targets?place={place}")).status_code == 403
    station = await signed_in("station")
    assert (await station.get(f"{PATH}/targets?place=t0727")).status_code == 403


async def test_the_bulletin_is_taken_home_and_subscribed_to(
    house: House, signed_in: SignedIn
) -> None:
    visitor = await signed_in("county")
    pdf = await visitor.get(f"{PATH}/bulletin.pdf?place=k065")
    assert pdf.headers["content-type"] == "application/pdf"
    assert unquote(pdf.headers["content-disposition"]).endswith("2026年度进度通报.pdf")
    assert "稷山县" in Paper(pdf.content).words()
    await visitor.get(f"{PATH}/bulletin?place=k065")
    fields = {"place": "k065", "weekday": "4", "hour": "16"}
    page = await visitor.done(f"{PATH}/bulletin/subscribe", fields)
    assert "现在每周五16点以后发。" in page
    for bad in ({"hour": "3"}, {"weekday": "7"}, {"weekday": "x"}):
        answer = await visitor.post(f"{PATH}/bulletin/subscribe", fields | bad)
        assert answer.status_code == 400
    foreign = await visitor.post(f"{PATH}/bulletin/subscribe", fields | {"place": "k066"})
    assert foreign.status_code == 403
    page = await visitor.done(f"{PATH}/bulletin/unsubscribe", {"place": "k065"})
    assert "以后不发了。" in page
    async with house.stage.database.reading() as reading:
        assert await subscriptions.of_staff(reading, house.staff_ids["county"]) == []


async def test_a_link_from_the_chat_does_not_open_progress(signed_in: SignedIn) -> None:
    answer = await (await signed_in("county", "link")).get(PATH)
    assert answer.status_code == 303
