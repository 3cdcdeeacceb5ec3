"""Runs what is measured on both engines: a county on SQLite, the province on PostgreSQL."""

import tempfile
from collections.abc import Callable, Coroutine
from pathlib import Path

import uvloop

from storage.keyfile import create_key_file
from tests import postgres

OnSqlite = Callable[[Path], Coroutine[None, None, None]]
OnPostgres = Callable[[postgres.Server, Path, int], Coroutine[None, None, None]]


def on_both(on_sqlite: OnSqlite, on_postgres: OnPostgres, people: int) -> None:
    """Measure one after the other, with keys of their own; without a server SQLite alone."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        create_key_file(folder / "keys" / "keys.json")
        uvloop.run(on_sqlite(folder))
        programs = postgres.find_programs()
        if programs is None:
            print("postgres     no PostgreSQL server here: apt-get install postgresql")
            return
        with postgres.running(programs) as server:
            # The people come in one go: without room for it the server stops to write all down.
            server.execute("alter system set max_wal_size = '8GB'")
            server.execute("select pg_reload_conf()")
            uvloop.run(on_postgres(server, folder, people))
