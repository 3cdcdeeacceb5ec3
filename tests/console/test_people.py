"""People on the console: found inside the scope, masked, whole only for a reason."""

import re
from datetime import timedelta
from typing import Final

import pytest

from bot.web.console.people import PATH
from storage import identities, saved_filters
from tests.console.conftest import SignedIn
from tests.console.house import House, Visitor
from tests.forms.people import EMPLOYED_AWAY, FARMING
from tests.staff.matrix import BESIDE, FAR
from tests.turns.chat import Chat
from tests.turns.office import KNOWN, put_on_roster

NUMBER = EMPLOYED_AWAY["id_number"]
# Of somebody who reported and somebody who is only on the roster, how many fit.
CONDITIONS: Final[list[tuple[dict[str, str], int]]] = [
    ({"stage": "submitted"}, 1),
    ({"stage": "verified"}, 0),
    ({"not_started": "1"}, 1),
    ({"ending": NUMBER[-2:]}, 1),
    ({"village": "没有的村"}, 0),
    ({"cycle": "2026"}, 1),
    ({"cycle": "2025"}, 0),
    ({"standing": "out_of_range"}, 0),
    ({"exported": "yes"}, 0),
    ({"exported": "no"}, 2),
    ({"held": "1"}, 0),
    ({"at": "t0727"}, 2),
    ({"status": "1"}, 1),
    ({"job": "1"}, 0),
    ({"age_from": "60"}, 0),
    ({"age_from": "50", "age_to": "20"}, 2),
]


@pytest.fixture
async def person_id(house: House) -> str:
    """Return somebody of the house's station who reported."""
    await Chat(house.stage).report(EMPLOYED_AWAY)
    async with house.stage.database.reading() as reading:
        found = await identities.find(reading, NUMBER)
    assert found is not None
    return found


async def _beside(house: House, scope_id: str, role: str = "station") -> str:
    """Make an account of another place, under a name of its own in the house."""
    house.staff_ids[scope_id] = await house.add_staff(role, scope_id)  # type: ignore[arg-type]
    return scope_id


def _found(page: str) -> int:
    told = re.search(r"共 ([\d,]+) 人", page)
    return int(told[1]) if told else -1


async def _looked(clerk: Visitor, **fields: str) -> str:
    return await clerk.done(PATH, fields)


async def test_the_list_is_masked_and_has_whoever_is_only_on_the_roster(
    house: House, signed_in: SignedIn, person_id: str
) -> None:
    await put_on_roster(house.stage)
    page = (await (await signed_in("station")).get(PATH)).text
    assert _found(page) == 2
    assert f"{EMPLOYED_AWAY['name'][0]}某" in page
    assert f"{KNOWN.name[0]}某" in page
    for whole in (EMPLOYED_AWAY["name"], NUMBER, EMPLOYED_AWAY["phone"], KNOWN.id_number):
        assert whole not in page
    assert f"••••••{NUMBER[-2:]}" in page
    assert "还没报过" in page


async def test_what_is_looked_for_stands_in_no_address(
    house: House, signed_in: SignedIn, person_id: str
) -> None:
    await put_on_roster(house.stage)
    clerk = await signed_in("county")
    answer = await clerk.post(PATH, {"name": EMPLOYED_AWAY["name"], "village": "东张"})
    where = answer.headers["location"]
    assert re.fullmatch(rf"{PATH}\?f=[0-9a-f-]+", where)
    assert _found((await clerk.get(where)).text) == 1


async def test_each_condition_holds(house: House, signed_in: SignedIn, person_id: str) -> None:
    await put_on_roster(house.stage)
    clerk = await signed_in("county")
    found = [(fields, _found(await _looked(clerk, **fields))) for fields, _ in CONDITIONS]
    assert found == CONDITIONS


async def test_what_cannot_be_read_is_told_beside_its_field_and_the_rest_is_kept(
    signed_in: SignedIn,
) -> None:
    clerk = await signed_in("county")
    answer = await clerk.post(PATH, {"name": "王", "age_from": "很大", "ending": "9A"})
    assert answer.status_code == 422
    assert "请写10到120之间的数字" in answer.text
    assert "请写末两位" in answer.text
    assert 'value="王"' in answer.text


async def test_a_filter_is_saved_by_a_name_and_is_nobody_elses(
    house: House, signed_in: SignedIn, person_id: str
) -> None:
    clerk, other = await signed_in("county"), await signed_in("station")
    wanted = {"village": "东张", "name": EMPLOYED_AWAY["name"]}
    where = (await clerk.post(PATH, wanted)).headers["location"]
    kept = where.partition("f=")[2]
    page = await clerk.done(f"{PATH}/saved", {"f": kept, "title": "东张的人"})
    assert "存好了" in page
    assert "东张的人" in (await clerk.get(PATH)).text
    assert f'value="{EMPLOYED_AWAY["name"]}"' not in page
    assert (await other.get(where)).status_code == 404
    assert (await other.post(f"{PATH}/saved/drop", {"f": kept})).status_code == 404
    async with house.stage.database.transaction() as tx:
        house.wait(days=8)
        await saved_filters.purge(tx, house.stage.clock() - timedelta(hours=18))
    clerk = await signed_in("county")
    assert _found((await clerk.get(where)).text) == 1
    assert "不再存了" in await clerk.done(f"{PATH}/saved/drop", {"f": kept})
    assert (await clerk.get(where)).status_code == 404


