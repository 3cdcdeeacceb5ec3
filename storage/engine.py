"""What `database` asks of an engine: the border behind which the drivers are hidden."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from storage.statements import Statement


class Engine(Protocol):
    """SQLite or PostgreSQL. A connection is the driver's own and stays opaque to callers."""

    @property
    def name(self) -> str:
        """Return `sqlite` or `postgres`: the folder of its overrides and migrations."""
        ...

    @property
    def errors(self) -> tuple[type[Exception], ...]:
        """Return the errors with which the driver ends a call."""
        ...

    @property
    def statements(self) -> Mapping[str, Statement]:
        """Return the named statements, this engine's overrides among them."""
        ...

    async def fetch(self, connection: Any, statement: Statement, values: Mapping[str, Any]) -> Any:
        """Run a statement in one call; return its rows, or its row or None when it is a `^`."""
        ...

    async def fetch_none(
        self, connection: Any, statement: Statement, many: Sequence[Mapping[str, Any]]
    ) -> None:
        """Run a statement for each of many sets of values in one call; what it yields is lost."""
        ...

    async def acquire(self, *, writing: bool) -> Any:
        """Lend a connection."""
        ...

    async def release(self, connection: Any, *, writing: bool) -> None:
        """Take a connection back."""
        ...

    async def begin(self, connection: Any, *, writing: bool) -> None:
        """Open a transaction: a writing one, or a read-only snapshot."""
        ...

    async def commit(self, connection: Any) -> None:
        """Make the transaction durable."""
        ...

    async def rollback(self, connection: Any) -> None:
        """Undo the transaction; nothing happens when there is none."""
        ...

    async def run(self, connection: Any, script: str) -> None:
        """Run SQL of ours without values, statement by statement (migrations)."""
        ...

    async def lock_schema(self, connection: Any) -> None:
        """Keep other processes from migrating until the transaction ends."""
        ...

    async def scrub(self) -> None:
        """Remove what deleted rows left behind, as far as the engine can."""
        ...

    async def back_up(self, path: Path) -> None:
        """Write a whole copy of the live database into an empty file."""
        ...

    async def terminate(self, connection: Any) -> None:
        """Give a connection up at once, without waiting for the database."""
        ...

    def refusal(self, error: Exception) -> str | None:
        """Return why a statement was refused; None when the database was not reached."""
        ...

    async def close(self) -> None:
        """Close every connection."""
        ...
