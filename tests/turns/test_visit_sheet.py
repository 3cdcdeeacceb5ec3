"""Sheets for villages without signal: made, filled in with another program, taken in."""

import io
from collections.abc import Callable, Mapping
from datetime import timedelta

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from bot.places import Place
from bot.visit_sheet.making import Made, sheet_for
from bot.visit_sheet.starting import titles_of
from bot.visit_sheet.taking import Result, Taking, fits, take_in
from conversations.visit_row import columns_of
from storage import cases, reports, roster
from storage import people as persons
from storage.visit_sheet.reading import rows_of
from storage.visit_sheet.writing import workbook_of
from tests.forms import people
from tests.transcripts.stage import Stage
from tests.turns.calls import put_on_list
from tests.turns.chat import Chat
from tests.turns.office import KNOWN, put_on_roster
from tests.turns.tables import tables

TOWNSHIP = "t0727"
YEAR = timedelta(days=380)
FILLED: Mapping[str, str] = {
    **{"consent": "同意", "sensitive_consent": "同意", "informant_relation": "我自己"},
    **{"hukou_kind": "山西农村户口", "situation": "都没有", "labour_capacity": "一般的活都能干"},
    **{"phone": "√", "ethnicity": "汉族", "political_status": "群众"},
    **{"education": "初中", "village": "东张村", "employment_status": "在家种地、养殖"},
    **{"monthly_income": "1500", "startup_kind": "没有"},
    **{"job_intent": "不想", "training_intent": "不想"},
}


async def _made(stage: Stage, village: str = "") -> Made:
    return await sheet_for(
        stage.database, stage.world, _station(stage), village, actor="test", now=stage.clock()
    )


def _station(stage: Stage) -> Place:
    return stage.world.places.by_id[TOWNSHIP]


def _written(stage: Stage, made: Made, values: Mapping[str, str]) -> bytes:
    """Fill in every line by hand, as somebody does in Excel."""
    book = openpyxl.load_workbook(io.BytesIO(workbook_of(made.sheet)))
    form, page = stage.world.shelf.current, book.worksheets[0]
    for row in range(2, page.max_row + 1):
        if page.cell(row, 1).value:
            for at, path in enumerate(columns_of(form), 5):
                name = path.rpartition("/")[2].partition("[")[0]
                if name in values:
                    page.cell(row, at).value = _typed(values[name])
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def _typed(text: str) -> str | int:
    """Return what a spreadsheet makes of typed digits."""
    return int(text) if text.isdecimal() else text


async def _taken(stage: Stage, content: bytes) -> list[Result]:
    taking = Taking(stage.database, stage.world, _station(stage), "command:test", stage.clock())
    rows = rows_of(content)
    assert fits(taking, rows)
    return await take_in(taking, rows)


async def _stored(stage: Stage) -> list[tuple[object, ...]]:
    return list((await tables(stage.url))["report"])


async def test_somebody_on_the_roster_is_visited_and_reported(stage: Stage) -> None:
    await put_on_roster(stage)
    made = await _made(stage)
    assert made.people == 1
    (result,) = await _taken(stage, _written(stage, made, FILLED))
    assert result.outcome == "taken", result.reason
    (person_id,) = {str(row[1]) for row in await _stored(stage)}
    async with stage.database.reading() as reading:
        key = await persons.key_of(reading, person_id)
        assert key is not None
        report = await reports.latest(reading, person_id, key)
    assert report is not None
    assert report.collection_method == "4"
    assert report.state == "submitted"
    values = {path.rpartition("/")[2].partition("[")[0]: v for path, v in report.answers.items()}
    assert values["id_number"] == KNOWN.id_number
    assert values["monthly_income"] == "1500"
    assert values["township"] == TOWNSHIP


async def test_whoever_was_visited_is_on_the_call_list_no_more(stage: Stage) -> None:
    await put_on_roster(stage)
    made = await _made(stage)
    async with stage.database.reading() as reading:
        person_id = await roster.find(reading, KNOWN.id_number)
    assert person_id is not None
    case_id = await put_on_list(stage, person_id, None)
    await _taken(stage, _written(stage, made, FILLED))
    async with stage.database.reading() as reading:
        case = await cases.get(reading, case_id)
    assert case is not None
    assert case.outcome == "reported"


