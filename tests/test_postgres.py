"""The test server of PostgreSQL is real, and each test's database is its own."""

import asyncpg
import pytest


@pytest.mark.parametrize("_turn", [1, 2])
async def test_each_test_gets_an_empty_database(postgres_url: str, _turn: int) -> None:
    connection = await asyncpg.connect(postgres_url)
    try:
        await connection.execute("create table mark (id bigint)")
        settings = [
            await connection.fetchval(f"show {name}") for name in ("fsync", "server_encoding")
        ]
    finally:
        await connection.close()
    assert settings == ["off", "UTF8"]
