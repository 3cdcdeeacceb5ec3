"""Chats: where people are reached, and what is open there."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from storage.ids import new_id
from storage.interviews import OpenInterview, from_turn
from storage.times import from_micros, maybe_from_micros, to_micros
from storage.transaction import Reading, Row, Transaction

LANGUAGE: Final = "zh"
ADDRESS: Final = "chat.address"


@dataclass(frozen=True, slots=True)
class Chat:
    """One chat of a channel; `address` is personal and never logged.

    `talk_id` is the last talk with the station that this chat was in, which may be over by now;
    `staff_id` says whose chat it is when it belongs to the staff.
    """

    id: str
    channel: str
    address: str = field(repr=False)
    language: str
    blocked_at: datetime | None
    created_at: datetime
    talk_id: str | None = None
    staff_id: str | None = None


async def load_turn(
    tx: Transaction, channel: str, address: str, now: datetime
) -> tuple[Chat, OpenInterview | None]:
    """Lock a chat until the transaction ends and return it with its open interview.

    One statement; a chat that was never seen is made, which takes two more.

    Raises:
        SealError: the interview's state cannot be opened.
    """
    digest = address_digest(tx, channel, address)
    row = await tx.one("chats.load_turn", channel=channel, digest=digest)
    if row is None:
        await _add(tx, channel, address, digest, now)
        row = await tx.the("chats.load_turn", channel=channel, digest=digest)
    return _chat(row, channel, address), from_turn(tx, row)


async def look(
    reading: Reading, channel: str, address: str
) -> tuple[Chat, OpenInterview | None] | None:
    """Return a chat and its open interview without a lock; None when it was never seen."""
    digest = address_digest(reading, channel, address)
    row = await reading.one("chats.look", channel=channel, digest=digest)
    return None if row is None else (_chat(row, channel, address), from_turn(reading, row))


async def get(reading: Reading, chat_id: str) -> Chat | None:
    """Return a chat by its id."""
    row = await reading.one("chats.get", id=chat_id)
    if row is None:
        return None
    return _chat(row, row["channel"], reading.system.open(ADDRESS, row["address"]))


async def set_language(tx: Transaction, chat_id: str, language: str) -> None:
    """Keep the language that a chat chose."""
    await tx.one("chats.set_language", id=chat_id, language=language)


async def set_blocked(tx: Transaction, chat_id: str, at: datetime | None) -> None:
    """Note since when a chat cannot be written to; None when it can again."""
    await tx.one("chats.set_blocked", id=chat_id, blocked_at=None if at is None else to_micros(at))


async def leave_talk(tx: Transaction, chat_id: str, talk_id: str) -> None:
    """Note that a chat knows that its talk is over; a newer talk stays."""
    await tx.all("chats.leave_talk", id=chat_id, talk_id=talk_id)


async def make_staff(tx: Transaction, chat_id: str, staff_id: str, now: datetime) -> None:
    """Note whose chat of the staff this is from now on."""
    await tx.one("chats.set_staff", id=chat_id, staff_id=staff_id, since=to_micros(now))


async def unmake_staff(tx: Transaction, chat_id: str) -> None:
    """Note that a chat is nobody's of the staff any more."""
    await tx.one("chats.set_staff", id=chat_id, staff_id=None, since=None)


async def link(
    tx: Transaction, chat_id: str, person_id: str, relation: str, now: datetime
) -> None:
    """Note that a chat speaks for a person, and as what (`informant_relation`).

    An empty relation (not known yet) leaves an earlier one as it is.
    """
    await tx.one(
        "chats.link",
        chat_id=chat_id,
        person_id=person_id,
        relation=relation,
        created_at=to_micros(now),
    )


async def relation_to(reading: Reading, chat_id: str, person_id: str) -> str | None:
    """Return as what a chat speaks for a person; None when it does not."""
    row = await reading.one("chats.is_linked", chat_id=chat_id, person_id=person_id)
    return None if row is None else row["relation"]


def address_digest(reading: Reading, channel: str, address: str) -> bytes:
    """Return under what a chat is looked up; the address itself stands sealed."""
    return reading.vault.digest(ADDRESS, f"{channel}\0{address}")


async def _add(tx: Transaction, channel: str, address: str, digest: bytes, now: datetime) -> None:
    """Make a chat, unless somebody else did in this moment."""
    await tx.one(
        "chats.add",
        id=new_id(now),
        channel=channel,
        digest=digest,
        address=tx.system.seal(ADDRESS, address),
        language=LANGUAGE,
        created_at=to_micros(now),
    )


def _chat(row: Row, channel: str, address: str) -> Chat:
    """Return the chat of a row."""
    return Chat(
        id=row["chat_id"],
        channel=channel,
        address=address,
        language=row["language"],
        blocked_at=maybe_from_micros(row["blocked_at"]),
        created_at=from_micros(row["created_at"]),
        talk_id=row["talk_id"],
        staff_id=row["staff_id"],
    )
