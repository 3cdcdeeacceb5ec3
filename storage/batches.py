"""Batches: every export, from what was asked for to the files that left the house.

asked → making → ready → taken; a batch that nobody takes expires, one that is not wanted is
dropped, one that cannot be made has failed. Of a county one is on its way at a time, so no report
ever stands in two of them. What went out is in the manifest (storage/manifests.py).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

from storage.ids import new_id
from storage.scope import Scope
from storage.times import from_micros, maybe_from_micros, to_micros
from storage.transaction import Reading, Row, Transaction

State = Literal["asked", "making", "ready", "taken", "expired", "failed", "dropped"]

# The kind of a batch that the console asked for.
CONSOLE: Final = "console"
WHY: Final = "batch.why"
PASSWORD: Final = "batch.password"  # noqa: S105 (the place of it)


class Choice(BaseModel):
    """What a batch is asked to hold.

    Attributes:
        stations: ids of townships, () for the whole county.
        states: how a report must stand to be taken for the first time.
        changed: only what never went out, or changed since; otherwise all of it once more.
        cycle: calendar year, None for the last report of each person.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    stations: tuple[str, ...] = ()
    states: tuple[Literal["verified", "submitted"], ...] = ("verified",)
    changed: bool = False
    cycle: int | None = None
    wording: Literal["labels", "codes"] = "labels"


@dataclass(frozen=True, slots=True)
class Batch:
    """One export.

    Args of the constructor, where not plain:
        kind: `console` for one that is made there, else the kind of the file.
        who: who asked for it, as `command:USER` or `staff:ID`; `why` in their own words.
        reason: why a plain file was made, "" for an encrypted one.
        file_digest: of the files as they were written, one behind the other.
        mapping_id: the county's own template; None for ours.
        counts: how often each reason held somebody back, and `flagged`, `waiting`.
        worked: records that were looked at so far.
        has_password: it was not shown yet.
    """

    id: str
    kind: str
    county_id: str | None
    cycle: int | None
    who: str
    reason: str
    rows: int
    held_back: int
    file_digest: str
    created_at: datetime
    state: State = "taken"
    mapping_id: str | None = None
    choice: Choice = field(default_factory=Choice)
    worked: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    fault: str = ""
    has_password: bool = False
    why: str = field(default="", repr=False)
    expires_at: datetime | None = None
    approved_by: str | None = None
    approved_at: datetime | None = None
    taken_by: str | None = None
    taken_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """What the making of a batch came to."""

    rows: int
    held_back: int
    worked: int
    counts: Mapping[str, int]
    file_digest: str


async def ask(
    tx: Transaction,
    *,
    kind: str,
    county_id: str,
    who: str,
    choice: Choice,
    mapping_id: str | None,
    now: datetime,
    reason: str = "",
    why: str = "",
) -> Batch | None:
    """Note that an export is wanted; None while another one of the county is on its way."""
    row = await tx.one(
        "batches.ask",
        id=new_id(now),
        kind=kind,
        county_id=county_id,
        cycle=choice.cycle,
        who=who,
        reason=reason,
        mapping_id=mapping_id,
        choice=choice.model_dump_json(),
        why=tx.system.seal(WHY, why) if why else None,
        now=to_micros(now),
    )
    return None if row is None else await get(tx, row["id"])


async def get(reading: Reading, batch_id: str) -> Batch | None:
    """Return a batch by id."""
    row = await reading.one("batches.get", id=batch_id)
    return None if row is None else _batch(reading, row)


async def of_places(reading: Reading, scope: Scope, most: int = 50) -> list[Batch]:
    """Return the latest exports of the counties of a scope, newest first."""
    rows = await reading.all("batches.of_places", places=scope.as_json(), most=most)
    return [_batch(reading, row) for row in rows]


async def open_of(reading: Reading, county_id: str) -> Batch | None:
    """Return the batch of a county that is on its way, if there is one."""
    row = await reading.one("batches.open_of", county_id=county_id)
    return None if row is None else _batch(reading, row)


async def to_make(reading: Reading) -> list[str]:
    """Return the ids of what the console asked for and nobody finished, oldest first."""
    return [row["id"] for row in await reading.all("batches.to_make")]


