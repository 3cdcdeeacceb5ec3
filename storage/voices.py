"""Voice notes: what a worker said aloud to a question, for somebody to hear and type in.

wanted (Telegram has it) → kept (we have it, sealed with the person's key) or lost.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

from storage.ids import new_id
from storage.owners import owner_key
from storage.times import from_micros, to_micros
from storage.transaction import Reading, Row, Transaction
from storage.vault import DataKey

State = Literal["wanted", "kept", "lost"]

PATH: Final = "voice_note.path"
FILE_ID: Final = "voice_note.file_id"
CONTENT: Final = "voice_note.content"


@dataclass(frozen=True, slots=True)
class VoiceNote:
    """One note.

    Args of the constructor:
        path: the question that was open.
        file_id: by which Telegram knows it.
    """

    id: str
    state: State
    person_id: str
    case_id: str | None
    path: str = field(repr=False)
    file_id: str = field(repr=False)
    created_at: datetime


async def add(
    tx: Transaction,
    key: DataKey,
    *,
    chat_id: str,
    case_id: str | None,
    path: str,
    file_id: str,
    now: datetime,
) -> str:
    """Keep that somebody said something, and return the note's id."""
    row = await tx.the(
        "voices.add",
        id=new_id(now),
        person_id=key.owner,
        chat_id=chat_id,
        case_id=case_id,
        path=key.seal(PATH, path),
        file_id=key.seal(FILE_ID, file_id),
        now=to_micros(now),
    )
    note_id: str = row["id"]
    return note_id


async def get(reading: Reading, note_id: str) -> VoiceNote | None:
    """Return a note by its id; None when its person was erased."""
    row = await reading.one("voices.get", id=note_id)
    return None if row is None else await _note(reading, row)


async def of_case(reading: Reading, case_id: str) -> list[VoiceNote]:
    """Return the notes of a case, oldest first."""
    rows = await reading.all("voices.of_case", case_id=case_id)
    return [note for row in rows if (note := await _note(reading, row)) is not None]


async def content_of(reading: Reading, note: VoiceNote) -> bytes | None:
    """Return what was said, None when we do not have it."""
    row = await reading.one("voices.content", id=note.id)
    key = await owner_key(reading, note.person_id)
    if row is None or row["content"] is None or key is None:
        return None
    return key.open_bytes(CONTENT, row["content"])


async def wanted(tx: Transaction, now: datetime, until: datetime, most: int) -> list[VoiceNote]:
    """Take the notes that are to be fetched now; they are looked at again at `until`."""
    rows = await tx.all("voices.wanted", now=to_micros(now), until=to_micros(until), most=most)
    return [note for row in rows if (note := await _note(tx, row)) is not None]


async def keep(tx: Transaction, note: VoiceNote, content: bytes) -> None:
    """Keep what was said, sealed with the person's key."""
    key = await owner_key(tx, note.person_id)
    if key is not None:
        sealed = key.seal_bytes(CONTENT, content)
        await tx.one("voices.keep", id=note.id, content=sealed)


async def lose(tx: Transaction, note_id: str) -> None:
    """Give up fetching a note; Telegram may still know it."""
    await tx.one("voices.lose", id=note_id)


async def hand_on(tx: Transaction, from_key: DataKey, to_key: DataKey) -> None:
    """Make the notes of one person those of another, who turned out to be the same."""
    for row in await tx.all("voices.sealed_of_person", person_id=from_key.owner):
        content = row["content"]
        if content is not None:
            content = to_key.seal_bytes(CONTENT, from_key.open_bytes(CONTENT, content))
        await tx.one(
            "voices.reseal",
            id=row["id"],
            person_id=to_key.owner,
            path=to_key.seal(PATH, from_key.open(PATH, row["path"])),
            file_id=to_key.seal(FILE_ID, from_key.open(FILE_ID, row["file_id"])),
            content=content,
        )


async def purge(tx: Transaction, before: datetime) -> None:
    """Delete the notes that came before then."""
    await tx.all("voices.purge", before=to_micros(before))


async def _note(reading: Reading, row: Row) -> VoiceNote | None:
    """Return the note of a row."""
    key = await owner_key(reading, row["person_id"])
    if key is None:
        return None
    return VoiceNote(
        id=row["id"],
        state=row["state"],
        person_id=row["person_id"],
        case_id=row["case_id"],
        path=key.open(PATH, row["path"]),
        file_id=key.open(FILE_ID, row["file_id"]),
        created_at=from_micros(row["created_at"]),
    )
