"""Somebody who began is prompted or called, and then stops, or turns out to be known already."""

from datetime import timedelta

from bot.housekeeping import purge
from storage import case_steps, cases, household, reminders
from storage.interviews import OpenInterview
from storage.reminder_rows import Plan
from tests.forms import people
from tests.transcripts.stage import Stage
from tests.turns.chat import Chat
from tests.turns.crowd import TOWNSHIP
from tests.turns.tables import tables

SAID = "儿子说腊月回来"


async def _begun(stage: Stage, chat: Chat) -> OpenInterview:
    """Let a chat begin an interview and be prompted about it."""
    await chat.write("开始")
    if "替家里人填报" in chat.labels():
        await chat.tap("替家里人填报")
    async with stage.database.transaction() as tx:
        (chat_row,) = (await tables(stage.url))["chat"]
        (open_one,) = await household.open_interviews(tx, str(chat_row[0]))
        now = stage.clock()
        plan = Plan("follow_up", 2026, 1, now, now)
        await reminders.plan(tx, open_one.person_id, open_one.chat_id, [plan])
    return open_one


async def test_who_was_prompted_and_does_not_agree_leaves_nothing(
    stage: Stage, chat: Chat
) -> None:
    await _begun(stage, chat)
    await chat.fill({"consent": "no"})
    found = await tables(stage.url)
    assert found["person"] == []
    assert found["reminder"] == []


async def test_a_draft_that_was_prompted_about_is_dropped_in_time(
    stage: Stage, chat: Chat
) -> None:
    await _begun(stage, chat)
    await purge(stage.database, stage.clock() + timedelta(days=400))
    assert (await tables(stage.url))["person"] == []


async def test_who_is_known_already_is_counted_once_with_what_was_noted(
    stage: Stage, chat: Chat
) -> None:
    await chat.report(people.FARMING)
    begun = await _begun(stage, chat)
    async with stage.database.transaction() as tx:
        case_id = await cases.open(
            tx, kind="human", township_id=TOWNSHIP, person_id=begun.person_id, now=stage.clock()
        )
        case = await cases.get(tx, case_id)
        assert case is not None
        await case_steps.add(tx, case, by="staff:1", outcome="note", note=SAID, now=stage.clock())
    await chat.fill(people.FARMING)
    await chat.tap("都对，提交")
    assert len((await tables(stage.url))["person"]) == 1
    async with stage.database.reading() as reading:
        case = await cases.get(reading, case_id)
        assert case is not None
        (step,) = await case_steps.of_case(reading, case)
        rows = await reminders.of_person(reading, case.person_id or "")
    assert step.note == SAID
    assert [row.state for row in rows if row.kind == "follow_up"] == ["answered"]
