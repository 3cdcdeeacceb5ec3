"""The people of one chat: several interviews may be open, and somebody may take theirs over."""

from datetime import datetime
from typing import Final

from storage import chats
from storage.interviews import OpenInterview, from_turn
from storage.times import to_micros
from storage.transaction import Reading, Transaction

ONESELF: Final = "0"


async def open_interviews(reading: Reading, chat_id: str) -> list[OpenInterview]:
    """Return all that is begun and not finished in a chat, oldest first.

    Raises:
        SealError: a state cannot be opened.
    """
    rows = await reading.all("household.open_interviews", chat_id=chat_id)
    found = (from_turn(reading, row) for row in rows)
    return [interview for interview in found if interview is not None]


async def hold(tx: Transaction, chat_id: str, number: int) -> OpenInterview | None:
    """Return an interview of a chat by its number, locked; None when it is finished or none.

    Raises:
        SealError: its state cannot be opened.
    """
    row = await tx.one("household.hold_interview", chat_id=chat_id, number=number)
    return None if row is None else from_turn(tx, row)


async def make_current(tx: Transaction, interview: OpenInterview) -> None:
    """Make it the interview that the chat talks about; others stay as they are."""
    await tx.one("chats.set_open", id=interview.chat_id, interview_id=interview.id)


async def reported(reading: Reading, chat_id: str) -> int:
    """Return about how many people reports were given from a chat."""
    row = await reading.one("household.reported", chat_id=chat_id)
    return 0 if row is None else row["total"]


async def take_over(tx: Transaction, person_id: str, chat_id: str, now: datetime) -> None:
    """Give a person's record to their own chat: no other one speaks for them any more.

    What others had begun about them is deleted, and their chats are to be told.
    """
    at = to_micros(now)
    await tx.all("household.tell_others", person_id=person_id, chat_id=chat_id, at=at)
    for statement in ("close_others", "drop_interviews_of_others", "drop_links_of_others"):
        await tx.all(f"household.{statement}", person_id=person_id, chat_id=chat_id)
    await tx.all("household.move_reminders", person_id=person_id, chat_id=chat_id)
    await chats.link(tx, chat_id, person_id, ONESELF, now)


async def part(tx: Transaction, person_id: str, chat_id: str, reason: str) -> None:
    """Let a chat have nothing to do with a person any more: the phone is somebody else's.

    Nothing that is planned for it goes out, for the reason that is given.
    """
    await tx.all("household.mute_here", person_id=person_id, chat_id=chat_id, reason=reason)
    for statement in ("close_here", "drop_interviews_here", "drop_pin_here", "drop_link_here"):
        await tx.all(f"household.{statement}", person_id=person_id, chat_id=chat_id)


async def other_chat(reading: Reading, person_id: str, chat_id: str) -> str | None:
    """Return another chat of a person that can be written to first, None when there is none."""
    row = await reading.one("household.other_chat", person_id=person_id, chat_id=chat_id)
    return None if row is None else row["chat_id"]


async def taken_from(reading: Reading, chat_id: str) -> list[str]:
    """Return who took their record over from this chat and it was not told yet."""
    rows = await reading.all("household.taken_from", chat_id=chat_id)
    return [row["person_id"] for row in rows]


async def told(tx: Transaction, chat_id: str) -> None:
    """Note that the chat was told."""
    await tx.all("household.told", chat_id=chat_id)
