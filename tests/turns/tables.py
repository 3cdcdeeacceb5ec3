"""Every row of every table, read beside the program."""

from collections.abc import Mapping

import asyncpg

# The program's own library: another one in this process would drop its locks.
try:
    from pysqlite3 import dbapi2 as dbapi
except ImportError:
    import sqlite3 as dbapi

Rows = list[tuple[object, ...]]
_OURS = "select table_name from information_schema.tables where table_schema = 'public' order by 1"
_SQLITE = "select name from sqlite_master where type = 'table' and name not like 'sqlite%'"


async def tables(url: str) -> Mapping[str, Rows]:
    """Return all rows by table, in a stable order."""
    if url.startswith("sqlite"):
        return _of_file(url.removeprefix("sqlite:///"))
    connection = await asyncpg.connect(url)
    try:
        names = [row[0] for row in await connection.fetch(_OURS)]
        found = {name: await connection.fetch(f'select * from "{name}"') for name in names}
    finally:
        await connection.close()
    return {name: _sorted([tuple(row) for row in rows]) for name, rows in found.items()}


def _of_file(path: str) -> Mapping[str, Rows]:
    connection = dbapi.connect(path)
    try:
        names = [row[0] for row in connection.execute(_SQLITE)]
        return {
            name: _sorted(connection.execute(f'select * from "{name}"').fetchall())
            for name in names
        }
    finally:
        connection.close()


def _sorted(rows: Rows) -> Rows:
    return sorted(rows, key=repr)


# What a chat leaves that nobody was reported from: that it exists, what it was shown, the counts.
TRACES = {
    *("form", "system_key", "chat", "done_update", "tally", "lease", "audit", "attempt"),
    "migration",
}
