"""PostgreSQL through asyncpg."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import asyncpg
from aiosql.adapters.asyncpg import AsyncPGAdapter
from aiosql.types import SQLOperationType

from storage.errors import SetUpError
from storage.statements import Statement, load_statements

CONNECTIONS: Final = 10
# A list is given as JSON text.
_LIST: Final = re.compile(r"json_each\((:\w+)\)(?: as (\w+))?")
_MIGRATION_LOCK: Final = 7_311_822_179
_SETTINGS: Final = {
    "application_name": "xiangwen",
    "synchronous_commit": "on",
    "idle_in_transaction_session_timeout": "60000",
    "jit": "off",
}


class PostgresEngine:
    """So many connections and no more; rows are locked where a statement says so.

    asyncpg's own pool wraps every connection and spends a task on every release: a quarter of
    what Python does in a turn.
    """

    name = "postgres"
    errors: tuple[type[Exception], ...] = (
        asyncpg.PostgresError,
        asyncpg.InterfaceError,
        asyncpg.InternalClientError,
        OSError,
    )

    def __init__(self, url: str, connections: int) -> None:
        self._url = url
        self._free: list[Any] = []
        self._slots = asyncio.Semaphore(connections)
        self.statements: Mapping[str, Statement] = load_statements(self.name, numbered)

    @classmethod
    async def open(cls, url: str, *, connections: int = CONNECTIONS) -> "PostgresEngine":
        """Connect once; more connections are opened when they are needed."""
        engine = cls(url, connections)
        await engine.release(await engine.acquire(writing=False), writing=False)
        return engine

    async def acquire(self, *, writing: bool) -> Any:
        """Lend a connection, a new one when none is free."""
        await self._slots.acquire()
        try:
            while self._free:
                connection = self._free.pop()
                if not connection.is_closed():
                    return connection
            return await asyncpg.connect(self._url, server_settings=_SETTINGS, timeout=10)
        except BaseException:
            self._slots.release()
            raise

    async def release(self, connection: Any, *, writing: bool) -> None:
        """Take a connection back; one that a cancelled call may still use is dropped."""
        if connection.is_closed() or connection.is_in_transaction():
            await self.terminate(connection)
        else:
            self._free.append(connection)
        self._slots.release()

    async def begin(self, connection: Any, *, writing: bool) -> None:
        """Open a transaction; a reading one sees one moment throughout."""
        await connection.execute(
            "begin" if writing else "begin isolation level repeatable read read only"
        )

    async def commit(self, connection: Any) -> None:
        """Write the transaction through to the disk."""
        await connection.execute("commit")

    async def rollback(self, connection: Any) -> None:
        """Undo the transaction."""
        if not connection.is_closed() and connection.is_in_transaction():
            await connection.execute("rollback")

    async def fetch(self, connection: Any, statement: Statement, values: Mapping[str, Any]) -> Any:
        """Run a statement in one round trip."""
        ordered = [values[name] for name in statement.parameters]
        run = connection.fetchrow if statement.is_one else connection.fetch
        return await run(statement.sql, *ordered)

    async def fetch_none(
        self, connection: Any, statement: Statement, many: Sequence[Mapping[str, Any]]
    ) -> None:
        """Run a statement for each set of values, without waiting between them."""
        ordered = [[values[name] for name in statement.parameters] for values in many]
        await connection.executemany(statement.sql, ordered)

    async def run(self, connection: Any, script: str) -> None:
        """Run a script inside the open transaction."""
        await connection.execute(script)

    async def lock_schema(self, connection: Any) -> None:
        """Take the advisory lock of migrations until the transaction ends."""
        await connection.execute(f"select pg_advisory_xact_lock({_MIGRATION_LOCK})")

    async def scrub(self) -> None:
        """Remove dead rows of the tables that erasure empties."""
        connection = await self.acquire(writing=True)
        try:
            for table in ("person_key", "interview", "report"):
                await connection.execute(f"vacuum {table}")
        finally:
            await self.release(connection, writing=True)

    async def back_up(self, path: Path) -> None:
        """Refuse: PostgreSQL's own tools do this better."""
        raise SetUpError(
            "PostgreSQL is not backed up from here", "run: pg_dump --format=custom --file=FILE URL"
        )

    async def terminate(self, connection: Any) -> None:
        """Drop the connection without a word to the server; a lost one is dropped already."""
        with suppress(asyncpg.InterfaceError):
            connection.terminate()

    def refusal(self, error: Exception) -> str | None:
        """Return the SQLSTATE of an error of ours; None when the server was not there for us."""
        state = getattr(error, "sqlstate", None)
        if isinstance(error, asyncpg.DataError):
            return "a value does not fit its column"
        if state is None or state[:2] in {"08", "53", "57", "40"} or state == "55P03":
            return None
        return f"SQLSTATE {state}"

    async def close(self) -> None:
        """Close the connections, by force when one does not end."""
        while self._free:
            connection = self._free.pop()
            with suppress(*self.errors):
                await connection.close(timeout=5)


def numbered(sql: str) -> str:
    """Return the SQL with its values numbered (`$1`): asyncpg knows no names.

    A list that SQLite reads by `json_each(:name)` is read by what PostgreSQL has for it; either
    gives a column `value`.
    """
    adapter: Any = AsyncPGAdapter
    lists_read = _LIST.sub(_list_read, sql)
    prepared: str = adapter().process_sql("", SQLOperationType.SELECT, lists_read)
    return prepared


def _list_read(found: re.Match[str]) -> str:
    name, alias = found[1], found[2] or "each"
    return f"json_array_elements_text(cast({name} as json)) as {alias} (value)"
