"""A connection while somebody uses it: named statements, each bounded in time.

Here stands what bounds every call: `asyncio.timeout` inside, and `terminate` of the connection
after it, because a call into a network partition does not end by itself. One timer serves all
calls of a transaction and is pushed on when half of it is used up: a timer for each call was a
fifth of what Python does in a turn.
"""

import asyncio
from collections.abc import Awaitable, Mapping, Sequence
from datetime import timedelta
from typing import Any, Protocol, TypeVar

from storage.engine import Engine
from storage.errors import DatabaseRefused, DatabaseUnavailable, StorageError
from storage.vault import DataKey, Vault

Result = TypeVar("Result")


class Row(Protocol):
    """One row of a result; columns by name."""

    def __getitem__(self, column: str, /) -> Any: ...


class Reading:
    """A connection while somebody reads, at one moment of the database.

    Args of the constructor:
        vault: unwraps the keys of persons and makes digests.
        system: seals what belongs to no person (addresses of chats, audit).
        patience: how long one call may take.
    """

    connection: Any = None

    def __init__(self, engine: Engine, vault: Vault, system: DataKey, patience: timedelta) -> None:
        self._engine = engine
        self.vault = vault
        self.system = system
        self._patience = patience.total_seconds()
        self.watch = asyncio.timeout(self._patience)

    async def one(self, statement: str, /, **values: Any) -> Row | None:
        """Run a `^` statement of storage/queries by `file.name`; return its row or None.

        Raises:
            DatabaseUnavailable: no answer in time, or the connection was lost.
            DatabaseRefused: the statement broke a rule of the schema.
        """
        named = self._engine.statements[statement]
        row: Row | None = await self.bounded(
            statement, self._engine.fetch(self.connection, named, values)
        )
        return row

    async def the(self, statement: str, /, **values: Any) -> Row:
        """Run a `^` statement that always yields a row, as an insert with `returning` does."""
        row = await self.one(statement, **values)
        if row is None:
            raise DatabaseRefused(statement, "no row came back")
        return row

    async def all(self, statement: str, /, **values: Any) -> list[Row]:
        """Run a plain statement of storage/queries by `file.name`; return its rows.

        Raises:
            DatabaseUnavailable: no answer in time, or the connection was lost.
            DatabaseRefused: the statement broke a rule of the schema.
        """
        named = self._engine.statements[statement]
        rows: list[Row] = await self.bounded(
            statement, self._engine.fetch(self.connection, named, values)
        )
        return rows

    async def each(self, statement: str, many: Sequence[Mapping[str, Any]]) -> None:
        """Run a statement for each of many sets of values, in one call; nothing comes back.

        Raises:
            DatabaseUnavailable: no answer in time, or the connection was lost.
            DatabaseRefused: the statement broke a rule of the schema.
        """
        named = self._engine.statements[statement]
        await self.bounded(statement, self._engine.fetch_none(self.connection, named, many))

    async def bounded(self, what: str, call: Awaitable[Result]) -> Result:
        """Await one call into the driver; only while `watch` is entered."""
        end, now = self.watch.when(), asyncio.get_running_loop().time()
        if end is not None and end - now < self._patience / 2:
            self.watch.reschedule(now + self._patience)
        try:
            return await call
        except self._engine.errors as error:
            raise _ours(self._engine, what, error) from None


class Single(Reading):
    """A connection on which every statement is a transaction of its own."""


class Transaction(Reading):
    """A connection while somebody writes; all or nothing."""

    async def run(self, script: str) -> None:
        """Run SQL of ours without values (migrations)."""
        await self.bounded("script", self._engine.run(self.connection, script))


async def bounded(
    engine: Engine,
    what: str,
    call: Awaitable[Result],
    patience: timedelta,
    connection: Any = None,
) -> Result:
    """Await a call outside of a transaction; its connection is given up when it takes too long.

    Raises:
        DatabaseUnavailable: no answer in time, or the connection was lost.
        DatabaseRefused: the database or the driver said no.
    """
    try:
        async with asyncio.timeout(patience.total_seconds()):
            return await call
    except TimeoutError:
        if connection is not None:
            await engine.terminate(connection)
        raise DatabaseUnavailable(f"{what}: no answer in {patience}") from None
    except engine.errors as error:
        raise _ours(engine, what, error) from None


def _ours(engine: Engine, what: str, error: Exception) -> StorageError:
    """Return our error for a driver's; not chained, for the driver's text may quote values."""
    reason = engine.refusal(error)
    if reason is None:
        return DatabaseUnavailable(f"{what}: {type(error).__name__}")
    return DatabaseRefused(what, reason)
