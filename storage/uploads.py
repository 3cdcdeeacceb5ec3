"""Files that came in, or wait to be fetched: sealed in pieces with the system key.

The pieces of a file are written in one transaction: of an upload that broke off nothing is left.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

from storage.ids import new_id
from storage.times import from_micros, to_micros
from storage.transaction import Reading, Transaction
from storage.vault import DataKey

Purpose = Literal["roster", "answer", "out"]

PIECE_BYTES: Final = 1 << 20
NAME: Final = "upload.name"
CONTENT: Final = "upload_piece.content"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file; `about` is the id of what it belongs to, "" for nothing yet."""

    id: str
    purpose: Purpose
    name: str = field(repr=False)
    size: int
    about: str
    created_by: str
    created_at: datetime


async def add(
    tx: Transaction,
    purpose: Purpose,
    name: str,
    content: bytes,
    *,
    by: str,
    now: datetime,
    about: str = "",
) -> str:
    """Keep a file and return its id."""
    upload_id = new_id(now)
    await tx.the(
        "uploads.add",
        id=upload_id,
        purpose=purpose,
        name=tx.system.seal(NAME, name),
        size=len(content),
        about=about,
        created_by=by,
        created_at=to_micros(now),
    )
    for number, start in enumerate(range(0, len(content), PIECE_BYTES)):
        piece = content[start : start + PIECE_BYTES]
        sealed = tx.system.seal_bytes(_place(upload_id, number), piece)
        row = {"upload_id": upload_id, "number": number, "content": sealed}
        await tx.each("uploads.add_piece", [row])
    return upload_id


async def get(reading: Reading, upload_id: str) -> Upload | None:
    """Return what is known of a file."""
    row = await reading.one("uploads.get", id=upload_id)
    if row is None:
        return None
    return Upload(
        row["id"],
        row["purpose"],
        reading.system.open(NAME, row["name"]),
        row["size"],
        row["about"],
        row["created_by"],
        from_micros(row["created_at"]),
    )


async def content(reading: Reading, upload_id: str) -> bytes:
    """Return the whole file.

    Raises:
        LookupError: it, or a piece of it, is not here any more.
    """
    known = await reading.one("uploads.get", id=upload_id)
    if known is None:
        raise LookupError(upload_id)
    pieces = []
    for number in range(-(-known["size"] // PIECE_BYTES)):
        row = await reading.one("uploads.piece", upload_id=upload_id, number=number)
        if row is None:
            raise LookupError(upload_id)
        pieces.append(_opened(reading.system, upload_id, number, row["content"]))
    return b"".join(pieces)


async def drop(tx: Transaction, upload_id: str) -> None:
    """Remove a file; nothing may refer to it any more."""
    await tx.all("uploads.drop_pieces", id=upload_id)
    await tx.one("uploads.drop", id=upload_id)


async def purge(tx: Transaction, purpose: Purpose, before: datetime) -> int:
    """Remove files of a purpose that are older; return how many."""
    rows = await tx.all("uploads.old_ones", purpose=purpose, before=to_micros(before))
    for row in rows:
        await drop(tx, row["id"])
    return len(rows)


def _place(upload_id: str, number: int) -> str:
    """Return what a piece is bound to, so that pieces cannot change their places."""
    return f"{CONTENT}:{upload_id}:{number}"


def _opened(system: DataKey, upload_id: str, number: int, sealed: bytes) -> bytes:
    return system.open_bytes(_place(upload_id, number), sealed)
