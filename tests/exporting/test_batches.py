"""A batch from what was asked for to the file: who is in it, who is held back, whose it is."""

from pathlib import Path

from bot.exporting import taking
from bot.exporting.taking import Refused, Taken
from storage import batch_files, batches, manifests
from storage.batch_files import HELD_BACK
from storage.batches import Choice
from storage.scope import Scope
from tests.export.people import records
from tests.export.reading import by_openpyxl, decrypted
from tests.exporting.county import COUNTY, OTHER, SETTINGS, County, at_home, held


async def opened(county: County, folder: Path, batch: batches.Batch) -> list[list[object]]:
    """Take a batch and return the rows of its first file."""
    password, taken = await county.password(batch), await county.take(batch)
    assert isinstance(taken, Taken)
    assert isinstance(password, str)
    (folder / taken.name).write_bytes(taken.content)
    return by_openpyxl(decrypted(folder / taken.name, password))


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
