"""The database as a whole: opening, refusing, timing out, being killed and coming back."""

import asyncio
import stat
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import asyncpg
import pytest

from storage import chats, interviews, updates
from storage.database import Database
from storage.errors import (
    DatabaseRefused,
    DatabaseUnavailable,
    DatabaseUrlError,
    KeyFileError,
)
from storage.keyfile import create_key_file
from storage.sqlite import SqliteEngine, is_safe
from storage.vault import Vault
from tests import postgres
from tests.storage.made_up import NOW, begin

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("url", ["", "sqlite://", "sqlite:///", "mysql://host/name", "file.db"])
async def test_an_address_of_no_database_names_the_cure(url: str, vault: Vault) -> None:
    with pytest.raises(DatabaseUrlError) as refused:
        await Database.open(url, vault)
    assert "sqlite:///" in refused.value.cure


async def test_a_file_that_is_no_database_is_refused(tmp_path: Path, vault: Vault) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear all, this is not a database. " * 100)
    with pytest.raises(DatabaseUrlError):
        await Database.open(f"sqlite:///{path}", vault)
    assert path.read_text().startswith("Dear all")


async def test_a_folder_in_place_of_the_file_is_refused(tmp_path: Path, vault: Vault) -> None:
    with pytest.raises(DatabaseUrlError):
        await Database.open(f"sqlite:///{tmp_path}", vault)


@pytest.mark.postgres
async def test_a_postgres_database_that_is_not_there_is_refused(
    postgres_url: str, vault: Vault
) -> None:
    with pytest.raises(DatabaseUrlError, match="no database of that name"):
        await Database.open(f"{postgres_url}_not", vault)


async def test_a_postgres_server_that_is_not_there_is_reported(vault: Vault) -> None:
    port = postgres.free_port()
    with pytest.raises(DatabaseUnavailable):
        await Database.open(f"postgresql://nobody@127.0.0.1:{port}/none", vault)


async def test_the_wrong_key_file_stops_the_start(url: str, vault: Vault, tmp_path: Path) -> None:
    await (await Database.open(url, vault)).close()
    other = tmp_path / "other" / "keys.json"
    create_key_file(other)
    with pytest.raises(KeyFileError, match="do not open this database") as refused:
        await Database.open(url, Vault.open(other))
    assert refused.value.path == other


async def test_the_sqlite_file_is_private_durable_and_scrubbed(
    sqlite_url: str, vault: Vault
) -> None:
    database = await Database.open(sqlite_url, vault)
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    modes = {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    async with database.transaction() as tx:
        pragmas = {
            name: (await tx.connection.execute_fetchall(f"pragma {name}"))[0][0]
            for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
        }
    await database.close()
    assert modes == {0o600}
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,
        "secure_delete": 1,
        "foreign_keys": 1,
    }
    assert is_safe()


async def test_an_unsafe_sqlite_is_held_by_one_connection_of_one_process(
    tmp_path: Path,
) -> None:
    path = tmp_path / "alone.db"
    engine = await SqliteEngine.open(path, exclusive=True)
    writer = await engine.acquire(writing=True)
    await engine.begin(writer, writing=True)
    await engine.run(writer, "create table t (id text);\n")
    await engine.commit(writer)
    await engine.release(writer, writing=True)
    assert await engine.acquire(writing=False) is writer
    await engine.release(writer, writing=False)
    # Another process: file locks do not keep two libraries of one process apart.
    script = (
        f"import sqlite3; sqlite3.connect({str(path)!r}, timeout=0).execute('select * from t')"
    )
    done = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", script], capture_output=True, check=False
    )
    await engine.close()
    assert b"database is locked" in done.stderr


