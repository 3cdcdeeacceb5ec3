"""A process that ends in the middle is followed by one that goes on: the end is the same."""

import pytest

from bot.leasing import leased
from bot.platform.work import LEASE, SPAN, Work
from bot.platform.working import step
from storage import answers
from storage.answers import Import
from tests.platform.county import County, result, told


class Killed(Exception):
    """Stands for the end of a process between two transactions."""


async def _until(county: County, import_id: str, kill_at: int) -> bool:
    """Work with chunks of one row; end at a chunk. Return whether it came to the end before."""
    seen = 0

    def count(_done: int, _total: int) -> None:
        nonlocal seen
        seen += 1
        if seen == kill_at:
            raise Killed

    async with leased(county.stage.database, LEASE, SPAN) as lease:
        assert lease is not None
        work = Work(county.stage.database, county.stage.world, lease, count, size=1)
        one = await county.get(import_id)
        while one.state in ("looking", "reading", "taking"):
            await step(work, one)
            one = await county.get(import_id)
    return True


async def _end(county: County, one: Import) -> tuple[object, ...]:
    """Return all that an import leaves behind, without ids and times."""
    states = await county.states()
    rows = await county.rows("batch_row", "line, outcome")
    return (
        [states[person.report_id] for person in county.people],
        sorted((row["line"], row["outcome"]) for row in rows),
        len(await county.rows("report_query")),
        len(await county.rows("outbox")),
        sorted(row["kind"] for row in await county.rows("station_case", "kind")),
        await county.get(one.id) and (await county.get(one.id)).state,
    )


@pytest.mark.parametrize("kill_at", [1, 2, 3, 4])
async def test_whatever_step_it_is_killed_at_the_file_is_taken_once(
    small: County, kill_at: int
) -> None:
    people = await small.reported(4)
    await small.batch(people)
    content = result(
        told(people[0]),
        told(people[1], "失败", "文化程度不正确"),
        told(people[2], "失败", "实名核验不一致"),
        told(people[3]),
    )
    import_id = await small.give(content)
    await small.work()
    one = await small.get(import_id)
    async with small.stage.database.transaction() as tx:
        assert await answers.become(tx, one, "reading", small.stage.clock())
    with pytest.raises(Killed):
        await _until(small, import_id, kill_at)
    assert (await small.get(import_id)).state == "reading"
    assert (await small.get(import_id)).worked == kill_at + 1
    await _until(small, import_id, 0)
    read = await small.get(import_id)
    assert (read.state, read.accepted, read.rejected) == ("checked", 2, 2)
    async with small.stage.database.transaction() as tx:
        assert await answers.become(tx, read, "taking", small.stage.clock())
    with pytest.raises(Killed):
        await _until(small, import_id, kill_at)
    await _until(small, import_id, 0)
    assert await _end(small, one) == (
        ["accepted", "rejected", "rejected", "accepted"],
        [(3, "accepted"), (4, "rejected"), (5, "rejected"), (6, "accepted")],
        1,
        1,
        ["rejected"],
        "done",
    )
