"""Looking over somebody's shoulder: which chat shows whose desk, and until when."""

from dataclasses import dataclass
from datetime import datetime

from storage.times import from_micros, to_micros
from storage.transaction import Reading, Transaction


@dataclass(frozen=True, slots=True)
class View:
    """A chat that shows the desk of an account for a while."""

    staff_id: str
    until: datetime


async def put(tx: Transaction, chat_id: str, staff_id: str, until: datetime) -> None:
    """Let a chat show the desk of an account, in the place of any other."""
    await tx.one("views.put", chat_id=chat_id, staff_id=staff_id, until=to_micros(until))


async def get(reading: Reading, chat_id: str, now: datetime) -> View | None:
    """Return whose desk a chat shows now; None for its own."""
    row = await reading.one("views.get", chat_id=chat_id, now=to_micros(now))
    return None if row is None else View(row["staff_id"], from_micros(row["until"]))


async def end(tx: Transaction, chat_id: str) -> None:
    """Let a chat show its own desk again."""
    await tx.all("views.drop", chat_id=chat_id)
