"""The roster pages: from the upload to the undoing, as a county clerk goes."""

import re

import httpx

from bot.rosters.working import work_off
from tests.console.conftest import SignedIn
from tests.console.house import House, Visitor
from tests.rosters.files import HEADER, PEOPLE, row
from tests.tables.files import xlsx_of

ROSTER = "/console/roster"
REASON = {"reason": "2020年建档立卡"}


async def brought(visitor: Visitor, house: House, *rows: list[str], scope: str = "k065") -> str:
    """Upload a file and let it be looked at; return its page's address."""
    content = xlsx_of([list(HEADER), *rows])
    answer = await visitor.post(
        f"{ROSTER}/upload", {**REASON, "scope": scope}, file=("名单.xlsx", content)
    )
    assert answer.status_code == 303, answer.text
    await work_off(house.stage.database, house.stage.world)
    return answer.headers["location"].partition("?")[0]


def columns_of(page: str) -> dict[str, str]:
    """Return the form of the columns as the page proposes it."""
    found = {}
    for name, body in re.findall(r'name="(column-\w+)">(.*?)</select>', page, re.S):
        chosen = re.search(r'<option value="(\d+)" selected', body)
        found[name] = chosen[1] if chosen else ""
    return found


async def checked(visitor: Visitor, house: House, path: str) -> str:
    """Take the proposed columns, let all rows be checked, return the page."""
    page = (await visitor.get(path)).text
    await visitor.done(f"{path}/mapping", columns_of(page))
    await work_off(house.stage.database, house.stage.world)
    return (await visitor.get(path)).text


async def gone_to(visitor: Visitor, house: House, path: str, state: str) -> str:
    await visitor.done(f"{path}/go", {"state": state, "undo-reason": "导错了文件"})
    await work_off(house.stage.database, house.stage.world)
    return (await visitor.get(path)).text


async def test_a_clerk_brings_a_roster_in_and_takes_it_back(
    house: House, signed_in: SignedIn
) -> None:
    clerk = await signed_in("county")
    await clerk.get(ROSTER)
    bad = row(PEOPLE[2], township="没有这个")
    path = await brought(clerk, house, row(PEOPLE[0]), row(PEOPLE[1]), bad)
    page = (await clerk.get(path)).text
    assert "标题相符" in page
    for one in PEOPLE[:3]:
        assert one.id_number not in page
        assert one.name not in page
    page = await checked(clerk, house, path)
    assert "导入 2 人" in page
    rows = (await clerk.get(f"{path}/rows?verdict=refused")).text
    assert "没有这个乡镇" in rows
    page = await gone_to(clerk, house, path, "taking")
    assert "已导入" in page
    made = await clerk.post(f"{path}/result", {"result-reason": "改好再传"})
    assert re.search(r"<code>[a-z0-9]{4}(-[a-z0-9]{4}){3}</code>", made.text)
    file = await _fetched(clerk, made)
    assert file.content[:8].hex() == "d0cf11e0a1b11ae1"
    codes = await clerk.post(f"{path}/codes", {"codes-reason": "发给本人"})
    assert "2 行" in codes.text
    page = await gone_to(clerk, house, path, "undoing")
    assert "去掉或改回 2 行" in page


async def test_what_is_missing_is_said_and_what_was_chosen_stays(
    house: House, signed_in: SignedIn
) -> None:
    clerk = await signed_in("county")
    await clerk.get(ROSTER)
    path = await brought(clerk, house, row(PEOPLE[0]))
    fields = columns_of((await clerk.get(path)).text) | {"column-id_number": ""}
    answer = await clerk.post(f"{path}/mapping", fields)
    assert answer.status_code == 400
    assert "还缺必填的列：身份证号" in answer.text
    assert columns_of(answer.text)["column-name"] == fields["column-name"]


async def test_whoever_may_not_finds_no_file(house: House, signed_in: SignedIn) -> None:
    clerk = await signed_in("county")
    await clerk.get(ROSTER)
    path = await brought(clerk, house, row(PEOPLE[0]))
    station = await signed_in("station")
    assert (await station.get(path)).status_code == 404
    assert "名单.xlsx" not in (await station.get(ROSTER)).text
    assert (await station.post(f"{path}/go", {"state": "dropped"})).status_code == 404
    for role in ("city", "province", "operator", "auditor"):
        assert (await (await signed_in(role)).get(path)).status_code == 403
    link = await signed_in("county", "link")
    assert (await link.get(ROSTER)).status_code == 303


async def test_a_station_brings_in_its_own_township_only(
    house: House, signed_in: SignedIn
) -> None:
    station = await signed_in("station")
    await station.get(ROSTER)
    answer = await station.post(
        f"{ROSTER}/upload", {**REASON, "scope": "k065"}, file=("a.xlsx", xlsx_of([["姓名"]]))
    )
    assert answer.status_code == 400
    own, other = row(PEOPLE[0]), row(PEOPLE[1], township="稷峰镇")
    path = await brought(station, house, own, other, scope="t0727")
    page = await checked(station, house, path)
    assert "导入 1 人" in page
    assert "不归您管" in (await station.get(f"{path}/rows?verdict=refused")).text


async def test_other_values_are_shown_masked_until_a_reason_is_given(
    house: House, signed_in: SignedIn
) -> None:
    clerk = await signed_in("county")
    await clerk.get(ROSTER)
    path = await brought(clerk, house, row(PEOPLE[0]))
    await checked(clerk, house, path)
    await gone_to(clerk, house, path, "taking")
    path = await brought(clerk, house, row(PEOPLE[0], phone=PEOPLE[1].phone))
    page = await checked(clerk, house, path)
    assert "底册里已有，有些值不一样" in page
    masked = (await clerk.get(f"{path}/rows?verdict=differs")).text
    assert PEOPLE[0].phone not in masked
    assert PEOPLE[1].phone not in masked
    refused = await clerk.post(f"{path}/whole", {"verdict": "differs", "reason": ""})
    assert refused.status_code == 400
    whole = await clerk.post(f"{path}/whole", {"verdict": "differs", **REASON})
    assert PEOPLE[0].phone in whole.text
    assert PEOPLE[1].phone in whole.text
    assert any(
        entry.action == "person.see_whole" and REASON["reason"] in entry.detail
        for entry in await house.audit()
    )
    await clerk.done(f"{path}/choose", {"line": "2", "choice": "file"})
    await gone_to(clerk, house, path, "taking")
    assert "等着第一次填报" in (await clerk.get(f"{ROSTER}/due")).text


async def test_a_file_that_is_no_table_says_why_and_what_to_do(
    house: House, signed_in: SignedIn
) -> None:
    clerk = await signed_in("county")
    await clerk.get(ROSTER)
    answer = await clerk.post(f"{ROSTER}/upload", REASON | {"scope": "k065"})
    assert "还没有选文件" in answer.text
    answer = await clerk.post(
        f"{ROSTER}/upload", REASON | {"scope": "k065"}, file=("名单.xlsx", b"%PDF-1.7 ...")
    )
    await work_off(house.stage.database, house.stage.world)
    page = (await clerk.get(answer.headers["location"])).text
    assert "这是 PDF 文件" in page
    assert "另存为 .xlsx" in page


async def _fetched(visitor: Visitor, made: httpx.Response) -> httpx.Response:
    path = re.search(r'href="(/console/roster/[^"]+/file/[^"]+)"', made.text)
    assert path is not None
    return await visitor.get(path[1])
