"""Leases: one holder at a time, by the database's clock, with a number that grows.

Whoever acts under a lease renews it in the transaction that acts: a holder that slept through
its expiry then finds out before anything is sent.
"""

from dataclasses import dataclass
from datetime import timedelta

from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Lease:
    """A lease that was granted; `fencing` is higher than that of every earlier holder."""

    name: str
    holder: str
    fencing: int


async def acquire(tx: Transaction, name: str, holder: str, span: timedelta) -> Lease | None:
    """Take a lease that is free or has expired; None when somebody holds it."""
    row = await tx.one("leases.acquire", name=name, holder=holder, span=_micros(span))
    return None if row is None else Lease(name, holder, row["fencing"])


async def renew(tx: Transaction, lease: Lease, span: timedelta) -> bool:
    """Hold on to a lease; False when it expired or went to somebody else."""
    row = await tx.one(
        "leases.renew",
        name=lease.name,
        holder=lease.holder,
        fencing=lease.fencing,
        span=_micros(span),
    )
    return row is not None


async def release(tx: Transaction, lease: Lease) -> None:
    """Let the next one have it at once."""
    await tx.one("leases.release", name=lease.name, holder=lease.holder, fencing=lease.fencing)


def _micros(span: timedelta) -> int:
    """Return a span in the database's unit."""
    return span // timedelta(microseconds=1)
