"""Verifying reports at the desk, and the one question that a report is returned with."""

from datetime import timedelta

import pytest

from bot.places import Place
from bot.staff.accounts import invite
from conversations.buttons import Press, Verb, decode
from conversations.desk_errands import Area, desk_press
from conversations.reply import Tap
from storage import audits, reviews
from tests.forms import people
from tests.transcripts.stage import Stage
from tests.turns.chat import text_of
from tests.turns.station import Office, Phone, office
from tests.turns.tables import tables

EMPLOYED, FARMING = people.EMPLOYED_AWAY, people.FARMING


@pytest.fixture
async def place(stage: Stage) -> Office:
    """Return an office where a worker has reported."""
    place = await office(stage)
    await place.worker.report(EMPLOYED)
    return place


async def _states(stage: Stage) -> list[str]:
    rows = (await tables(stage.url))["report"]
    words = {"submitted", "verified", "returned"}
    return sorted(str(value) for row in rows for value in row if value in words)


async def _look(place: Office, who: Phone | None = None) -> str:
    """Let somebody of the staff open the first report of the list."""
    clerk = who or place.clerk
    await clerk.command("start")
    await clerk.tap("待核实")
    label = next(label for label in clerk.labels() if label.startswith("看1"))
    return text_of(await clerk.tap(label))


async def test_each_look_on_the_way_to_a_question_is_a_line_of_the_audit(place: Office) -> None:
    await _look(place)
    before = await _looks(place.stage)
    await _choose_income(place)
    assert await _looks(place.stage) == before + 3


async def _looks(stage: Stage) -> int:
    """Return how often a record was looked at."""
    async with stage.database.reading() as reading:
        lines = await audits.since(reading, stage.clock() - timedelta(days=1))
    return sum(line.action == "person.see" for line in lines)


async def _choose_income(place: Office) -> None:
    await place.clerk.tap("退回问一句")
    await place.clerk.tap("现在干的活")
    await place.clerk.tap(_label(place.clerk, "月平均收入"))


def _label(phone: Phone, part: str) -> str:
    return next(label for label in phone.labels() if part in label)


async def test_a_report_is_shown_masked_and_verified(place: Office) -> None:
    shown = await _look(place)
    assert EMPLOYED["name"] in shown
    assert EMPLOYED["id_number"] not in shown
    assert EMPLOYED["phone"] not in shown
    assert "没有发现疑点" in shown
    told = text_of(await place.clerk.tap("核实"))
    assert "核实了1份" in told
    assert "都核实完了" in told
    assert await _states(place.stage) == ["verified"]


async def test_who_looked_and_who_verified_is_kept(place: Office) -> None:
    await _look(place)
    await place.clerk.tap("核实")
    kept = (await tables(place.stage.url))["audit"]
    actions = [str(value) for row in kept for value in row]
    assert "person.see" in actions
    assert "report.verify" in actions


async def test_a_report_that_a_colleague_verified_meanwhile_is_not_verified_twice(
    place: Office,
) -> None:
    await _look(place)
    await _look(place, place.other)
    await place.clerk.tap("核实")
    told = text_of(await place.other.tap("核实"))
    assert "已经有人处理了" in told


async def test_a_report_that_was_replaced_meanwhile_cannot_be_verified(place: Office) -> None:
    await _look(place)
    await place.worker.write("我的信息")
    await place.worker.tap("改一改")
    await place.worker.tap("都对，提交")
    told = text_of(await place.clerk.tap("核实"))
    assert "又填了新的" in told
    assert await _states(place.stage) == ["submitted", "submitted"]


async def test_a_returned_report_asks_the_worker_that_one_question(place: Office) -> None:
    await _look(place)
    await _choose_income(place)
    told = text_of(await place.clerk.tap("问2"))
    assert "会收到这一句" in told
    (asked,) = place.worker.news()
    assert "月" in asked
    assert "和站里知道的不一样" in asked
    opened = text_of(await place.worker.tap("回答站里"))
    assert "和站里知道的不一样" in opened
    summary = text_of(await place.worker.write("4800"))
    assert "4800" in summary.replace(",", "")
    await place.worker.tap("都对，提交")
    assert await _states(place.stage) == ["returned", "submitted"]
    assert "4800" in (await _look(place)).replace(",", "")


async def test_an_answered_question_is_asked_no_more(place: Office) -> None:
    await _look(place)
    await _choose_income(place)
    await place.clerk.tap("问1")
    shown = text_of(await place.worker.write("我的信息"))
    assert "站里问" in shown
    await place.worker.tap("回答站里")
    await place.worker.write("4800")
    await place.worker.tap("都对，提交")
    assert "站里问" not in text_of(await place.worker.write("我的信息"))
    assert "没有要问的" in text_of(await place.worker.tap("回答站里"))


async def test_typed_words_are_asked_but_no_links_and_no_numbers(place: Office) -> None:
    await _look(place)
    await _choose_income(place)
    refused = text_of(await place.clerk.write("看 http://example.com"))
    assert "网址" in refused
    refused = text_of(await place.clerk.write("打 1990 0000 003 给我"))
    assert "一长串数字" in refused
    assert "太长" in text_of(await place.clerk.write("问" * 201))
    assert place.worker.news() == []
    assert "退回了" in text_of(await place.clerk.write("是5200还是2500？"))
    (asked,) = place.worker.news()
    assert "是5200还是2500?" in asked


