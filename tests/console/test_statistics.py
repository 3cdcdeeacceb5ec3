"""Tables on the console: whose they are, what is kept back, and the same numbers everywhere."""

import csv
import io
import re
from html import unescape
from itertools import product

import openpyxl
import pytest

from bot.staff.accounts import suspend
from bot.statistics.making import keep_up
from conversations.statistics.definitions import MEASURES
from storage import api_tokens
from tests.console.conftest import SignedIn
from tests.console.house import House
from tests.statistics.counted_by_hand import counted
from tests.statistics.crowd import Somebody, crowd, keep

HERE = "/console/statistics"


async def with_people(house: House, count: int = 250) -> list[Somebody]:
    """Fill the house's database and count it."""
    people = crowd(count)
    await keep(house.stage.database, people, house.stage.world.shelf.hash)
    await keep_up(house.stage.database, house.stage.world)
    return people


def cells(page: str) -> list[list[str]]:
    """Return the words of the table, row by row."""
    body = page[page.index("<tbody>") : page.index("</tbody>")]
    rows = re.findall(r"<tr.*?</tr>", body, re.DOTALL)
    return [
        [
            unescape(re.sub(r"<.*?>", "", cell, flags=re.DOTALL)).strip()
            for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)
        ]
        for row in rows
    ]


@pytest.mark.parametrize(
    ("role", "own", "other"),
    [
        ("station", "t0727", "k065"),
        ("county", "k065", "c08"),
        ("city", "c08", "c01"),
        ("province", "province", "nowhere"),
    ],
)
async def test_everybody_sees_their_own_place_and_no_other(
    house: House, signed_in: SignedIn, role: str, own: str, other: str
) -> None:
    people = await with_people(house)
    visitor = await signed_in(role)
    page = await visitor.get(f"{HERE}?name=employment")
    assert page.status_code == 200
    year = house.stage.clock().year
    expected = sum(counted(people, year)[own, "employment"].values())
    assert cells(page.text)[-1][-1] == f"{expected:,}"
    assert (await visitor.get(f"{HERE}?place={other}")).status_code == 403
    audit = [line.action for line in await house.audit()]
    assert "statistics.see.refused" in audit


@pytest.mark.parametrize("role", ["operator", "auditor"])
async def test_who_looks_after_no_people_sees_no_statistics(
    house: House, signed_in: SignedIn, role: str
) -> None:
    visitor = await signed_in(role)
    for path in (HERE, f"{HERE}/quality", f"{HERE}/training", "/console/tokens"):
        assert (await visitor.get(path)).status_code == 403


async def test_before_anything_was_counted_a_county_counts_itself(
    house: House, signed_in: SignedIn
) -> None:
    await keep(house.stage.database, crowd(40), house.stage.world.shelf.hash)
    visitor = await signed_in("county")
    assert "这个月还没统计过" in (await visitor.get(HERE)).text
    page = await visitor.done(f"{HERE}/recount", {"place": "k065"})
    assert "统计好了" in page
    assert "<tbody>" in page


async def test_page_csv_and_xlsx_hold_the_same_numbers(house: House, signed_in: SignedIn) -> None:
    await with_people(house)
    visitor = await signed_in("city")
    query = "name=income&rows=place_id&columns=income&depth=2&shared=1"
    page = await visitor.get(f"{HERE}?{query}")
    shown = [row[1:] for row in cells(page.text)]
    fields = {"name": "income", "place": "c08", "depth": "2", "shared": "1"}
    in_csv = await visitor.post(f"{HERE}/file", {**fields, "kind": "csv"})
    rows = list(csv.reader(io.StringIO(in_csv.content.decode("utf-8-sig"))))
    as_shown = [[f"{int(text):,}" if text != "*" else "*" for text in row[2:]] for row in rows[1:]]
    assert as_shown == shown
    assert any("*" in row for row in shown)
    in_xlsx = await visitor.post(f"{HERE}/file", {**fields, "kind": "xlsx"})
    book = openpyxl.load_workbook(io.BytesIO(in_xlsx.content))
    body = list(book.worksheets[0].iter_rows(values_only=True))[-len(shown) :]
    assert [[str(one) for one in row[2:]] for row in body] == [row[2:] for row in rows[1:]]
    detail = [line.detail for line in await house.audit() if line.action == "statistics.see"]
    assert sorted(words.split()[0] for words in detail) == ["csv", "xlsx"]
    assert all("shared" in words for words in detail)


