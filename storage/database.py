"""The database as everybody else sees it: opened by its address, lends transactions."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Final, Self, TypeVar
from urllib.parse import urlsplit

from storage.engine import Engine
from storage.errors import DatabaseRefused, DatabaseUnavailable, DatabaseUrlError
from storage.faults import CURE, postgres_not_opened, sqlite_not_opened
from storage.migrate import migrate
from storage.postgres import PostgresEngine
from storage.sqlite import BUSY, SqliteEngine
from storage.system_keys import open_system_key
from storage.transaction import Reading, Single, Transaction, bounded
from storage.vault import SYSTEM, DataKey, Vault

PATIENCE: Final = timedelta(seconds=10)
_LONG_PATIENCE: Final = timedelta(hours=2)

Lent = TypeVar("Lent", bound=Reading)


class Database:
    """A database of either kind, migrated and ready."""

    def __init__(self, engine: Engine, vault: Vault, system: DataKey, patience: timedelta) -> None:
        self._engine = engine
        self._vault = vault
        self._system = system
        self._patience = patience

    @classmethod
    async def open(cls, url: str, vault: Vault, *, patience: timedelta = PATIENCE) -> Self:
        """Open, migrate, and try the key file on what is there.

        Args:
            url: `sqlite:///relative/path`, `sqlite:////absolute/path` or `postgresql://…`.

        Raises:
            DatabaseUrlError: the address cannot be understood, or the file not be opened.
            DatabaseUnavailable: the server does not answer.
            MigrationError: the database does not belong to this version.
            KeyFileError: the keys are not those that this database was made with.
        """
        engine = await open_engine(url, patience)
        try:
            # Nothing is sealed before the system key is known, so any key will do here.
            database = cls(engine, vault, vault.new_key(SYSTEM)[0], _LONG_PATIENCE)
            async with database.transaction() as tx:
                await tx.bounded("lock", engine.lock_schema(tx.connection))
                await migrate(tx, engine.name)
                system = await open_system_key(tx)
        except BaseException:
            await engine.close()
            raise
        return cls(engine, vault, system, patience)

    async def close(self) -> None:
        """Close every connection."""
        await self._engine.close()

    @property
    def engine_name(self) -> str:
        """Return `sqlite` or `postgres`."""
        return self._engine.name

    @property
    def vault(self) -> Vault:
        """Return the keys that this database was opened with."""
        return self._vault

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """Write, all or nothing: committed when the block ends, undone when it raises.

        A block that makes no call for longer than the patience is given up, for it holds locks.
        """
        async with self._lent(Transaction, writing=True) as tx:
            await tx.bounded("begin", self._engine.begin(tx.connection, writing=True))
            yield tx
            await tx.bounded("commit", self._engine.commit(tx.connection))

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Reading]:
        """Read at one moment of the database; writers are not held up."""
        async with self._lent(Reading, writing=False) as reading:
            await reading.bounded("begin", self._engine.begin(reading.connection, writing=False))
            yield reading
            await self._roll_back(reading)

    def single(self) -> AbstractAsyncContextManager[Single]:
        """Run statements that are each a transaction of their own, committed when they return."""
        return self._lent(Single, writing=True)

    async def scrub(self) -> None:
        """Remove what deleted rows left behind in the files, after an erasure."""
        await bounded(self._engine, "scrub", self._engine.scrub(), self._patience)

    async def back_up(self, path: Path) -> None:
        """Write a whole copy of the live database (see `storage.backup`)."""
        await bounded(self._engine, "backup", self._engine.back_up(path), _LONG_PATIENCE)

    @asynccontextmanager
    async def _lent(self, kind: type[Lent], *, writing: bool) -> AsyncIterator[Lent]:
        """Lend a connection while the block runs; what it leaves open when it raises is undone.

        One timer serves for all of it, the wait for a connection included.
        """
        lent = kind(self._engine, self._vault, self._system, self._patience)
        try:
            async with lent.watch:
                acquired = self._engine.acquire(writing=writing)
                lent.connection = await lent.bounded("connect", acquired)
                yield lent
        except BaseException as error:
            await self._take_back(lent, error)
            raise
        finally:
            if lent.connection is not None:
                await self._engine.release(lent.connection, writing=writing)

    async def _take_back(self, lent: Reading, error: BaseException) -> None:
        """Undo what a block left open that raised; a connection that did not answer is given up.

        Raises:
            DatabaseUnavailable: in the place of the error that ended the watch.
        """
        is_late = isinstance(error, TimeoutError) and lent.watch.expired()
        if lent.connection is not None:
            if is_late:
                await self._engine.terminate(lent.connection)
            await self._roll_back(lent)
        if is_late:
            raise DatabaseUnavailable(f"no answer in {self._patience}") from None

    async def _roll_back(self, lent: Reading) -> None:
        """Undo what is open; a connection that cannot even do that is given up."""
        call = self._engine.rollback(lent.connection)
        try:
            await bounded(self._engine, "rollback", call, self._patience, lent.connection)
        except (DatabaseUnavailable, DatabaseRefused):
            await self._engine.terminate(lent.connection)


async def open_engine(url: str, patience: timedelta = PATIENCE) -> Engine:
    """Open the engine that the address names."""
    scheme = urlsplit(url).scheme
    if scheme == "sqlite" and url.startswith("sqlite:///") and url != "sqlite:///":
        try:
            return await SqliteEngine.open(
                Path(url.removeprefix("sqlite:///")), busy=min(patience / 2, BUSY)
            )
        except SqliteEngine.errors as error:
            raise sqlite_not_opened(error) from None
    if scheme in {"postgresql", "postgres"}:
        try:
            return await PostgresEngine.open(url)
        except PostgresEngine.errors as error:
            raise postgres_not_opened(error) from None
    raise DatabaseUrlError(f"no database is known under “{scheme}”", CURE)
