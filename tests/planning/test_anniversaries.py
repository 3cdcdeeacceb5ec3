"""A cycle on the anniversaries: one row for each, on their day, done again without a trace."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.ladders import load_ladders
from bot.leasing import WorkLost
from bot.planning import planner
from conversations.hours import Hours
from conversations.reminders import NEVER, Preference, due_at
from conversations.sending import PUT_OFF
from storage import chats, people, preferences, reminders
from storage.database import Database
from storage.vault import Vault
from tests.planning.made_up import (
    COUNTY,
    CYCLE,
    NINE_TO_EIGHT,
    NOW,
    SLOT,
    Made,
    planning,
    reported,
    rows_of,
    world_of,
)

DAY = date(2027, 6, 9)
VERSION = load_ladders().current.version


async def plan(
    database: Database, *, hours: Hours = NINE_TO_EIGHT, zone: str = "Asia/Shanghai"
) -> int:
    world = await world_of(database, hours, zone)
    async with planning(database, world) as ours:
        return await ours.anniversaries(COUNTY, CYCLE)


async def test_everybody_has_one_row_however_often_it_is_planned(database: Database) -> None:
    made = [await reported(database, n, DAY + timedelta(days=n)) for n in range(1, 8)]
    assert [await plan(database), await plan(database)] == [7, 0]
    rows = await rows_of(database, *made)
    assert [row.id for row in rows] == [f"yearly:{one.person_id}:2027:1" for one in made]
    assert [row.chat_id for row in rows] == [one.chat_id for one in made]
    assert {(row.state, row.ladder) for row in rows} == {("planned", VERSION)}


async def test_the_slot_of_the_day_is_that_of_the_person(database: Database) -> None:
    one = await reported(database, 1, DAY)
    await plan(database)
    (row,) = await rows_of(database, one)
    assert row.due_at == datetime(2027, 6, 9, 1, tzinfo=UTC) + timedelta(seconds=SLOT)
    assert row.not_after == row.due_at + timedelta(days=30)


async def test_sql_and_the_rule_for_one_person_find_the_same_instant(database: Database) -> None:
    closed = frozenset(DAY + timedelta(days=n) for n in range(2))
    hours = Hours(weekdays={4: None}, closed=closed)
    world = await world_of(database, hours, "Europe/Berlin")
    made = []
    for serial, day in enumerate((DAY, date(2027, 3, 27), date(2027, 10, 31)), start=1):
        slot = SLOT * serial
        made.append((await reported(database, serial, day, slot=slot), day, slot))
    await plan(database, hours=hours, zone="Europe/Berlin")
    for one, day, slot in made:
        (row,) = await rows_of(database, one)
        on = hours.open_day(day)
        opens = datetime.combine(on, hours.usual(on).opens, world.zone).astimezone(UTC)
        assert row.due_at == opens + timedelta(seconds=slot % hours.usual(on).seconds)
    assert hours.open_day(DAY) == date(2027, 6, 12)


async def test_29_february_is_asked_on_the_28th_of_a_shorter_year(database: Database) -> None:
    one = await reported(database, 1, date(2024, 2, 29))
    await plan(database)
    (row,) = await rows_of(database, one)
    assert row.due_at.date() == date(2027, 2, 28)


async def test_whose_day_went_by_unplanned_is_asked_in_the_next_weeks(database: Database) -> None:
    one = await reported(database, 1, date(2027, 1, 2))
    await plan(database)
    (row,) = await rows_of(database, one)
    assert NOW < row.due_at < NOW + timedelta(days=29)


async def test_who_reported_left_or_was_erased_is_not_planned(database: Database) -> None:
    answered = await reported(database, 1, DAY, cycle=CYCLE)
    gone, erased = [await reported(database, n, DAY) for n in (2, 3)]
    later = await reported(database, 4, date(2028, 6, 9))
    async with database.transaction() as tx:
        await people.leave_range(tx, gone.person_id, "exit_dead", "2027-01", NOW)
        await people.erase(tx, erased.person_id, "system", NOW)
    assert await plan(database) == 0
    assert await rows_of(database, answered, gone, erased, later) == []


async def test_a_row_that_was_put_off_sent_or_muted_stays_as_it_is(database: Database) -> None:
    one = await reported(database, 1, DAY)
    await plan(database)
    (row,) = await rows_of(database, one)
    async with database.transaction() as tx:
        await reminders.move(
            tx,
            row.id,
            due_at=NOW,
            not_after=NOW + timedelta(days=1),
            reason=f"{PUT_OFF}eve",
            chat_id=one.chat_id,
        )
    before = await rows_of(database, one)
    assert await plan(database) == 0
    assert await rows_of(database, one) == before


async def test_a_weekday_and_hour_of_ones_own_are_kept(database: Database) -> None:
    choosy, mute, paused = [await reported(database, n, DAY) for n in range(1, 4)]
    async with database.transaction() as tx:
        await preferences.set_time(tx, choosy.person_id, 5, 19)
        await preferences.pause(tx, mute.person_id, NEVER)
        await preferences.pause(tx, paused.person_id, date(2027, 8, 2))
    await plan(database)
    world = await world_of(database)
    first, second, third = await rows_of(database, choosy, mute, paused)
    assert first.due_at == due_at(
        DAY, choosy.person_id, world.hours, world.zone, Preference(5, 19)
    )
    assert first.due_at.astimezone(world.zone).strftime("%m-%d %H") == "06-12 19"
    assert second.due_at.date() == DAY
    assert third.due_at.date() == date(2027, 8, 2)


async def test_somebody_without_a_slot_has_one_by_their_id(database: Database) -> None:
    one = await reported(database, 1, DAY, slot=None)
    await plan(database)
    world = await world_of(database)
    (row,) = await rows_of(database, one)
    assert row.due_at == due_at(DAY, one.person_id, world.hours, world.zone)


async def _link(database: Database, one: Made, address: str, relation: str, channel: str) -> str:
    async with database.transaction() as tx:
        chat, _ = await chats.load_turn(tx, channel, address, NOW)
        await chats.link(tx, chat.id, one.person_id, relation, NOW)
    return chat.id


async def test_ones_own_chat_is_asked_then_the_newest_that_takes_messages(
    database: Database,
) -> None:
    ones, families, nobodys = [await reported(database, n, DAY) for n in range(1, 4)]
    await _link(database, ones, "daughter", "2", "telegram")
    son = await _link(database, families, "son", "2", "telegram")
    await _link(database, nobodys, "page", "0", "web")
    async with database.transaction() as tx:
        for one in (families, nobodys):
            await chats.set_blocked(tx, one.chat_id, NOW)
    await plan(database)
    rows = await rows_of(database, ones, families, nobodys)
    assert [row.chat_id for row in rows] == [ones.chat_id, son, None]


async def test_of_two_planners_one_is_turned_away(url: str, vault: Vault) -> None:
    replicas = [await Database.open(url, vault) for _ in range(2)]
    made = [await reported(replicas[0], n, DAY) for n in range(1, 6)]
    world = await world_of(replicas[0])

    async with planner(replicas[0], world, NOW, most=1) as ours:
        assert ours is not None
        async with planner(replicas[1], world, NOW, most=1) as other:
            assert other is None
        assert await ours.anniversaries(COUNTY, CYCLE) == 5
    assert len(await rows_of(replicas[0], *made)) == 5
    for database in replicas:
        await database.close()


async def test_a_planner_that_slept_through_its_lease_stops(database: Database) -> None:
    await reported(database, 1, DAY)
    world = await world_of(database)
    async with planner(database, world, NOW, span=timedelta(0)) as ours:
        assert ours is not None
        with pytest.raises(WorkLost):
            await ours.anniversaries(COUNTY, CYCLE)
