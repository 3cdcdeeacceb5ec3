"""The work list on the console: what is urgent, how it ended, and the phone for a reason."""

import pytest

from storage import cases, identities
from tests.console.conftest import SignedIn
from tests.console.house import House
from tests.forms.people import EMPLOYED_AWAY
from tests.staff.matrix import BESIDE, OWN
from tests.turns.chat import Chat

PATH = "/console/worklist"


@pytest.fixture
async def case_id(house: House) -> str:
    """Return the case of somebody of the house's station whom no prompt reached."""
    await Chat(house.stage).report(EMPLOYED_AWAY)
    async with house.stage.database.transaction() as tx:
        person_id = await identities.find(tx, EMPLOYED_AWAY["id_number"])
        return await cases.open(
            tx,
            kind="unreachable",
            township_id=OWN,
            person_id=person_id,
            now=house.stage.clock(),
        )


async def _case(house: House, case_id: str) -> cases.Case:
    async with house.stage.database.reading() as reading:
        found = await cases.get(reading, case_id)
    assert found is not None
    return found


async def test_the_list_is_masked_and_can_be_looked_through(
    signed_in: SignedIn, case_id: str
) -> None:
    clerk = await signed_in("station", "link")
    page = (await clerk.get(PATH)).text
    assert f"{EMPLOYED_AWAY['name'][0]}某" in page
    assert EMPLOYED_AWAY["name"] not in page
    assert "这里面没有" in (await clerk.get(f"{PATH}?kind=silent")).text
    assert case_id in (await clerk.get(f"{PATH}?kind=unreachable")).text
    answer = await clerk.post(PATH, {"words": EMPLOYED_AWAY["name"][0]})
    assert EMPLOYED_AWAY["name"][0] not in answer.headers["location"]
    assert case_id in (await clerk.get(answer.headers["location"])).text
    assert "这里面没有" in await clerk.done(PATH, {"words": "没有的村"})


async def test_a_case_is_taken_worked_on_and_comes_up_again(
    house: House, signed_in: SignedIn, case_id: str
) -> None:
    clerk, other = await signed_in("station"), await signed_in("county")
    one = f"{PATH}/{case_id}"
    assert "我来办" in (await clerk.get(one)).text
    assert "打完电话，怎么样" in await clerk.done(f"{one}/take")
    await other.get(one)
    assert "同事正在办" in await other.done(f"{one}/take")
    assert "请先选一个结果" in (await clerk.post(f"{one}/outcome")).text
    undated = await clerk.post(f"{one}/outcome", {"outcome": "again", "day": "改天"})
    assert undated.status_code == 422
    assert "记下了" in await clerk.done(f"{one}/outcome", {"outcome": "again", "day": "12月5号"})
    kept = await _case(house, case_id)
    assert kept.look_at is not None
    assert kept.taken_by is None
    assert "另有1件" in (await clerk.get(PATH)).text
    assert "这一句记下了" in await clerk.done(f"{one}/note", {"words": "儿子说过年回来"})
    assert "儿子说过年回来" in (await clerk.get(one)).text


async def test_what_ends_a_case_for_good_is_asked_twice(
    house: House, signed_in: SignedIn, case_id: str
) -> None:
    clerk = await signed_in("station")
    one = f"{PATH}/{case_id}"
    await clerk.get(one)
    await clerk.done(f"{one}/take")
    unsure = await clerk.post(f"{one}/outcome", {"outcome": "died"})
    assert "去世要先问清楚" in unsure.text
    unsaid = await clerk.post(f"{one}/outcome", {"outcome": "moved"})
    assert "请选一个不在范围的原因" in unsaid.text
    assert (await _case(house, case_id)).closed_at is None
    await clerk.done(f"{one}/outcome", {"outcome": "moved", "moved": "02"})
    assert (await _case(house, case_id)).outcome == "moved"
    assert "清单上没有这一件了" in await clerk.done(f"{one}/outcome", {"outcome": "out"})


async def test_a_refused_report_is_handed_to_the_county_and_nothing_else_is(
    house: House, signed_in: SignedIn, case_id: str
) -> None:
    async with house.stage.database.transaction() as tx:
        other = await cases.get(tx, case_id)
        assert other is not None
        refused = await cases.open(
            tx,
            kind="rejected",
            township_id=OWN,
            person_id=other.person_id,
            now=house.stage.clock(),
        )
    clerk, county = await signed_in("station"), await signed_in("county")
    wrong = "平台弄错了，请县里再报"
    for one, is_offered in ((case_id, False), (refused, True)):
        await clerk.get(f"{PATH}/{one}")
        assert (wrong in await clerk.done(f"{PATH}/{one}/take")) == is_offered
    unasked = await clerk.post(f"{PATH}/{case_id}/outcome", {"outcome": "county"})
    assert unasked.status_code == 422
    assert "等县里定" not in (await county.get("/console")).text
    page = await clerk.done(f"{PATH}/{refused}/outcome", {"outcome": "county"})
    assert "交给县里了" in page
    assert (await _case(house, refused)).closed_at is None
    assert "件退回等县里定再报还是不报" in (await county.get("/console")).text
    assert "站里说平台弄错了" in (await county.get("/console/answers/open")).text


async def test_a_phone_is_shown_for_a_reason_and_to_nobody_who_came_by_a_link(
    house: House, signed_in: SignedIn, case_id: str
) -> None:
    clerk, guest = await signed_in("station"), await signed_in("station", "link")
    one, phone = f"{PATH}/{case_id}", EMPLOYED_AWAY["phone"]
    assert phone not in (await clerk.get(one)).text
    unsaid = await clerk.post(f"{one}/phone", {"reason": "看"})
    assert unsaid.status_code == 422
    assert phone not in unsaid.text
    assert phone in (await clerk.post(f"{one}/phone", {"reason": "打电话催报"})).text
    assert "打电话催报" in [entry.detail for entry in await house.audit()]
    assert "看完整的电话" not in (await guest.get(one)).text
    for step in ("phone", "take", "outcome", "note"):
        answer = await guest.post(f"{one}/{step}", {"reason": "打电话催报"})
        assert answer.headers["location"].startswith("/console/sign-in")


async def test_nobody_sees_or_works_on_cases_of_another_place(
    house: House, signed_in: SignedIn, case_id: str
) -> None:
    one = f"{PATH}/{case_id}"
    for scope_id, role in ((BESIDE, "station"), ("k001", "county")):
        house.staff_ids[scope_id] = await house.add_staff(role, scope_id)  # type: ignore[arg-type]
        other = await signed_in(scope_id)
        assert case_id not in (await other.get(PATH)).text
        assert (await other.get(one)).status_code == 403
        for step in ("take", "outcome", "note", "phone"):
            fields = {"outcome": "out", "words": "一句话", "reason": "打电话催报"}
            assert (await other.post(f"{one}/{step}", fields)).status_code == 403
    city = await signed_in("city")
    assert (await city.get(one)).status_code == 200
    assert (await city.post(f"{one}/take")).status_code == 403
    kept = await _case(house, case_id)
    assert (kept.closed_at, kept.taken_by) == (None, None)
    assert {"person.see.refused", "case.close.refused", "person.see_whole.refused"} <= {
        entry.action for entry in await house.audit()
    }
