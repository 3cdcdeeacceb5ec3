"""Each condition of a filter, on people as they are kept."""

from datetime import date, timedelta
from typing import Any, Final

import pytest

from bot.staff.followups_choosing import sweep
from bot.staff.followups_lists import choices, groups, label_of
from conversations.followups import SUMMARY, Filter
from conversations.reply import Text
from storage import chats
from tests.forms import people
from tests.identities import identity
from tests.transcripts.stage import Stage
from tests.turns.chat import Chat
from tests.turns.crowd import COUNTY, TOWNSHIP, settle
from tests.turns.office import put_on_roster

WISHES: Final[dict[str, Any]] = {
    "training_intent": "1",
    "training_trade": "20 22",
    "job_intent": "1",
    "job_industry": "C",
    "expected_place": "5",
    "employment_status": "3",
}


async def _chosen(stage: Stage, filter: Filter, scope_id: str = TOWNSHIP) -> list[str]:
    """Return the ids of those who get a prompt."""
    async with stage.database.reading() as reading:
        sifted = await sweep(reading, stage.world, scope_id, filter, stage.clock())
    return [one.person_id for one in sifted.chosen]


async def _person_of(stage: Stage, chat: Chat) -> str:
    """Return the person of the interview that is open in a chat."""
    async with stage.database.reading() as reading:
        found = await chats.look(reading, "telegram", chat.address.address)
    assert found is not None
    assert found[1] is not None
    return found[1].person_id


@pytest.mark.parametrize(
    ("fits", "fits_not"),
    [
        (Filter(training="1"), Filter(training="0")),
        (Filter(training="1", trade="22"), Filter(trade="02")),
        (Filter(trade="20"), Filter(trade="2")),
        (Filter(job="1"), Filter(job="0")),
        (Filter(industry="C"), Filter(industry="E")),
        (Filter(place="5"), Filter(place="1")),
        (Filter(status="3"), Filter(status="1")),
        (Filter(sex="1"), Filter(sex="2")),
        (Filter(age_from=46), Filter(age_from=47)),
        (Filter(age_to=46), Filter(age_to=45)),
        (Filter(age_from=46, age_to=46), Filter(age_from=20, age_to=45)),
        (Filter(village="东张"), Filter(village="西张")),
        (
            Filter(answered_before=date(2026, 11, 24)),
            Filter(answered_before=date(2020, 1, 1)),
        ),
        (Filter(unconfirmed=True), Filter(not_started=True)),
        (Filter(trade="20", industry="C"), Filter(trade="20", industry="E")),
    ],
    ids=lambda filter: filter.model_dump_json(exclude_defaults=True),
)
async def test_a_condition_chooses_those_for_whom_it_holds(
    stage: Stage, fits: Filter, fits_not: Filter
) -> None:
    one = await settle(stage, 1, **WISHES)
    assert await _chosen(stage, fits) == [one.person_id]
    assert await _chosen(stage, fits_not) == []


async def test_only_people_of_the_scope_are_chosen(stage: Stage) -> None:
    here = await settle(stage, 1)
    there = await settle(stage, 2, township="t0728")
    everybody = Filter(unconfirmed=True)
    assert await _chosen(stage, everybody) == [here.person_id]
    assert await _chosen(stage, everybody, "t0728") == [there.person_id]
    both = {here.person_id, there.person_id}
    assert set(await _chosen(stage, everybody, COUNTY)) == both
    assert await _chosen(stage, everybody, "nowhere") == []


async def test_the_own_chat_is_chosen_before_that_of_a_relative(stage: Stage) -> None:
    one = await settle(stage, 1)
    async with stage.database.transaction() as tx:
        other, _ = await chats.load_turn(tx, "telegram", "daughter", stage.clock())
        await chats.link(tx, other.id, one.person_id, "1", stage.clock())
        web, _ = await chats.load_turn(tx, "web", "page", stage.clock())
        await chats.link(tx, web.id, one.person_id, "0", stage.clock())

    async def chat_id() -> str | None:
        async with stage.database.reading() as reading:
            filter, now = Filter(unconfirmed=True), stage.clock()
            sifted = await sweep(reading, stage.world, TOWNSHIP, filter, now)
        return sifted.chosen[0].chat_id

    assert await chat_id() == one.chat_id
    async with stage.database.transaction() as tx:
        await chats.set_blocked(tx, one.chat_id, stage.clock())
    assert await chat_id() == other.id


