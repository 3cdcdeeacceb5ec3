"""Reports to verify on the console: the queue, one by one, a page at once, one question back."""

import re

import pytest

from tests.console.conftest import SignedIn
from tests.console.house import House, Visitor
from tests.forms.people import EMPLOYED_AWAY, RETURNEE
from tests.staff.matrix import BESIDE
from tests.turns.chat import Chat

PATH = "/console/reports"


@pytest.fixture
async def worker(house: House) -> Chat:
    """Return the chat of somebody who reported at the house's station."""
    chat = Chat(house.stage)
    await chat.report(EMPLOYED_AWAY)
    return chat


async def _first(clerk: Visitor) -> str:
    found = re.search(rf'href="({PATH}/[0-9a-f-]{{36}})"', (await clerk.get(PATH)).text)
    assert found
    return found[1]


async def _states(house: House) -> list[str]:
    async with house.stage.database.reading() as reading:
        rows = await reading.all("audits.since", at=0)
    return [row["action"] for row in rows if row["action"].startswith("report.")]


async def test_the_queue_and_a_report_are_masked(signed_in: SignedIn, worker: Chat) -> None:
    clerk = await signed_in("station")
    queue = (await clerk.get(PATH)).text
    assert "没有疑点" in queue
    page = (await clerk.get(await _first(clerk))).text
    assert "没有发现疑点" in page
    for whole in (EMPLOYED_AWAY["name"], EMPLOYED_AWAY["id_number"], EMPLOYED_AWAY["phone"]):
        assert whole not in queue + page


async def test_a_verified_report_leaves_the_queue(
    house: House, signed_in: SignedIn, worker: Chat
) -> None:
    clerk = await signed_in("station")
    one = await _first(clerk)
    await clerk.get(one)
    assert "都核实完了" in await clerk.done(f"{one}/verify")
    assert "已经有人处理了" in await clerk.done(f"{one}/verify")
    assert await _states(house) == ["report.verify"]


async def test_those_that_were_ticked_are_verified_at_once(
    house: House, signed_in: SignedIn, worker: Chat
) -> None:
    await Chat(house.stage, "1002").report(RETURNEE)
    clerk = await signed_in("county")
    page = (await clerk.get(PATH)).text
    ids = re.findall(r'name="report" value="([^"]+)" checked', page)
    assert len(ids) == 2
    assert "勾选的都核实了" in await clerk.done(f"{PATH}/verify", {"report": ids})
    assert "都核实完了" in (await clerk.get(PATH)).text
    assert await _states(house) == ["report.verify", "report.verify"]


async def test_a_question_about_one_answer_goes_back_to_the_worker(
    house: House, signed_in: SignedIn, worker: Chat
) -> None:
    clerk = await signed_in("station")
    one = await _first(clerk)
    page = (await clerk.get(one)).text
    income = re.search(r'value="(\d+)">[^<]*月平均收入', page)
    assert income
    nothing = await clerk.post(f"{one}/return", {"ready": "1"})
    assert nothing.status_code == 422
    assert "请先选要问哪一项" in nothing.text
    linked = {"line": income[1], "ready": "own", "words": "看 http://a.example"}
    refused = await clerk.post(f"{one}/return", linked)
    assert refused.status_code == 422
    assert "里面有网址" in refused.text
    assert "http://a.example" in refused.text
    told = await clerk.done(f"{one}/return", {**linked, "words": "是5200还是2500？"})
    assert "退回了" in told
    asked = await worker.write("我的信息")
    assert "是5200还是2500?" in "".join(one.text for one in asked.messages)


async def test_nobody_sees_or_judges_reports_of_another_place(
    house: House, signed_in: SignedIn, worker: Chat
) -> None:
    one = await _first(await signed_in("station"))
    for scope_id, role in ((BESIDE, "station"), ("k001", "county")):
        house.staff_ids[scope_id] = await house.add_staff(role, scope_id)  # type: ignore[arg-type]
        other = await signed_in(scope_id)
        assert "都核实完了" in (await other.get(PATH)).text
        assert (await other.get(one)).status_code == 403
        assert (await other.post(f"{one}/verify")).status_code == 403
        asked = await other.post(f"{one}/return", {"line": "", "ready": "1"})
        assert asked.status_code == 403
        report = one.rpartition("/")[2]
        assert "没有核实" in await other.done(f"{PATH}/verify", {"report": report})
    for role in ("city", "province", "auditor", "operator"):
        assert (await (await signed_in(role)).get(PATH)).status_code == 403
    assert {"report.verify.refused"} == {*await _states(house)}
    refused = [entry.action for entry in await house.audit() if entry.action.endswith("refused")]
    assert "person.see.refused" in refused


async def test_today_says_how_many_wait(signed_in: SignedIn, worker: Chat) -> None:
    page = (await (await signed_in("station")).get("/console")).text
    assert "份填报等核实" in page
