"""Durable turns a second beside bare commits of the same engine, driver and run.

A bare commit is begin, insert of a small row, commit. A turn is what `bot.turns` has taken for an
answer: the chat and its interview are read, the update is noted as done and a state of 3 kB saved,
sealed. Rounds of both alternate, so that other work on the machine meets both alike. The loop is
uvloop, as in `serve`.
"""

import asyncio
import itertools
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import aiosqlite
import asyncpg
import uvloop
from pysqlite3 import dbapi2

from storage import chats, forms, interviews, people, turns
from storage.chats import Chat
from storage.database import Database
from storage.interviews import OpenInterview
from storage.keyfile import create_key_file
from storage.transaction import Transaction
from storage.turns import Arrival
from storage.vault import Vault
from tests import postgres

ROUNDS = 7
SECONDS = 1.0
AT_ONCE = 8
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
STATE = '{"answers":{' + ",".join(f'"/data/work/item_{n}[1]":"答案{n}"' for n in range(75)) + "}}"
TARGETS = {"sqlite": 0.35, "postgres": 0.5}

Work = Callable[[int], Awaitable[None]]


async def rate(work: Work) -> float:
    """Return how often a second the work is done, by so many workers at once."""
    done = 0
    start = time.perf_counter()

    async def worker(number: int) -> None:
        nonlocal done
        while time.perf_counter() - start < SECONDS:
            await work(number)
            done += 1

    await asyncio.gather(*(worker(number) for number in range(AT_ONCE)))
    return done / (time.perf_counter() - start)


async def begun(database: Database) -> Work:
    """Open one interview for each worker; return the turn to measure."""
    async with database.transaction() as tx:
        await forms.publish(
            tx, hash="h", form_id="f", version="1", xml="<h/>", source_digest="s", now=NOW
        )
        for number in range(AT_ONCE):
            chat, _ = await chats.load_turn(tx, "telegram", str(number), NOW)
            person_id, key = await people.create(tx, NOW)
            await interviews.start(
                tx, chat.id, person_id, key, form_hash="h", purpose="first", state=STATE, now=NOW
            )
    numbers = itertools.count()

    async def turn(worker: int) -> None:
        arrival = Arrival("telegram", str(worker), "bot", next(numbers), NOW)
        if await turns.take(database, arrival, save) is None:
            raise RuntimeError("a turn was lost")

    return turn


async def save(tx: Transaction, _chat: Chat, interview: OpenInterview | None) -> OpenInterview:
    """Take the step of a turn: the next state is kept."""
    if interview is None:
        raise RuntimeError("an interview was lost")
    return await interviews.save(tx, interview, STATE, NOW)


async def compare(database: Database, bare: Work) -> tuple[float, float, float]:
    """Return the medians of bare commits and turns a second, and of their ratio."""
    turn = await begun(database)
    pairs = []
    for _ in range(ROUNDS):
        pairs.append((await rate(bare), await rate(turn)))
    commits, turns = zip(*pairs, strict=True)
    ratio = statistics.median(turn / commit for commit, turn in pairs)
    return statistics.median(commits), statistics.median(turns), ratio


async def on_sqlite(folder: Path, vault: Vault) -> tuple[float, float, float]:
    """Measure SQLite; the bare commits go to a file of their own."""

    def connector() -> dbapi2.Connection:
        connection = dbapi2.connect(str(folder / "bare.db"), isolation_level=None)
        for pragma in ("journal_mode=wal", "synchronous=full"):
            connection.execute(f"pragma {pragma}")
        connection.execute("create table bare (number integer primary key, word text)")
        return connection

    connection = await aiosqlite.Connection(connector, iter_chunk_size=64)
    lock = asyncio.Lock()

    async def bare(_worker: int) -> None:
        async with lock:
            await connection.execute_fetchall("begin immediate")
            await connection.execute_fetchall("insert into bare (word) values (?)", ("word",))
            await connection.commit()

    database = await Database.open(f"sqlite:///{folder}/turns.db", vault)
    try:
        return await compare(database, bare)
    finally:
        await database.close()
        await connection.close()


async def on_postgres(url: str, vault: Vault) -> tuple[float, float, float]:
    """Measure PostgreSQL over so many connections as there are workers."""
    connections = [await asyncpg.connect(url) for _ in range(AT_ONCE)]
    await connections[0].execute(
        "create table bare (number bigint generated always as identity primary key, word text)"
    )

    async def bare(worker: int) -> None:
        connection = connections[worker]
        await connection.execute("begin")
        await connection.fetch("insert into bare (word) values ($1) returning number", "word")
        await connection.execute("commit")

    database = await Database.open(url, vault)
    try:
        return await compare(database, bare)
    finally:
        await database.close()
        for connection in connections:
            await connection.close()


def main() -> None:
    """Print the table."""
    print(f"{'storage':12} {'commits/s':>10} {'turns/s':>10} {'ratio':>6} {'target':>7}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        create_key_file(folder / "keys" / "keys.json")
        vault = Vault.open(folder / "keys" / "keys.json")
        show("sqlite", uvloop.run(on_sqlite(folder, vault)))
        programs = postgres.find_programs()
        if programs is None:
            print("postgres     no PostgreSQL server here: apt-get install postgresql")
            return
        with postgres.running(programs) as server:
            show("postgres", uvloop.run(on_postgres(server.url("postgres"), vault)))


def show(engine: str, figures: tuple[float, float, float]) -> None:
    """Print one row."""
    commits, turns, ratio = figures
    print(
        f"{engine:12} {commits:>10.0f} {turns:>10.0f} {ratio:>6.2f} {TARGETS[engine]:>7.2f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
