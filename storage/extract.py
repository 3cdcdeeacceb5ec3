"""Reads the records of a county for an export, in bounded chunks and constant memory."""

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from pydantic_core import from_json

from storage.reports import ANSWERS
from storage.transaction import Reading, Row
from storage.vault import Vault

CHUNK: Final = 1_000


@dataclass(frozen=True, slots=True)
class ExportRow:
    """One record.

    Attributes:
        content: the answers as JSON, which a reader of many rows may read in a way of its own.
    """

    person_id: str
    report_id: str
    version: int
    form_hash: str
    content: bytes = field(repr=False)

    @property
    def answers(self) -> Mapping[str, str]:
        """Return the values by positioned path."""
        answers: dict[str, str] = from_json(self.content)
        return answers


async def export_count(reading: Reading, county_id: str) -> int:
    """Return how many records a county has at most, for a progress bar."""
    row = await reading.the("reports.export_count", county_id=county_id)
    total: int = row["total"]
    return total


async def export_rows(
    reading: Reading, county_id: str, cycle: int | None = None, chunk: int = CHUNK
) -> AsyncGenerator[Sequence[ExportRow], None]:
    """Yield the records of a county in chunks, in the order of their persons.

    Left out are transfer cases, and persons who were erased or left the range. Each chunk is
    opened in a thread while the database reads the next one, so the reading must not be used for
    anything else before the last chunk.

    Args:
        cycle: calendar year; None for the last report of each person.
    """
    pending = asyncio.ensure_future(_read(reading, county_id, cycle, "", chunk))
    try:
        while rows := await pending:
            after = rows[-1]["person_id"]
            pending = asyncio.ensure_future(_read(reading, county_id, cycle, after, chunk))
            yield await asyncio.to_thread(_opened, reading.vault, rows)
    finally:
        pending.cancel()
        await asyncio.gather(pending, return_exceptions=True)


async def _read(
    reading: Reading, county_id: str, cycle: int | None, after: str, most: int
) -> list[Row]:
    """Return the next rows, still sealed."""
    return await reading.all(
        "reports.export_chunk", county_id=county_id, cycle=cycle or 0, after=after, most=most
    )


def _opened(vault: Vault, rows: Sequence[Row]) -> list[ExportRow]:
    """Return the rows with their answers opened."""
    unseal = vault.unseal
    return [
        ExportRow(
            row["person_id"],
            row["report_id"],
            row["version"],
            row["form_hash"],
            unseal(row["person_id"], row["wrapped"], ANSWERS, row["answers"]),
        )
        for row in rows
    ]
