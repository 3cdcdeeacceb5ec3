"""Sends prompts in processes that die: `python -m tests.reminding.dying`, told by JSON on stdin.

This process imports everything once and forks for each run, before any event loop or database is
opened. A run plants people whose prompts are due, is killed at a step or at a moment, and a
second run goes on. What the fake Bot API server accepted meanwhile is its parent's to compare.
"""

import asyncio
import json
import os
import random
import signal
import sys
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.atlas import load_atlas
from bot.channel import Address
from bot.messages import Message
from bot.places import load_places
from bot.publishing import publish
from bot.reminding.sender import Reminding
from bot.telegram.channel import TelegramChannel
from bot.telegram.outcomes import Delivery
from bot.telegram.settings import TelegramSettings
from bot.telegram.wording import read_wording
from bot.texts import load_texts
from bot.turns import ChatTurns
from bot.world import World
from conversations.hours import Hours
from storage.database import Database
from storage.transaction import Transaction
from storage.vault import Vault
from tests.fakes.bot_api import TOKEN
from tests.storage import made_up
from tests.transcripts.stage import FORM

LEASE = timedelta(milliseconds=150)
DUE = made_up.NOW + timedelta(days=365, hours=-4)
PEOPLE = 3
PLACES = load_places()
ATLAS = load_atlas(PLACES)
TEXTS = load_texts("zh")


@dataclass
class Fate:
    """Dies at the so-many-th step, or at a moment soon after it; counts the steps."""

    at: int
    within: float = 0.0
    steps: int = 0

    def step(self) -> None:
        """Take a step, or die."""
        if self.steps == self.at and self.within:
            moment = random.SystemRandom().uniform(0, self.within)
            threading.Timer(moment, os.kill, (os.getpid(), signal.SIGKILL)).start()
        elif self.steps == self.at:
            os.kill(os.getpid(), signal.SIGKILL)
        self.steps += 1


class MortalDatabase(Database):
    """A database whose user may die before, in and after each transaction that writes."""

    fate = Fate(-1)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """Write as usual, with three chances to die."""
        self.fate.step()
        async with super().transaction() as tx:
            yield tx
            self.fate.step()
        self.fate.step()


@dataclass
class Told:
    """What the parent wants: `at` is a step, `within` how many seconds after it to die at most."""

    url: str
    key: str
    base_url: str
    first_chat: int
    at: int = -1
    within: float = 0.0


async def send(told: Told, people: int = 0) -> None:
    """Run one round as `serve` does, and die when it is time.

    Args:
        people: so many report first, a year before their prompts are due.
    """
    database = await MortalDatabase.open(told.url, Vault.open(Path(told.key)))
    for serial in range(told.first_chat, told.first_chat + people):
        await made_up.report(database, serial, str(serial))
    shelf = await publish(database, FORM, made_up.NOW)
    world = World(shelf, TEXTS, PLACES, lambda: DUE, ZoneInfo("Asia/Shanghai"), Hours(), ATLAS)
    settings = TelegramSettings(token=TOKEN, base_url=told.base_url)
    channel = TelegramChannel(settings, ChatTurns(database, world), read_wording(TEXTS))
    await channel.start()
    database.fate = Fate(told.at, told.within)

    async def mortal(address: Address, message: Message) -> Delivery:
        database.fate.step()
        outcome = await channel.prompt(address, message)
        database.fate.step()
        return outcome

    await Reminding(database, world, mortal, per_second=500, lease=LEASE).round()
    await channel.stop(timedelta(seconds=1))
    await database.close()


def forked(work: Callable[[], Coroutine[Any, Any, None]]) -> bool:
    """Do the work in a process of its own; return whether it was killed."""
    child = os.fork()
    if child == 0:
        asyncio.run(work())
        sys.stdout.flush()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def runs(lines: Iterator[str]) -> None:
    """Do what each line of the parent says, and print one line for it."""
    for line in lines:
        told = Told(**json.loads(line))
        was_killed = forked(partial(send, told, PEOPLE))
        if was_killed:
            # Nobody else may send before the lease of the dead has run out.
            threading.Event().wait(1.2 * LEASE.total_seconds())
        after = Told(told.url, told.key, told.base_url, told.first_chat)
        forked(partial(send, after))
        print(json.dumps({"killed": was_killed}), flush=True)


if __name__ == "__main__":
    runs(iter(sys.stdin.readline, ""))
