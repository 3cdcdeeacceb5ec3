"""Exports on the console: asked for, watched, password once, taken; and who was held back."""

import re
from datetime import timedelta

import pytest

from bot.exporting.jobs import work_off
from storage.export.errors import TemplateError
from tests.console.conftest import SignedIn
from tests.console.house import House, Visitor
from tests.export.people import records
from tests.exporting.county import COUNTY, County, at_home

ASKED = {"county": COUNTY, "what": "changed", "why": "十一月导入"}


def county_of(house: House) -> County:
    return County(house.stage, [house.staff_ids["county"]])


async def made(house: House, clerk: Visitor, **changes: str) -> str:
    """Ask for a batch on the page, let the job make it, and return its address."""
    await clerk.get("/console/exports")
    answer = await clerk.post("/console/exports", {**ASKED, **changes})
    address = str(answer.headers["location"]).split("?")[0]
    await work_off(county_of(house).shop())
    return address


async def test_a_batch_is_asked_for_made_and_taken(house: House, signed_in: SignedIn) -> None:
    county, clerk = county_of(house), await signed_in("county")
    planted = await county.plant(3)
    page = (await clerk.get("/console/exports")).text
    assert "已核实 3" in page
    answer = await clerk.post("/console/exports", ASKED)
    address = answer.headers["location"]
    going = await clerk.get(address)
    assert "正在检查和写表" in going.text
    assert 'hx-trigger="every 2s"' in going.text
    await work_off(county.shop())
    part = await clerk.get(address.split("?")[0] + "/part", **{"HX-Request": "true"})
    assert part.headers["HX-Redirect"] == address.split("?")[0]
    page = (await clerk.get(address.split("?")[0])).text
    assert "做好了，没取" in page
    assert "第1个文件：第4行到第6行，共3人" in page
    assert "您等" not in (await clerk.get("/console")).text
    assert "批导出已经做好" in (await clerk.get("/console")).text
    file = await clerk.post(address.split("?")[0] + "/take", {"part": "1", "reason": "导入"})
    assert file.content.startswith(b"\xd0\xcf\x11\xe0")
    assert "attachment" in file.headers["content-disposition"]
    assert await county.state(planted[0][0]) == "exported"
    assert "已下载" in (await clerk.get(address.split("?")[0])).text


async def test_the_password_is_shown_once(house: House, signed_in: SignedIn) -> None:
    clerk = await signed_in("county")
    await county_of(house).plant(1)
    address = await made(house, clerk)
    await clerk.get(address)
    shown = (await clerk.post(f"{address}/password")).text
    assert re.search(r'class="secret">[a-z2-9]{4}(-[a-z2-9]{4}){3}<', shown)
    again = await clerk.post(f"{address}/password")
    assert again.status_code == 303
    assert "已经显示过" in (await clerk.get(address)).text


async def test_a_download_without_a_reason_is_not_given(house: House, signed_in: SignedIn) -> None:
    clerk = await signed_in("county")
    await county_of(house).plant(1)
    address = await made(house, clerk)
    page = await clerk.done(f"{address}/take", {"part": "1", "reason": ""})
    assert "请写上原因" in page


async def test_who_is_held_back_is_listed_masked_and_turned_into_a_case(
    house: House, signed_in: SignedIn
) -> None:
    county, clerk = county_of(house), await signed_in("county")
    one = {**at_home(records(1))[0], "ethnicity": ""}
    person, _ = await county.report(one)
    address = await made(house, clerk)
    page = (await clerk.get(f"{address}/held?reason=missing")).text
    assert "缺少：民族" in page
    assert f"{one['name'][0]}某" in page
    assert one["id_number"] not in page
    page = await clerk.done(f"{address}/held", {"person": person, "reason": "missing"})
    assert "转给乡镇站" in page
    assert "已发回" in page
    assert await county.state(person) == "returned"
    page = await clerk.done(f"{address}/held", {"person": person, "reason": ""})
    assert "没有重复发" in page


async def test_all_of_a_page_are_turned_into_questions_at_once(
    house: House, signed_in: SignedIn
) -> None:
    county, clerk = county_of(house), await signed_in("county")
    held = [await county.report({**one, "ethnicity": ""}) for one in at_home(records(3))]
    address = await made(house, clerk)
    assert "把这一页的3条都发回去问" in (await clerk.get(f"{address}/held")).text
    people = [person for person, _ in held]
    assert "都退回了" in await clerk.done(f"{address}/held", {"person": people})
    assert {await county.state(person) for person in people} == {"returned"}


async def test_one_batch_at_a_time_and_it_can_be_dropped(
    house: House, signed_in: SignedIn
) -> None:
    clerk = await signed_in("county")
    await county_of(house).plant(1)
    address = await made(house, clerk)
    assert "先下载或者作废它" in await clerk.done("/console/exports", ASKED)
    assert "已作废" in await clerk.done(f"{address}/drop")
    assert "一批还没有取走" not in (await clerk.get("/console/exports")).text


@pytest.mark.parametrize("role", ["station", "city", "province", "operator", "auditor"])
async def test_only_a_county_exports(house: House, signed_in: SignedIn, role: str) -> None:
    clerk = await signed_in("county")
    await county_of(house).plant(1)
    address = await made(house, clerk)
    other = await signed_in(role)
    for path in ("/console/exports", address, f"{address}/held", "/console/templates"):
        assert (await other.get(path)).status_code == 403, path


async def test_another_county_finds_nothing_of_it(house: House, signed_in: SignedIn) -> None:
    clerk = await signed_in("county")
    await county_of(house).plant(1)
    address = await made(house, clerk)
    house.staff_ids["elsewhere"] = await house.add_staff("county", "k001", "外县")
    other = await signed_in("elsewhere")
    await other.get("/console/exports")
    for path in (address, f"{address}/held"):
        assert (await other.get(path)).status_code == 404
    for path in ("approve", "drop", "password", "take"):
        assert (await other.post(f"{address}/{path}", {"reason": "x"})).status_code == 404


async def test_a_link_opens_no_export(house: House, signed_in: SignedIn) -> None:
    visitor = await signed_in("county", "link")
    assert (await visitor.get("/console/exports")).status_code == 303


async def test_files_go_after_their_time(house: House, signed_in: SignedIn) -> None:
    clerk = await signed_in("county")
    await county_of(house).plant(1)
    address = await made(house, clerk)
    house.stage.clock.now += timedelta(days=8)
    await work_off(county_of(house).shop())
    clerk = await signed_in("county")
    page = (await clerk.get(address)).text
    assert "过期，文件已删" in page
    assert "已删" in page


def test_an_error_of_a_template_has_its_own_words(house: House) -> None:
    texts = house.stage.world.texts
    for key in ("old", "large", "broken", "no_headings", "no_sheet", "no_file"):
        assert texts(f"console.templates.refused.{key}")
        assert texts(f"console.templates.refused.{key}_cure")
    assert TemplateError("t", "f", "c").key == "broken"