async def test_the_same_sheet_twice_changes_nothing(stage: Stage) -> None:
    await put_on_roster(stage)
    content = _written(stage, await _made(stage), FILLED)
    await _taken(stage, content)
    before = await tables(stage.url)
    (again,) = await _taken(stage, content)
    assert again.outcome == "already"
    assert await tables(stage.url) == before


async def test_numbers_and_phones_are_masked_and_the_code_points_at_nobody(stage: Stage) -> None:
    await put_on_roster(stage)
    made = await _made(stage)
    words = [word for line in made.sheet.lines for word in line.words]
    assert KNOWN.id_number not in words
    assert KNOWN.phone not in words
    assert KNOWN.name in words
    ids = {str(row[0]) for row in (await tables(stage.url))["person"]}
    assert not ids & set(words)


async def test_what_was_said_last_year_stands_in_grey_and_a_tick_says_it_again(
    stage: Stage, chat: Chat
) -> None:
    await chat.report(people.FARMING)
    assert (await _made(stage)).people == 0
    stage.clock.now += YEAR
    made = await _made(stage)
    grey = next(line for line in made.sheet.lines if line.is_grey)
    assert "在家种地、养殖" in grey.words
    titles = titles_of(stage.world.shelf.current, stage.clock())
    ticked = {path.rpartition("/")[2].partition("[")[0]: "√" for path in titles}
    asked = {"employment_status", "monthly_income", "startup_kind", "job_intent"}
    values = {name: tick for name, tick in ticked.items() if name in asked}
    values |= {"informant_relation": "我自己", "phone": "没有手机", "contact_phone": "19900000009"}
    values |= {"contact_relation": "儿女", "training_intent": "不想"}
    (result,) = await _taken(stage, _written(stage, made, values))
    assert result.outcome == "taken", result.reason
    assert len(await _stored(stage)) == 2


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"monthly_income": ""}, "没有填"),
        ({"phone": ""}, "没变就写√"),
        ({"education": "√"}, "看不懂"),
        ({"monthly_income": "很多"}, "看不懂"),
        ({"employment_status": "没活干"}, "不用填"),
        ({"consent": "不同意"}, "没有同意"),
        ({"situation": "在上学"}, "不在登记范围"),
    ],
    ids=[
        "missing",
        "left open",
        "a tick for nothing",
        "unread",
        "not asked",
        "no consent",
        "out of range",
    ],
)
async def test_a_line_that_is_wrong_is_refused_with_the_reason_and_leaves_nothing(
    stage: Stage, change: Mapping[str, str], why: str
) -> None:
    await put_on_roster(stage)
    content = _written(stage, await _made(stage), {**FILLED, **change})
    before = await tables(stage.url)
    (result,) = await _taken(stage, content)
    assert result.outcome == "faults"
    assert why in result.reason
    assert await tables(stage.url) == before


async def test_whoever_reported_by_chat_meanwhile_is_left_as_they_said(
    stage: Stage, chat: Chat
) -> None:
    await put_on_roster(stage)
    content = _written(stage, await _made(stage), FILLED)
    own = {"name": KNOWN.name, "id_number": KNOWN.id_number, "phone": KNOWN.phone}
    await chat.report({**people.FARMING, **own})
    (result,) = await _taken(stage, content)
    assert result.outcome in {"already", "unknown"}
    assert len(await _stored(stage)) == 1


def _foreign(page: Worksheet) -> None:
    page.cell(3, 1).value = "ABCDEFGHJK"


def _doubled(page: Worksheet) -> None:
    page.cell(2, 1).value = page.cell(3, 1).value


@pytest.mark.parametrize(
    ("change", "outcome"), [(_foreign, "unknown"), (_doubled, "twice")], ids=["foreign", "twice"]
)
async def test_a_code_that_is_not_of_this_station_or_there_twice_is_refused(
    stage: Stage,
    change: Callable[[Worksheet], None],
    outcome: str,
) -> None:
    await put_on_roster(stage)
    content = _written(stage, await _made(stage), FILLED)
    book = openpyxl.load_workbook(io.BytesIO(content))
    change(book.worksheets[0])
    saved = io.BytesIO()
    book.save(saved)
    results = await _taken(stage, saved.getvalue())
    assert {result.outcome for result in results} == {outcome}
    assert await _stored(stage) == []


async def test_a_village_has_its_own_sheet(stage: Stage, chat: Chat) -> None:
    await chat.report(people.FARMING)
    stage.clock.now += YEAR
    assert (await _made(stage, "东张村")).people == 1
    assert (await _made(stage, "西张村")).people == 0
