"""The accounts of the staff on the console: who is let in, stopped, stood in for, set up anew."""

import re

import pytest

from conversations.lobby.wishes import tag_of
from storage import deputies, staff
from tests.console.conftest import SignedIn
from tests.console.house import House, Visitor, visiting
from tests.console.signing import open_link, set_up, sign_in
from tests.staff.matrix import FAR

_CODE = re.compile(r'<p class="secret">([^<]+)</p>')


def secret_in(page: str) -> str:
    found = _CODE.search(page)
    assert found is not None, page
    return found[1]


def path_of(house: House, role: str) -> str:
    return f"/console/staff/{tag_of(house.staff_ids[role])}"


@pytest.mark.parametrize(
    ("role", "shown", "hidden"),
    [
        ("county", ["测试0"], ["测试1", "测试2"]),
        ("city", ["测试1"], ["测试2", "测试3"]),
        ("province", ["测试1", "测试2"], ["测试3", "测试4"]),
        ("operator", ["测试0", "测试1", "测试2", "测试3", "测试5"], ["测试4"]),
    ],
)
async def test_everybody_sees_the_accounts_that_are_theirs_to_look_after(
    signed_in: SignedIn, role: str, shown: list[str], hidden: list[str]
) -> None:
    page = (await (await signed_in(role)).get("/console/staff")).text
    names = re.findall(r'<a href="/console/staff/\w+">([^<]+)</a>', page)
    assert set(shown) <= set(names)
    assert not set(hidden) & set(names)


async def test_a_county_lets_a_station_in_by_a_code_that_is_shown_once(
    house: House, signed_in: SignedIn
) -> None:
    county = await signed_in("county")
    await county.get("/console/staff")
    made = await county.post("/console/staff/invite", {"where": "西社镇", "name": "新来的"})
    assert secret_in(made.text).startswith("/staff ")
    page = (await county.get("/console/staff")).text
    assert "新来的" in page
    assert secret_in(made.text) not in page


@pytest.mark.parametrize("where", ["", "太原市", "没有这个地方", "140824", FAR])
async def test_nobody_is_let_in_elsewhere(house: House, signed_in: SignedIn, where: str) -> None:
    county = await signed_in("county")
    await county.get("/console/staff")
    fields = {"where": where, "name": "外人", "role": "operator"}
    made = await county.post("/console/staff/invite", fields)
    assert made.status_code in {403, 422}
    async with house.stage.database.reading() as reading:
        assert "外人" not in {one.name for one in await staff.everybody(reading)}


async def test_an_operator_lets_anybody_in_for_the_whole_province(signed_in: SignedIn) -> None:
    operator = await signed_in("operator")
    await operator.get("/console/staff")
    made = await operator.post("/console/staff/invite", {"role": "auditor", "name": "查账的"})
    assert secret_in(made.text)
    assert "查账的" in (await operator.get("/console/staff")).text


async def test_who_is_suspended_is_out_at_once_and_comes_back_by_a_code(
    house: House, signed_in: SignedIn
) -> None:
    station, county = await signed_in("station"), await signed_in("county")
    path = path_of(house, "station")
    await county.get(path)
    assert "停用了" in await county.done(f"{path}/suspend")
    assert (await station.get("/console")).status_code == 303
    made = await county.post(f"{path}/resume")
    assert secret_in(made.text).startswith("/staff ")


async def test_a_reset_gives_a_link_and_ends_what_was_before(
    house: House, visitor: Visitor, signed_in: SignedIn
) -> None:
    person = await set_up(house, visitor, "station")
    county = await signed_in("county")
    path = path_of(house, "station")
    await county.get(path)
    link = secret_in((await county.post(f"{path}/reset")).text)
    assert link.startswith("http://console.test/console/enter#")
    assert (await visitor.get("/console")).status_code == 303
    async with visiting(house) as later:
        assert (await sign_in(later, person)).status_code == 422
        assert "设置登录" in (await open_link(later, link)).text


async def test_a_deputy_is_found_and_released_by_the_level_above(
    house: House, signed_in: SignedIn
) -> None:
    other = await house.add_staff("station", "t0726", "隔壁的")
    county = await signed_in("county")
    path = path_of(house, "station")
    await county.get(path)
    days = {"deputy": tag_of(other), "from": "2026-11-25", "until": "2026-11-28"}
    wrong = await county.post(f"{path}/deputy", {**days, "until": "2026-11-20"})
    assert "日子不对" in wrong.text
    assert "隔壁的，2026-11-25 到 2026-11-28" in await county.done(f"{path}/deputy", days)
    assert "现在没有人替" in await county.done(f"{path}/release", {"deputy": tag_of(other)})


async def test_everybody_finds_a_deputy_for_themself(house: House, signed_in: SignedIn) -> None:
    other = await house.add_staff("station", "t0726", "隔壁的")
    station = await signed_in("station")
    await station.get("/console/account")
    path = path_of(house, "station")
    days = {"deputy": tag_of(other), "from": "2026-11-24", "until": "2026-11-24"}
    assert "定好了" in await station.done(f"{path}/deputy", days)
    async with visiting(house, await house.session(other)) as deputy:
        assert "今天您还代西社镇（就业服务站）办事" in (await deputy.get("/console")).text


@pytest.mark.parametrize("deed", ["suspend", "resume", "code", "reset", "drop", "deputy"])
async def test_what_is_not_below_is_not_even_there(
    house: House, signed_in: SignedIn, deed: str
) -> None:
    station, county = await signed_in("station"), await signed_in("county")
    for visitor, role in ((station, "county"), (county, "city"), (county, "operator")):
        answer = await visitor.post(f"{path_of(house, role)}/{deed}")
        assert answer.status_code == 404
    answer = await county.post(f"{path_of(house, 'county')}/{deed}", {"deputy": "x"})
    assert answer.status_code in {303, 403}
    async with house.stage.database.reading() as reading:
        kept = {one.id: one.state for one in await staff.everybody(reading)}
        assert set(kept.values()) == {"active"}
        today = house.stage.world.today(house.stage.clock())
        assert await deputies.of_staff(reading, house.staff_ids["county"], today) == []
    assert (await county.get("/console")).status_code == 200
