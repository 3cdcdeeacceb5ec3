"""Who stands in for whom, and on which local days; the first and the last day count."""

from dataclasses import dataclass
from datetime import date, datetime

from conversations.scope import Mandate
from storage.times import to_micros
from storage.transaction import Reading, Transaction


@dataclass(frozen=True, slots=True)
class Deputy:
    """Somebody who acts with another account's role and scope on some days."""

    staff_id: str
    deputy_id: str
    from_on: date
    until_on: date


async def put(tx: Transaction, deputy: Deputy, by: str, now: datetime) -> None:
    """Let somebody stand in; the same two and the same first day again change the last day."""
    await tx.one(
        "deputies.put",
        staff_id=deputy.staff_id,
        deputy_id=deputy.deputy_id,
        from_on=deputy.from_on.isoformat(),
        until_on=deputy.until_on.isoformat(),
        created_by=by,
        created_at=to_micros(now),
    )


async def of_staff(reading: Reading, staff_id: str, today: date) -> list[Deputy]:
    """Return who stands in for an account, today or later, the earliest first."""
    rows = await reading.all("deputies.of_staff", staff_id=staff_id, today=today.isoformat())
    return [
        Deputy(
            row["staff_id"],
            row["deputy_id"],
            date.fromisoformat(row["from_on"]),
            date.fromisoformat(row["until_on"]),
        )
        for row in rows
    ]


async def lent_to(reading: Reading, deputy_id: str, today: date) -> tuple[Mandate, ...]:
    """Return what an account may act by today for others."""
    rows = await reading.all("deputies.lent", deputy_id=deputy_id, today=today.isoformat())
    return tuple(Mandate(row["staff_id"], row["role"], row["scope_id"]) for row in rows)


async def drop(tx: Transaction, staff_id: str, deputy_id: str) -> bool:
    """Let somebody stand in for an account no more; False when they did not."""
    return bool(await tx.all("deputies.drop", staff_id=staff_id, deputy_id=deputy_id))
