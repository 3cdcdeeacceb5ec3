"""A batch is asked for once and made once, whoever else tries, drops it or dies meanwhile."""

import asyncio
from pathlib import Path

import pytest

from bot.exporting import taking
from bot.exporting.jobs import work_off
from bot.exporting.making import Interrupted, make
from bot.exporting.taking import Refused
from storage import batch_files, batches, manifests
from storage.batch_files import BatchFile
from storage.batches import Choice
from storage.export.run import Outcome, Target
from storage.transaction import Transaction
from tests.exporting.county import COUNTY, County


async def test_two_clerks_at_once_the_second_is_told(county: County) -> None:
    await county.plant(1)
    batch = await county.ask()
    who = await county.who(1)
    async with county.stage.database.transaction() as tx:
        second = await taking.ask(county.office(tx), who, COUNTY, Choice(), "也要")
    assert second is Refused.IS_OPEN
    await work_off(county.shop())
    await county.take(batch)
    assert (await county.made(1, changed=True)).rows == 0


async def test_of_two_who_make_one_batch_only_one_does(county: County, tmp_path: Path) -> None:
    await county.plant(2)
    batch, shop = await county.ask(), county.shop()

    async def keep(tx: Transaction, outcome: Outcome, counts: object) -> None:
        """Keep nothing: the batch stays in the making."""

    first = make(shop, batch, Target(tmp_path / "a.xlsx"), lambda _: None, keep)
    second = make(shop, batch, Target(tmp_path / "b.xlsx"), lambda _: None, keep)
    ended = await asyncio.gather(first, second, return_exceptions=True)
    assert sorted(type(one).__name__ for one in ended) == ["Interrupted", "Outcome"]


async def test_what_a_crash_left_is_made_anew(county: County, tmp_path: Path) -> None:
    await county.plant(3)
    batch = await county.ask()
    async with county.stage.database.transaction() as tx:
        assert await batches.begin(tx, batch.id)
        line = manifests.Line(1, 4, "11010519491231002X", "p", "r")
        await manifests.add_lines(tx, batch.id, [line])
        left = BatchFile(1, "left.xlsx", 1, "d", 1)
        await batch_files.add(tx, batch.id, left, b"x")
    await work_off(county.shop())
    made = await county.batch(batch.id)
    assert (made.state, made.rows) == ("ready", 3)


async def test_a_batch_that_is_dropped_while_it_is_made_stays_dropped(
    county: County, tmp_path: Path
) -> None:
    await county.plant(2)
    batch = await county.ask()

    async def keep(tx: Transaction, outcome: Outcome, counts: object) -> None:
        raise AssertionError("nothing is kept of it")

    async with county.stage.database.transaction() as tx:
        await batches.drop(tx, batch.id)
    with pytest.raises(Interrupted):
        await make(county.shop(), batch, Target(tmp_path / "a.xlsx"), lambda _: None, keep)
    assert (await county.batch(batch.id)).state == "dropped"
