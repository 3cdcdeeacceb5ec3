"""Drafts: interviews that were begun and left; they are not kept for ever."""

from datetime import datetime

from storage import people
from storage.times import to_micros
from storage.transaction import Transaction


async def purge(tx: Transaction, before: datetime) -> int:
    """Delete the unfinished interviews that nobody has touched since then; return how many.

    Somebody who never reported goes with their draft, key included; others keep their record.
    """
    rows = await tx.all("interviews.left", before=to_micros(before))
    for row in rows:
        if row["purpose"] == "first":
            await people.discard(tx, row["person_id"])
        else:
            await tx.all("chats.clear_open", id=row["chat_id"], interview_id=row["id"])
            await tx.one("interviews.forget", id=row["id"])
    return len(rows)
