"""PINs: four digits of one's own that open a person's whole record in one chat.

Only a keyed digest is kept, bound to person and chat. Four digits are few: what protects them is
the key outside of the database, and the count of wrong tries.
"""

from datetime import datetime
from typing import Final

from storage import attempts
from storage.times import to_micros
from storage.transaction import Reading, Transaction

USE: Final = "pin"
TRIES_AN_HOUR: Final = 5


async def is_set(reading: Reading, person_id: str, chat_id: str) -> bool:
    """Tell whether this person's record has a PIN in this chat."""
    return await reading.one("pins.get", person_id=person_id, chat_id=chat_id) is not None


async def put(tx: Transaction, person_id: str, chat_id: str, pin: str, now: datetime) -> None:
    """Keep a PIN in the place of an older one."""
    await tx.one(
        "pins.set",
        person_id=person_id,
        chat_id=chat_id,
        key_id=tx.vault.index_key_id,
        digest=tx.vault.digest(USE, _bound(person_id, chat_id, pin)),
        created_at=to_micros(now),
    )


async def is_limited(reading: Reading, person_id: str, chat_id: str, now: datetime) -> bool:
    """Tell whether there were too many wrong tries in this hour."""
    tries = await attempts.count(reading, USE, _bound(person_id, chat_id), now)
    return tries >= TRIES_AN_HOUR


async def opens(tx: Transaction, person_id: str, chat_id: str, pin: str, now: datetime) -> bool:
    """Tell whether the PIN is right; a wrong one is counted. Ask `is_limited` before."""
    row = await tx.one("pins.get", person_id=person_id, chat_id=chat_id)
    if row is None:
        return False
    digests = tx.vault.digests(USE, _bound(person_id, chat_id, pin))
    if bytes(row["digest"]) == digests.get(row["key_id"]):
        return True
    await attempts.count_up(tx, USE, _bound(person_id, chat_id), now)
    return False


async def drop(tx: Transaction, person_id: str, chat_id: str | None = None) -> bool:
    """Forget the PIN of a chat, or those of all chats; False when there was none."""
    if chat_id is None:
        return bool(await tx.all("pins.drop_all", person_id=person_id))
    return bool(await tx.all("pins.drop", person_id=person_id, chat_id=chat_id))


def _bound(*parts: str) -> str:
    return "\0".join(parts)
