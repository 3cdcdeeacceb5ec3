"""The audit on the console: for whom which lines, and that reading it is one."""

import csv
import io

import pytest

from conversations.lobby.wishes import tag_of
from storage import audits
from tests.console.conftest import SignedIn
from tests.console.house import House
from tests.staff.matrix import FAR

HERE, ELSEWHERE = "在稷山看的", "在太原看的"


@pytest.fixture
async def read(house: House) -> House:
    """Somebody of the station looked at a whole number, and somebody far away did too."""
    far = await house.add_staff("station", FAR, "远处的")
    async with house.stage.database.transaction() as tx:
        for who, why in ((house.staff_ids["station"], HERE), (far, ELSEWHERE)):
            await audits.write(
                tx,
                actor=f"staff:{who}",
                action="person.see_whole",
                scope="person:01a2",
                now=house.stage.clock(),
                detail=why,
            )
    return house


@pytest.mark.parametrize(
    ("role", "sees_elsewhere"), [("county", False), ("province", True), ("auditor", True)]
)
async def test_each_level_reads_what_concerns_its_places(
    read: House, signed_in: SignedIn, role: str, sees_elsewhere: bool
) -> None:
    page = (await (await signed_in(role)).get("/console/audit")).text
    assert HERE in page
    assert "看完整号码" in page
    assert (ELSEWHERE in page) == sees_elsewhere


async def test_an_auditor_of_a_county_reads_no_more_than_it(
    read: House, signed_in: SignedIn
) -> None:
    read.staff_ids["auditor"] = await read.add_staff("auditor", "k065", "县里查账的")
    page = (await (await signed_in("auditor")).get("/console/audit")).text
    assert HERE in page
    assert ELSEWHERE not in page


@pytest.mark.parametrize("role", ["station", "operator"])
async def test_nobody_else_reads_it_and_that_they_tried_is_kept(
    read: House, signed_in: SignedIn, role: str
) -> None:
    visitor = await signed_in(role)
    assert (await visitor.get("/console/audit")).status_code == 403
    assert (await visitor.post("/console/audit/csv", {"reason": "季度检查"})).status_code == 403
    refused = [one for one in await read.audit() if one.action == "audit.read.refused"]
    assert [one.actor for one in refused] == [f"staff:{read.staff_ids[role]}"] * 2


async def test_lines_are_found_by_who_what_and_when(read: House, signed_in: SignedIn) -> None:
    auditor = await signed_in("auditor")
    tag = tag_of(read.staff_ids["station"])
    page = (await auditor.get(f"/console/audit?actor={tag}&action=person.see_whole")).text
    assert HERE in page
    assert ELSEWHERE not in page
    for nothing in ("actor=nobody", "action=erase", "about=person:x", "until=2026-11-01"):
        path = f"/console/audit?from=2026-11-01&{nothing}"
        page = (await auditor.get(path)).text
        assert HERE not in page, nothing
    assert (
        HERE
        in (
            await auditor.get("/console/audit?about=person:01a2&from=2026-11-20&until=2026-11-24")
        ).text
    )


@pytest.mark.parametrize(
    "days", ["from=x", "from=2026-11-24&until=2026-11-01", "from=2020-01-01&until=2026-11-24"]
)
async def test_days_that_are_none_are_said_so(read: House, signed_in: SignedIn, days: str) -> None:
    answer = await (await signed_in("auditor")).get(f"/console/audit?{days}")
    assert answer.status_code == 422
    assert "日子没看明白" in answer.text


async def test_a_csv_takes_a_reason_and_holds_no_formula(read: House, signed_in: SignedIn) -> None:
    async with read.stage.database.transaction() as tx:
        await audits.write(
            tx,
            actor="system",
            action="erase",
            scope="person:01a2",
            now=read.stage.clock(),
            detail="=HYPERLINK(1)",
        )
    auditor = await signed_in("auditor")
    await auditor.get("/console/audit")
    days = {"from": "2026-11-24", "until": "2026-11-24"}
    answer = await auditor.post("/console/audit/csv", {**days, "reason": "短"})
    assert answer.status_code == 422
    answer = await auditor.post("/console/audit/csv", {**days, "reason": "季度检查"})
    assert answer.headers["content-disposition"] == (
        'attachment; filename="audit-2026-11-24-2026-11-24.csv"'
    )
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][0] == "时间"
    assert "'=HYPERLINK(1)" in {row[4] for row in rows}
    reads = [one.detail for one in await read.audit() if one.action == "audit.read"]
    assert "CSV 2026-11-24..2026-11-24: 季度检查" in reads


async def test_a_long_day_is_read_page_by_page_each_line_once(
    house: House, signed_in: SignedIn
) -> None:
    async with house.stage.database.transaction() as tx:
        for number in range(250):
            await audits.write(
                tx,
                actor="system",
                action="erase",
                scope="person:01a2",
                now=house.stage.clock(),
                detail=f"no. {number}.",
            )
    auditor = await signed_in("auditor")
    path, seen = "/console/audit?actor=system&action=erase", ""
    for _ in range(3):
        page = (await auditor.get(path)).text
        seen += page
        path = page.partition('<p><a href="')[2].partition('"')[0].replace("&amp;", "&")
    assert path == ""
    assert all(seen.count(f"no. {number}.") == 1 for number in range(250))
