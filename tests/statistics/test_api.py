"""The interface: whose numbers a token reads, and what it is told when it asks wrong."""

from datetime import UTC, datetime

from bot.statistics.asking import Ask, answer, as_shared, layout_of, surroundings
from storage.database import Database
from tests.statistics.caller import ROOT, calling
from tests.statistics.crowd import PUBLIC

DECEMBER = datetime(2026, 12, 1, 3, 0, tzinfo=UTC)


async def test_a_table_says_what_the_page_says_and_keeps_back_the_same(
    database: Database,
) -> None:
    async with calling(database) as caller:
        path = "/tables/income?place=140800&month=2026-11&depth=2&keep=sex:2"
        given = await caller.read(path)
        layout = layout_of("income", "", "", {"sex": "2"})
        async with database.reading() as reading:
            found = await answer(reading, PUBLIC, Ask("income", "c08", "2026-11", layout, 2))
            around = await surroundings(reading, PUBLIC, found)
        table = as_shared(found, around, 5).table
    assert given["codes"] == [{"code": one.code, "label": one.label} for one in table.columns]
    lines = [*given["lines"], given["total"]]
    assert [tuple(line["counts"]) for line in lines] == [line.counts for line in table.all_lines]
    assert [line["total"] for line in lines] == [line.total for line in table.all_lines]
    assert given["hidden"] == table.hidden > 0
    assert any(number is None for line in lines for number in line["counts"])


async def test_a_token_reads_its_own_place_and_what_is_below(sqlite: Database) -> None:
    expected = {"": 200, "140800": 200, "140824": 200, "140100": 403, "140000": 403, "999": 400}
    async with calling(sqlite, people=20) as caller:
        for place, status in expected.items():
            for path in ("/tables/people?month=2026-11&", "/places?"):
                assert (await caller.get(f"{path}place={place}")).status_code == status


async def test_a_token_of_a_county_reads_no_city(sqlite: Database) -> None:
    async with calling(sqlite, "k065", people=20) as caller:
        assert (await caller.get("/tables/people?place=140800")).status_code == 403
        assert (await caller.read("/places"))["place"]["code"] == "140824"


async def test_a_closed_month_need_not_be_sent_twice(sqlite: Database) -> None:
    async with calling(sqlite, people=40, now=DECEMBER) as caller:
        first = await caller.get("/tables/people?month=2026-11")
        again = await caller.get(
            "/tables/people?month=2026-11", **{"If-None-Match": first.headers["ETag"]}
        )
        other = await caller.get(
            "/tables/job?month=2026-11", **{"If-None-Match": first.headers["ETag"]}
        )
        running = await caller.get("/tables/people?month=2026-12")
    assert first.json()["closed"]
    assert (again.status_code, again.content) == (304, b"")
    assert other.status_code == 200
    assert "ETag" not in running.headers


async def test_what_is_wrong_is_named(sqlite: Database) -> None:
    wrong = {
        "/tables/weather": (400, "name"),
        "/tables/people?month=1999-01": (400, "month"),
        "/tables/people?rows=trade": (400, "rows"),
        "/tables/people?columns=place_id": (400, "columns"),
        "/tables/people?depth=3": (400, "depth"),
        "/tables/people?keep=sex": (400, "keep"),
        "/tables/people?keep=trade:01": (400, "keep"),
        "/nowhere": (404, ""),
    }
    async with calling(sqlite, people=10) as caller:
        for path, (status, field) in wrong.items():
            found = await caller.get(path)
            problem = found.json()
            assert (found.status_code, problem["status"]) == (status, status)
            assert problem["field"] == field
            assert problem["title"]
            assert problem["detail"]


async def test_nothing_can_be_written(sqlite: Database) -> None:
    async with calling(sqlite, people=5) as caller:
        for path in ("/tables", "/months"):
            answered = await caller.http.post(ROOT + path, headers=caller.headers)
            assert answered.status_code == 405


async def test_junk_in_a_question_is_never_our_fault(sqlite: Database) -> None:
    junk = (
        "",
        "x",
        "-1",
        "9" * 5000,
        "１２",
        "%00",
        "2026-13",
        "0000-00",
        "sex:",
        ":",
        "*",
        "a" * 3000,
    )
    names = ("place", "month", "rows", "columns", "keep", "depth", "if-none-match")
    async with calling(sqlite, people=5) as caller:
        for path in (
            "/tables/people",
            "/places",
            "/months",
            "/tables",
            "/tables/%00",
            "/tables/x",
        ):
            for given in junk:
                for name in names:
                    answer = await caller.get(f"{path}?{name}={given}", **{"If-None-Match": "x,"})
                    assert answer.status_code in {200, 400, 403, 404}, (path, name, given[:20])
                    assert given not in answer.text or len(given) < 9
        for secret in ("", "Bearer", "Bearer ", "Bearer " + "x" * 9000, "Basic eDp4"):
            answer = await caller.get("/tables", Authorization=secret)
            assert answer.status_code == 401
