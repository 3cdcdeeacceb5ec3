"""A county with reports of made-up people, and what it exports them with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.desk import Office
from bot.exporting import taking
from bot.exporting.jobs import work_off
from bot.exporting.making import Workshop
from bot.exporting.taking import Refused
from bot.settings_staff import ExportSection
from storage import batches, manifests, people, projections, reports, staff
from storage.batches import Batch, Choice
from storage.manifests import HeldReport
from storage.projections import Projection
from storage.reports import State
from storage.scope import Scope
from storage.staff import Staff
from storage.transaction import Transaction
from tests.export.people import records
from tests.transcripts.stage import Stage

COUNTY, STATION, OTHER = "k065", "t0727", "t0726"
SETTINGS = ExportSection(second_person_rows=5)
EVERYWHERE = Scope((COUNTY, STATION, OTHER))


@dataclass
class County:
    """A county office: two clerks and their database."""

    stage: Stage
    clerks: list[str]

    def office(self, tx: Transaction) -> Office:
        return Office(tx, self.stage.world, self.stage.clock())

    def shop(self, row_limit: int = 1_000) -> Workshop:
        database, zone = self.stage.database, self.stage.world.zone
        return Workshop(database, zone, timedelta(days=7), row_limit, self.stage.clock)

    async def who(self, clerk: int = 0) -> Staff:
        async with self.stage.database.reading() as reading:
            found = await staff.get(reading, self.clerks[clerk])
        assert found is not None
        return found

    async def report(
        self,
        record: Mapping[str, str],
        *,
        person_id: str = "",
        state: State = "verified",
        township: str = STATION,
    ) -> tuple[str, str]:
        """Keep a report; return the ids of the person and of it."""
        # Ids sort by time: so people come in the order in which they were kept.
        self.stage.clock.now += timedelta(milliseconds=1)
        now, form = self.stage.clock(), self.stage.world.shelf
        async with self.stage.database.transaction() as tx:
            key = await people.key_of(tx, person_id) if person_id else None
            if key is None:
                person_id, key = await people.create(tx, now)
            answers = {
                form.current.roles[role]: value
                for role, value in record.items()
                if role in form.current.roles
            }
            report = await reports.add(
                tx,
                person_id,
                key,
                cycle=2026,
                form_hash=form.hash,
                informant_relation="0",
                collection_method="1",
                answers=answers,
                now=now,
            )
            projection = Projection(
                cycle=2026, county_id=COUNTY, township_id=township, birth_year=1980, sex="1"
            )
            await projections.put(tx, person_id, report.id, now, projection)
            if state != "submitted":
                await reports.set_state(tx, report.id, state, now)
        return person_id, report.id

    async def plant(self, count: int, seed: int = 1) -> list[tuple[str, str]]:
        """Keep the reports of so many people, all in order."""
        return [await self.report(one) for one in at_home(records(count, seed))]

    async def ask(self, clerk: int = 0, **choice: object) -> Batch:
        who = await self.who(clerk)
        async with self.stage.database.transaction() as tx:
            given = Choice.model_validate(choice)
            asked = await taking.ask(self.office(tx), who, COUNTY, given, "导入平台")
        assert isinstance(asked, Batch), asked
        return asked

    async def made(self, clerk: int = 0, *, row_limit: int = 1_000, **choice: object) -> Batch:
        """Ask for a batch and let the job make it."""
        batch = await self.ask(clerk, **choice)
        await work_off(self.shop(row_limit))
        return await self.batch(batch.id)

    async def batch(self, batch_id: str) -> Batch:
        async with self.stage.database.reading() as reading:
            found = await batches.get(reading, batch_id)
        assert found is not None
        return found

    async def take(
        self, batch: Batch, part: int = 1, clerk: int = 0, reason: str = "导入"
    ) -> taking.Taken | Refused:
        who, batch = await self.who(clerk), await self.batch(batch.id)
        async with self.stage.database.transaction() as tx:
            return await taking.take(
                self.office(tx), who, batch, SETTINGS, part=part, reason=reason
            )

    async def password(self, batch: Batch, clerk: int = 0) -> str | Refused:
        who, batch = await self.who(clerk), await self.batch(batch.id)
        async with self.stage.database.transaction() as tx:
            return await taking.reveal(self.office(tx), who, batch, SETTINGS)

    async def state(self, person_id: str) -> str:
        """Return how the last report of somebody stands."""
        async with self.stage.database.reading() as reading:
            key = await people.key_of(reading, person_id)
            assert key is not None
            found = await reports.latest(reading, person_id, key)
        assert found is not None
        return found.state


async def held(county: County, batch: batches.Batch) -> list[HeldReport]:
    """Return whom a batch held back, and why."""
    async with county.stage.database.reading() as reading:
        return await manifests.held(reading, batch.id, EVERYWHERE, most=100)


def at_home(values: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """Return the records of people whose hukou is in this county."""
    return [{**one, "city": "c08", "county": COUNTY, "township": STATION} for one in values]


async def opened_county(folder: Path, url: str = "") -> County:
    """Open a county with two clerks of its office."""
    stage = Stage(folder, url)
    await stage.open()
    clerks, now = [], stage.clock()
    async with stage.database.transaction() as tx:
        for name in ("甲", "乙"):
            staff_id, _ = await staff.invite(
                tx, role="county", scope_id=COUNTY, name=name, expires_at=now, now=now
            )
            await tx.one("staff.activate", id=staff_id)
            clerks.append(staff_id)
    return County(stage, clerks)
