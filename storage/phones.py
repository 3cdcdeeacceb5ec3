"""Own phones: who may be reached by a phone that its owner has just shared; keyed digests only.

Only numbers that stand for the person are here: from the roster, or given by the person about
themselves. What is found is offered to the chat for an hour, and never more than that: the button
that is tapped then names somebody on this short list, or nobody.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from storage.times import to_micros
from storage.transaction import Reading, Transaction

Source = Literal["roster", "report"]

USE: Final = "phone"
OFFERED: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Match:
    """Somebody whose own phone it is."""

    person_id: str
    source: Source
    birth_year: int | None


async def put(tx: Transaction, person_id: str, phone: str, source: Source) -> None:
    """Note a person's own phone; an earlier one leads to them no more."""
    digest = tx.vault.digest(USE, phone)
    key_id = tx.vault.index_key_id
    await tx.all("phones.drop_others", person_id=person_id, key_id=key_id, digest=digest)
    await tx.one("phones.put", key_id=key_id, digest=digest, person_id=person_id, source=source)


async def keep_only(tx: Transaction, person_id: str, phone: str) -> None:
    """Drop what is not the person's phone any more, though somebody else said so."""
    await tx.all(
        "phones.drop_others",
        person_id=person_id,
        key_id=tx.vault.index_key_id,
        digest=tx.vault.digest(USE, phone),
    )


async def find(reading: Reading, phone: str) -> list[Match]:
    """Return whose own phone this is, one entry a person; tries are to be limited before."""
    found: dict[str, Match] = {}
    for key_id, digest in reading.vault.digests(USE, phone).items():
        for row in await reading.all("phones.find", key_id=key_id, digest=digest):
            match = Match(row["person_id"], row["source"], row["birth_year"])
            found[match.person_id] = match
    return list(found.values())


async def offer(tx: Transaction, chat_id: str, matches: list[Match], now: datetime) -> None:
    """Let this chat choose among these for an hour, and among no others."""
    await tx.all("phones.forget_matches", chat_id=chat_id)
    for match in matches:
        await tx.one(
            "phones.add_match",
            chat_id=chat_id,
            person_id=match.person_id,
            source=match.source,
            until=to_micros(now + OFFERED),
        )


async def offered(reading: Reading, chat_id: str, now: datetime) -> dict[str, Source]:
    """Return whom this chat may choose now, and where they are known from."""
    rows = await reading.all("phones.matches", chat_id=chat_id, now=to_micros(now))
    return {row["person_id"]: row["source"] for row in rows}


async def withdraw_offer(tx: Transaction, chat_id: str) -> None:
    """End the choice."""
    await tx.all("phones.forget_matches", chat_id=chat_id)


async def purge(tx: Transaction, now: datetime) -> None:
    """Forget the offers that ran out."""
    await tx.all("phones.purge_matches", now=to_micros(now))
