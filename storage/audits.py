"""The audit: who did what, when. Scope and action are harmless; the detail is sealed."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from storage.ids import new_id
from storage.times import from_micros, to_micros
from storage.transaction import Reading, Row, Transaction

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
        actor: `system`, `command:USER`, `chat:ID` or `staff:ID`; never a name.
        scope: what was touched, as `person:ID` or `county:CODE`. Whoever opens, changes or gives
            away one person's record writes `person:ID`, so that the person can be shown it.
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


@dataclass(frozen=True, slots=True)
class Visit:
    """What a person is shown of a line: who did what, and when; never the detail."""

    at: datetime
    actor: str
    action: str
    scope: str


async def visits(reading: Reading, person_id: str, county_code: str, most: int) -> list[Visit]:
    """Return the latest lines about a person, and about the county they are listed in.

    Args:
        county_code: six digits, "" for none; only what happened since they reported counts.
    """
    rows = await reading.all(
        "audits.visits",
        person=f"person:{person_id}",
        person_id=person_id,
        county=f"county:{county_code}",
        most=most,
    )
    return [
        Visit(from_micros(row["at"]), row["actor"], row["action"], row["scope"]) for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines somebody reads.

    Args of the constructor:
        since, until: the instants between which they were written, the last one not.
        actor, action, scope: only lines of exactly these; "" for all. With an action come the
            refusals of it.
        places: only what concerns these, by who did it or about whom; None for everything.
        abouts: the places as the audit names them.
    """

    since: datetime
    until: datetime
    actor: str = ""
    action: str = ""
    scope: str = ""
    places: tuple[str, ...] | None = None
    abouts: tuple[str, ...] = ()


async def page(
    reading: Reading, wanted: Wanted, most: int, before: tuple[datetime, str] | None = None
) -> list[Entry]:
    """Return the latest lines of those that are wanted.

    Args:
        before: instant and id of the last line that was read; None from the latest on.
    """
    at, last = before or (wanted.until, "")
    rows = await reading.all(
        "audits.page",
        from_at=to_micros(wanted.since),
        until_at=to_micros(wanted.until),
        before_at=to_micros(at),
        before_id=last,
        actor=wanted.actor,
        action=wanted.action,
        scope=wanted.scope,
        places=None if wanted.places is None else json.dumps(wanted.places),
        abouts=json.dumps(wanted.abouts),
        most=most,
    )
    return [_entry(reading, row) for row in rows]


async def since(reading: Reading, at: datetime) -> list[Entry]:
    """Return the lines since then, oldest first."""
    rows = await reading.all("audits.since", at=to_micros(at))
    return [_entry(reading, row) for row in rows]


def _entry(reading: Reading, row: Row) -> Entry:
    return Entry(
        row["id"],
        from_micros(row["at"]),
        row["actor"],
        row["action"],
        row["scope"],
        "" if row["detail"] is None else reading.system.open(DETAIL, row["detail"]),
    )