async def begin(tx: Transaction, batch_id: str) -> bool:
    """Note that a batch is made from its start; what a crash left of it goes away."""
    if await tx.one("batches.begin", id=batch_id) is None:
        return False
    await tx.each("manifests.clear_rows", [{"batch_id": batch_id}])
    await tx.each("manifests.clear_held", [{"batch_id": batch_id}])
    await tx.all("batches.clear_files", batch_id=batch_id)
    return True


async def note_worked(tx: Transaction, batch_id: str, worked: int) -> bool:
    """Keep how far the making is; False when the batch was dropped meanwhile."""
    row = await tx.one("batches.note_worked", id=batch_id, worked=worked)
    return row is not None


async def finish(
    tx: Transaction, batch_id: str, made: Made, *, password: str | None, expires_at: datetime
) -> bool:
    """Note that a batch is ready; False when it was dropped meanwhile."""
    row = await tx.one(
        "batches.finish",
        id=batch_id,
        state="ready",
        row_count=made.rows,
        held_back=made.held_back,
        worked=made.worked,
        counts=json.dumps(dict(made.counts)),
        file_digest=made.file_digest,
        password=None if password is None else tx.system.seal(PASSWORD, password),
        expires_at=to_micros(expires_at),
    )
    return row is not None


async def fail(tx: Transaction, batch_id: str, fault: str) -> None:
    """Note that a batch cannot be made; `fault` is a key of the texts."""
    await tx.one("batches.fail", id=batch_id, fault=fault)


async def drop(tx: Transaction, batch_id: str) -> bool:
    """Throw a batch away that nobody took; False when it is too late for that."""
    if await tx.one("batches.drop", id=batch_id) is None:
        return False
    await tx.all("batches.empty_files", batch_id=batch_id)
    return True


async def approve(tx: Transaction, batch_id: str, staff_id: str, now: datetime) -> bool:
    """Let a batch go out; False for whoever asked for it, and when it was let go before."""
    row = await tx.one("batches.approve", id=batch_id, by=staff_id, now=to_micros(now))
    return row is not None


async def reveal(tx: Transaction, batch_id: str) -> str | None:
    """Return the password, once: then it is gone."""
    row = await tx.one("batches.password", id=batch_id)
    if row is None or await tx.one("batches.hide_password", id=batch_id) is None:
        return None
    return tx.system.open(PASSWORD, row["password"])


async def take(tx: Transaction, batch_id: str, by: str, now: datetime) -> bool:
    """Note that a batch leaves the house; the reports in it go on to `exported`, once.

    Returns:
        False when it is no batch that can be taken.
    """
    row = await tx.one("batches.take", id=batch_id, by=by, now=to_micros(now))
    return row is not None


async def taken_alone(reading: Reading, batch: Batch, since: datetime) -> int:
    """Return how many people stand in other batches of whoever asked for this one, taken since
    then without a second person.
    """
    row = await reading.the(
        "batches.taken_alone", id=batch.id, who=batch.who, since=to_micros(since)
    )
    return int(row["total"])


async def expire(tx: Transaction, now: datetime) -> int:
    """Empty the files whose time is over and return how many batches it were."""
    rows = await tx.all("batches.expire", now=to_micros(now))
    for row in rows:
        await tx.all("batches.empty_files", batch_id=row["id"])
    return len(rows)


def _batch(reading: Reading, row: Row) -> Batch:
    return Batch(
        id=row["id"],
        kind=row["kind"],
        county_id=row["county_id"],
        cycle=row["cycle"],
        who=row["who"],
        reason=row["reason"],
        rows=row["row_count"],
        held_back=row["held_back"],
        file_digest=row["file_digest"],
        created_at=from_micros(row["created_at"]),
        state=row["state"],
        mapping_id=row["mapping_id"],
        choice=Choice.model_validate_json(row["choice"]),
        worked=row["worked"],
        counts=json.loads(row["counts"]),
        fault=row["fault"],
        has_password=bool(row["has_password"]),
        why="" if row["why"] is None else reading.system.open(WHY, row["why"]),
        expires_at=maybe_from_micros(row["expires_at"]),
        approved_by=row["approved_by"],
        approved_at=maybe_from_micros(row["approved_at"]),
        taken_by=row["taken_by"],
        taken_at=maybe_from_micros(row["taken_at"]),
    )
