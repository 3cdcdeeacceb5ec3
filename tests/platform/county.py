"""A county whose reports went out in batches, and the platform's files that come back."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import xlsxwriter

from bot.desk import Office
from bot.platform import deciding
from bot.platform.working import work_off
from conversations.platform.mapping import AnswerMapping
from storage import answers, batches, chats, interviews, manifests, people, staff
from storage.answers import Import
from storage.batches import Choice, Made
from storage.manifests import Line
from storage.people import Due
from storage.projections import Projection
from storage.submissions import Submission, submit
from storage.transaction import Row
from tests.identities import Identity, identities
from tests.transcripts.stage import Stage
from tests.turns.office import COUNTY, TOWNSHIP

TITLES = ("行号", "姓名", "身份证号", "导入结果", "失败原因")
OTHER_COUNTY = "k007"
# What lets the rest of the form be asked.
SCREENED = {
    "consent": "yes",
    "sensitive_consent": "yes",
    "hukou_kind": "rural",
    "situation": "none",
    "labour_capacity": "1",
    "identity_confirm": "yes",
}


@dataclass
class Reported:
    """Somebody with a report."""

    who: Identity
    person_id: str
    report_id: str
    address: str = ""


@dataclass
class County:
    """One county on a stage."""

    stage: Stage
    people: list[Reported] = field(default_factory=list)

    async def report(
        self, who: Identity, address: str = "", *, county: str = COUNTY, **changes: str
    ) -> Reported:
        """Let somebody report; without an address nobody can be written to.

        The same person again makes the next version of their report.
        """
        stage, now = self.stage, self.stage.clock()
        channel = "telegram" if address else "web"
        form = stage.world.shelf.current
        values = {
            "name": who.name,
            "id_number": who.id_number,
            "phone_listed": who.phone,
            "phone": who.phone,
            "county": county,
            "township": TOWNSHIP,
            "education": "71",
            **SCREENED,
            **changes,
        }
        async with stage.database.transaction() as tx:
            chat, _ = await chats.load_turn(tx, channel, address or who.id_number[-8:], now)
            known = next((one for one in self.people if one.who == who), None)
            key = await people.key_of(tx, known.person_id) if known else None
            if known is None or key is None:
                person_id, key = await people.create(tx, now)
            else:
                person_id = known.person_id
            interview = await interviews.start(
                tx,
                chat.id,
                person_id,
                key,
                form_hash=stage.world.shelf.hash,
                purpose="first" if known is None else "correction",
                state="{}",
                now=now,
            )
            receipt = await submit(
                tx, interview, _submission(who, form.roles, values, county), now
            )
        self.people = [one for one in self.people if one is not known]
        reported = Reported(who, receipt.person_id, receipt.report.id, address)
        self.people.append(reported)
        return reported

    async def reported(self, count: int, seed: int = 5) -> list[Reported]:
        """Let so many people report who have a chat."""
        found = identities(seed, date(1970, 1, 1))
        return [await self.report(next(found), f"7{at:03}") for at in range(count)]

    async def batch(
        self, rows: Sequence[Reported], *, county: str = COUNTY, is_taken: bool = True
    ) -> str:
        """Let these reports leave the house; the first stands in line 3."""
        now = self.stage.clock()
        async with self.stage.database.transaction() as tx:
            asked = await batches.ask(
                tx,
                kind="console",
                county_id=county,
                who="staff:x",
                choice=Choice(),
                mapping_id=None,
                now=now,
            )
            assert asked is not None
            await batches.begin(tx, asked.id)
            lines = [
                Line(1, at, one.who.id_number, one.person_id, one.report_id)
                for at, one in enumerate(rows, 3)
            ]
            await manifests.add_lines(tx, asked.id, lines)
            made = Made(len(rows), 0, len(rows), {}, "d")
            expires_at = now + timedelta(days=7)
            await batches.finish(tx, asked.id, made, password=None, expires_at=expires_at)
            if is_taken:
                await batches.take(tx, asked.id, "staff:x", now)
                await manifests.mark_exported(tx, asked.id, now)
        return asked.id

    async def clerk(self, county: str = COUNTY) -> str:
        """Return the id of an account of the county."""
        now = self.stage.clock()
        async with self.stage.database.transaction() as tx:
            staff_id, _ = await staff.invite(
                tx, role="county", scope_id=county, name="", expires_at=now, now=now
            )
            await tx.one("staff.activate", id=staff_id)
        return staff_id

    async def give(self, content: bytes, name: str = "导入结果.xlsx", county: str = COUNTY) -> str:
        """Bring a file in; return its import."""
        async with self.stage.database.transaction() as tx:
            return await answers.begin(
                tx, name, content, scope_id=county, by="command:test", now=self.stage.clock()
            )

    async def work(self) -> None:
        """Let the job do what it can now."""
        await work_off(self.stage.database, self.stage.world)

    async def get(self, import_id: str) -> Import:
        """Return a file as it stands."""
        async with self.stage.database.reading() as reading:
            one = await answers.get(reading, import_id)
        assert one is not None
        return one

    async def read(self, content: bytes, county: str = COUNTY, **changes: object) -> Import:
        """Bring a file in, take the guessed mapping with changes, and have it read."""
        import_id = await self.give(content, county=county)
        await self.work()
        one = await self.get(import_id)
        mapping = AnswerMapping.model_validate_json(one.mapping).model_copy(update=changes)
        async with self.stage.database.transaction() as tx:
            told = await deciding.keep_mapping(tx, one, mapping, "x", self.stage.clock())
        assert told == ""
        await self.work()
        return await self.get(import_id)

    async def take(self, one: Import, **choices: str) -> Import:
        """Choose for reasons by their kind who mends them, and have the file taken."""
        now = self.stage.clock()
        async with self.stage.database.transaction() as tx:
            reasons = await answers.reasons(tx, one.id)
            chosen = {r.number: choices[r.key] for r in reasons if r.key in choices}
            await deciding.choose(tx, one, chosen)
            assert await deciding.take(tx, one, "command:test", now) == ""
        await self.work()
        return await self.get(one.id)

    async def rows(self, table: str, columns: str = "*") -> list[Row]:
        """Return what stands in a table, for looking at the end of a test."""
        async with self.stage.database.reading() as reading:
            if self.stage.url.startswith("postgresql"):
                found: list[Row] = await reading.connection.fetch(f"select {columns} from {table}")
                return found
            cursor = await reading.connection.execute(f"select {columns} from {table}")
            return [
                dict(zip((d[0] for d in cursor.description), row, strict=True))
                for row in await cursor.fetchall()
            ]

    async def states(self) -> dict[str, str]:
        """Return how each report stands."""
        return {row["id"]: row["state"] for row in await self.rows("report", "id, state")}

    def office(self, tx: object) -> Office:
        """Return an office at this moment."""
        return Office(tx, self.stage.world, self.stage.clock())  # type: ignore[arg-type]


def result(*lines: Sequence[str], titles: Sequence[str] = TITLES) -> bytes:
    """Return a result file of the platform."""
    saved = io.BytesIO()
    with xlsxwriter.Workbook(saved, {"in_memory": True}) as book:
        sheet = book.add_worksheet("结果")
        for at, cells in enumerate([titles, *lines]):
            for column, cell in enumerate(cells):
                sheet.write_string(at, column, cell)
    return saved.getvalue()


def told(one: Reported, verdict: str = "成功", reason: str = "", line: int = 3) -> tuple[str, ...]:
    """Return a line of a result file."""
    return (str(line), one.who.name, one.who.id_number, verdict, reason)


def _submission(
    who: Identity, roles: dict[str, str] | object, values: dict[str, str], county: str
) -> Submission:
    paths: dict[str, str] = roles  # type: ignore[assignment]
    return Submission(
        answers={paths[role]: value for role, value in values.items() if role in paths},
        id_number=who.id_number,
        informant_relation="0",
        collection_method="1",
        projection=Projection(
            cycle=2026,
            county_id=county,
            township_id=TOWNSHIP if county == COUNTY else None,
            birth_year=who.birth_date.year,
            sex=who.gender,
        ),
        due=Due(date(2027, 11, 23), 42),
    )
