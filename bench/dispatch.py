"""Prompts a second through the ledger, beside the same messages sent without one.

`python -m bench.dispatch`: claim, decision, `sending`, message, record; with the pace lifted, at
the pace that is set, and what people who answer meanwhile notice of it. The fake Bot API server
is a process of its own.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

import uvloop

from bench.crowd import OTHERS
from bench.telegram import SERVE, Row, environment
from bot.atlas import load_atlas
from bot.channel import Address
from bot.messages import Message
from bot.places import load_places
from bot.publishing import publish
from bot.reminding.sender import Reminding
from bot.settings import SHIPPED_FORM
from bot.settings_values import CHECKOUT
from bot.telegram.channel import TelegramChannel
from bot.telegram.settings import TelegramSettings
from bot.telegram.wording import read_wording
from bot.texts import load_texts
from bot.turns import ChatTurns
from bot.world import World
from conversations.hours import Hours
from storage import chats, interviews, people
from storage.database import Database
from storage.keyfile import create_key_file
from storage.reminder_rows import Plan
from storage.submissions import submit
from storage.transaction import Transaction
from storage.vault import Vault
from tests import postgres
from tests.fakes.bot_api import TOKEN
from tests.storage import made_up

ALWAYS = Hours(datetime.min.time(), datetime.max.time())
LIFTED = 1_000_000.0
AT_ONCE = {"EVERY": "1", "QUIET_UNTIL": "00:00", "QUIET_FROM": "23:59", "HOLIDAYS": "open"}
CHUNK = 500
DUE = 600


async def plant(database: Database, count: int, now: datetime) -> None:
    """Make people with a chat each, whose prompts are due."""
    plan = Plan("yearly", now.year, 1, now - timedelta(hours=1), now + timedelta(days=30))
    for first in range(0, count, CHUNK):
        async with database.transaction() as tx:
            await made_up.publish(tx)
            for number in range(first, min(count, first + CHUNK)):
                await _report(tx, number, plan)


async def _report(tx: Transaction, number: int, plan: Plan) -> None:
    last_year = made_up.NOW - timedelta(days=370)
    chat, _ = await chats.load_turn(tx, "telegram", str(OTHERS + number), last_year)
    person_id, key = await people.create(tx, last_year)
    interview = await interviews.start(
        tx,
        chat.id,
        person_id,
        key,
        form_hash=made_up.FORM,
        purpose="first",
        state="{}",
        now=last_year,
    )
    told = made_up.submission(number, cycle=plan.cycle - 1)
    await submit(tx, interview, replace(told, plans=(plan,)), last_year)


@asynccontextmanager
async def crowd(others: int, *words: str) -> AsyncIterator[tuple[str, subprocess.Popen[str]]]:
    """Run the server process and yield its address."""
    command = [sys.executable, "-m", "bench.crowd", "--others", str(others), *words]
    server = subprocess.Popen(  # noqa: ASYNC220 (started before anything is measured)
        command, stdout=subprocess.PIPE, text=True, cwd=CHECKOUT
    )
    assert server.stdout is not None
    try:
        yield server.stdout.readline().strip(), server
    finally:
        server.kill()
        server.wait()


@asynccontextmanager
async def sending(url: str, folder: Path, base_url: str) -> AsyncIterator[Any]:
    """Yield database, world and channel."""
    key = folder / "keys" / "bench.key"
    create_key_file(key)
    database = await Database.open(url, Vault.open(key))
    shelf = await publish(database, CHECKOUT / SHIPPED_FORM, datetime.now(UTC))
    places, texts, zone = load_places(), load_texts("zh"), ZoneInfo("Asia/Shanghai")
    world = World(
        shelf, texts, places, lambda: datetime.now(UTC), zone, ALWAYS, load_atlas(places)
    )
    settings = TelegramSettings(token=TOKEN, base_url=base_url)
    channel = TelegramChannel(settings, ChatTurns(database, world), read_wording(texts))
    await channel.start()
    try:
        yield database, world, channel
    finally:
        await channel.stop(timedelta(seconds=2))
        await database.close()


async def bare(channel: TelegramChannel, count: int) -> float:
    """Return messages a second with nothing kept."""
    message, limit = Message("x" * 40), asyncio.Semaphore(50)

    async def one(number: int) -> None:
        async with limit:
            await channel.prompt(Address("telegram", str(OTHERS + number)), message)

    began = time.perf_counter()
    await asyncio.gather(*(one(number) for number in range(count)))
    return count / (time.perf_counter() - began)


async def rate_of(url: str, folder: Path, count: int, pace: float) -> tuple[float, float]:
    """Return prompts a second through the ledger, and without one."""
    async with (
        crowd(count, "--seconds", "600", "--chats", "1") as (base_url, _),
        sending(url, folder, base_url) as (database, world, channel),
    ):
        await plant(database, count, world.clock())
        without = await bare(channel, min(count, 1000))
        began = time.perf_counter()
        counts = await Reminding(database, world, channel.prompt, pace).round()
        spent = time.perf_counter() - began
        assert counts == {"sent": count}, counts
        # The first one waits for nothing.
        return (count - 1) / spent, without


async def waits_of(folder: Path, prompts: int) -> dict[str, Any]:
    """Return what people saw who answered while so many prompts were due."""
    words = ("--chats", "200", "--rate", "40", "--seconds", "8")
    async with crowd(max(1, prompts), *words) as (base_url, server):
        given = environment(Row("xiangwen", SERVE, 0), base_url, folder)
        given |= {"XIANGWEN_REMINDERS__EVERY": "1", "XIANGWEN_REMINDERS__QUIET_UNTIL": "00:00"}
        given |= {
            "XIANGWEN_REMINDERS__QUIET_FROM": "23:59",
            "XIANGWEN_REMINDERS__HOLIDAYS": "open",
        }
        key = folder / "keys" / "bench.key"
        create_key_file(key)
        database = await Database.open(given["XIANGWEN_STORAGE__URL"], Vault.open(key))
        await plant(database, prompts, datetime.now(UTC))
        await database.close()
        with (folder / "serve.log").open("w", encoding="utf-8") as log:
            bot = subprocess.Popen(  # noqa: ASYNC220
                SERVE.split(), env=given, cwd=CHECKOUT, stdout=log, stderr=log
            )
            try:
                seen, _ = await asyncio.to_thread(server.communicate, timeout=120)
            finally:
                bot.kill()
                bot.wait()
        return dict(json.loads(seen))


async def measure(count: int) -> None:
    """Print the table."""
    programs = postgres.find_programs()
    assert programs is not None, "no PostgreSQL server here: apt-get install postgresql"
    with (
        tempfile.TemporaryDirectory(prefix="bench-") as name,
        postgres.running(programs) as server,
    ):
        folder = Path(name)
        server.execute("create database dispatch")
        urls = {
            "SQLite": f"sqlite:///{folder / 'bench.db'}",
            "PostgreSQL": server.url("dispatch"),
        }
        for engine, url in urls.items():
            own, without = await rate_of(url, folder / engine, count, LIFTED)
            print(
                f"{engine:12} pace lifted  {own:7.0f}/s through the ledger, {without:7.0f}/s"
                f" without: {own / without:4.2f}",
                flush=True,
            )
        own, _ = await rate_of(f"sqlite:///{folder / 'paced.db'}", folder / "paced", 300, 25)
        print(
            f"{'SQLite':12} set to 25/s  {own:7.2f}/s: {100 * (own / 25 - 1):+.1f} %", flush=True
        )
        waits: dict[int, list[float]] = {0: [], DUE: []}
        # In turn and three times: a stray second of the machine is more than what is measured.
        for number in range(6):
            prompts = DUE * (number % 2)
            at = folder / f"waits{number}"
            at.mkdir()
            seen = await waits_of(at, prompts)
            waits[prompts].append(seen["percentiles"]["p95"])
            shown = " ".join(f"{name} {ms:6.1f}" for name, ms in seen["percentiles"].items())
            print(f"replies with {prompts:3} prompts due: {shown} ms, {seen['others']} sent")
        ratio = median(waits[DUE]) / median(waits[0])
        print(f"p95 of replies under a running wave: {ratio:4.2f} x without (medians)")
    print("targets: 500/s with the pace lifted; 25/s within 4 %; p95 at most 1.5 x")


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--prompts", type=int, default=5000)
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    uvloop.run(measure(parser.parse_args().prompts))


if __name__ == "__main__":
    main()
