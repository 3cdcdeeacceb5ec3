"""Every named statement is understood by the engine that will run it."""

from pathlib import Path

import asyncpg
import pytest
from pysqlite3 import dbapi2 as dbapi

from storage import postgres, sqlite
from storage.database import Database
from storage.postgres import PostgresEngine
from storage.sqlite import SqliteEngine
from storage.sqlite_thread import statements_in
from storage.statements import load_statements, read_statements
from storage.vault import Vault


async def test_sqlite_understands_every_statement(sqlite_url: str, vault: Vault) -> None:
    database = await Database.open(sqlite_url, vault)
    await database.close()
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    connection = dbapi.connect(str(path))
    for name, statement in SqliteEngine(path, exclusive=False).statements.items():
        values = dict.fromkeys(statement.parameters, None)
        for part in statements_in(statement.sql):
            assert connection.execute(f"explain {part}", values).fetchall(), name
    connection.close()


@pytest.mark.postgres
async def test_postgres_understands_every_statement(postgres_url: str, vault: Vault) -> None:
    database = await Database.open(postgres_url, vault)
    await database.close()
    engine = await PostgresEngine.open(postgres_url, connections=1)
    connection: asyncpg.Connection[asyncpg.Record] = await asyncpg.connect(postgres_url)
    for name, statement in engine.statements.items():
        prepared = await connection.prepare(statement.sql)
        assert len(prepared.get_parameters()) == len(statement.parameters), name
    await connection.close()
    await engine.close()


def test_both_engines_have_the_same_statements_with_the_same_values() -> None:
    sides = [
        load_statements("sqlite", sqlite.prepared),
        load_statements("postgres", postgres.numbered),
    ]
    shapes = [
        {name: (set(one.parameters), one.is_one) for name, one in side.items()} for side in sides
    ]
    assert shapes[0] == shapes[1]


def test_a_list_is_read_by_what_the_engine_has_for_it() -> None:
    sql = "select value from json_each(:ids) union select m.value from json_each(:more) as m"
    assert sqlite.prepared(sql) == sql
    assert postgres.numbered(sql) == (
        "select value from json_array_elements_text(cast($1 as json)) as each (value) "
        "union select m.value from json_array_elements_text(cast($2 as json)) as m (value)"
    )


def test_an_operator_that_drivers_answer_differently_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "some.sql"
    path.write_text("-- name: put(id)!\nselect :id;\n")
    with pytest.raises(ValueError, match="put"):
        read_statements(path, postgres.numbered)
