"""Departures: who left the range, why, since when, on whose word; and when they came back."""

from dataclasses import dataclass
from datetime import datetime

from storage.times import from_micros, maybe_from_micros, to_micros
from storage.transaction import Reading, Transaction


@dataclass(frozen=True, slots=True)
class Departure:
    """One leaving of the range.

    Args of the constructor:
        reason: code of the list exit_reason.
        left_on: day, month or year in ISO form, as exactly as it was said; "" for not known.
        told_by: code of the informant's relation, `staff` for a station, "" for not known.
        returned_at: when a report came in again; None while the person is away.
    """

    told_at: datetime
    reason: str
    left_on: str
    told_by: str
    returned_at: datetime | None


async def add(
    tx: Transaction, person_id: str, *, reason: str, left_on: str, told_by: str, now: datetime
) -> None:
    """Keep that somebody left."""
    await tx.one(
        "departures.add",
        person_id=person_id,
        told_at=to_micros(now),
        reason=reason,
        left_on=left_on,
        told_by=told_by,
    )


async def come_back(tx: Transaction, person_id: str, now: datetime) -> None:
    """Note that whoever had left is in the range again."""
    await tx.all("departures.come_back", person_id=person_id, now=to_micros(now))


async def of_person(reading: Reading, person_id: str) -> list[Departure]:
    """Return all departures of a person, oldest first."""
    return [
        Departure(
            from_micros(row["told_at"]),
            row["reason"],
            row["left_on"],
            row["told_by"],
            maybe_from_micros(row["returned_at"]),
        )
        for row in await reading.all("departures.of_person", person_id=person_id)
    ]
