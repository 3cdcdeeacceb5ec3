"""A real PostgreSQL server for tests: its own folder, its own port, gone at the end.

PostgreSQL refuses to run as root, so under root it is started as the user postgres or nobody.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests import memory

PROGRAMS = ("initdb", "postgres", "psql")
START_TRIES = 3
START_SECONDS = 30.0
# Nothing outlives the tests, and the log of what was written takes up little memory.
_IN_MEMORY: Final[dict[str, str | int]] = {
    **{"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"},
    **{"wal_level": "minimal", "max_wal_senders": 0},
    **{"min_wal_size": "32MB", "max_wal_size": "128MB"},
}


class PostgresFailed(Exception):
    """A PostgreSQL program ended badly; the text is what it printed."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server that any local user may enter as `postgres`.

    Attributes:
        programs: the folder of initdb, postgres, psql.
        port: on 127.0.0.1.
        process: the postmaster, for tests that kill it.
        folder: holds its data and its log.
    """

    programs: Path
    port: int
    process: subprocess.Popen[bytes]
    folder: Path

    def url(self, database: str) -> str:
        """Return the address of a database of this server."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def execute(self, statement: str) -> str:
        """Run one statement in the database `postgres` and return the rows as bare text."""
        psql = str(self.programs / "psql")
        done = subprocess.run(
            [psql, "-XAtq", "-v", "ON_ERROR_STOP=1", "-c", statement, self.url("postgres")],
            capture_output=True,
            text=True,
            check=False,
            env=clean_environment(),
        )
        if done.returncode:
            raise PostgresFailed(done.stderr)
        return done.stdout.strip()


def find_programs() -> Path | None:
    """Return the folder of the newest PostgreSQL server here, None when there is none."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    installed = Path("/usr/lib/postgresql").glob("*/bin")
    folders += sorted(installed, key=lambda folder: int(folder.parent.name), reverse=True)
    for folder in folders:
        if all((folder / program).exists() for program in PROGRAMS):
            return folder
    return None


@contextmanager
def running(programs: Path, *, durable: bool = True) -> Iterator[Server]:
    """Run a server on an empty folder until the block ends.

    Args:
        durable: as in real use. Tests kill processes, never the machine, so they need no fsync.
    """
    # Not pytest's folder: that one is closed to the user the server runs as.
    place = None if durable else memory.folder()
    folder = Path(tempfile.mkdtemp(prefix="xiangwen-postgres-", dir=place))
    try:
        make_cluster(programs, folder)
        server = start(programs, folder, durable=durable)
        try:
            yield server
        finally:
            stop(server.process)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def make_cluster(programs: Path, folder: Path) -> None:
    """Make an empty cluster in the folder."""
    user = server_user()
    if user is not None:
        shutil.chown(folder, user)
    options = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
    done = subprocess.run(
        [programs / "initdb", *options, "--pgdata", folder / "cluster"],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        user=user,
        extra_groups=None if user is None else [],
        env=clean_environment(),
    )
    if done.returncode:
        raise PostgresFailed(done.stderr)


def start(programs: Path, folder: Path, *, durable: bool = True) -> Server:
    """Start the server on a free port; another process may take the port first, so try again."""
    for _ in range(START_TRIES):
        port = free_port()
        process = launch(programs, folder, port, durable=durable)
        server = Server(programs, port, process, folder)
        if answers(server):
            return server
        stop(server.process)
    raise PostgresFailed((folder / "log").read_text(errors="replace"))


def launch(
    programs: Path, folder: Path, port: int, *, durable: bool = True
) -> subprocess.Popen[bytes]:
    """Start the postmaster with room for many test connections."""
    settings = {"listen_addresses": "127.0.0.1", "port": port, "max_connections": 60}
    settings |= {"unix_socket_directories": folder, "shared_buffers": "64MB"}
    settings |= {} if durable else _IN_MEMORY
    options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
    user = server_user()
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            [programs / "postgres", "-D", folder / "cluster", *options],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=folder,
            user=user,
            extra_groups=None if user is None else [],
            env=clean_environment(),
        )


def answers(server: Server) -> bool:
    """Wait until the server takes statements; False when it ended or took too long."""
    give_up_at = time.monotonic() + START_SECONDS
    while time.monotonic() < give_up_at and server.process.poll() is None:
        try:
            server.execute("select 1")
        except PostgresFailed:
            time.sleep(0.05)
        else:
            return True
    return False


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the server at once; its data is thrown away."""
    if process.poll() is None:
        process.send_signal(signal.SIGQUIT)
    process.wait()


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def server_user() -> str | None:
    """Return the user to run the server as: None for ourselves, another one when we are root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def clean_environment() -> dict[str, str]:
    """Return our environment without PG* variables, which would redirect the programs."""
    return {key: value for key, value in os.environ.items() if not key.startswith("PG")}
