"""SQLite through aiosqlite, on pysqlite3 because its SQLite is new enough.

SQLite 3.7.0 to 3.51.2 can corrupt a WAL file when two connections checkpoint and write at once.
Where only such a version is found, one connection of one process holds the file exclusively.
"""

import asyncio
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import aiosqlite

from storage.sqlite_thread import Connection, Opening, Whole, statements_in
from storage.statements import Statement, load_statements

try:
    from pysqlite3 import dbapi2 as dbapi
except ImportError:  # no wheel fits this machine: the standard library's, held exclusively
    import sqlite3 as dbapi

SAFE_FROM: Final = (3, 51, 3)
READERS: Final = 3
_LOG_PAGES: Final = 4_000
BUSY: Final = timedelta(seconds=5)
_UNREACHED: Final = (
    "SQLITE_BUSY",
    "SQLITE_LOCKED",
    "SQLITE_INTERRUPT",
    "SQLITE_IOERR",
    "SQLITE_FULL",
)


def is_safe() -> bool:
    """Return whether several connections may share a WAL file with the SQLite found here."""
    return bool(dbapi.sqlite_version_info >= SAFE_FROM)


class SqliteEngine:
    """One writing connection behind a lock, a few that only read."""

    name = "sqlite"
    errors: tuple[type[Exception], ...] = (dbapi.Error, OSError, ValueError, OverflowError)

    def __init__(self, path: Path, *, exclusive: bool, busy: timedelta = BUSY) -> None:
        self.statements: Mapping[str, Statement] = load_statements(self.name, prepared)
        self.path = path
        self._exclusive = exclusive
        self._busy = busy
        self._given_up: list[asyncio.Future[None]] = []
        self._to_begin: dict[aiosqlite.Connection, str] = {}
        self._lock = asyncio.Lock()
        self._writer: aiosqlite.Connection | None = None
        self._readers: asyncio.LifoQueue[aiosqlite.Connection] = asyncio.LifoQueue()

    @classmethod
    async def open(
        cls, path: Path, *, exclusive: bool | None = None, busy: timedelta = BUSY
    ) -> "SqliteEngine":
        """Open the file, made at first use with mode 0600.

        Args:
            exclusive: hold it alone; None to decide by SQLite's version.
            busy: how long to wait while another process writes.
        """
        alone = not is_safe() if exclusive is None else exclusive
        engine = cls(path, exclusive=alone, busy=busy)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        try:
            engine._writer = await engine._connect(writing=True)
            if not engine._exclusive:
                for _ in range(READERS):
                    engine._readers.put_nowait(await engine._connect(writing=False))
        except BaseException:
            await engine.close()
            raise
        return engine

    async def acquire(self, *, writing: bool) -> aiosqlite.Connection:
        """Lend the writing connection, or one that only reads."""
        if not self._holds_lock(writing):
            return await self._readers.get()
        await self._lock.acquire()
        try:
            if self._writer is None:
                self._writer = await self._connect(writing=True)
        except BaseException:
            self._lock.release()
            raise
        return self._writer

    async def release(self, connection: aiosqlite.Connection, *, writing: bool) -> None:
        """Take a connection back."""
        if self._holds_lock(writing):
            self._lock.release()
        else:
            self._readers.put_nowait(connection)

    async def begin(self, connection: aiosqlite.Connection, *, writing: bool) -> None:
        """Let the first statement open the transaction: a hop to the thread less in every turn.

        A writing one takes the file's write lock at once.
        """
        self._to_begin[connection] = "begin immediate" if writing else "begin"

    async def commit(self, connection: aiosqlite.Connection) -> None:
        """Write the transaction through to the disk."""
        self._to_begin.pop(connection, None)
        await connection.commit()

    async def rollback(self, connection: aiosqlite.Connection) -> None:
        """Undo the transaction; the driver does nothing when there is none."""
        self._to_begin.pop(connection, None)
        await connection.rollback()

    async def fetch(
        self, connection: aiosqlite.Connection, statement: Statement, values: Mapping[str, Any]
    ) -> Any:
        """Run a statement in one hop to the connection's thread."""
        begin = self._to_begin.pop(connection, None)
        sql = statement.sql if begin is None else Opening(begin, statement.sql)
        rows: Any = await connection.execute_fetchall(sql, values)
        return (rows[0] if rows else None) if statement.is_one else rows

    async def fetch_none(
        self,
        connection: aiosqlite.Connection,
        statement: Statement,
        many: Sequence[Mapping[str, Any]],
    ) -> None:
        """Run a statement for each set of values, all in one hop to the connection's thread."""
        begin = self._to_begin.pop(connection, None)
        if begin is not None:
            await connection.execute_fetchall(begin)
        await connection.executemany(statement.sql, many)

    async def run(self, connection: aiosqlite.Connection, script: str) -> None:
        """Run statement by statement (`executescript` would commit first)."""
        for sql in statements_in(script):
            await self.fetch(connection, Statement(sql, (), is_one=False), {})

    async def lock_schema(self, connection: aiosqlite.Connection) -> None:
        """Do nothing: `begin immediate` has locked the whole file."""

    async def scrub(self) -> None:
        """Bring the log into the file and empty it; `secure_delete` has zeroed the rest."""
        writer = await self.acquire(writing=True)
        try:
            await writer.execute_fetchall("pragma wal_checkpoint(truncate)")
        finally:
            await self.release(writer, writing=True)

    async def back_up(self, path: Path) -> None:
        """Write a whole copy; writers go on meanwhile, unless one connection is all there is."""
        reader = await self.acquire(writing=False)
        try:
            await reader.execute_fetchall("pragma query_only=off")
            await reader.execute_fetchall("vacuum into ?", (str(path),))
        finally:
            await reader.execute_fetchall("pragma query_only=on")
            await self.release(reader, writing=False)

    async def terminate(self, connection: aiosqlite.Connection) -> None:
        """Interrupt the statement; a writing connection is closed and made anew when needed."""
        with suppress(ValueError):
            await connection.interrupt()
        if connection is self._writer:
            self._writer = None
            stopped = connection.stop()
            if stopped is not None:
                self._given_up.append(stopped)

    def refusal(self, error: Exception) -> str | None:
        """Return SQLite's own name of the error; None when it may pass."""
        name = str(getattr(error, "sqlite_errorname", type(error).__name__))
        # aiosqlite raises a bare ValueError for a connection that was closed.
        return None if name.startswith(_UNREACHED) or type(error) is ValueError else name

    async def close(self) -> None:
        """Close every connection; the last one tidies the log away."""
        while not self._readers.empty():
            await self._readers.get_nowait().close()
        if self._writer is not None:
            await self._writer.close()
            self._writer = None
        if self._given_up:
            # A thread that hangs in the file system cannot be ended; the process ends without it.
            await asyncio.wait(self._given_up, timeout=self._busy.total_seconds() + 1)

    def _holds_lock(self, writing: bool) -> bool:
        """Return whether this use goes through the one writing connection."""
        return writing or self._exclusive

    async def _connect(self, *, writing: bool) -> aiosqlite.Connection:
        """Open one connection; aiosqlite takes any connector, so pysqlite3's as well."""
        mode = "rw" if writing else "ro"
        address = f"file:{quote(str(self.path.absolute()))}?mode={mode}"
        pragmas = ["foreign_keys=on", "secure_delete=on", "temp_store=memory", "synchronous=full"]
        if self._exclusive:
            pragmas.insert(0, "locking_mode=exclusive")
        pragmas.append("journal_mode=wal" if writing else "query_only=on")
        pragmas.append(f"wal_autocheckpoint={_LOG_PAGES}")

        def connector() -> Any:
            connection = dbapi.connect(
                address,
                timeout=self._busy.total_seconds(),
                isolation_level=None,
                uri=True,
                cached_statements=256,
                factory=Connection,
                check_same_thread=False,
            )
            connection.row_factory = dbapi.Row
            for pragma in pragmas:
                connection.execute(f"pragma {pragma}").fetchall()
            return connection

        # Opened before: aiosqlite leaves its thread to itself when the connector fails.
        opened = await asyncio.to_thread(connector)
        return await aiosqlite.Connection(lambda: opened, iter_chunk_size=64)


def prepared(sql: str) -> str:
    """Return the SQL as it is: `:name` is SQLite's own way to write a value."""
    whole = Whole(sql)
    return whole if len(whole.parts) > 1 else sql


def is_whole(path: Path) -> bool:
    """Return whether a database file is undamaged; it is read through once."""
    connection = dbapi.connect(f"file:{quote(str(path.absolute()))}?mode=ro", uri=True)
    try:
        return bool(connection.execute("pragma integrity_check").fetchall() == [("ok",)])
    except dbapi.Error:
        return False
    finally:
        connection.close()
