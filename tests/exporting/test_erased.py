"""Who is erased leaves the batches that they were in."""

from bot.exporting.taking import Refused
from storage import batch_files, people
from tests.export.people import records
from tests.exporting.county import County, at_home, held


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
