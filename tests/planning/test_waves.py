"""A wave of a county: spread over its days, moved into, stopped, killed and taken up again."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, create_subprocess_exec
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot.ahead import plan_ahead
from bot.places import load_places
from bot.planning import PROVINCE, counties_of
from bot.world import World
from conversations.hours import Hours
from conversations.reminders import Preference, due_at
from conversations.sending import PUT_OFF
from conversations.waves import Span
from storage import planning as stored
from storage import preferences, reminders
from storage.database import Database
from tests.planning.made_up import (
    COUNTY,
    CYCLE,
    NINE_TO_EIGHT,
    NOW,
    planning,
    reported,
    rows_of,
    world_of,
)

CHECKOUT = Path(__file__).parent.parent.parent
SPAN = Span(date(2027, 3, 1), date(2027, 3, 4))
DAY = date(2027, 6, 9)
WIDTH = 39_600


async def plan(database: Database, span: Span = SPAN) -> tuple[str, int]:
    """Plan a wave of the county; return its id and how many came into it."""
    world = await world_of(database)
    async with planning(database, world) as ours:
        wave = await ours.begin(COUNTY, CYCLE, span, "system")
        return wave.id, await ours.wave(wave)


async def test_people_are_spread_evenly_over_the_days_of_a_wave(database: Database) -> None:
    made = [await reported(database, n, DAY, slot=n * WIDTH // 8) for n in range(8)]
    wave_id, planned = await plan(database)
    rows = await rows_of(database, *made)
    assert planned == 8
    assert {row.wave_id for row in rows} == {wave_id}
    assert Counter(row.due_at.date() for row in rows) == {date(2027, 3, n): 2 for n in range(1, 5)}
    assert rows[1].due_at == datetime(2027, 3, 1, 1, tzinfo=UTC) + timedelta(seconds=WIDTH // 2)


async def test_what_was_planned_moves_into_the_wave_unless_it_was_put_off(
    database: Database,
) -> None:
    moved, put_off, sent = [await reported(database, n, DAY) for n in range(1, 4)]
    world = await world_of(database)
    async with planning(database, world) as ours:
        await ours.anniversaries(COUNTY, CYCLE)
    _, late, _ = await rows_of(database, moved, put_off, sent)
    async with database.transaction() as tx:
        await reminders.move(
            tx,
            late.id,
            due_at=late.due_at,
            not_after=late.not_after,
            reason=f"{PUT_OFF}mid",
            chat_id=late.chat_id,
        )
        await reminders.end_open(tx, sent.person_id, CYCLE, "muted", "asked")
    _, planned = await plan(database)
    rows = await rows_of(database, moved, put_off, sent)
    assert planned == 1
    assert [row.due_at.month for row in rows] == [3, 6, 6]
    assert [row.state for row in rows] == ["planned", "planned", "muted"]


async def test_who_reported_in_the_year_already_is_not_in_the_wave(database: Database) -> None:
    await reported(database, 1, DAY, cycle=CYCLE)
    _, planned = await plan(database)
    assert planned == 0


async def test_an_hour_of_ones_own_is_kept_in_a_wave(database: Database) -> None:
    one, nobody = await reported(database, 1, DAY), await reported(database, 2, DAY, slot=None)
    async with database.transaction() as tx:
        await preferences.set_time(tx, one.person_id, None, 19)
    await plan(database)
    world = await world_of(database)
    first, second = await rows_of(database, one, nobody)
    on = first.due_at.astimezone(world.zone).date()
    assert SPAN.first_on <= on <= SPAN.last_on
    assert first.due_at == due_at(
        on, one.person_id, NINE_TO_EIGHT, world.zone, Preference(hour=19)
    )
    assert SPAN.first_on <= second.due_at.astimezone(world.zone).date() <= SPAN.last_on


async def test_a_province_is_planned_county_by_county(database: Database) -> None:
    made = [await reported(database, n, DAY, county=f"k00{n}") for n in range(1, 6)]
    world = await world_of(database)
    async with planning(database, world, most=1) as ours:
        wave = await ours.begin(PROVINCE, CYCLE, SPAN, "system")
        assert await ours.wave(wave) == 5
    assert len(await rows_of(database, *made)) == 5


async def test_a_wave_that_is_stopped_is_planned_no_further(database: Database) -> None:
    made = [await reported(database, n, DAY) for n in range(1, 6)]
    world = await world_of(database)
    async with planning(database, world) as ours:
        wave = await ours.begin(COUNTY, CYCLE, SPAN, "system")
        async with database.transaction() as tx:
            await tx.run("update wave set state = 'stopped';")
        assert await ours.wave(wave) == 0
    assert await rows_of(database, *made) == []
    async with database.reading() as reading:
        assert await stored.waves_to_plan(reading) == []


async def test_a_wave_of_the_same_days_is_taken_up_and_not_begun_anew(database: Database) -> None:
    world = await world_of(database)
    async with planning(database, world) as ours:
        wave = await ours.begin(COUNTY, CYCLE, SPAN, "system")
        assert await ours.taken_up(COUNTY, CYCLE, SPAN) == wave
        assert await ours.taken_up(PROVINCE, CYCLE, SPAN) is None
        assert await ours.taken_up(COUNTY, CYCLE + 1, SPAN) is None
        await ours.wave(wave)
        assert await ours.taken_up(COUNTY, CYCLE, SPAN) is None


async def test_a_planner_killed_between_ranges_is_followed_by_the_night_round(
    database: Database, url: str, key_file: Path
) -> None:
    made = [await reported(database, n, DAY, slot=n * 900) for n in range(40)]
    world = await world_of(database)
    child = await create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.planning.slow_planner",
        cwd=CHECKOUT,
        env={**os.environ, "PLAN_URL": url, "PLAN_KEYS": str(key_file)},
        stdout=PIPE,
    )
    assert child.stdout is not None
    for _ in range(3):
        assert await asyncio.wait_for(child.stdout.readline(), 60)
    child.send_signal(signal.SIGKILL)
    await child.wait()
    before = await rows_of(database, *made)
    assert 0 < len(before) < 40
    counts = await _when_the_lease_is_free(database, world)
    rows = await rows_of(database, *made)
    assert counts["waves"] == 40 - len(before)
    assert len(rows) == len({row.id for row in rows}) == 40
    assert len({row.wave_id for row in rows}) == 1
    assert before == [row for row in rows if row in before]
    assert {row.due_at.date() for row in rows} == {date(2027, 3, day) for day in range(1, 5)}


async def _when_the_lease_is_free(database: Database, world: World) -> Counter[str]:
    """Return what the night's round made once the lease of the dead planner has expired."""
    for _ in range(200):
        counts = await plan_ahead(database, world, NOW)
        if counts:
            return counts
        await asyncio.sleep(0.1)
    raise AssertionError("the lease was never free")


def test_a_scope_has_its_counties_and_one_that_is_gone_has_none() -> None:
    places = load_places()
    assert counties_of(places, COUNTY) == [COUNTY]
    assert len(counties_of(places, "c01")) == 10
    assert len(counties_of(places, PROVINCE)) == 117
    assert counties_of(places, "k999") == []


async def test_a_wave_whose_days_were_all_closed_since_plans_nothing(database: Database) -> None:
    await reported(database, 1, DAY)
    closed = Hours(closed=frozenset(date(2027, 3, n) for n in range(1, 5)))
    world = await world_of(database, closed)
    async with planning(database, world) as ours:
        wave = await ours.begin(COUNTY, CYCLE, SPAN, "system")
        assert await ours.wave(wave) == 0
    async with database.reading() as reading:
        assert await stored.waves_to_plan(reading) == [wave]