async def test_a_chat_of_the_staff_is_not_prompted_for_somebody_they_helped(
    stage: Stage,
) -> None:
    await settle(stage, 1, address="clerk", relation="6")
    own = await settle(stage, 2, address="another clerk")
    async with stage.database.transaction() as tx:
        for address in ("clerk", "another clerk"):
            chat, _ = await chats.load_turn(tx, "telegram", address, stage.clock())
            await chats.make_staff(tx, chat.id, "somebody", stage.clock())
    assert await _chosen(stage, Filter(unconfirmed=True)) == [own.person_id]


async def test_who_stopped_in_the_middle_is_found_by_where_and_for_how_long(
    stage: Stage, chat: Chat
) -> None:
    await chat.take(Text("开始"))
    await chat.fill(people.FARMING, "employment_status")
    person_id = await _person_of(stage, chat)
    assert await _chosen(stage, Filter(stuck_for=3)) == []
    stage.clock.now += timedelta(days=4)
    assert await _chosen(stage, Filter(stuck_for=3)) == [person_id]
    assert await _chosen(stage, Filter(stuck_for=3, stuck_in="employment")) == [person_id]
    assert await _chosen(stage, Filter(stuck_for=3, stuck_in="training")) == []
    assert await _chosen(stage, Filter(not_started=True)) == [person_id]
    assert await _chosen(stage, Filter(not_started=True, village="东张村")) == [person_id]
    assert await _chosen(stage, Filter(not_started=True, village="西张村")) == []
    assert await _chosen(stage, Filter(not_started=True, sex="1")) == []
    assert await _chosen(stage, Filter(stuck_for=3), "t0728") == []


async def test_who_filled_in_everything_and_did_not_send_it_is_found(
    stage: Stage, chat: Chat
) -> None:
    await chat.take(Text("开始"))
    await chat.fill(people.FARMING)
    person_id = await _person_of(stage, chat)
    stage.clock.now += timedelta(days=2)
    assert await _chosen(stage, Filter(stuck_in=SUMMARY)) == [person_id]


async def test_a_yearly_update_left_in_the_middle_is_found_too(stage: Stage, chat: Chat) -> None:
    await chat.report(people.FARMING)
    stage.clock.wait(365)
    await chat.take(Text("开始"))
    await chat.tap("更新今年的情况")
    person_id = await _person_of(stage, chat)
    stage.clock.wait(5)
    assert await _chosen(stage, Filter(stuck_for=3)) == [person_id]
    assert await _chosen(stage, Filter(stuck_for=3, stuck_in="notice")) == []
    assert await _chosen(stage, Filter(stuck_for=3, not_started=True)) == []


async def test_whoever_is_on_the_roster_and_never_came_can_only_be_called(stage: Stage) -> None:
    await put_on_roster(stage, identity(5, date(1980, 1, 1)))
    async with stage.database.reading() as reading:
        filter = Filter(not_started=True)
        sifted = await sweep(reading, stage.world, TOWNSHIP, filter, stage.clock())
    assert sifted.chosen == ()
    assert len(sifted.to_call) == 1


async def test_codes_and_headings_are_those_of_the_form(stage: Stage) -> None:
    world, now = stage.world, stage.clock()
    assert ("02", "电焊") in [(one.name, one.label) for one in choices(world, "trade", now)]
    assert label_of(world, "industry", "C", now) == "工厂做工"
    assert label_of(world, "trade", "02", now, language="en").isascii()
    assert label_of(world, "trade", "", now) == ""
    assert label_of(world, "industry", "?", now) == "?"
    assert choices(world, "sex", now) == ()
    assert ("employment", "现在干的活") in [(one.name, one.label) for one in groups(world, now)]
