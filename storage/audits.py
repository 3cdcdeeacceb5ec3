"""The audit: who did what, when. Scope and action are harmless; the detail is sealed."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from storage.ids import new_id
from storage.times import from_micros, to_micros
from storage.transaction import Reading, Transaction

DETAIL: Final = "audit.detail"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the audit."""

    id: str
    at: datetime
    actor: str
    action: str
    scope: str
    detail: str = field(repr=False)


async def write(
    tx: Transaction, *, actor: str, action: str, scope: str, now: datetime, detail: str = ""
) -> None:
    """Add a line; it is never changed.

    Args:
        actor: `system`, `command:USER` or an id; never a name.
        scope: what was touched, as `person:ID` or `county:CODE`.
        detail: anything else, sealed with the system's key.
    """
    await tx.one(
        "audits.write",
        id=new_id(now),
        at=to_micros(now),
        actor=actor,
        action=action,
        scope=scope,
        detail=tx.system.seal(DETAIL, detail) if detail else None,
    )


async def since(reading: Reading, at: datetime) -> list[Entry]:
    """Return the lines since then, oldest first."""
    rows = await reading.all("audits.since", at=to_micros(at))
    return [
        Entry(
            row["id"],
            from_micros(row["at"]),
            row["actor"],
            row["action"],
            row["scope"],
            "" if row["detail"] is None else reading.system.open(DETAIL, row["detail"]),
        )
        for row in rows
    ]
