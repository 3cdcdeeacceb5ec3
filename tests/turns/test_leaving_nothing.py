"""Out of range, declined, dropped, withdrawn: what is left in every table."""

from datetime import date
from typing import Final

import pytest

from tests.forms import people
from tests.identities import id_number
from tests.transcripts.stage import Stage
from tests.turns.chat import Chat, text_of
from tests.turns.tables import TRACES, tables

TOO_YOUNG: Final = {
    **people.EMPLOYED_AWAY,
    "id_number": id_number("140105", date(2011, 3, 4), 7),
}
ENDINGS: Final = {
    "out of range": (people.OUT_OF_RANGE, ("out_of_range", "04")),
    "too young": (TOO_YOUNG, ("out_of_range", "12")),
    "no consent": ({"consent": "no"}, ("declined", "")),
    "no consent to the sensitive part": (
        {"consent": "yes", "sensitive_consent": "no"},
        ("declined", ""),
    ),
}


async def _left(stage: Stage) -> dict[str, int]:
    """Return the tables that hold rows and should not, with their numbers."""
    found = await tables(stage.url)
    assert {"person", "interview", "report", "identity_index"} <= set(found)
    return {name: len(rows) for name, rows in found.items() if rows and name not in TRACES}


@pytest.mark.parametrize("ending", ENDINGS)
async def test_nothing_is_left_of_somebody_who_is_not_asked(
    stage: Stage, chat: Chat, ending: str
) -> None:
    answers, counted = ENDINGS[ending]
    await chat.write("开始")
    assert await _left(stage) != {}
    told = await chat.fill(answers)
    assert "留" in text_of(told)
    assert await _left(stage) == {}
    (tally,) = (await tables(stage.url))["tally"]
    assert set(counted) <= set(tally)


@pytest.mark.parametrize("way", ["button", "words"])
async def test_nothing_is_left_of_an_interview_that_was_dropped(
    stage: Stage, chat: Chat, way: str
) -> None:
    await chat.write("开始")
    await chat.fill(people.FARMING, "education")
    await chat.write("停止")
    await (chat.tap("删掉这次填的") if way == "button" else chat.write("删掉"))
    assert await _left(stage) == {}
    (tally,) = (await tables(stage.url))["tally"]
    assert "dropped" in tally


async def test_a_second_tap_on_delete_begins_nothing(stage: Stage, chat: Chat) -> None:
    await chat.write("开始")
    await chat.write("停止")
    await chat.tap("删掉这次填的")
    told = await chat.tap("删掉这次填的")
    assert "已经结束" in text_of(told)
    assert await _left(stage) == {}


async def test_withdrawal_erases_the_record_its_key_and_its_reminders(
    stage: Stage, chat: Chat
) -> None:
    await chat.report(people.FARMING)
    before = await tables(stage.url)
    assert before["person_key"]
    assert before["report"]
    await chat.write("我的信息")
    await chat.tap("更多")
    await chat.tap("删除我的信息")
    assert (await tables(stage.url))["report"] == before["report"]
    await chat.tap("确定删除")
    after = await tables(stage.url)
    for gone in ("person_key", "report", "identity_index", "projection", "return_code"):
        assert after[gone] == [], gone
    assert after["chat_person"] == after["interview"] == []
    assert all("planned" not in row for row in after["reminder"])
    told = await chat.write("我的信息")
    assert "还没有填报" in text_of(told)
    again = await chat.tap("确定删除")
    assert "还没有填报" in text_of(again)


async def test_declining_after_an_earlier_report_leaves_that_report(
    stage: Stage, chat: Chat
) -> None:
    await chat.report(people.FARMING)
    before = (await tables(stage.url))["report"]
    await chat.tap("替家里人填报")
    await chat.fill({"consent": "no"})
    assert (await tables(stage.url))["report"] == before
    assert len((await tables(stage.url))["person"]) == 1


async def test_somebody_who_leaves_the_range_later_is_kept_and_asked_no_more(
    stage: Stage, chat: Chat
) -> None:
    await chat.report(people.FARMING)
    await chat.write("我的信息")
    await chat.tap("改一改")
    await chat.tap("改 先看看要不要填")
    await chat.tap("在校、在役：都没有")
    told = await chat.tap("在部队当兵")
    assert "一条也没有留" not in text_of(told)
    after = await tables(stage.url)
    assert len(after["report"]) == 1
    assert any("out_of_range" in row for row in after["person"])
    assert all("planned" not in row for row in after["reminder"])
