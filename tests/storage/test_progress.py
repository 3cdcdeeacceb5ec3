"""Kept counts: whatever happens to people, they are what a recount finds."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest

from conversations.scope import PROVINCE
from storage import headcounts, progress
from storage.database import Database
from storage.days import LocalDays
from storage.progress import Counting
from storage.recounting import Difference, one_moment, recount
from tests.storage.walking import ABOVE, CYCLE, ZONE, Walk, shown

COUNTING = Counting(ABOVE, LocalDays(ZONE))
TODAY = date(2026, 11, 23)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
# The evening before a local midnight: days that were told in UTC would be wrong half of the time.
EARLY = datetime(2026, 1, 10, 15, 59, tzinfo=UTC)
PLACES = (PROVINCE, "c01", "c02", "k001", "k002", "k003", "t0001", "t0002", "t0018", "t0104")


async def recounted(database: Database) -> list[Difference]:
    async with database.transaction() as tx:
        await one_moment(tx)
        return await recount(tx, COUNTING, TODAY, timedelta(hours=8))


async def fold(database: Database, most: int) -> None:
    async with database.transaction() as tx:
        await progress.fold(tx, COUNTING, most)
        await headcounts.fold(tx, COUNTING, most)


async def agree(database: Database, walk: Walk) -> None:
    async with database.reading() as reading:
        now = await progress.counts(reading, COUNTING, CYCLE, PLACES)
        heads = await headcounts.counts(reading, COUNTING, PLACES)
        later = await headcounts.counts_on(reading, COUNTING, PLACES, date(2030, 1, 1))
        begun = await progress.begun(reading, COUNTING, PROVINCE)
        for place in PLACES:
            assert begun[place] == sum(place in ABOVE[one] for _, one in walk.open), place
            own = await progress.begun(reading, COUNTING, place)
            assert own[place] == begun[place], place
            assert +now[place] == +walk.stages[place], place
            assert heads[place] == later[place] == walk.heads(place), place
            trend = await progress.trend(reading, COUNTING, CYCLE, place)
            expected = {key: count for key, count in walk.days[place].items() if count}
            assert shown(trend) == expected, place
            ledger = await headcounts.ledger(reading, COUNTING, place, *YEAR)
            assert ledger.total == heads[place], place


@pytest.mark.parametrize("seed", range(4))
async def test_kept_counts_are_what_a_model_and_a_recount_find_after_any_walk(
    database: Database, seed: int
) -> None:
    chance = random.Random(seed)
    walk = Walk(database, chance, EARLY)
    for step in range(70):
        await walk.step()
        if step % 9 == 0:
            await fold(database, chance.randrange(1, 20))
    await agree(database, walk)
    assert await recounted(database) == []
    await agree(database, walk)


async def test_a_recount_says_what_was_wrong_and_mends_it(database: Database) -> None:
    walk = Walk(database, random.Random(7), EARLY)
    for _ in range(12):
        await walk.step()
    await fold(database, 1000)
    truth = walk.stages["k001"]["submitted"]
    async with database.transaction() as tx:
        wrong = {"place_id": "k001", "cycle": CYCLE, "stage": "submitted", "count": 5}
        await tx.each("progress.add", [wrong])
        await tx.each("headcounts.add", [{"place_id": "t0001", "count": -2}])
    heads = walk.heads("t0001")
    assert await recounted(database) == [
        Difference("k001", CYCLE, "submitted", truth + 5, truth),
        Difference("t0001", 0, "headcount", heads - 2, heads),
    ]
    assert await recounted(database) == []
    async with database.reading() as reading:
        kept = await progress.counts(reading, COUNTING, CYCLE, ["k001"])
        assert +kept["k001"] == +walk.stages["k001"]
        assert (await headcounts.counts(reading, COUNTING, ["t0001"]))["t0001"] == heads


async def test_figures_are_the_same_before_and_after_a_fold(database: Database) -> None:
    walk = Walk(database, random.Random(3), EARLY)
    for _ in range(15):
        await walk.step()
    await agree(database, walk)
    await fold(database, 1000)
    async with database.reading() as reading:
        assert not await reading.all("progress.waiting", cycle=CYCLE)
        assert not await reading.all("headcounts.waiting")
    await agree(database, walk)