async def test_an_identity_number_opens_its_owner_and_is_asked_for_in_the_audit(
    house: House, signed_in: SignedIn, person_id: str
) -> None:
    clerk = await signed_in("station")
    answer = await clerk.post(f"{PATH}/number", {"id_number": NUMBER})
    assert answer.headers["location"] == f"{PATH}/{person_id}"
    assert (await house.audit())[-1].scope == f"person:{person_id}"
    other = await signed_in(await _beside(house, BESIDE))
    told = await other.done(f"{PATH}/number", {"id_number": NUMBER})
    assert "没有这个证件号" in told
    assert "没有这个证件号" in await other.done(
        f"{PATH}/number", {"id_number": FARMING["id_number"]}
    )
    sought = [one for one in await house.audit() if one.scope == "number:unknown"]
    assert [one.action for one in sought] == ["person.see.refused"] * 2
    wrong = await other.post(f"{PATH}/number", {"id_number": "123"})
    assert wrong.status_code == 422


async def test_one_persons_story_is_masked(signed_in: SignedIn, person_id: str) -> None:
    page = await (await signed_in("station")).get(f"{PATH}/{person_id}")
    assert page.status_code == 200
    for whole in (EMPLOYED_AWAY["name"], NUMBER, EMPLOYED_AWAY["phone"], "电子厂", "苏州昆山"):
        assert whole not in page.text
    assert "5,200" in page.text or "5200" in page.text
    assert "本人填报了第1版" in page.text
    assert "看了（打码的）" in page.text


async def test_whole_values_take_a_reason_and_are_shown_once(
    house: House, signed_in: SignedIn, person_id: str
) -> None:
    clerk = await signed_in("station")
    await clerk.get(f"{PATH}/{person_id}")
    refused = await clerk.post(f"{PATH}/{person_id}/whole", {"reason": "看"})
    assert refused.status_code == 422
    assert NUMBER not in refused.text
    shown = await clerk.post(f"{PATH}/{person_id}/whole", {"reason": "本人来电话核对"})
    assert NUMBER in shown.text
    assert "电子厂" in shown.text
    assert shown.headers["cache-control"] == "no-store"
    seen = [one for one in await house.audit() if one.action == "person.see_whole"]
    assert [(one.scope, one.detail) for one in seen] == [(f"person:{person_id}", "本人来电话核对")]
    assert NUMBER not in (await clerk.get(f"{PATH}/{person_id}")).text


async def test_two_versions_are_compared(house: House, signed_in: SignedIn) -> None:
    worker = Chat(house.stage)
    await worker.report(EMPLOYED_AWAY)
    await worker.write("我的信息")
    await worker.tap("改一改")
    await worker.tap("都对，提交")
    async with house.stage.database.reading() as reading:
        found = await identities.find(reading, NUMBER)
    clerk = await signed_in("station")
    page = (await clerk.get(f"{PATH}/{found}")).text
    assert "第1版和第2版一样" in page
    older = (await clerk.get(f"{PATH}/{found}?version=1&against=1")).text
    assert "一样" not in older


async def test_nobody_sees_or_opens_people_of_another_place(
    house: House, signed_in: SignedIn, person_id: str
) -> None:
    own = {"station": "t0727", "county": "k065"}
    for scope_id, role in ((BESIDE, "station"), (FAR, "station"), ("k001", "county")):
        other = await signed_in(await _beside(house, scope_id, role))
        assert _found((await other.get(PATH)).text) <= 0
        assert (await other.get(f"{PATH}?at={own['station']}")).status_code == 403
        assert (await other.get(f"{PATH}/{person_id}")).status_code == 403
        whole = await other.post(f"{PATH}/{person_id}/whole", {"reason": "想看一看"})
        assert whole.status_code == 403
        refused = [one.action for one in await house.audit() if one.action.endswith("refused")]
        assert {"list.see.refused", "person.see.refused", "person.see_whole.refused"} <= {*refused}
    for role in ("operator", "auditor"):
        assert (await (await signed_in(role)).get(PATH)).status_code == 403


async def test_a_city_chooses_a_county_first_and_sees_nobody_whole(
    signed_in: SignedIn, person_id: str
) -> None:
    city = await signed_in("city")
    assert "请先选一个县" in (await city.get(PATH)).text
    assert _found((await city.get(f"{PATH}?at=k065")).text) == 1
    assert "看完整的" not in (await city.get(f"{PATH}/{person_id}")).text
    asked = await city.post(f"{PATH}/{person_id}/whole", {"reason": "想看一看"})
    assert asked.status_code == 403


async def test_a_link_opens_no_people(signed_in: SignedIn, person_id: str) -> None:
    guest = await signed_in("station", "link")
    for path in (PATH, f"{PATH}/{person_id}"):
        assert (await guest.get(path)).headers["location"].startswith("/console/sign-in")
    asked = await guest.post(f"{PATH}/{person_id}/whole", {"reason": "想看一看"})
    assert asked.headers["location"].startswith("/console/sign-in")
