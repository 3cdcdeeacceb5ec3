"""Leases: one holder, by the database's clock, fenced by a number that grows."""

from datetime import timedelta

from storage import leases
from storage.database import Database
from storage.leases import Lease

SPAN = timedelta(minutes=1)
OVER = timedelta(seconds=-1)


async def test_a_lease_has_one_holder_until_it_is_released(database: Database) -> None:
    async with database.transaction() as tx:
        first = await leases.acquire(tx, "bulk", "replica 1", SPAN)
        assert first == Lease("bulk", "replica 1", 1)
        assert await leases.acquire(tx, "bulk", "replica 2", SPAN) is None
        await leases.release(tx, first)
        second = await leases.acquire(tx, "bulk", "replica 2", SPAN)
    assert second == Lease("bulk", "replica 2", 2)


async def test_an_expired_lease_goes_on_and_its_holder_finds_out(database: Database) -> None:
    async with database.transaction() as tx:
        slept = await leases.acquire(tx, "bulk", "replica 1", OVER)
        assert slept is not None
        assert not await leases.renew(tx, slept, SPAN)
        awake = await leases.acquire(tx, "bulk", "replica 2", SPAN)
        assert awake is not None
        assert awake.fencing > slept.fencing
        await leases.release(tx, slept)
        assert await leases.renew(tx, awake, SPAN)
        assert not await leases.renew(tx, slept, SPAN)


async def test_leases_of_different_names_do_not_meet(database: Database) -> None:
    async with database.transaction() as tx:
        assert await leases.acquire(tx, "bulk", "replica 1", SPAN)
        assert await leases.acquire(tx, "purge", "replica 2", SPAN)
