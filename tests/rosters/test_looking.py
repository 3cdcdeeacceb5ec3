"""The first look at a file: sheets, titles, what was said before, and what the file is called."""

import io
import json
from datetime import date, timedelta

import xlsxwriter

from bot.desk import Office
from bot.housekeeping import ROSTERS_KEPT, purge
from bot.rosters import counter
from conversations.roster.mapping import ColumnMapping
from storage import roster, roster_bulk, roster_imports, roster_rows
from storage.scope import Scope
from tests.identities import identity
from tests.rosters.conftest import CLERK, Counter
from tests.rosters.files import HEADER, PEOPLE, row
from tests.tables.files import xlsx_of


def book(**sheets: list[list[str]]) -> bytes:
    """Return a workbook; a sheet whose name begins with _ is hidden."""
    saved = io.BytesIO()
    with xlsxwriter.Workbook(saved, {"in_memory": True}) as made:
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            for at, cells in enumerate(rows):
                sheet.write_row(at, 0, cells)
            if name.startswith("_"):
                sheet.hide()
    return saved.getvalue()


async def test_the_sheet_whose_titles_say_most_is_taken_and_another_can_be(
    at_counter: Counter,
) -> None:
    people = [list(HEADER), row(PEOPLE[0])]
    content = book(说明=[["请按要求填写"]], 名单=people, 另一张=people, _旧=people)
    one = await at_counter.looked(content)
    head = json.loads(one.head)
    assert [sheet["name"] for sheet in head["sheets"]] == ["说明", "名单", "另一张", "_旧"]
    assert ColumnMapping.model_validate_json(one.mapping).sheet == 1
    assert "hidden_sheets" in [note["key"] for note in head["notes"]]
    async with at_counter.stage.database.transaction() as tx:
        office = Office(tx, at_counter.stage.world, at_counter.stage.clock())
        assert await counter.look_again(office, CLERK, one, 2)
    again = await at_counter.work(one.id)
    assert ColumnMapping.model_validate_json(again.mapping).sheet == 2


async def test_what_was_said_of_titles_is_remembered_for_the_place(at_counter: Counter) -> None:
    titles = ["姓名", "甲", "乙", "乡镇"]
    cells = [PEOPLE[0].name, PEOPLE[0].id_number, PEOPLE[0].phone, "西社镇"]
    one = await at_counter.looked(xlsx_of([titles, cells]))
    columns = {"name": 0, "id_number": 1, "township": 3}
    told = ColumnMapping.model_validate_json(one.mapping)
    await at_counter.map(one, told.model_copy(update={"columns": columns}))
    spaced = [" 姓  名", "甲", "乙", "乡镇"]
    next_one = await at_counter.looked(xlsx_of([["另一个标题"], spaced, cells]))
    assert json.loads(next_one.head)["remembered"]
    found = ColumnMapping.model_validate_json(next_one.mapping)
    assert found.columns == columns
    assert found.heading == 2
    elsewhere = await at_counter.looked(xlsx_of([titles, cells]), scope="k064")
    assert not json.loads(elsewhere.head)["remembered"]


async def test_a_list_of_one_village_is_called_by_it(at_counter: Counter) -> None:
    village = at_counter.stage.world.places.villages["t0727"][0]
    content = xlsx_of([["姓名", "身份证号"], [PEOPLE[0].name, PEOPLE[0].id_number]])
    one = await at_counter.looked(content, name=f"西社镇{village}.xlsx")
    told = ColumnMapping.model_validate_json(one.mapping)
    assert told.fixed == {"township": "t0727", "village": village}
    assert told.missing == ()
    await at_counter.map(one)
    await at_counter.work(one.id)
    done = await at_counter.go(one, "taking")
    assert await at_counter.counts(done) == {"new taken": 1}


async def test_a_file_that_was_taken_before_says_so(at_counter: Counter) -> None:
    content = xlsx_of([list(HEADER), row(PEOPLE[0])])
    one = await at_counter.looked(content)
    assert not json.loads(one.head)["done_before"]
    await at_counter.map(one)
    await at_counter.work(one.id)
    await at_counter.go(one, "taking")
    assert json.loads((await at_counter.looked(content)).head)["done_before"]


async def test_who_turns_16_is_counted_and_listed_by_month(at_counter: Counter) -> None:
    stage = at_counter.stage
    today = stage.world.today(stage.clock())
    ripe = identity(610, date(today.year - 16, today.month, 1) - timedelta(days=3))
    young = identity(611, date(today.year - 15, 1, 5))
    old = at_counter.stage.clock.now
    stage.clock.now -= timedelta(days=60)
    await at_counter.taken(row(ripe), row(young), row(PEOPLE[0]))
    stage.clock.now = old
    month = date(today.year, today.month, 1)
    async with stage.database.reading() as reading:
        (waiting,) = await roster.waiting_in(reading, Scope(("t0727",)), today)
        found = await roster_bulk.turned_16(reading, Scope(("t0727",)), month, month)
        nobody = await roster_bulk.turned_16(reading, Scope(("t0001",)), month, month)
    assert (waiting.total, waiting.due, waiting.newly_ripe, waiting.too_young) == (3, 2, 1, 1)
    assert [(place, values["name"]) for _, place, values in found] == [("t0727", ripe.name)]
    assert nobody == []


async def test_what_nobody_went_on_with_is_forgotten(at_counter: Counter) -> None:
    stage = at_counter.stage
    left = await at_counter.checked(row(PEOPLE[0]), row(PEOPLE[1], name=""))
    done = await at_counter.taken(row(PEOPLE[2]), row(PEOPLE[3], name=""))
    await purge(stage.database, stage.clock() + ROSTERS_KEPT - timedelta(days=1))
    assert (await at_counter.get(left.id)).state == "checked"
    await purge(stage.database, stage.clock() + ROSTERS_KEPT + timedelta(days=1))
    assert (await at_counter.get(left.id)).state == "dropped"
    assert (await at_counter.get(done.id)).state == "done"
    async with stage.database.reading() as reading:
        for one in (left, done):
            found = await roster_imports.get(reading, one.id)
            assert found is not None
            assert (found.head, found.upload_id) == ("", None)
            refused = await roster_rows.rows_of(reading, one.id, "refused")
            assert [each.content for each in refused] == [None]
