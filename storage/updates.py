"""Done updates: what makes a repeated reply change nothing and a crash leave nobody waiting."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from storage.chats import ADDRESS, address_digest
from storage.database import Database
from storage.times import to_micros
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Owed:
    """A chat whose last turn was committed but not shown."""

    channel: str
    address: str = field(repr=False)
    number: int


async def mark_done(
    tx: Transaction, source: str, number: int, chat_id: str, now: datetime
) -> bool:
    """Note an update as done and its chat as owed; False when it was done before."""
    row = await tx.one(
        "updates.mark_done", source=source, number=number, chat_id=chat_id, done_at=to_micros(now)
    )
    return row is not None


async def note_sent(tx: Transaction, messages: Iterable[tuple[str, int]], now: datetime) -> None:
    """Note numbers of messages that no reply asked for, so that their chats can be cleared.

    Args:
        messages: chat id and number of each.
    """
    told = [(f"sent:{chat_id}", number, chat_id) for chat_id, number in messages]
    if told:
        await tx.all("updates.note_sent", told=json.dumps(told), at=to_micros(now))


async def mark_shown(
    database: Database, updates: Mapping[tuple[str, int], tuple[int, ...]], now: datetime
) -> None:
    """Note updates `(source, number)` as shown, and with each what its chat was owed before.

    Args:
        updates: with each the channel's numbers of its messages, so that a chat can be cleared.
    """
    if not updates:
        return
    told = [
        (source, number, " ".join(map(str, messages)) or None)
        for (source, number), messages in updates.items()
    ]
    async with database.transaction() as tx:
        await tx.all("updates.mark_shown", updates=json.dumps(told), shown_at=to_micros(now))


async def messages_of(
    database: Database, channel: str, address: str, since: datetime
) -> list[int]:
    """Return the channel's numbers of a chat's messages since then, each once, oldest first."""
    async with database.reading() as reading:
        digest = address_digest(reading, channel, address)
        rows = await reading.all(
            "updates.messages", channel=channel, digest=digest, since=to_micros(since)
        )
    return list(dict.fromkeys(int(number) for row in rows for number in row["messages"].split()))


async def owed(database: Database, source: str) -> list[Owed]:
    """Return the chats that were not shown their last turn, with its update, oldest first."""
    async with database.reading() as reading:
        rows = await reading.all("updates.owed", source=source)
        return [
            Owed(row["channel"], reading.system.open(ADDRESS, row["address"]), row["number"])
            for row in rows
        ]


async def active_since(database: Database, source: str, since: datetime) -> list[tuple[str, str]]:
    """Return channel and address of the chats that sent something since then."""
    async with database.reading() as reading:
        rows = await reading.all("updates.active_since", source=source, since=to_micros(since))
        return [(row["channel"], reading.system.open(ADDRESS, row["address"])) for row in rows]


async def purge(database: Database, before: datetime) -> int:
    """Forget the updates that were done before then; return how many."""
    async with database.transaction() as tx:
        return len(await tx.all("updates.purge", before=to_micros(before)))
