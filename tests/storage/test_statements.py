"""Every named statement is understood by the engine that will run it."""

from pathlib import Path

import asyncpg
import pytest
from pysqlite3 import dbapi2 as dbapi

from storage import postgres, statements
from storage.database import Database
from storage.postgres import PostgresEngine
from storage.sqlite import SqliteEngine
from storage.vault import Vault


async def test_sqlite_understands_every_statement(sqlite_url: str, vault: Vault) -> None:
    database = await Database.open(sqlite_url, vault)
    await database.close()
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    engine = SqliteEngine(path, exclusive=False)
    connection = dbapi.connect(str(path))
    for name, statement in engine.statements.items():
        values = dict.fromkeys(statement.parameters or [], None)
        assert connection.execute(f"explain {statement.sql}", values).fetchall(), name
    connection.close()


@pytest.mark.postgres
async def test_postgres_understands_every_statement(postgres_url: str, vault: Vault) -> None:
    database = await Database.open(postgres_url, vault)
    await database.close()
    engine = await PostgresEngine.open(postgres_url, connections=1)
    connection: asyncpg.Connection[asyncpg.Record] = await asyncpg.connect(postgres_url)
    for statement in engine.statements.values():
        await connection.prepare(statement.sql)
    await connection.close()
    await engine.close()


def test_both_engines_have_the_same_statements_with_the_same_values() -> None:
    numbered = postgres._Numbered()
    sides = [
        statements.load_statements(name, statements.Driver(prepare, numbered.fetch))
        for name, prepare in (("sqlite", lambda _, sql: sql), ("postgres", numbered.prepare))
    ]
    shapes = [
        {name: (set(one.parameters or []), one.operation) for name, one in side.items()}
        for side in sides
    ]
    shortcuts = {"chats.take_turn"}
    assert shapes[1].keys() - shapes[0].keys() == shortcuts
    assert shapes[0] == {name: one for name, one in shapes[1].items() if name not in shortcuts}


def test_an_operator_that_drivers_answer_differently_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "some.sql"
    path.write_text("-- name: put(id)!\nselect :id;\n")
    numbered = postgres._Numbered()
    with pytest.raises(ValueError, match="put"):
        statements.read_statements(path, statements.Driver(numbered.prepare, numbered.fetch))
