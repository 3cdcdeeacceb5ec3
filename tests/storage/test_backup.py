"""Backups: whole copies of a live database, for its owner only."""

import asyncio
import stat
from pathlib import Path

import pytest

from storage import chats, interviews
from storage.backup import back_up
from storage.database import Database
from storage.errors import SetUpError
from storage.vault import Vault
from tests.storage.made_up import NOW, begin


async def test_a_backup_of_a_live_database_opens_with_the_same_keys(
    sqlite_url: str, vault: Vault, tmp_path: Path
) -> None:
    database = await Database.open(sqlite_url, vault)
    _, interview = await begin(database)

    async def keep_writing() -> None:
        current = interview
        for number in range(50):
            async with database.transaction() as tx:
                current = await interviews.save(tx, current, str(number), NOW)

    copy = tmp_path / "copy.db"
    await asyncio.gather(back_up(database, copy), keep_writing())
    await database.close()
    restored = await Database.open(f"sqlite:///{copy}", vault)
    async with restored.transaction() as tx:
        _, loaded = await chats.load_turn(tx, "telegram", "42", NOW)
    await restored.close()
    assert loaded is not None
    assert loaded.id == interview.id
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600


async def test_a_backup_never_takes_the_place_of_a_file(
    sqlite_url: str, vault: Vault, tmp_path: Path
) -> None:
    database = await Database.open(sqlite_url, vault)
    target = tmp_path / "taken"
    await asyncio.to_thread(target.write_text, "precious")
    with pytest.raises(SetUpError, match="exists"):
        await back_up(database, target)
    await database.close()
    assert await asyncio.to_thread(target.read_text) == "precious"


@pytest.mark.postgres
async def test_postgres_is_backed_up_by_its_own_tools(
    postgres_url: str, vault: Vault, tmp_path: Path
) -> None:
    database = await Database.open(postgres_url, vault)
    with pytest.raises(SetUpError, match="pg_dump"):
        await back_up(database, tmp_path / "copy")
    await database.close()
    assert list(tmp_path.glob("copy*")) == []
