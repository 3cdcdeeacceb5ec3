"""Reads the records of a county for an export, in bounded chunks and constant memory."""

import asyncio
import json
from collections.abc import AsyncGenerator, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from pydantic_core import from_json

from conversations.report_states import State
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
    township_id: str | None
    report_id: str
    version: int
    form_hash: str
    state: State
    content: bytes = field(repr=False)

    @property
    def answers(self) -> Mapping[str, str]:
        """Return the values by positioned path."""
        answers: dict[str, str] = from_json(self.content)
        return answers


async def export_counts(
    reading: Reading, county_id: str, stations: Sequence[str] = (), cycle: int | None = None
) -> dict[State, int]:
    """Return how many records of a county stand in which state, of some stations or of all."""
    rows = await reading.all(
        "reports.export_counts",
        county_id=county_id,
        stations=json.dumps(list(stations)),
        cycle=cycle or 0,
    )
    return {row["state"]: row["total"] for row in rows}


async def export_rows(
    reading: Reading,
    county_id: str,
    stations: Sequence[str] = (),
    cycle: int | None = None,
    *,
    left_out: Collection[State] = (),
    chunk: int = CHUNK,
) -> AsyncGenerator[Sequence[ExportRow], None]:
    """Yield the records of a county in chunks, in the order of their persons.

    Left out are transfer cases, and persons who were erased or left the range. Each chunk is
    opened in a thread while the database reads the next one, so the reading must not be used for
    anything else before the last chunk.

    Args:
        stations: ids of townships, none for the whole county.
        cycle: calendar year; None for the last report of each person.
        left_out: records in these states are not even opened.
    """
    wanted = {
        "county_id": county_id,
        "stations": json.dumps(list(stations)),
        "cycle": cycle or 0,
        "most": chunk,
    }
    pending = asyncio.ensure_future(reading.all("reports.export_chunk", **wanted, after=""))
    try:
        while rows := await pending:
            after = rows[-1]["person_id"]
            pending = asyncio.ensure_future(
                reading.all("reports.export_chunk", **wanted, after=after)
            )
            there = (row for row in rows if row["report_id"] is not None)
            kept = [row for row in there if row["state"] not in left_out]
            if kept:
                yield await asyncio.to_thread(_opened, reading.vault, kept)
    finally:
        pending.cancel()
        await asyncio.gather(pending, return_exceptions=True)


def _opened(vault: Vault, rows: Sequence[Row]) -> list[ExportRow]:
    """Return the rows with their answers opened."""
    unseal = vault.unseal
    return [
        ExportRow(
            row["person_id"],
            row["township_id"],
            row["report_id"],
            row["version"],
            row["form_hash"],
            row["state"],
            unseal(row["person_id"], row["wrapped"], ANSWERS, row["answers"]),
        )
        for row in rows
    ]
