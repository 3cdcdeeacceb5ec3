"""A batch from what was asked for to the file that leaves the house."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot.exporting import taking
from bot.exporting.jobs import work_off
from bot.exporting.making import Interrupted, make
from bot.exporting.taking import Refused, Taken
from storage import batch_files, batches, manifests, people, reports
from storage.batch_files import HELD_BACK, BatchFile
from storage.batches import Choice
from storage.export.run import Outcome, Target
from storage.manifests import HeldReport
from storage.scope import Scope
from storage.transaction import Transaction
from tests.export.people import records
from tests.export.reading import by_openpyxl, decrypted
from tests.exporting.county import COUNTY, OTHER, SETTINGS, STATION, County, at_home

EVERYWHERE = Scope((COUNTY, STATION, OTHER))


async def opened(county: County, folder: Path, batch: batches.Batch) -> list[list[object]]:
    """Take a batch and return the rows of its first file."""
    password, taken = await county.password(batch), await county.take(batch)
    assert isinstance(taken, Taken)
    assert isinstance(password, str)
    (folder / taken.name).write_bytes(taken.content)
    return by_openpyxl(decrypted(folder / taken.name, password))


async def held(county: County, batch: batches.Batch) -> list[HeldReport]:
    async with county.stage.database.reading() as reading:
        return await manifests.held(reading, batch.id, EVERYWHERE, most=100)


async def test_a_batch_is_made_taken_and_its_reports_are_exported(
    county: County, tmp_path: Path
) -> None:
    planted = await county.plant(3)
    batch = await county.made()
    assert (batch.state, batch.rows, batch.worked, batch.held_back) == ("ready", 3, 3, 0)
    assert batch.why == "导入平台"
    assert {await county.state(person) for person, _ in planted} == {"verified"}
    rows = await opened(county, tmp_path, batch)
    assert [row[0] for row in rows] == [one["name"] for one in records(3)]
    assert {await county.state(person) for person, _ in planted} == {"exported"}
    taken = await county.batch(batch.id)
    assert (taken.state, taken.taken_by) == ("taken", f"staff:{county.clerks[0]}")


async def test_the_manifest_says_where_everybody_went_and_keeps_no_number(county: County) -> None:
    planted = await county.plant(5)
    batch = await county.made(row_limit=2)
    async with county.stage.database.reading() as reading:
        parts = await manifests.parts(reading, batch.id)
        files = await batch_files.of_batch(reading, batch.id)
        owners = await manifests.owners(reading, [one["id_number"] for one in records(5)])
    assert [(one.count, one.first, one.last) for one in parts] == [(2, 4, 5), (2, 4, 5), (1, 4, 4)]
    assert [(one.part, one.rows) for one in files] == [(1, 2), (2, 2), (3, 1)]
    assert len({one.digest for one in files}) == 3
    assert owners == {}
    await county.take(batch)
    async with county.stage.database.reading() as reading:
        owners = await manifests.owners(reading, [records(1)[0]["id_number"], "x"])
    assert owners == {records(1)[0]["id_number"]: {planted[0][0]}}


async def test_only_verified_reports_go_out_unless_the_others_are_wanted(county: County) -> None:
    first, second = at_home(records(2))
    await county.report(first)
    await county.report(second, state="submitted", township=OTHER)
    batch = await county.made()
    assert (batch.rows, batch.counts["waiting"]) == (1, 1)
    await county.take(batch)
    batch = await county.made(states=("verified", "submitted"), stations=(OTHER,))
    assert (batch.rows, batch.counts["waiting"]) == (1, 0)


async def test_changed_only_takes_what_never_went_out_or_changed_since(county: County) -> None:
    one, other = at_home(records(2))
    person, _ = await county.report(one)
    await county.take(await county.made(changed=True))
    assert (await county.made(changed=True)).rows == 0
    await dropped(county)
    await county.report({**one, "monthly_income": "6000"}, person_id=person)
    await county.report(other)
    assert (await county.made(changed=True)).rows == 2
    await dropped(county)
    assert (await county.made()).rows == 2


async def dropped(county: County) -> None:
    """Throw away what waits, so that the next one can be asked for."""
    async with county.stage.database.transaction() as tx:
        waits = await batches.open_of(tx, COUNTY)
        assert waits is not None
        assert await batches.drop(tx, waits.id)


async def test_a_number_that_went_out_for_somebody_else_is_held_back(county: County) -> None:
    one = at_home(records(1))[0]
    await county.report(one)
    await county.take(await county.made(changed=True))
    await county.report({**one, "name": "另一个"})
    batch = await county.made(changed=True)
    assert (batch.rows, batch.held_back) == (0, 1)
    (row,) = await held(county, batch)
    assert row.row.reasons == ("number_of_other",)


async def test_what_was_returned_or_rejected_is_held_back_with_that_reason(
    county: County,
) -> None:
    one, other, third = at_home(records(3))
    await county.report(one, state="returned")
    await county.report(other, state="rejected")
    await county.report({**third, "ethnicity": ""})
    batch = await county.made()
    assert batch.rows == 0
    assert [row.row.reasons for row in await held(county, batch)] == [
        ("returned",),
        ("rejected",),
        ("missing",),
    ]
    assert batch.counts["missing"] == 1
    taken = await county.take(batch, HELD_BACK)
    assert isinstance(taken, Taken)
    assert (await county.batch(batch.id)).state == "ready"


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


async def approved(county: County, batch: batches.Batch, clerk: int) -> Refused | None:
    who = await county.who(clerk)
    async with county.stage.database.transaction() as tx:
        return await taking.approve(county.office(tx), who, batch)


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


async def erased(county: County, person_id: str) -> None:
    async with county.stage.database.transaction() as tx:
        await people.erase(tx, person_id, "chat", county.stage.clock())


async def test_who_is_erased_leaves_the_manifest_and_the_files(county: County) -> None:
    (person, _), (other, _) = await county.plant(2)
    third, _ = await county.report({**at_home(records(3))[2], "ethnicity": ""})
    batch = await county.made()
    await erased(county, person)
    gone = await county.batch(batch.id)
    assert (gone.state, gone.fault, gone.has_password) == ("dropped", "erased", False)
    assert await county.take(batch) is Refused.GONE
    await erased(county, third)
    assert await held(county, batch) == []
    async with county.stage.database.reading() as reading:
        assert {one.size for one in await batch_files.of_batch(reading, batch.id)} == {0}
        rows = await reading.all("manifests.lines", batch_id=batch.id)
    assert sorted((row["person_id"], row["size"]) for row in rows) == [("", 0), (other, 32)]


async def test_who_is_erased_after_the_download_can_be_exported_as_somebody_new(
    county: County,
) -> None:
    one = at_home(records(1))[0]
    person, _ = await county.report(one)
    batch = await county.made()
    await county.take(batch)
    await erased(county, person)
    assert (await county.batch(batch.id)).state == "expired"
    await county.report(one)
    assert (await county.made(changed=True)).rows == 1


async def test_a_station_of_another_county_is_refused(county: County) -> None:
    who = await county.who()
    async with county.stage.database.transaction() as tx:
        refused = await taking.ask(
            county.office(tx), who, COUNTY, Choice(stations=("t0001",)), "导入"
        )
        assert refused is Refused.NO_STATION
        elsewhere = await taking.ask(county.office(tx), who, "k001", Choice(), "导入")
        assert elsewhere is Refused.NOT_YOURS


async def test_a_batch_of_another_county_is_not_found(county: County) -> None:
    await county.plant(1)
    batch = await county.made()
    who = await county.who()
    places = county.stage.world.places
    async with county.stage.database.reading() as reading:
        assert await taking.batch_for(reading, places, who, batch.id) == batch
        assert await taking.batch_for(reading, places, who, "x") is None
        assert taking.exported_by(places, who) == Scope((COUNTY,))
    assert not taking.needs_second(batch, SETTINGS)