async def test_a_pick_that_does_not_fit_is_left_out(house: House, signed_in: SignedIn) -> None:
    await with_people(house, 40)
    visitor = await signed_in("county")
    for query in (
        "name=weather",
        "name=flow&rows=education",
        "rows=status&columns=status",
        "month=1999-13&measure=weight&depth=9",
        "keep_sex=%3Cscript%3E",
    ):
        page = await visitor.get(f"{HERE}?{query}")
        assert page.status_code == 200
        assert "<script>" not in page.text


async def test_every_view_is_drawn(house: House, signed_in: SignedIn) -> None:
    await with_people(house, 60)
    visitor = await signed_in("county")
    for measure, rows in product(MEASURES, ("place_id", "age", "education")):
        query = f"name=transfer&rows={rows}&measure={measure}&keep_sex=1"
        page = await visitor.get(f"{HERE}?{query}")
        assert page.status_code == 200
        assert "style=" not in page.text


async def test_a_station_sees_its_own_card_beside_the_middle_of_the_county(
    house: House, signed_in: SignedIn
) -> None:
    people = await with_people(house)
    page = await (await signed_in("station")).get(f"{HERE}/quality")
    rows = cells(page.text)
    own = [
        one.projection
        for one in people
        if one.projection.township_id == "t0727"
        and one.state == "active"
        and one.projection.in_export
    ]
    assert [row[0] for row in rows][1:] == ["全县中间的站"]
    assert int(rows[0][1]) == len(own)
    proxy = sum(one.informant_relation != "0" for one in own) / len(own)
    assert rows[0][2] == f"{proxy:.1%}"
    county = await (await signed_in("county")).get(f"{HERE}/quality")
    assert len(cells(county.text)) > len(rows)


async def test_a_city_looks_at_one_county_after_the_other(
    house: House, signed_in: SignedIn
) -> None:
    await with_people(house, 60)
    visitor = await signed_in("city")
    assert (await visitor.get(f"{HERE}/quality?county=k066")).status_code == 200
    assert (await visitor.get(f"{HERE}/quality?county=k001")).status_code == 403


async def test_a_token_is_shown_once_and_ends_at_once(house: House, signed_in: SignedIn) -> None:
    visitor = await signed_in("county")
    await visitor.get("/console/tokens")
    page = await visitor.post(
        "/console/tokens", {"name": "就业平台", "place": "k065", "days": "30"}
    )
    found = re.search(r"xw_[A-Za-z0-9_-]{43}", page.text)
    assert found
    assert found[0] not in (await visitor.get("/console/tokens")).text
    async with house.stage.database.reading() as reading:
        (token,) = await api_tokens.everywhere(reading)
    assert "停用了" in await visitor.done("/console/tokens/revoke", {"token": token.id})
    async with house.stage.database.reading() as reading:
        again = await api_tokens.find(reading, found[0])
    assert again is not None
    assert not again.is_good(house.stage.clock())


async def test_the_list_says_that_a_token_ended_with_its_maker(
    house: House, signed_in: SignedIn
) -> None:
    county, stage = await signed_in("county"), house.stage
    await county.get("/console/tokens")
    await county.post("/console/tokens", {"name": "就业平台", "place": "k065", "days": "30"})
    await suspend(
        stage.database, stage.world, house.staff_ids["county"], "command:tests", stage.clock()
    )
    page = (await (await signed_in("city")).get("/console/tokens")).text
    assert "已停用：开的人账号停了" in page
    assert "/console/tokens/revoke" not in page


async def test_a_token_is_made_for_no_place_of_others(house: House, signed_in: SignedIn) -> None:
    visitor = await signed_in("county")
    await visitor.get("/console/tokens")
    fields = {"name": "别处", "place": "c08", "days": "30"}
    assert (await visitor.post("/console/tokens", fields)).status_code == 403
    async with house.stage.database.reading() as reading:
        assert await api_tokens.everywhere(reading) == []
    assert "api.access.refused" in [line.action for line in await house.audit()]
