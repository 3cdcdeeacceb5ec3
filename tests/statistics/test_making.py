"""Months are counted right, close at their turn, and do not change after it."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.definitions import load_definitions
from bot.statistics.making import NotOver, close, keep_up, recount
from bot.world import World
from storage import leases, statistics
from storage.database import Database
from tests.statistics.counted_by_hand import counted
from tests.statistics.crowd import NOW, PLACES, Somebody, at, crowd, keep, world_of

TABLES = load_definitions().tables
FIRST_OF_DECEMBER = datetime(2026, 11, 30, 16, 5, tzinfo=UTC)


async def cells_in(
    database: Database, month: str
) -> dict[tuple[str, str], dict[tuple[str, ...], int]]:
    """Return everything that is kept of a month, by place and table."""
    found: dict[tuple[str, str], dict[tuple[str, ...], int]] = {}
    async with database.reading() as reading:
        for name in TABLES:
            for county in sorted({county for _, county, _ in PLACES}):
                kept = await statistics.of_county(reading, month, county, name)
                found |= {(place, name): dict(cells) for place, cells in kept.items()}
    return found


def by_hand(
    people: list[Somebody], year: int = 2026
) -> dict[tuple[str, str], dict[tuple[str, ...], int]]:
    places = {place for one in PLACES for place in (one[0], one[1], f"{one[1]}-")}
    found = counted(people, year)
    return {key: dict(cells) for key, cells in found.items() if key[0] in places}


async def test_every_cell_is_what_counting_person_by_person_gives(database: Database) -> None:
    world, people = await world_of(database), crowd(400)
    await keep(database, people, world.shelf.hash)
    assert await keep_up(database, world) == 3
    assert await cells_in(database, "2026-11") == by_hand(people)


async def test_a_county_counted_in_pieces_comes_to_the_same(database: Database) -> None:
    world, people = await world_of(database), crowd(150)
    await keep(database, people, world.shelf.hash)
    await keep_up(database, world)
    for county in {county for _, county, _ in PLACES}:
        definitions = load_definitions()
        await statistics.count(database, definitions, "2026-11", county, NOW, piece=7)
    assert await cells_in(database, "2026-11") == by_hand(people)


async def test_a_month_closes_at_its_turn_and_stays_as_it_is(database: Database) -> None:
    world, people = await world_of(database), crowd(60)
    await keep(database, people[:40], world.shelf.hash)
    await keep_up(database, world)
    await keep(database, people[40:50], world.shelf.hash)
    turn = at(world, FIRST_OF_DECEMBER)
    await keep_up(database, turn)
    await keep(database, people[50:], world.shelf.hash)
    await keep_up(database, at(world, FIRST_OF_DECEMBER + timedelta(hours=2)))
    assert not await statistics.count(database, load_definitions(), "2026-11", "k065", NOW)
    assert await cells_in(database, "2026-11") == by_hand(people[:50])
    assert await cells_in(database, "2026-12") == by_hand(people)
    async with database.reading() as reading:
        states = [one.state for one in await statistics.months(reading)]
    assert states == ["closed", "open"]


async def test_a_closing_that_broke_off_goes_on_with_the_counties_that_are_left(
    database: Database,
) -> None:
    world, people = await world_of(database), crowd(60)
    await keep(database, people[:40], world.shelf.hash)
    await keep_up(database, world)
    turn, broken = at(world, FIRST_OF_DECEMBER), RuntimeError("the power went")

    def fail(done: int, _due: int) -> None:
        if done == 1:
            raise broken

    with pytest.raises(RuntimeError):
        await keep_up(database, turn, fail)
    async with database.reading() as reading:
        before = await statistics.counted_at(reading, "2026-11")
    assert (
        await close(database, at(world, FIRST_OF_DECEMBER + timedelta(minutes=3)), "2026-11") == 2
    )
    async with database.reading() as reading:
        after = await statistics.counted_at(reading, "2026-11")
    assert sum(before[county] == after[county] for county in before) == 1


async def test_the_running_month_is_counted_once_an_hour(database: Database) -> None:
    world, people = await world_of(database), crowd(30)
    await keep(database, people, world.shelf.hash)
    assert await keep_up(database, world) == 3
    assert await keep_up(database, at(world, NOW + timedelta(minutes=59))) == 0
    assert await keep_up(database, at(world, NOW + timedelta(minutes=61))) == 3


async def test_a_county_can_be_counted_at_once(database: Database) -> None:
    world, people = await world_of(database), crowd(30)
    await keep(database, people, world.shelf.hash)
    assert await recount(database, world, "k065")
    assert not await recount(database, world, "k065")
    assert await recount(database, at(world, NOW + timedelta(minutes=1)), "k065")
    async with database.reading() as reading:
        assert set(await statistics.counted_at(reading, "2026-11")) == {"k065"}


async def test_a_month_that_nobody_counted_in_time_is_not_made_up(database: Database) -> None:
    world = await world_of(database)
    await keep(database, crowd(30), world.shelf.hash)
    late = at(world, datetime(2026, 12, 9, tzinfo=UTC))
    await keep_up(database, late)
    async with database.reading() as reading:
        assert [one.month for one in await statistics.months(reading)] == ["2026-12"]


async def test_a_month_left_open_for_long_is_closed_with_what_was_counted(
    database: Database,
) -> None:
    world, people = await world_of(database), crowd(60)
    await keep(database, people[:40], world.shelf.hash)
    await keep_up(database, world)
    await keep(database, people[40:], world.shelf.hash)
    await keep_up(database, at(world, datetime(2027, 1, 20, tzinfo=UTC)))
    assert await cells_in(database, "2026-11") == by_hand(people[:40])
    async with database.reading() as reading:
        found = await statistics.months(reading)
    assert [(one.month, one.state) for one in found] == [
        ("2026-11", "closed"),
        ("2027-01", "open"),
    ]


async def test_two_do_not_count_at_once(database: Database) -> None:
    world = await world_of(database)
    await keep(database, crowd(30), world.shelf.hash)
    async with database.transaction() as tx:
        await leases.acquire(tx, "statistics", "somebody else", timedelta(minutes=1))
    assert await keep_up(database, world) == 0


async def test_the_running_month_cannot_be_closed(database: Database) -> None:
    world: World = await world_of(database)
    with pytest.raises(NotOver):
        await close(database, world, "2026-11")
