"""Consents: to which version of the notice a person said yes, and when they took it back."""

from dataclasses import dataclass
from datetime import datetime

from storage.times import from_micros, maybe_from_micros, to_micros
from storage.transaction import Reading, Transaction


@dataclass(frozen=True, slots=True)
class Consent:
    """One yes; the sensitive part is asked for separately."""

    version: str
    given_at: datetime
    sensitive_given_at: datetime | None
    withdrawn_at: datetime | None


async def give(
    tx: Transaction, person_id: str, version: str, now: datetime, *, sensitive: bool
) -> None:
    """Note a yes; a later yes to the same version takes the place of the earlier."""
    at = to_micros(now)
    await tx.one(
        "consents.give",
        person_id=person_id,
        version=version,
        given_at=at,
        sensitive_given_at=at if sensitive else None,
    )


async def of_person(reading: Reading, person_id: str) -> list[Consent]:
    """Return what a person consented to, oldest first."""
    rows = await reading.all("consents.of_person", person_id=person_id)
    return [
        Consent(
            row["version"],
            from_micros(row["given_at"]),
            maybe_from_micros(row["sensitive_given_at"]),
            maybe_from_micros(row["withdrawn_at"]),
        )
        for row in rows
    ]
