"""Attempts: how often somebody tried something this hour, by keyed digest of who."""

from datetime import datetime
from typing import Any, Final

from storage.times import to_micros
from storage.transaction import Reading, Transaction

_HOUR: Final = 3_600_000_000


async def count_up(tx: Transaction, kind: str, subject: str, now: datetime) -> int:
    """Count one more attempt and return how many there are in this hour (UTC).

    Args:
        kind: what is tried, as `return_code`.
        subject: a chat's id or a network address; only its keyed digest is kept.
    """
    row = await tx.the("attempts.count_up", **_who(tx, kind, subject, now))
    attempts: int = row["count"]
    return attempts


async def count(reading: Reading, kind: str, subject: str, now: datetime) -> int:
    """Return how many attempts there were in this hour (UTC)."""
    row = await reading.one("attempts.count", **_who(reading, kind, subject, now))
    return 0 if row is None else row["count"]


async def purge(tx: Transaction, before: datetime) -> None:
    """Forget the counts of the hours before that one."""
    await tx.all("attempts.purge", hour=to_micros(before) // _HOUR)


def _who(reading: Reading, kind: str, subject: str, now: datetime) -> dict[str, Any]:
    """Return the key of a count."""
    digest = reading.vault.digest(f"attempt.{kind}", subject)
    return {"kind": kind, "digest": digest, "hour": to_micros(now) // _HOUR}
