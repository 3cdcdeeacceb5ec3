"""The clerk's way through the pages, and who is let in."""

import re

from storage import answers
from tests.console.conftest import SignedIn
from tests.console.house import House
from tests.platform.county import County, result, told
from tests.tables.files import xlsx_of

HOME = "/console/answers"


def _county(house: House) -> County:
    return County(house.stage)


def _fields(page: str) -> dict[str, str]:
    """Return the form of the columns as the page proposes it."""
    found = dict(re.findall(r'name="(part)" type="text" value="(\d+)"', page))
    selects = re.findall(r'<select id="f-[^"]+" name="([^"]+)"[^>]*>(.*?)</select>', page, re.S)
    for name, body in selects:
        chosen = re.search(r'<option value="([^"]*)" selected', body)
        found[name] = chosen[1] if chosen else ""
    return found


async def test_a_clerk_brings_an_answer_in(house: House, signed_in: SignedIn) -> None:
    county = _county(house)
    people = await county.reported(3)
    await county.batch(people)
    clerk = await signed_in("county")
    page = (await clerk.get(HOME)).text
    assert "还没有传过" in page
    content = result(
        told(people[0]),
        told(people[1], "失败", "文化程度不正确"),
        told(people[2], "失败", "实名核验不一致"),
    )
    answer = await clerk.post(f"{HOME}/upload", {"scope": "k065"}, file=("回执.xlsx", content))
    path = answer.headers["location"]
    assert "正在看文件" in (await clerk.get(path)).text
    await county.work()
    page = (await clerk.get(path)).text
    assert people[0].who.id_number not in page
    fields = _fields(page)
    assert (fields["number"], fields["status"], fields["reason"]) == ("2", "3", "4")
    await clerk.done(f"{path}/mapping", fields)
    await county.work()
    page = (await clerk.get(path)).text
    assert "实名核验不一致" in page
    page = await clerk.done(f"{path}/take", {"reason-1": "worker", "reason-2": "station"})
    await county.work()
    page = (await clerk.get(path)).text
    assert "已经问本人：1 人" in page
    steps = {one.detail.split()[-1] for one in await house.audit() if "answers " in one.detail}
    assert steps == {"mapping", "take"}
    assert "已经交给乡镇：1 人" in page
    page = (await clerk.get(f"{HOME}/open")).text
    assert page.count("已经问了本人，等回答") == page.count("驻站同志在跟") == 1
    for one in people[1:]:
        assert f"{one.who.name[0]}某" in page
        assert one.who.name not in page
    again = f"{HOME}/open/{people[2].report_id}/again"
    assert f'action="{again}"' in page
    page = await clerk.done(again)
    assert "驻站同志在跟" not in page
    page = await clerk.done(f"{HOME}/open/{people[1].report_id}/again")
    assert "没有等着改的" in page
    states = await county.states()
    assert {states[one.report_id] for one in people[1:]} == {"verified"}


async def test_a_refusal_is_given_up_with_a_reason_only(house: House, signed_in: SignedIn) -> None:
    county = _county(house)
    people = await county.reported(1)
    await county.batch(people)
    one = await county.read(result(told(people[0], "失败", "实名核验不一致")))
    await county.take(one)
    clerk = await signed_in("county")
    page = (await clerk.get(f"{HOME}/open")).text
    found = re.search(rf'action="({HOME}/open/[^"]+/give-up)"', page)
    assert found
    assert "请写上为什么" in await clerk.done(found[1], {"reason": " "})
    assert "没有等着改的" in await clerk.done(found[1], {"reason": "本人去世"})
    assert [row["outcome"] for row in await county.rows("station_case", "outcome")] == ["given_up"]


async def test_a_file_that_is_no_table_is_said_with_its_cure(
    house: House, signed_in: SignedIn
) -> None:
    clerk = await signed_in("county")
    await clerk.get(HOME)
    answer = await clerk.post(
        f"{HOME}/upload", {"scope": "k065"}, file=("回执.xlsx", b"%PDF-1.7 \x00")
    )
    await _county(house).work()
    page = (await clerk.get(answer.headers["location"])).text
    assert "这是 PDF 文件" in page
    assert "没有等您办的事" not in await clerk.done(f"{answer.headers['location']}/drop")


async def test_other_counties_and_other_roles_are_kept_out(
    house: House, signed_in: SignedIn
) -> None:
    county = _county(house)
    import_id = await county.give(xlsx_of([["身份证号", "结果"]]), county="k007")
    clerk = await signed_in("county")
    await clerk.get(HOME)
    assert (await clerk.get(f"{HOME}/{import_id}")).status_code == 404
    assert (await clerk.post(f"{HOME}/{import_id}/drop")).status_code == 404
    elsewhere = await clerk.post(f"{HOME}/upload", {"scope": "k007"}, file=("a.csv", b"a,b\n"))
    assert elsewhere.status_code == 403
    for role in ("station", "city", "province", "operator", "auditor"):
        assert (await (await signed_in(role)).get(HOME)).status_code == 403
    linked = await (await signed_in("county", "link")).get(HOME)
    assert linked.status_code == 303
    async with house.stage.database.reading() as reading:
        known = await answers.get(reading, import_id)
    assert known is not None
    assert known.state == "looking"
