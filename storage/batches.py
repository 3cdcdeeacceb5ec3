"""Batches: one line for every export that left the house."""

from dataclasses import dataclass
from datetime import datetime

from storage.ids import new_id
from storage.times import from_micros, to_micros
from storage.transaction import Reading, Transaction


@dataclass(frozen=True, slots=True)
class Batch:
    """One export.

    Args of the constructor, where not plain:
        who: the operator's account, as `command:USER`.
        reason: why a plain file was made, "" for an encrypted one.
        file_digest: of the file as it was written (`vault.content_digest` of its bytes).
    """

    id: str
    kind: str
    county_id: str | None
    cycle: int | None
    who: str
    reason: str
    rows: int
    held_back: int
    file_digest: str
    created_at: datetime


async def add(
    tx: Transaction,
    *,
    kind: str,
    county_id: str | None,
    cycle: int | None,
    who: str,
    reason: str,
    rows: int,
    held_back: int,
    file_digest: str,
    now: datetime,
) -> Batch:
    """Note an export."""
    batch = Batch(
        new_id(now), kind, county_id, cycle, who, reason, rows, held_back, file_digest, now
    )
    await tx.one(
        "batches.add",
        id=batch.id,
        kind=kind,
        county_id=county_id,
        cycle=cycle,
        who=who,
        reason=reason,
        row_count=rows,
        held_back=held_back,
        file_digest=file_digest,
        created_at=to_micros(now),
    )
    return batch


async def recent(reading: Reading, most: int = 20) -> list[Batch]:
    """Return the latest exports, newest first."""
    return [
        Batch(
            row["id"],
            row["kind"],
            row["county_id"],
            row["cycle"],
            row["who"],
            row["reason"],
            row["row_count"],
            row["held_back"],
            row["file_digest"],
            from_micros(row["created_at"]),
        )
        for row in await reading.all("batches.recent", most=most)
    ]
