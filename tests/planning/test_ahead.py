"""The night's round: what nobody planned, and the groups that stations look after."""

from datetime import UTC, date, datetime, timedelta

from bot.ahead import nudge_unfinished, open_turned, plan_ahead
from conversations.reminders import due_at
from conversations.waves import Span
from storage import cases, chats, interviews, people, reminders, roster, special
from storage import planning as stored
from storage.database import Database
from storage.roster import Entry
from tests.planning.made_up import (
    COUNTY,
    CYCLE,
    NOW,
    TOWNSHIP,
    planning,
    reported,
    rows_of,
    world_of,
)
from tests.storage.made_up import begin, id_number

DAY = date(2027, 6, 9)
SPAN = Span(date(2027, 3, 1), date(2027, 3, 2))
LEFT = timedelta(days=2, minutes=1)


async def on_roster(database: Database, serial: int, ripe_on: date | None) -> str:
    """Put somebody on the roster who turns 16 on a day, or is grown up."""
    number = id_number(serial)
    entry = Entry(number, "", {"id_number": number}, TOWNSHIP, "k065", 2011, "1", ripe_on)
    async with database.transaction() as tx:
        person_id, _ = await roster.add(tx, entry, NOW)
    return person_id


async def test_a_night_makes_up_for_what_is_missing_and_then_has_nothing_to_do(
    database: Database,
) -> None:
    one = await reported(database, 1, DAY)
    world = await world_of(database)
    assert (await plan_ahead(database, world, NOW))["yearly"] == 1
    assert not +await plan_ahead(database, world, NOW)
    (row,) = await rows_of(database, one)
    assert row.cycle == CYCLE


async def test_in_december_the_next_year_is_planned_as_well(database: Database) -> None:
    one = await reported(database, 1, date(2027, 1, 9))
    world = await world_of(database)
    assert (await plan_ahead(database, world, datetime(2026, 11, 20, tzinfo=UTC)))["yearly"] == 0
    assert (await plan_ahead(database, world, datetime(2026, 12, 9, tzinfo=UTC)))["yearly"] == 1
    (row,) = await rows_of(database, one)
    assert row.due_at.date() == date(2027, 1, 9)


async def test_a_wave_is_over_when_nothing_of_it_is_under_way(database: Database) -> None:
    world = await world_of(database)
    await reported(database, 1, DAY)
    async with planning(database, world) as ours:
        await ours.begin(COUNTY, CYCLE, SPAN, "system")
    assert +await plan_ahead(database, world, NOW) == {"waves": 1}
    async with database.transaction() as tx:
        await tx.run("update reminder set state = 'answered';")
    assert +await plan_ahead(database, world, NOW) == {"waves over": 1}
    assert not +await plan_ahead(database, world, NOW)


async def test_who_turns_16_is_on_the_stations_list_once(database: Database) -> None:
    ripe = (date(2026, 11, 30), date(2026, 12, 1), date(2027, 1, 20), date(2027, 2, 1), None)
    ids = [await on_roster(database, n, day) for n, day in enumerate(ripe, start=1)]
    world = await world_of(database)
    assert [await open_turned(database, world, NOW) for _ in range(2)] == [2, 0]
    async with database.transaction() as tx:
        found = await cases.of_station(tx, TOWNSHIP)
        assert {(case.kind, case.person_id) for case in found} == {
            ("turned_16", ids[1]),
            ("turned_16", ids[2]),
        }
        (later,) = [case for case in found if case.person_id == ids[2]]
        assert later.look_at == datetime(2027, 1, 19, 16, tzinfo=UTC)
        for case in found:
            await cases.close(tx, case.id, by="system", now=NOW)
    assert await open_turned(database, world, NOW) == 0


async def test_those_who_never_reported_are_listed_page_by_page(database: Database) -> None:
    ripe = (None, date(2027, 1, 4), date(2027, 1, 5), None)
    ids = [await on_roster(database, n, day) for n, day in enumerate(ripe, start=1)]
    today = date(2027, 1, 4)
    async with database.reading() as reading:
        first = await special.never_confirmed(reading, TOWNSHIP, "", today, 2)
        second = await special.never_confirmed(reading, TOWNSHIP, first[-1], today, 2)
        assert await special.count_never_confirmed(reading, TOWNSHIP, today) == 3
    assert first + second == sorted([ids[0], ids[1], ids[3]])


async def test_an_interview_left_for_two_days_is_nudged_once(database: Database) -> None:
    chat, interview = await begin(database, "left")
    world = await world_of(database)
    started = interview.started_at
    assert await nudge_unfinished(database, world, started + timedelta(days=1)) == 0
    now = started + LEFT
    assert [await nudge_unfinished(database, world, now) for _ in range(2)] == [1, 0]
    async with database.reading() as reading:
        (row,) = await reminders.of_person(reading, interview.person_id)
    assert row.id == f"unfinished:{interview.person_id}:2026:1"
    assert (row.kind, row.chat_id, row.step) == ("unfinished", chat.id, 1)
    tomorrow = now.astimezone(world.zone).date() + timedelta(days=1)
    assert row.due_at == due_at(tomorrow, interview.person_id, world.hours, world.zone)
    assert row.not_after == row.due_at + timedelta(days=14)
    assert await nudge_unfinished(database, world, now + timedelta(days=20)) == 0


async def test_what_is_finished_blocked_or_old_is_not_nudged(database: Database) -> None:
    world = await world_of(database)
    _, finished = await begin(database, "finished")
    blocked, _ = await begin(database, "blocked")
    _, left_range = await begin(database, "left range")
    async with database.transaction() as tx:
        await interviews.close(tx, finished, "stopped", finished.started_at)
        await chats.set_blocked(tx, blocked.id, NOW)
        await people.leave_range(tx, left_range.person_id, "exit_dead", "", NOW)
    assert await nudge_unfinished(database, world, finished.started_at + LEFT) == 0
    await begin(database, "old")
    assert await nudge_unfinished(database, world, finished.started_at + timedelta(days=31)) == 0


async def test_counts_tell_how_many_are_asked(database: Database) -> None:
    await reported(database, 1, DAY)
    await reported(database, 2, date(2028, 1, 1))
    await reported(database, 3, DAY, cycle=CYCLE)
    async with database.reading() as reading:
        assert await stored.count_reported(reading, "k065") == 3
        assert await stored.count_missing(reading, "k065", CYCLE) == 2
        assert await stored.count_due(reading, "k065", CYCLE) == 1
