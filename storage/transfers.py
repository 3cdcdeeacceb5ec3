"""Transfer cases: somebody reported a number that belongs to an earlier record.

The earlier record is neither changed nor revealed; the station of the hukou settles the case.
"""

from dataclasses import dataclass
from datetime import datetime

from storage.ids import new_id
from storage.times import from_micros, to_micros
from storage.transaction import Reading, Transaction


@dataclass(frozen=True, slots=True)
class TransferCase:
    """A new record (`person_id`) with the number of an earlier one (`known_person_id`)."""

    id: str
    person_id: str
    known_person_id: str
    station: str
    created_at: datetime


async def open_case(
    tx: Transaction, person_id: str, known_person_id: str, station: str | None, now: datetime
) -> None:
    """Put a case on the station's list; a person has one open case at most.

    It is called for every report: nothing is opened when both are the same person.
    """
    await tx.one(
        "transfers.open",
        id=new_id(now),
        person_id=person_id,
        known_person_id=known_person_id,
        station=station,
        created_at=to_micros(now),
    )


async def is_open(reading: Reading, person_id: str) -> bool:
    """Return whether a person's record waits for a station to settle whose it is."""
    return await reading.one("transfers.open_of_person", person_id=person_id) is not None


async def of_station(reading: Reading, station: str) -> list[TransferCase]:
    """Return the open cases of a station, oldest first."""
    rows = await reading.all("transfers.of_station", station=station)
    return [
        TransferCase(
            row["id"],
            row["person_id"],
            row["known_person_id"],
            row["station"],
            from_micros(row["created_at"]),
        )
        for row in rows
    ]
