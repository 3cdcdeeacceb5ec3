"""Where transcripts are played: the real turns on a real SQLite file, with a clock of our own."""

import atexit
import datetime as dt
import shutil
import tempfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.atlas import load_atlas
from bot.channel import Address
from bot.messages import Message
from bot.places import Places, load_places
from bot.publishing import publish
from bot.reminding.sender import Reminding
from bot.render.words import grouped
from bot.telegram.outcomes import Delivery, Sent
from bot.texts import Texts, load_texts
from bot.turns import ChatTurns
from bot.world import World
from conversations.hours import Hours
from conversations.replies.atlas import Atlas
from storage import personal_codes, reports, roster
from storage.database import Database
from storage.ids import tidy_code
from storage.keyfile import create_key_file
from storage.roster import Entry
from storage.vault import Vault
from tests.transcripts.player import Player

FOLDER = Path(__file__).parent
FORM = FOLDER.parent.parent / "conversations" / "forms" / "rural_labour.md"
MORNING = dt.datetime(2026, 11, 24, 2, 0, tzinfo=dt.UTC)


ON_ROSTER = Entry(
    "140824197803150027",
    "19900000003",
    {
        **{"name": "赵秀英", "id_number": "140824197803150027", "phone": "19900000003"},
        **{"city": "c08", "county": "k065", "township": "t0727", "village": "东城村"},
    },
    "t0727",
    "k065",
    1978,
    "2",
)


class Known(NamedTuple):
    """What never changes, read once for all tests of a process."""

    places: Places
    texts: Texts
    atlas: Atlas


@cache
def _known() -> Known:
    places = load_places()
    return Known(places, load_texts("zh"), load_atlas(places))


async def _begin(url: str, key: Path) -> None:
    """Make the keys and, on SQLite, a database: a copy of an empty one that was closed.

    Migrating takes longer than most tests; what migrates is tested in tests/storage.
    """
    if not url.startswith("sqlite:///"):
        create_key_file(key)
        return
    blank = _blank()
    if not (blank / "blank.db").exists():
        create_key_file(blank / "keys" / "key")
        vault = Vault.open(blank / "keys" / "key")
        database = await Database.open(f"sqlite:///{blank / 'blank.db'}", vault)
        await publish(database, FORM, MORNING)
        await database.close()
    file = Path(url.removeprefix("sqlite:///"))
    file.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(blank / "keys", key.parent, copy_function=shutil.copy2)
    shutil.copy2(blank / "blank.db", file)


@cache
def _blank() -> Path:
    """Return a folder of this process that goes with it."""
    folder = tempfile.TemporaryDirectory(prefix="blank-")
    atexit.register(folder.cleanup)
    return Path(folder.name)


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
        url = self.url or f"sqlite:///{self.folder / 'xiangwen.db'}"
        if not key.exists():
            await _begin(url, key)
        self.database = await Database.open(url, Vault.open(key))
        shelf = await publish(self.database, FORM, self.clock())
        known, zone = _known(), ZoneInfo("Asia/Shanghai")
        self.world = World(
            *(shelf, known.texts, known.places, self.clock, zone, Hours(), known.atlas),
            console_url="https://xiangwen.example/console",
        )
        self.turns = ChatTurns(self.database, self.world)
        return self.turns

    async def hand_out(self, kind: str, reference: str) -> str:
        """Do what a station does: put somebody on the roster, or hand a record over."""
        async with self.database.transaction() as tx:
            if kind == "roster":
                person_id, _ = await roster.add(tx, ON_ROSTER, self.clock())
                return grouped(await roster.code_for(tx, person_id, self.clock()) or "")
            owner = await reports.person_of(tx, tidy_code(reference))
            assert owner is not None
            return grouped(await personal_codes.issue(tx, "take_over", owner, self.clock()))

    async def close(self) -> None:
        """Let go of the database."""
        await self.turns.close()
        await self.database.close()

    async def remind(self) -> list[Message]:
        """Return what a round of reminders sends now."""
        sent: list[Message] = []

        async def send(address: Address, message: Message) -> Delivery:
            sent.append(message)
            return Sent()

        await Reminding(self.database, self.world, send, per_second=1000).round(self.clock())
        return sent

    async def restart(self) -> ChatTurns:
        """Return turns as a new process would have them."""
        await self.close()
        return await self.open()


async def play(file: Path, folder: Path) -> str:
    """Return what is said when the worker's lines of a transcript are spoken again."""
    stage = Stage(folder)
    first = Address("telegram", "1001")
    player = Player(
        await stage.open(),
        first,
        restart=stage.restart,
        wait=stage.clock.wait,
        office=stage.hand_out,
        remind=stage.remind,
    )
    script = [line[2:] for line in file.read_text("utf-8").splitlines() if line.startswith("> ")]
    try:
        return await player.play(script)
    finally:
        await stage.close()
