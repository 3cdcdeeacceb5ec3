"""A call ends, and each outcome leads where it should."""

from datetime import UTC, datetime, timedelta

import pytest

from conversations.desk_errands import Area, desk_press
from conversations.lobby.wishes import tag_of
from conversations.reply import Tap
from conversations.talk import TalkWish, talk_press
from storage import cases
from tests.transcripts.stage import Stage
from tests.turns.calls import NAME, NOON, Call, called, open_first
from tests.turns.chat import text_of
from tests.turns.station import TOWNSHIP


@pytest.fixture
async def call(stage: Stage) -> Call:
    return await called(stage)


async def test_who_promised_tonight_is_reminded_tonight_and_comes_up_tomorrow(
    call: Call,
) -> None:
    clerk = call.office.clerk
    await open_first(clerk)
    told = text_of(await clerk.tap("答应今晚填"))
    assert "今晚再提醒本人一次" in told
    assert NAME not in told
    (row,) = await call.rows()
    assert row.state == "planned"
    assert row.due_at == datetime(2027, 11, 25, 11, tzinfo=UTC)
    call.office.stage.clock.now = NOON + timedelta(days=1)
    assert "答应当晚填" in await open_first(clerk)


async def test_nobody_at_home_comes_up_in_the_evening_with_both_tries(call: Call) -> None:
    clerk, clock = call.office.clerk, call.office.stage.clock
    await open_first(clerk)
    assert "傍晚再出现在单子上" in text_of(await clerk.tap("没人接"))
    assert (await call.case()).look_at == datetime(2027, 11, 25, 11, tzinfo=UTC)
    clock.now = NOON + timedelta(hours=10)
    await open_first(clerk)
    await clerk.tap("没人接")
    assert await call.tries() == ["out", "out"]
    clock.now = NOON + timedelta(days=2)
    assert "已经记了2条" in await open_first(clerk)


async def test_a_day_is_typed_or_tapped_and_one_that_is_past_is_asked_again(call: Call) -> None:
    clerk = call.office.clerk
    await open_first(clerk)
    await clerk.tap("约个日子")
    assert "没看懂" in text_of(await clerk.write("11月1号"))
    assert "没看懂" in text_of(await clerk.write("等等看"))
    told = text_of(await clerk.write("12月5号"))
    assert "2027年12月5日" in told
    assert (await call.case()).look_at == datetime(2027, 12, 5, 1, tzinfo=UTC)
    call.office.stage.clock.now = datetime(2027, 12, 5, 2, tzinfo=UTC)
    assert "约在2027年12月5日再打" in await open_first(clerk)
    await clerk.tap("约个日子")
    await clerk.tap("15号")
    assert (await call.case()).look_at == datetime(2027, 12, 15, 1, tzinfo=UTC)


async def test_a_second_tap_on_the_same_outcome_is_not_another_try(call: Call) -> None:
    await open_first(call.office.clerk)
    await call.office.clerk.tap("没人接")
    assert "刚才记过" in text_of(await call.office.clerk.tap("没人接"))
    assert await call.tries() == ["out"]


async def test_who_is_abroad_comes_up_after_the_spring_festival(call: Call) -> None:
    await open_first(call.office.clerk)
    await call.office.clerk.tap("在国外")
    assert (await call.case()).look_at == datetime(2028, 1, 29, 1, tzinfo=UTC)


async def test_a_wrong_number_stays_on_the_list_for_a_visit(call: Call) -> None:
    clerk = call.office.clerk
    await open_first(clerk)
    await clerk.tap("号码不对")
    assert (await call.case()).closed_at is None
    assert any("要上门" in label for label in clerk.labels())


async def test_who_refuses_hears_nothing_this_year_and_stays_in_the_count(call: Call) -> None:
    await open_first(call.office.clerk)
    await call.office.clerk.tap("不愿意填")
    case = await call.case()
    assert case.closed_at is not None
    assert case.outcome == "no"
    assert [row.state for row in await call.rows()] == ["muted"]
    assert (await call.person()).state == "active"
    async with call.office.stage.database.transaction() as tx:
        assert not await cases.call_for(
            tx,
            kind="unreachable",
            person_id=call.person_id,
            township_id=TOWNSHIP,
            chat_id=None,
            reminder_id="",
            cycle=2027,
            priority=0,
            now=NOON,
        )


async def test_who_moved_away_leaves_the_range_with_the_reason(call: Call) -> None:
    await open_first(call.office.clerk)
    await call.office.clerk.tap("不在范围了")
    await call.office.clerk.tap("户口迁走了")
    person = await call.person()
    assert (person.state, person.exit_reason) == ("out_of_range", "02")
    assert (await call.case()).outcome == "moved"


async def test_a_death_is_asked_twice(call: Call) -> None:
    clerk = call.office.clerk
    await open_first(clerk)
    await clerk.tap("去世了")
    assert (await call.person()).state == "active"
    await clerk.tap("是，去世了")
    person = await call.person()
    assert (person.state, person.exit_reason) == ("out_of_range", "01")
    assert not any(row.state in ("planned", "claimed") for row in await call.rows())


async def test_what_belongs_to_the_desk_has_no_outcome_even_by_a_forged_button(
    call: Call,
) -> None:
    stage, clerk = call.office.stage, call.office.clerk
    async with stage.database.transaction() as tx:
        case_id = await cases.open(
            tx, kind="not_me", township_id=TOWNSHIP, person_id=call.person_id, now=NOON
        )
    for step, value in (("case", ""), ("died", "yes")):
        forged = desk_press(Area.WORK_LIST, step, f"{tag_of(case_id)}-{value}")
        await clerk.take(Tap(forged))
    assert (await call.person()).state == "active"


async def test_what_belongs_to_the_list_is_not_ended_by_a_forged_button(call: Call) -> None:
    stage, clerk = call.office.stage, call.office.clerk
    async with stage.database.transaction() as tx:
        case_id = await cases.open(
            tx, kind="rejected", township_id=TOWNSHIP, person_id=call.person_id, now=NOON
        )
    await clerk.take(Tap(talk_press(TalkWish.DONE, tag_of(case_id))))
    async with stage.database.reading() as reading:
        found = await cases.get(reading, case_id)
    assert found is not None
    assert found.closed_at is None
