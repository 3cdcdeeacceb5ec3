"""Tallies: counts by day and reason, of things of which nothing else is kept."""

from datetime import date

from storage.transaction import Reading, Transaction


async def add(tx: Transaction, kind: str, reason: str, on: date, count: int = 1) -> None:
    """Count something that happened on a day, as `out_of_range` for a reason."""
    await tx.one("tallies.add", kind=kind, day=on.isoformat(), reason=reason, count=count)


async def of_kind(reading: Reading, kind: str) -> dict[tuple[date, str], int]:
    """Return the counts of a kind by day and reason."""
    rows = await reading.all("tallies.of_kind", kind=kind)
    return {(date.fromisoformat(row["day"]), row["reason"]): row["count"] for row in rows}
