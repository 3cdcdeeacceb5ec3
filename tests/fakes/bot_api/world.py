"""What the fake server knows: chats and their messages, updates not yet confirmed, calls made."""

import asyncio
import itertools
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from tests.fakes.bot_api.faults import Fault
from tests.fakes.bot_api.refusal import Refusal

TOKEN: Final = "700100:AAE-fake-token-for-the-loopback-only"
# Telegram keeps a tap so long, measured from the tap.
TAP_LIFETIME: Final = 150.0


@dataclass(slots=True)
class Entry:
    """One message on the screen. `keyboard` holds (label, callback_data) by row."""

    message_id: int
    is_bot: bool
    text: str
    keyboard: list[list[dict[str, Any]]] = field(default_factory=list)
    protect: bool = False
    is_edited: bool = False

    def lines(self) -> str:
        """Return how it looks in a transcript."""
        words = self.text if self.is_bot else f"> {self.text}"
        rows = [" ".join(f"[{button['text']}]" for button in row) for row in self.keyboard]
        return "\n".join([words, *rows])


@dataclass(slots=True)
class Chat:
    """One chat as its person sees it: `toasts` are the answers to taps."""

    id: int
    kind: str = "private"
    entries: dict[int, Entry] = field(default_factory=dict)
    toasts: list[str] = field(default_factory=list)
    reply_keyboard: list[list[dict[str, Any]]] = field(default_factory=list)
    is_blocked: bool = False
    numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def transcript(self) -> str:
        """Return the screen from top to bottom."""
        return "\n".join(entry.lines() for entry in self.entries.values())


@dataclass(frozen=True, slots=True)
class Call:
    """One call that reached the server, and the status that it was answered with."""

    method: str
    given: dict[str, Any]
    status: int
    at: float


@dataclass(slots=True)
class Hook:
    """Where updates are delivered, "" for nowhere."""

    url: str = ""
    secret: str = ""
    max_connections: int = 40
    last_error: str = ""


class World:
    """The state of the server. Its methods are what the Bot API's methods rest on."""

    def __init__(self, token: str = TOKEN) -> None:
        self.token = token
        self.chats: dict[int, Chat] = {}
        self.pending: deque[dict[str, Any]] = deque()
        self.taps: dict[str, tuple[Chat, float]] = {}
        self.calls: deque[Call] = deque(maxlen=200_000)
        self.violations: list[str] = []
        self.faults: list[Fault] = []
        self.commands: dict[str, list[dict[str, Any]]] = {}
        self.sounds: dict[str, bytes] = {}
        self.hook = Hook()
        self.latency = 0.0
        self.confirmed = 0
        self.on_shown: list[Callable[[Chat, Entry], None]] = []
        self.arrived = asyncio.Event()
        self._update_ids = itertools.count(500_001)
        self._tap_ids = itertools.count(1)

    def chat(self, number: int, kind: str = "private") -> Chat:
        """Return the chat, made when it is new."""
        if number not in self.chats:
            self.chats[number] = Chat(number, kind)
        return self.chats[number]

    def reachable(self, number: int) -> Chat:
        """Return a chat that the bot may write to."""
        if number not in self.chats:
            raise Refusal(400, "Bad Request: chat not found")
        if self.chats[number].is_blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        return self.chats[number]

    def put(self, chat: Chat, entry: Entry) -> Entry:
        """Put a message on the screen."""
        chat.entries[entry.message_id] = entry
        if entry.is_bot:
            self.seen(chat, entry)
        return entry

    def seen(self, chat: Chat, entry: Entry) -> None:
        """Tell whoever watches that the bot wrote or changed a message."""
        for watcher in self.on_shown:
            watcher(chat, entry)

    def tap(self, chat: Chat) -> str:
        """Return the id of a new tap, which the bot has to answer in time."""
        number = str(next(self._tap_ids))
        self.taps[number] = (chat, time.monotonic() + TAP_LIFETIME)
        return number

    def expire_taps(self) -> None:
        """Make every tap too old to be answered."""
        self.taps.clear()

    def update(self, **content: Any) -> int:
        """Queue an update and return its id."""
        number = content.setdefault("update_id", next(self._update_ids))
        self.pending.append(content)
        self.arrived.set()
        return int(number)

    def confirm(self, below: int) -> None:
        """Forget the updates before this id."""
        while self.pending and self.pending[0]["update_id"] < below:
            self.confirmed = max(self.confirmed, self.pending.popleft()["update_id"])