async def test_a_reading_cannot_write_and_sees_one_moment(database: Database) -> None:
    chat, _ = await begin(database)
    async with database.reading() as reading:
        before = await chats.get(reading, chat.id)
        async with database.transaction() as tx:
            await chats.set_language(tx, chat.id, "en")
        assert await chats.get(reading, chat.id) == before

    async def write() -> None:
        async with database.reading() as reading:
            await reading.one("chats.set_language", id=chat.id, language="en")

    with pytest.raises(DatabaseRefused):
        await write()


async def test_a_refusal_names_the_statement_and_quotes_no_value(database: Database) -> None:
    async def twice() -> None:
        async with database.transaction() as tx:
            for _ in range(2):
                await tx.one("people.add_key", person_id="王小明", wrapped=b"x")

    with pytest.raises(DatabaseRefused) as refused:
        await twice()
    assert "people.add_key" in str(refused.value)
    assert "王小明" not in str(refused.value)
    assert refused.value.__suppress_context__


async def test_a_writer_that_waits_too_long_gives_up(url: str, vault: Vault) -> None:
    patient = await Database.open(url, vault)
    hasty = await Database.open(url, vault, patience=timedelta(seconds=0.3))
    await begin(patient)

    async def load(database: Database) -> None:
        async with database.transaction() as tx:
            await chats.load_turn(tx, "telegram", "42", NOW)

    async with patient.transaction() as tx:
        await chats.load_turn(tx, "telegram", "42", NOW)
        with pytest.raises(DatabaseUnavailable):
            await load(hasty)
    await load(hasty)
    await patient.close()
    await hasty.close()


async def test_a_cancelled_turn_lets_go_of_its_locks(database: Database) -> None:
    await begin(database)

    async def linger() -> None:
        async with database.transaction() as tx:
            await chats.load_turn(tx, "telegram", "42", NOW)
            await asyncio.sleep(60)

    task = asyncio.create_task(linger())
    await asyncio.sleep(0.2)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    async with database.transaction() as tx:
        _, loaded = await chats.load_turn(tx, "telegram", "42", NOW)
    assert loaded is not None


@pytest.mark.postgres
async def test_a_lost_connection_is_reported_and_replaced(postgres_url: str, vault: Vault) -> None:
    database = await Database.open(postgres_url, vault)
    await begin(database)
    killer: asyncpg.Connection[asyncpg.Record] = await asyncpg.connect(postgres_url)

    async def turn() -> None:
        async with database.transaction() as tx:
            await killer.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where pid <> pg_backend_pid() and datname = current_database()"
            )
            await chats.load_turn(tx, "telegram", "42", NOW)

    with pytest.raises(DatabaseUnavailable):
        await turn()
    await killer.close()
    async with database.transaction() as tx:
        _, loaded = await chats.load_turn(tx, "telegram", "42", NOW)
    assert loaded is not None
    await database.close()


def kill_half_way(url: str, key_file: Path) -> list[int]:
    """Let a process commit turns, kill it, and return the turns that it said were committed."""
    command = [sys.executable, "-m", "tests.storage.endless", url, str(key_file)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        seen = [int(process.stdout.readline()) for _ in range(25)]
        process.kill()
        rest = process.stdout.read().splitlines(keepends=True)
    return seen + [int(line) for line in rest if line.endswith("\n")]


async def test_nothing_acknowledged_is_lost_when_the_process_is_killed(
    url: str, vault: Vault
) -> None:
    database = await Database.open(url, vault)
    await begin(database, state="0")
    await database.close()
    seen = await asyncio.to_thread(kill_half_way, url, vault.path)
    database = await Database.open(url, vault)
    async with database.transaction() as tx:
        chat, loaded = await chats.load_turn(tx, "telegram", "42", NOW)
        assert loaded is not None
        assert int(loaded.state) in {seen[-1], seen[-1] + 1}
        assert not await updates.mark_done(tx, "bot", seen[-1], chat.id, NOW)
        await interviews.save(tx, loaded, "next", NOW)
    assert [one.number for one in await updates.owed(database, "bot")] == [int(loaded.state)]
    await database.close()
