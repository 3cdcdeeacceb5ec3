"""Switches: whether bulk may go out at all, who said so, and why."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from storage import audits
from storage.times import from_micros, to_micros
from storage.transaction import Reading, Transaction

BULK: Final = "bulk"


@dataclass(frozen=True, slots=True)
class Pause:
    """That nothing goes out: by whom (as in the audit), since when, and why."""

    by: str
    at: datetime
    reason: str


async def pause_of(reading: Reading, name: str = BULK) -> Pause | None:
    """Return the pause that is in force; None when there is none."""
    row = await reading.one("switches.get", name=name)
    if row is None or row["state"] == "on":
        return None
    return Pause(row["changed_by"], from_micros(row["changed_at"]), row["reason"])


async def set_state(
    tx: Transaction, *, is_on: bool, by: str, reason: str, now: datetime, name: str = BULK
) -> None:
    """Pause, or go on; either is in the audit."""
    await tx.one(
        "switches.put",
        name=name,
        state="on" if is_on else "paused",
        changed_by=by,
        changed_at=to_micros(now),
        reason=reason,
    )
    action = "bulk.resume" if is_on else "bulk.pause"
    await audits.write(tx, actor=by, action=action, scope=f"switch:{name}", now=now, detail=reason)
