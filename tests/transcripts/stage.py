"""Where transcripts are played: the real turns on a real SQLite file, with a clock of our own."""

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.channel import Address
from bot.places import load_places
from bot.publishing import publish
from bot.texts import load_texts
from bot.turns import ChatTurns
from bot.world import World
from conversations.reminders import Hours
from storage.database import Database
from storage.keyfile import create_key_file
from storage.vault import Vault
from tests.transcripts.player import Player

FOLDER = Path(__file__).parent
FORM = FOLDER.parent.parent / "conversations" / "forms" / "rural_labour.md"
MORNING = dt.datetime(2026, 11, 24, 2, 0, tzinfo=dt.UTC)


@dataclass
class Clock:
    """Stands still until a test moves it."""

    now: dt.datetime = MORNING

    def __call__(self) -> dt.datetime:
        """Return the moment."""
        return self.now

    def wait(self, days: int) -> None:
        """Let days go by."""
        self.now += dt.timedelta(days=days)


@dataclass
class Stage:
    """A database in a folder, and the turns on it; `open` again is a restart."""

    folder: Path
    url: str = ""
    clock: Clock = field(default_factory=Clock)

    async def open(self) -> ChatTurns:
        """Return turns on the database of this folder."""
        key = self.folder / "keys" / "key"
        if not key.exists():
            create_key_file(key)
        url = self.url or f"sqlite:///{self.folder / 'xiangwen.db'}"
        self.database = await Database.open(url, Vault.open(key))
        shelf = await publish(self.database, FORM, self.clock())
        self.world = World(
            shelf, load_texts("zh"), load_places(), self.clock, ZoneInfo("Asia/Shanghai"), Hours()
        )
        self.turns = ChatTurns(self.database, self.world)
        return self.turns

    async def close(self) -> None:
        """Let go of the database."""
        await self.turns.close()
        await self.database.close()

    async def restart(self) -> ChatTurns:
        """Return turns as a new process would have them."""
        await self.close()
        return await self.open()


async def play(file: Path, folder: Path) -> str:
    """Return what is said when the worker's lines of a transcript are spoken again."""
    stage = Stage(folder)
    player = Player(
        await stage.open(), Address("telegram", "1001"), stage.restart, stage.clock.wait
    )
    script = [line[2:] for line in file.read_text("utf-8").splitlines() if line.startswith("> ")]
    try:
        return await player.play(script)
    finally:
        await stage.close()
