"""Migrations: applied once, in order, under a lock; never edited afterwards."""

import asyncio
import shutil
from pathlib import Path

import pytest

from storage.database import Database
from storage.errors import DatabaseRefused, MigrationError
from storage.migrate import FOLDER, migrate
from storage.vault import Vault
from tests.storage.made_up import begin


async def applied(database: Database) -> list[tuple[int, str, str]]:
    """Return number, name and digest of what was applied."""
    async with database.reading() as reading:
        rows = await reading.all("migrations.applied")
    return [(row["number"], row["name"], row["digest"]) for row in rows]


async def test_opening_again_applies_nothing_and_keeps_everything(url: str, vault: Vault) -> None:
    first = await Database.open(url, vault)
    _, interview = await begin(first)
    before = await applied(first)
    await first.close()
    second = await Database.open(url, vault)
    after = await applied(second)
    async with second.reading() as reading:
        assert await reading.one("people.get", id=interview.person_id)
    await second.close()
    assert before == after


async def test_replicas_that_start_together_migrate_once(url: str, vault: Vault) -> None:
    databases = await asyncio.gather(*(Database.open(url, vault) for _ in range(4)))
    numbers = [number for number, _, _ in await applied(databases[0])]
    for database in databases:
        await database.close()
    assert numbers == list(range(1, len(numbers) + 1))


def folder_with(folder: Path, **scripts: str) -> Path:
    """Return a folder of migrations, the real first one among them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, script in scripts.items():
        (folder / f"{name.removeprefix('n')}.sql").write_text(script)
    return folder


async def test_an_edited_migration_is_refused(database: Database, tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "m", n001_first="create table other (id text);")
    async with database.transaction() as tx:
        with pytest.raises(MigrationError, match="edited after it was applied"):
            await migrate(tx, database.engine_name, folder)


async def test_a_database_from_a_newer_program_is_refused(
    database: Database, tmp_path: Path
) -> None:
    async with database.transaction() as tx:
        with pytest.raises(MigrationError, match="newer program"):
            await migrate(tx, database.engine_name, folder_with(tmp_path / "empty"))


async def test_a_missing_number_is_refused(database: Database, tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "m", n002_second="create table other (id text);")
    async with database.transaction() as tx:
        with pytest.raises(MigrationError, match="out of order"):
            await migrate(tx, database.engine_name, folder)


async def test_a_migration_that_fails_leaves_nothing(database: Database, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(FOLDER, tmp_path / "m"))
    names = [name for _, name, _ in await applied(database)]
    bad = folder / f"{len(names) + 1:03}_bad.sql"
    bad.write_text("create table half (id text);\ninsert into nothing x;\n")

    async def apply() -> None:
        async with database.transaction() as tx:
            await migrate(tx, database.engine_name, folder)

    with pytest.raises(DatabaseRefused):
        await apply()
    bad.write_text("create table half (id text);\n")
    await apply()
    assert [name for _, name, _ in await applied(database)] == [*names, bad.stem]
