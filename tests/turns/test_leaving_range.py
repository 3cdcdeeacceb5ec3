"""Somebody need not fill in any more: a reason and a date, no more reminders, a way back."""

from pathlib import Path

import pytest

from conversations.buttons import decode
from conversations.lobby.wishes import Wish, menu_press
from conversations.reply import Tap
from tests.forms import people
from tests.transcripts.stage import Stage
from tests.turns.chat import Chat, text_of
from tests.turns.tables import tables


# What is kept is tried on both databases in tests/storage, so the quicker one is enough.
@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/xiangwen.db"


@pytest.fixture
async def reported(chat: Chat) -> Chat:
    await chat.report(people.FARMING)
    await chat.write("我的信息")
    return chat


def _tag(chat: Chat) -> str:
    press = decode(chat.button("更多").data)
    assert press is not None
    return press.value.partition("-")[2]


async def test_the_reason_the_month_and_who_said_so_are_kept(stage: Stage, reported: Chat) -> None:
    await reported.tap("更多")
    await reported.tap("以后不用再填了")
    await reported.tap("当兵")
    told = await reported.tap("上个月")
    assert "当兵，从2026年10月起" in text_of(told)
    assert "以后不再提醒" in text_of(await reported.tap("对，记下来"))
    found = await tables(stage.url)
    ((_, _, reason, on, told_by, returned),) = found["departure"]
    assert (reason, on, told_by, returned) == ("05", "2026-10", "0", None)
    assert all("planned" not in row for row in found["reminder"])
    assert len(found["report"]) == 1


async def test_the_way_back_is_an_update_and_the_history_stays(
    stage: Stage, reported: Chat
) -> None:
    await reported.take(Tap(menu_press(Wish.LEAVE_SURE, f"{_tag(reported)}-04-2026")))
    shown = await reported.write("我的信息")
    assert "以后不用再填：在校上学，从2026年起" in text_of(shown)
    assert "改一改" not in reported.labels()
    told = await reported.tap("又要填了")
    assert "又要填了" in text_of(told)
    assert "一年一次" not in text_of(told)
    while "还是这样" in reported.labels():
        await reported.tap("还是这样")
    await reported.fill(people.FARMING)
    receipt = await reported.tap("都对，提交")
    assert "下次更新" in text_of(receipt)
    found = await tables(stage.url)
    ((_, _, reason, _, _, returned),) = found["departure"]
    assert reason == "04"
    assert returned is not None
    assert any("planned" in row for row in found["reminder"])


async def test_a_death_is_answered_with_condolence_and_can_be_taken_back(reported: Chat) -> None:
    told = await reported.take(Tap(menu_press(Wish.LEAVE_SURE, f"{_tag(reported)}-01-none")))
    assert "节哀" in text_of(told)
    assert reported.labels() == ["点错了"]
    assert "又要填了" in text_of(await reported.tap("点错了"))


@pytest.mark.parametrize("choice", ["", "77-2026", "04-2030", "04-2026-13", "04", "-", "04-今年"])
async def test_a_forged_button_keeps_nothing(stage: Stage, reported: Chat, choice: str) -> None:
    press = menu_press(Wish.LEAVE_SURE, _tag(reported) + (f"-{choice}" if choice else ""))
    await reported.take(Tap(press))
    found = await tables(stage.url)
    assert found["departure"] == []
    assert any("active" in row for row in found["person"])


async def test_an_old_button_does_not_make_somebody_leave_twice(
    stage: Stage, reported: Chat
) -> None:
    press = menu_press(Wish.LEAVE_SURE, f"{_tag(reported)}-04-2026")
    await reported.take(Tap(press))
    assert "以后不用再填" in text_of(await reported.take(Tap(press)))
    assert len((await tables(stage.url))["departure"]) == 1


async def test_what_was_being_filled_in_about_them_is_let_go(stage: Stage, reported: Chat) -> None:
    tag = _tag(reported)
    await reported.tap("更新今年的情况")
    await reported.take(Tap(menu_press(Wish.LEAVE_SURE, f"{tag}-06-2026-11")))
    assert all("open" not in row for row in (await tables(stage.url))["interview"])
    assert "又要填了" in "".join(label for m in reported.shown[-1:] for label in reported.labels())