async def test_whoever_cannot_be_written_to_is_called(place: Office, stage: Stage) -> None:
    page = Phone(stage, place.phones, "w1", "web")
    await page.report(FARMING)
    await place.clerk.command("start")
    await place.clerk.tap("待核实")
    await place.clerk.tap(_label(place.clerk, FARMING["name"]))
    await place.clerk.tap("退回问一句")
    await place.clerk.tap("现在干的活")
    await place.clerk.tap(place.clerk.labels()[0])
    assert "请打电话" in text_of(await place.clerk.tap("问1"))
    cases = [row for row in (await tables(stage.url))["station_case"] if "returned" in row]
    assert len(cases) == 1


async def test_whoever_blocks_the_bot_before_being_asked_is_called(place: Office) -> None:
    place.phones.blocked.add("1001")
    await _look(place)
    await _choose_income(place)
    await place.clerk.tap("问1")
    stored = (await tables(place.stage.url))["station_case"]
    assert len([row for row in stored if "returned" in row]) == 1


async def test_a_page_without_doubts_is_verified_at_once(place: Office, stage: Stage) -> None:
    await Phone(stage, place.phones, "1002").report(people.RETURNEE)
    await place.clerk.command("start")
    await place.clerk.tap("待核实")
    assert "核实了2份" in text_of(await place.clerk.tap("核实这一页"))
    assert await _states(stage) == ["verified", "verified"]


async def test_what_is_doubtful_comes_first_and_is_never_verified_by_the_page(
    place: Office, stage: Stage
) -> None:
    await Phone(stage, place.phones, "1002").report(FARMING)
    await place.clerk.command("start")
    listed = text_of(await place.clerk.tap("待核实"))
    first = next(line for line in listed.splitlines() if line.startswith("1."))
    assert FARMING["name"] in first
    assert "有疑点" in first
    assert "核实这一页" not in place.clerk.labels()


async def test_a_button_that_a_worker_makes_up_opens_nothing(place: Office) -> None:
    async with place.stage.database.reading() as reading:
        (found,) = await reviews.waiting(reading, ["t0727"], 10)
    press = desk_press(Area.CHECKING, "one", found.report.id[-12:])
    told = await place.worker.take(Tap(Press(Verb.MENU, value=press.value)))
    assert EMPLOYED["id_number"][-4:] not in text_of(told)
    assert "待核实" not in text_of(told)


async def test_another_station_neither_sees_nor_verifies_it(place: Office, stage: Stage) -> None:
    await _look(place)
    press = decode(place.clerk.button("核实").data)
    there = next(one for one in stage.world.places.by_id.values() if _is_far(stage, one))
    invitation = await invite(
        stage.database,
        there,
        name="",
        valid=timedelta(days=1),
        actor="test",
        now=stage.clock(),
    )
    stranger = Phone(stage, place.phones, "2009")
    await stranger.command("staff", invitation.code)
    await stranger.command("start")
    assert "都核实完了" in text_of(await stranger.tap("待核实"))
    assert press is not None
    await stranger.take(Tap(press))
    assert await _states(stage) == ["submitted"]


def _is_far(stage: Stage, one: Place) -> bool:
    own = stage.world.places.by_id["t0727"]
    return one.level == "township" and one.parent_id != own.parent_id


async def test_the_whole_numbers_of_a_report_are_shown_for_a_reason(place: Office) -> None:
    await _look(place)
    told = text_of(await place.clerk.tap("看完整号码"))
    assert EMPLOYED["id_number"] not in told
    assert EMPLOYED["id_number"] in text_of(await place.clerk.write("对照身份证原件"))
    assert "看工作台" in place.clerk.labels()


async def test_the_desk_says_how_many_reports_wait(place: Office) -> None:
    assert "待核实：1份" in text_of(await place.clerk.command("start"))
    await _look(place)
    await place.clerk.tap("核实")
    assert "待核实" not in text_of(await place.clerk.command("start"))


async def test_a_greeting_after_a_fresh_start_is_no_question_to_the_worker(
    place: Office,
) -> None:
    await _look(place)
    await _choose_income(place)
    await place.clerk.command("start")
    await place.clerk.write("今天有什么事要办呢")
    assert await _states(place.stage) == ["submitted"]
    assert place.worker.news() == []


async def test_words_typed_an_hour_later_are_no_question_to_the_worker(place: Office) -> None:
    await _look(place)
    await _choose_income(place)
    place.stage.clock.now += timedelta(hours=1)
    await place.clerk.write("今天有什么事要办呢")
    assert await _states(place.stage) == ["submitted"]


async def test_words_after_a_talk_are_no_question_to_the_worker(place: Office) -> None:
    await _look(place)
    await _choose_income(place)
    await place.worker.write("找人工")
    await place.clerk.tap("接1号")
    await place.clerk.tap("结束")
    place.worker.news()
    await place.clerk.write("今天有什么事要办呢")
    assert await _states(place.stage) == ["submitted"]
