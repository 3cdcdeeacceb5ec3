"""Drafts: interviews that were begun and left; they are not kept for ever."""

from datetime import datetime

from storage import people, reports, roster
from storage.times import to_micros
from storage.transaction import Row, Transaction


async def purge(tx: Transaction, before: datetime) -> int:
    """Delete the unfinished interviews that nobody has touched since then; return how many.

    Somebody who never reported goes with their draft, key included; others keep their record.
    """
    rows = await tx.all("interviews.left", before=to_micros(before))
    for row in rows:
        await _drop(tx, row)
    return len(rows)


async def purge_assisted(tx: Transaction, before: datetime) -> int:
    """Delete what the staff began for somebody and left; return how many."""
    rows = await tx.all("interviews.assisted_left", before=to_micros(before))
    for row in rows:
        await _drop_assisted(tx, row)
    return len(rows)


async def drop_of_staff(tx: Transaction, staff_id: str) -> None:
    """Delete what an account began for others: nobody else is to see it."""
    for row in await tx.all("interviews.assisted_by", staff_id=staff_id):
        await _drop_assisted(tx, row)


async def drop_entered(tx: Transaction, interview_id: str) -> None:
    """Delete one interview that the staff began."""
    for row in await tx.all("interviews.assisted", id=interview_id):
        await _drop_assisted(tx, row)


async def drop_in_chat(tx: Transaction, chat_id: str) -> None:
    """Delete what the staff began in a chat: it is another account's now."""
    for row in await tx.all("interviews.assisted_in", chat_id=chat_id):
        await _drop_assisted(tx, row)


async def drop_about(tx: Transaction, person_id: str) -> None:
    """Delete what the staff began about somebody."""
    for row in await tx.all("interviews.assisted_of_person", person_id=person_id):
        await _drop_assisted(tx, row)


async def _drop_assisted(tx: Transaction, row: Row) -> None:
    """Delete one of them; whoever is on the roster may have begun in a chat of their own."""
    if await roster.is_waiting(tx, row["person_id"]):
        await _forget(tx, row)
    else:
        await _drop(tx, row)


async def _drop(tx: Transaction, row: Row) -> None:
    if row["purpose"] == "first" and await reports.last_at(tx, row["person_id"]) is None:
        await people.discard(tx, row["person_id"])
    else:
        await _forget(tx, row)


async def _forget(tx: Transaction, row: Row) -> None:
    await tx.all("chats.clear_open", id=row["chat_id"], interview_id=row["id"])
    await tx.one("interviews.forget", id=row["id"])
