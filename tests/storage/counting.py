"""An engine that counts what is asked of the one behind it."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from storage.engine import Engine
from storage.statements import Statement


class Counting:
    """Passes everything on; `calls` counts what goes to the database, by name."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._names = {id(statement): name for name, statement in engine.statements.items()}
        self.calls: Counter[str] = Counter()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    async def fetch(self, connection: Any, statement: Statement, values: Mapping[str, Any]) -> Any:
        """Count the statement by its name."""
        self.calls[self._names[id(statement)]] += 1
        return await self._engine.fetch(connection, statement, values)

    async def begin(self, connection: Any, *, writing: bool) -> None:
        """Count it."""
        self.calls["begin"] += 1
        await self._engine.begin(connection, writing=writing)

    async def commit(self, connection: Any) -> None:
        """Count it."""
        self.calls["commit"] += 1
        await self._engine.commit(connection)

    async def rollback(self, connection: Any) -> None:
        """Count it."""
        self.calls["rollback"] += 1
        await self._engine.rollback(connection)
