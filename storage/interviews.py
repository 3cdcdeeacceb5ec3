"""Interviews: one person's way through one form, saved with every turn."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, Literal

from storage.errors import StaleRevision
from storage.ids import new_id
from storage.times import from_micros, to_micros
from storage.transaction import Reading, Row, Transaction
from storage.vault import DataKey

Purpose = Literal["first", "update", "correction"]
Status = Literal["open", "paused", "submitted", "stopped"]

STATE: Final = "interview.state"


@dataclass(frozen=True, slots=True)
class OpenInterview:
    """An interview that goes on.

    Args of the constructor, where not plain:
        number: counts the interviews of a chat from 1; buttons carry it.
        revision: grows with every save.
        state: the conversation's own JSON text, sealed at rest.
        key: seals what belongs to this person.
        entered_by: id of the account of the staff that fills it in for the person, None for a
            chat of the person or their family.
    """

    id: str
    chat_id: str
    number: int
    person_id: str
    form_hash: str
    purpose: Purpose
    status: Status
    revision: int
    started_at: datetime
    updated_at: datetime
    state: str = field(repr=False)
    key: DataKey = field(repr=False)
    entered_by: str | None = None


async def start(
    tx: Transaction,
    chat_id: str,
    person_id: str,
    key: DataKey,
    *,
    form_hash: str,
    purpose: Purpose,
    state: str,
    now: datetime,
    entered_by: str | None = None,
) -> OpenInterview:
    """Begin an interview and make it the open one of its chat.

    Args:
        entered_by: id of the account of the staff that fills it in for the person.
    """
    interview = OpenInterview(
        id=new_id(now),
        chat_id=chat_id,
        number=0,
        person_id=person_id,
        form_hash=form_hash,
        purpose=purpose,
        status="open",
        revision=0,
        started_at=now,
        updated_at=now,
        state=state,
        key=key,
        entered_by=entered_by,
    )
    return await _insert(tx, interview)


async def _insert(tx: Transaction, interview: OpenInterview) -> OpenInterview:
    """Write a new interview as the open one; return it with its number in the chat."""
    row = await tx.the(
        "interviews.add",
        id=interview.id,
        chat_id=interview.chat_id,
        person_id=interview.person_id,
        form_hash=interview.form_hash,
        purpose=interview.purpose,
        now=to_micros(interview.started_at),
        state=interview.key.seal(STATE, interview.state),
        entered_by=interview.entered_by,
    )
    await tx.one("chats.set_open", id=interview.chat_id, interview_id=interview.id)
    return replace(interview, number=row["number"])


async def save(
    tx: Transaction,
    interview: OpenInterview,
    state: str,
    now: datetime,
    *,
    status: Literal["open", "paused"] = "open",
) -> OpenInterview:
    """Keep a new state in one statement; return the interview at its next revision.

    Raises:
        StaleRevision: somebody else saved it in between.
    """
    row = await tx.one(
        "interviews.save",
        id=interview.id,
        revision=interview.revision,
        state=interview.key.seal(STATE, state),
        status=status,
        now=to_micros(now),
    )
    if row is None:
        raise StaleRevision(interview.id, interview.revision)
    return replace(interview, revision=row["revision"], state=state, status=status, updated_at=now)


async def close(
    tx: Transaction,
    interview: OpenInterview,
    status: Literal["submitted", "stopped"],
    now: datetime,
) -> None:
    """End an interview: its words are deleted, the chat has no open one any more.

    Raises:
        StaleRevision: somebody else saved it in between.
    """
    row = await tx.one(
        "interviews.close",
        id=interview.id,
        revision=interview.revision,
        status=status,
        now=to_micros(now),
    )
    if row is None:
        raise StaleRevision(interview.id, interview.revision)
    await tx.all("chats.clear_open", id=interview.chat_id, interview_id=interview.id)


async def forget(tx: Transaction, interview: OpenInterview) -> None:
    """Delete an interview as if it had never been (its person: see `people.discard`)."""
    await tx.all("chats.clear_open", id=interview.chat_id, interview_id=interview.id)
    await tx.one("interviews.forget", id=interview.id)


def from_turn(reading: Reading, row: Row) -> OpenInterview | None:
    """Return the interview in a row of `chats.load_turn`, None when the chat has none open.

    Raises:
        SealError: the state cannot be opened.
    """
    if row["interview_id"] is None:
        return None
    key = reading.vault.unwrap(row["person_id"], row["wrapped"])
    return OpenInterview(
        id=row["interview_id"],
        chat_id=row["chat_id"],
        number=row["number"],
        person_id=row["person_id"],
        form_hash=row["form_hash"],
        purpose=row["purpose"],
        status=row["status"],
        revision=row["revision"],
        started_at=from_micros(row["started_at"]),
        updated_at=from_micros(row["updated_at"]),
        state=key.open(STATE, row["state"]),
        key=key,
        entered_by=row["entered_by"],
    )
