"""A program on each database, and a file on its way in."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.desk import Office
from bot.rosters import counter
from bot.rosters.counter import Clerk
from bot.rosters.working import work_on
from conversations.roster.mapping import ColumnMapping
from storage import roster_imports, roster_rows
from storage.roster_imports import Import
from tests.rosters.files import HEADER
from tests.tables.files import xlsx_of
from tests.transcripts.stage import Stage

CLERK = Clerk("command:test")
_ENDS = {"looking": "mapping", "reading": "checked", "taking": "done", "undoing": "undone"}


@dataclass
class Counter:
    """Brings files in step by step, as the console does."""

    stage: Stage

    async def get(self, import_id: str) -> Import:
        async with self.stage.database.reading() as reading:
            one = await roster_imports.get(reading, import_id)
        assert one is not None
        return one

    async def begin(self, content: bytes, scope: str = "k065", name: str = "名单.xlsx") -> str:
        async with self.stage.database.transaction() as tx:
            office = Office(tx, self.stage.world, self.stage.clock())
            import_id = await counter.begin(office, CLERK, scope, name, content, reason="年度")
        assert import_id is not None
        return import_id

    async def work(self, import_id: str) -> Import:
        """Let the job do what the file's state asks for."""
        one = await self.get(import_id)
        if one.state not in _ENDS:
            # Another worker was quicker.
            return one
        database, world = self.stage.database, self.stage.world
        return await work_on(database, world, import_id, {_ENDS[one.state]})

    async def looked(self, content: bytes, scope: str = "k065", name: str = "名单.xlsx") -> Import:
        return await self.work(await self.begin(content, scope, name))

    async def map(self, one: Import, mapping: ColumnMapping | None = None) -> None:
        """Say that the columns are as proposed, or otherwise."""
        told = mapping or ColumnMapping.model_validate_json(one.mapping)
        async with self.stage.database.transaction() as tx:
            office = Office(tx, self.stage.world, self.stage.clock())
            assert await counter.keep_mapping(office, CLERK, one, told)

    async def checked(self, *rows: Sequence[object], scope: str = "k065") -> Import:
        """Bring rows in and have each of them checked."""
        one = await self.looked(xlsx_of([list(HEADER), *rows]), scope)
        await self.map(one)
        return await self.work(one.id)

    async def go(self, one: Import, state: str) -> Import:
        async with self.stage.database.transaction() as tx:
            office = Office(tx, self.stage.world, self.stage.clock())
            assert await counter.go_on(office, CLERK, await self.get(one.id), state, "年度")  # type: ignore[arg-type]
        return await self.work(one.id)

    async def become(self, one: Import, state: str) -> None:
        """Decide what is done next, and do nothing of it yet."""
        async with self.stage.database.transaction() as tx:
            found = await self.get(one.id)
            assert await roster_imports.become(tx, found, state, self.stage.clock())  # type: ignore[arg-type]

    async def rule(self, one: Import, rule: str) -> None:
        async with self.stage.database.transaction() as tx:
            assert await roster_imports.keep_rule(tx, one.id, rule, self.stage.clock())

    async def taken(self, *rows: Sequence[object], rule: str = "keep") -> Import:
        """Bring rows in, whole."""
        one = await self.checked(*rows)
        await self.rule(one, rule)
        return await self.go(one, "taking")

    async def counts(self, one: Import) -> dict[str, int]:
        """Return how many rows there are by verdict and state, as `new taken`."""
        async with self.stage.database.reading() as reading:
            found = await roster_rows.counts(reading, one.id)
        return {f"{verdict} {state}": rows for (verdict, state), rows in found.items()}

    async def faults(self, one: Import) -> dict[str, int]:
        async with self.stage.database.reading() as reading:
            return dict(await roster_rows.fault_counts(reading, one.id))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def at_counter(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Counter]:
    url = f"sqlite:///{tmp_path / 'xiangwen.db'}"
    if request.param == "postgres":
        url = request.getfixturevalue("postgres_url")
    stage = Stage(tmp_path, url)
    await stage.open()
    yield Counter(stage)
    await stage.close()
