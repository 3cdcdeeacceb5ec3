"""What runs in the thread of an SQLite connection: several steps in one hop to it.

A hop costs more than most statements, so `begin` rides along with the first statement of a
transaction, and statements that are a whole transaction run in one go.
"""

from typing import Any, Self

try:
    from pysqlite3 import dbapi2 as dbapi
except ImportError:  # no wheel fits this machine
    import sqlite3 as dbapi


class Opening(str):
    """A statement that brings the `begin` of its transaction along, so that none gets lost."""

    __slots__ = ("begin",)
    begin: str

    def __new__(cls, begin: str, sql: str) -> Self:
        """Return the statement, as text for the driver."""
        opening = super().__new__(cls, sql)
        opening.begin = begin
        return opening


class Whole(str):
    """Statements that are a transaction of their own, undone when one of them yields no row."""

    __slots__ = ("parts",)
    parts: tuple[str, ...]

    def __new__(cls, script: str) -> Self:
        """Return the statements, as text for the driver."""
        whole = super().__new__(cls, script)
        whole.parts = statements_in(script)
        return whole


class Connection(dbapi.Connection):  # type: ignore[misc]
    """Runs what a statement brings along."""

    def execute(self, sql: str, *values: Any) -> Any:
        """Run a statement of either kind, or a plain one."""
        if isinstance(sql, Whole):
            return self._execute_whole(sql, *values)
        if isinstance(sql, Opening):
            super().execute(sql.begin)
        return super().execute(sql, *values)

    def _execute_whole(self, whole: Whole, *values: Any) -> "_Fetched":
        super().execute("begin immediate")
        try:
            rows = _Fetched()
            for part in whole.parts:
                rows = _Fetched(super().execute(part, *values).fetchall())
                if not rows:
                    return rows
            self.commit()
            return rows
        finally:
            if self.in_transaction:
                self.rollback()


class _Fetched(list[Any]):
    """Rows in the place of a cursor: they had to be read before the commit."""

    def fetchall(self) -> Self:
        return self


def statements_in(script: str) -> tuple[str, ...]:
    """Return the statements of a script, one after the other."""
    found, statement = [], ""
    for line in script.splitlines(keepends=True):
        statement += line
        if dbapi.complete_statement(statement):
            found.append(statement)
            statement = ""
    return tuple(found)
