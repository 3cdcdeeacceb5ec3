"""The work list: a case appears, says why, and is nobody else's."""

from datetime import timedelta

import pytest

from storage import people, roster
from tests.forms import people as forms
from tests.transcripts.stage import Stage
from tests.turns.calls import NAME, NOON, Call, called, open_first, phone_at, put_on_list
from tests.turns.chat import text_of
from tests.turns.office import KNOWN, put_on_roster
from tests.turns.tables import tables


@pytest.fixture
async def call(stage: Stage) -> Call:
    return await called(stage)


async def test_a_case_says_who_and_why_and_hides_the_number(call: Call) -> None:
    clerk = call.office.clerk
    said = await open_first(clerk)
    assert NAME in said
    assert "1966年生" in said
    assert "东张村" in said
    assert "提醒过1次" in said
    assert forms.FARMING["phone"] not in said
    assert forms.FARMING["name"] not in said


async def test_the_whole_number_takes_a_reason_and_is_audited(call: Call) -> None:
    clerk = call.office.clerk
    await open_first(clerk)
    await clerk.tap("看完整号码")
    told = await clerk.tap("打电话")
    assert forms.FARMING["phone"] in text_of(told)
    assert told.messages[-1].protect
    audit = repr((await tables(call.office.stage.url))["audit"])
    assert "person.see_whole" in audit
    assert f"person:{call.person_id}" in audit


async def test_a_colleague_cannot_call_the_same_person_for_half_an_hour(call: Call) -> None:
    await open_first(call.office.clerk)
    said = await open_first(call.office.other)
    assert "同事正在办" in said
    assert "答应今晚填" not in call.office.other.labels()
    call.office.stage.clock.now = NOON + timedelta(minutes=31)
    await open_first(call.office.other)
    assert "答应今晚填" in call.office.other.labels()
    told = text_of(await call.office.clerk.tap("没人接"))
    assert "单子上没有这一件了" in told
    assert await call.tries() == []


async def test_words_typed_at_a_case_are_kept_sealed(call: Call) -> None:
    clerk = call.office.clerk
    await open_first(clerk)
    assert "这句话记下了" in text_of(await clerk.write("儿子说腊月回来"))
    assert "儿子说腊月回来" in await open_first(clerk)
    assert "腊月回来" not in repr((await tables(call.office.stage.url))["case_step"])


async def test_the_list_is_filtered_by_kind_and_by_village(call: Call) -> None:
    clerk = call.office.clerk
    await clerk.command("start")
    await clerk.tap("要办的事")
    assert "这里面没有" in text_of(await clerk.write("西张村"))
    assert "现在有1件" in text_of(await clerk.write("东张"))
    await clerk.tap("看全部")
    await clerk.tap("只看一类")
    told = await clerk.tap("提醒了没回音 1")
    assert "现在有1件" in text_of(told)


async def test_six_are_on_a_page_and_who_never_confirmed_comes_first(call: Call) -> None:
    stage, clerk = call.office.stage, call.office.clerk
    await put_on_roster(stage)
    async with stage.database.reading() as reading:
        known = await roster.find(reading, KNOWN.id_number)
    assert known is not None
    await put_on_list(stage, known, None)
    stage.clock.now += timedelta(minutes=1)
    for _ in range(6):
        async with stage.database.transaction() as tx:
            person_id, _ = await people.create(tx, stage.clock())
        await put_on_list(stage, person_id, None)
    await clerk.command("start")
    await clerk.tap("要办的事")
    assert KNOWN.name[:1] in clerk.labels()[0]
    await clerk.tap("下一页 ›")
    assert any(NAME in label for label in clerk.labels())


async def test_another_township_neither_sees_nor_opens_the_case(call: Call) -> None:
    stage = call.office.stage
    await open_first(call.office.clerk)
    taken = next(
        button
        for message in call.office.clerk.shown
        for row in message.rows
        for button in row
        if NAME in button.label
    )
    stranger = await phone_at(stage, call.office.phones, "t0728", "2009")
    await stranger.command("start")
    assert "现在没有" in text_of(await stranger.tap("要办的事"))
    stranger.shown[-1] = call.office.clerk.shown[0]
    stranger.shown += [m for m in call.office.clerk.shown if any(taken in row for row in m.rows)]
    assert "单子上没有这一件了" in text_of(await stranger.tap(taken.label))
