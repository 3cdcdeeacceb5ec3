"""The files of a batch, as they leave the house; encrypted, if at all, before they come here."""

from dataclasses import dataclass
from typing import Final

from storage.transaction import Reading, Transaction

# The file of held-back rows stands beside the parts, which begin at 1.
HELD_BACK: Final = 0


@dataclass(frozen=True, slots=True)
class BatchFile:
    """One file of a batch; `size` is 0 when its content is gone."""

    part: int
    name: str
    rows: int
    digest: str
    size: int


async def add(tx: Transaction, batch_id: str, file: BatchFile, content: bytes) -> None:
    """Keep a file, already encrypted; b"" for one that is kept elsewhere."""
    await tx.one(
        "batches.add_file",
        batch_id=batch_id,
        part=file.part,
        name=file.name,
        row_count=file.rows,
        digest=file.digest,
        content=content,
    )


async def of_batch(reading: Reading, batch_id: str) -> list[BatchFile]:
    """Return the files of a batch: that of held-back rows first, then the parts."""
    return [
        BatchFile(row["part"], row["name"], row["row_count"], row["digest"], row["size"])
        for row in await reading.all("batches.files", batch_id=batch_id)
    ]


async def content(reading: Reading, batch_id: str, part: int) -> tuple[str, bytes] | None:
    """Return name and content of a file; None when it is gone."""
    row = await reading.one("batches.content", batch_id=batch_id, part=part)
    return None if row is None else (row["name"], row["content"])
