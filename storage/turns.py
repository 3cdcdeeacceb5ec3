"""One turn of a chat: what is open is read, a step is taken, all that it writes is committed once.

Nearly every step writes one thing: the next state of the open interview. So a turn is tried
without a lock first, in two calls: look; save, unless somebody else was faster. A step that needs
more of the database, or that came too late, is taken again in a transaction that locks the chat.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, TypeVar

from storage import chats, updates
from storage.chats import Chat
from storage.database import Database
from storage.interviews import OpenInterview
from storage.transaction import Row, Single, Transaction

Result = TypeVar("Result")
Take = Callable[[Transaction, Chat, OpenInterview | None], Awaitable[Result]]

_SAVE: Final = "interviews.save"


@dataclass(frozen=True, slots=True)
class Arrival:
    """What starts a turn: in which chat, when, and how the channel tells it from all others."""

    channel: str
    address: str = field(repr=False)
    source: str
    number: int
    at: datetime


async def take(database: Database, arrival: Arrival, step: Take[Result]) -> Result | None:
    """Take one step in a chat and commit it; None when the arrival was dealt with before.

    Args:
        step: may be called twice, so it must change nothing but through its transaction.

    Raises:
        SealError: the interview's state cannot be opened.
        StorageError: it was not committed; whatever the step raises is raised as well.
    """
    result = await _without_lock(database, arrival, step)
    if result is not None:
        return result
    async with database.transaction() as tx:
        chat, interview = await chats.load_turn(tx, arrival.channel, arrival.address, arrival.at)
        if await updates.mark_done(tx, arrival.source, arrival.number, chat.id, arrival.at):
            return await step(tx, chat, interview)
    return None


async def _without_lock(database: Database, arrival: Arrival, step: Take[Result]) -> Result | None:
    """Take the step if all it writes is one save of what was seen; None when nothing was done."""
    async with database.single() as single:
        found = await chats.look(single, arrival.channel, arrival.address)
        if found is None or found[1] is None:
            return None
        held = _HeldBack(single)
        try:
            result = await step(held, *found)
        except _LockNeeded:
            return None
        return result if await held.commit(found[0].id, arrival) else None


class _LockNeeded(Exception):
    """The step wants more of the database than one save; never leaves this module."""


class _HeldBack(Transaction):
    """In the place of a transaction: keeps one save to itself and refuses everything else."""

    def __init__(self, single: Single) -> None:
        self.vault, self.system = single.vault, single.system
        self._single = single
        self._save: dict[str, Any] | None = None

    async def one(self, statement: str, /, **values: Any) -> Row | None:
        """Keep the save, and answer as the database will unless somebody else was faster."""
        if statement != _SAVE or self._save is not None:
            raise _LockNeeded
        self._save = values
        return {"revision": values["revision"] + 1}

    async def all(self, statement: str, /, **values: Any) -> list[Row]:
        """Refuse."""
        raise _LockNeeded

    async def run(self, script: str) -> None:
        """Refuse."""
        raise _LockNeeded

    async def commit(self, chat_id: str, arrival: Arrival) -> bool:
        """Note the update as done and run the save, both or neither; False for neither."""
        if self._save is None:
            return False
        row = await self._single.one(
            "interviews.advance",
            chat_id=chat_id,
            source=arrival.source,
            number=arrival.number,
            **self._save,
        )
        return row is not None
