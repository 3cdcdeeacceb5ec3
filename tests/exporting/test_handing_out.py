"""A batch that is ready: who may take it, for how long, and what is looked at once more."""

from datetime import timedelta

from bot.exporting import taking
from bot.exporting.jobs import work_off
from bot.exporting.taking import Refused, Taken
from storage import batch_files, batches, manifests, reports
from storage.batches import Choice
from tests.export.people import records
from tests.exporting.county import County, at_home


async def approved(county: County, batch: batches.Batch, clerk: int) -> Refused | None:
    who = await county.who(clerk)
    async with county.stage.database.transaction() as tx:
        return await taking.approve(county.office(tx), who, batch)


async def test_a_large_batch_waits_for_a_second_person(county: County) -> None:
    await county.plant(6)
    batch = await county.made()
    assert await county.take(batch) is Refused.NEEDS_SECOND
    assert await county.password(batch) is Refused.NEEDS_SECOND
    assert await approved(county, batch, 0) is Refused.ASKED_YOURSELF
    assert await county.take(batch) is Refused.NEEDS_SECOND
    assert await approved(county, batch, 1) is None
    assert isinstance(await county.take(batch), Taken)
    assert await county.password(batch, 1) is Refused.NOT_YOURS
    assert isinstance(await county.password(batch), str)
    assert await county.password(batch) is Refused.GONE


async def test_many_small_batches_are_one_large_one(county: County) -> None:
    await county.plant(3)
    first = await county.made()
    assert isinstance(await county.take(first), Taken)
    again = await county.made()
    assert await county.take(again) is Refused.NEEDS_SECOND
    assert await county.password(again) is Refused.NEEDS_SECOND
    assert await approved(county, again, 1) is None
    assert isinstance(await county.take(again), Taken)
    county.stage.clock.wait(2)
    assert isinstance(await county.take(await county.made()), Taken)


async def test_what_expired_is_not_handed_out_before_its_files_are_emptied(
    county: County,
) -> None:
    await county.plant(6)
    batch = await county.made()
    county.stage.clock.wait(8)
    assert await approved(county, batch, 1) is Refused.GONE
    assert await county.password(batch) is Refused.GONE
    assert await county.take(batch) is Refused.GONE


async def test_who_was_returned_meanwhile_does_not_go_out(county: County) -> None:
    (person, report), _ = await county.plant(2)
    batch = await county.made()
    async with county.stage.database.transaction() as tx:
        await reports.set_state(tx, report, "returned", county.stage.clock())
    assert await county.take(batch) is Refused.CHANGED
    assert await county.state(person) == "returned"
    async with county.stage.database.transaction() as tx:
        assert await taking.drop(county.office(tx), await county.who(), batch) is None
    newer = await county.made()
    assert (newer.rows, newer.held_back) == (1, 1)
    assert isinstance(await county.take(newer), Taken)


async def test_a_number_that_went_out_for_somebody_else_meanwhile_does_not_again(
    county: County,
) -> None:
    one = at_home(records(1))[0]
    await county.report(one)
    waiting = await county.made()
    elsewhere, _ = await county.report(one, state="submitted")
    async with county.stage.database.transaction() as tx:
        other = await batches.ask(
            tx,
            kind="console",
            county_id="k001",
            who="staff:x",
            choice=Choice(),
            mapping_id=None,
            now=county.stage.clock(),
        )
        assert other is not None
        line = manifests.Line(1, 4, one["id_number"], elsewhere, "r")
        await batches.begin(tx, other.id)
        await manifests.add_lines(tx, other.id, [line])
        made = batches.Made(1, 0, 1, {}, "d")
        until = county.stage.clock() + timedelta(days=7)
        await batches.finish(tx, other.id, made, password=None, expires_at=until)
        await batches.take(tx, other.id, "staff:x", county.stage.clock())
    assert await county.take(waiting) is Refused.CHANGED


async def test_a_download_needs_a_reason_and_leaves_it_in_the_audit(county: County) -> None:
    await county.plant(1)
    batch = await county.made()
    assert await county.take(batch, reason=" ") is Refused.NO_REASON
    await county.take(batch, reason="十一月导入")
    async with county.stage.database.reading() as reading:
        rows = await reading.all("audits.since", at=0)
        details = [
            reading.system.open("audit.detail", row["detail"]) for row in rows if row["detail"]
        ]
    assert any("十一月导入" in detail for detail in details)


async def test_files_expire_and_the_manifest_stays(county: County) -> None:
    await county.plant(1)
    batch = await county.made()
    await county.take(batch)
    county.stage.clock.wait(8)
    await work_off(county.shop())
    assert (await county.batch(batch.id)).state == "expired"
    assert await county.take(batch) is Refused.GONE
    async with county.stage.database.reading() as reading:
        (file,) = await batch_files.of_batch(reading, batch.id)
        assert (file.size, len(file.digest)) == (0, 64)
        assert (await manifests.parts(reading, batch.id))[0].count == 1
