"""The county's own template on the console: uploaded, corrected, looked at, put into use."""

import re
from pathlib import Path

import pytest

from bot.exporting.jobs import work_off
from bot.exporting.taking import Taken
from storage import official_templates
from storage.official_templates import Mapping
from tests.console.conftest import SignedIn
from tests.console.house import House, Visitor
from tests.export.people import records
from tests.export.platform import COLUMNS, FIRST_ROW, letter, platform_template
from tests.export.reading import by_openpyxl, decrypted
from tests.exporting.county import COUNTY, County

SEX, WAY = letter("性别"), letter("采集方式")


async def uploaded(clerk: Visitor, content: bytes) -> str:
    """Upload a template; return the address of its mapping."""
    await clerk.get("/console/templates")
    answer = await clerk.post(
        "/console/templates", {"county": COUNTY}, file=("空表.xlsx", content)
    )
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"]).split("?")[0]


async def active(house: House) -> Mapping | None:
    async with house.stage.database.reading() as reading:
        return await official_templates.active(reading, COUNTY)


def fields(page: str) -> dict[str, str]:
    """Return what the mapping screen would post as it stands."""
    found = dict(re.findall(r'<input name="([A-Z]+\.\w+)" value="([^"]*)"', page))
    for name, options in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', page, re.S):
        chosen = re.search(r'<option(?: value="([^"]*)")? selected>([^<]*)', options)
        found[name] = "" if chosen is None else chosen[1] or chosen[2]
    return found


@pytest.mark.filterwarnings("ignore:Data Validation extension is not supported")
async def test_a_template_is_uploaded_corrected_and_used(
    house: House, signed_in: SignedIn, tmp_path: Path
) -> None:
    clerk = await signed_in("county")
    address = await uploaded(clerk, platform_template())
    page = (await clerk.get(address)).text
    assert "样例某某" in page
    assert "培训地点" in page
    told = await clerk.done(f"{address}/activate")
    assert "有提醒没有看" in told
    chosen = fields(page) | {f"{WAY}.holds": "=", f"{WAY}.constant": "系统采集"}
    answer = await clerk.post(address, chosen)
    newer = str(answer.headers["location"]).split("?")[0]
    assert newer != address
    assert "样例某某" in (await clerk.get(newer)).text
    assert "已启用" in await clerk.done(f"{newer}/activate", {"accept": "1"})
    found = await active(house)
    assert found is not None
    assert found.template.columns[-1].constant == "系统采集"
    assert [one.title for one in found.template.columns] == [title for _, title in COLUMNS]

    county = County(house.stage, [house.staff_ids["county"]])
    await county.plant(2)
    batch = await county.made()
    password, taken = await county.password(batch), await county.take(batch)
    assert isinstance(taken, Taken)
    file = tmp_path / "out.xlsx"
    file.write_bytes(taken.content)
    rows = by_openpyxl(decrypted(file, str(password)), FIRST_ROW, sheet=1)
    assert [row[1] for row in rows] == [one["name"] for one in records(2)]
    assert {row[len(COLUMNS) - 1] for row in rows} == {"系统采集"}


async def test_saving_nothing_new_makes_no_version(house: House, signed_in: SignedIn) -> None:
    clerk = await signed_in("county")
    address = await uploaded(clerk, platform_template())
    page = (await clerk.get(address)).text
    answer = await clerk.post(address, fields(page))
    assert str(answer.headers["location"]).split("?")[0] == address


async def test_a_wording_of_the_drop_down_is_chosen_by_hand(
    house: House, signed_in: SignedIn
) -> None:
    clerk = await signed_in("county")
    address = await uploaded(clerk, platform_template())
    page = (await clerk.get(address)).text
    chosen = fields(page)
    assert chosen[f"{SEX}.word.1"] == "男性"
    answer = await clerk.post(address, chosen | {f"{SEX}.word.1": ""})
    newer = (await clerk.get(answer.headers["location"])).text
    assert fields(newer)[f"{SEX}.word.1"] == ""
    assert "“性别”的下拉框里没有对应：男" in newer


async def test_a_newer_template_says_what_changed(house: House, signed_in: SignedIn) -> None:
    clerk = await signed_in("county")
    first = await uploaded(clerk, platform_template())
    await clerk.get(first)
    await clerk.done(f"{first}/activate", {"accept": "1"})
    second = await uploaded(clerk, platform_template([*COLUMNS[1:], ("", "备注")]))
    page = (await clerk.get(second)).text
    assert "新出现的列 备注" in page
    assert "没有了的列 序号" in page
    assert "换了位置的列" in page
    assert "您传过更新的模板" in (await clerk.get("/console/exports")).text


async def test_headings_are_looked_for_where_somebody_says(
    house: House, signed_in: SignedIn
) -> None:
    clerk = await signed_in("county")
    address = await uploaded(clerk, platform_template())
    await clerk.get(address)
    page = await clerk.done(
        f"{address}/place", {"sheet": "采集表", "heading": "4", "first_row": "7"}
    )
    assert "从第7行开始写人" in page
    wrong = await clerk.post(
        f"{address}/place", {"sheet": "采集表", "heading": "9", "first_row": "4"}
    )
    assert wrong.status_code == 400
    assert "没有找到表头" in wrong.text


async def test_an_xls_is_refused_with_the_cure(house: House, signed_in: SignedIn) -> None:
    clerk = await signed_in("county")
    await clerk.get("/console/templates")
    answer = await clerk.post(
        "/console/templates", {"county": COUNTY}, file=("空表.xls", b"\xd0\xcf\x11\xe0" * 200)
    )
    assert answer.status_code == 400
    assert "另存为 .xlsx" in answer.text
    nothing = await clerk.post("/console/templates", {"county": COUNTY})
    assert "没有选文件" in nothing.text


async def test_a_county_goes_back_to_our_template(house: House, signed_in: SignedIn) -> None:
    clerk = await signed_in("county")
    address = await uploaded(clerk, platform_template())
    await clerk.get(address)
    await clerk.done(f"{address}/activate", {"accept": "1"})
    assert "已改回" in await clerk.done("/console/templates/ours", {"county": COUNTY})
    assert await active(house) is None
    await work_off(County(house.stage, []).shop())


async def test_a_template_of_another_county_is_not_shown(
    house: House, signed_in: SignedIn
) -> None:
    clerk = await signed_in("county")
    address = await uploaded(clerk, platform_template())
    house.staff_ids["elsewhere"] = await house.add_staff("county", "k001", "外县")
    other = await signed_in("elsewhere")
    await other.get("/console/templates")
    assert (await other.get(address)).status_code == 404
    assert (await other.post(f"{address}/activate", {"accept": "1"})).status_code == 404
    taken = await other.post(
        "/console/templates", {"county": COUNTY}, file=("t.xlsx", platform_template())
    )
    assert "told=console.exports.told.not_yours" in taken.headers["location"]
