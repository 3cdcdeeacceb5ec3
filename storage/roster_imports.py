"""Files of people on their way onto the roster: where each stands, and what is said of its rows.

What a file holds is sealed with the system key until its rows are taken: they belong to nobody
yet. Each piece of work is one transaction that also notes how far it came, so a process that ends
in the middle is followed by one that goes on behind the last line.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

from storage import uploads
from storage.ids import new_id
from storage.scope import Scope
from storage.times import from_micros, to_micros
from storage.transaction import Reading, Row, Transaction
from storage.vault import DataKey, content_digest

State = Literal[
    "looking",
    "mapping",
    "reading",
    "checked",
    "taking",
    "done",
    "undoing",
    "undone",
    "failed",
    "dropped",
]

NAME: Final = "roster_import.name"
HEAD: Final = "roster_import.head"
REASON: Final = "roster_import.reason"
FILE: Final = "roster_import.file"
SHOWN: Final = 100


@dataclass(frozen=True, slots=True)
class Import:
    """One file.

    Args of the constructor:
        head: what was seen at its beginning, as JSON; "" before that and when it is long over.
        mapping: which column means what, as JSON.
        total: the file's last line. worked: the line that the work at hand has come to.
        fault: key of why it failed.
    """

    id: str
    upload_id: str | None
    scope_id: str
    state: State
    name: str = field(repr=False)
    head: str = field(repr=False)
    mapping: str
    rule: Literal["keep", "file", "ask"]
    total: int
    worked: int
    fault: str
    reason: str = field(repr=False)
    created_by: str
    created_at: datetime
    changed_at: datetime


async def begin(
    tx: Transaction,
    name: str,
    content: bytes,
    *,
    scope_id: str,
    reason: str,
    by: str,
    now: datetime,
) -> str:
    """Keep a file that came in and return its import's id; its beginning is looked at next."""
    upload_id = await uploads.add(tx, "roster", name, content, by=by, now=now)
    import_id = new_id(now)
    await tx.the(
        "roster_imports.add",
        id=import_id,
        upload_id=upload_id,
        scope_id=scope_id,
        name=tx.system.seal(NAME, name),
        file_digest=_digest(tx, content),
        reason=tx.system.seal(REASON, reason),
        created_by=by,
        now=to_micros(now),
    )
    return import_id


async def get(reading: Reading, import_id: str) -> Import | None:
    """Return one by id."""
    row = await reading.one("roster_imports.get", id=import_id)
    return None if row is None else _import(reading.system, row)


async def of_places(reading: Reading, scope: Scope, most: int = SHOWN) -> list[Import]:
    """Return the last files that were brought in for these places."""
    rows = await reading.all("roster_imports.of_places", places=scope.as_json(), most=most)
    return [_import(reading.system, row) for row in rows]


async def everything(reading: Reading, most: int = SHOWN) -> list[Import]:
    """Return the last files of all places; for the command line alone."""
    rows = await reading.all("roster_imports.everything", most=most)
    return [_import(reading.system, row) for row in rows]


async def done_before(reading: Reading, one: Import, content: bytes) -> datetime | None:
    """Return when the very same file was taken over before, None for never."""
    digest = _digest(reading, content)
    rows = await reading.all(
        "roster_imports.alike", scope_id=one.scope_id, file_digest=digest, id=one.id
    )
    return from_micros(rows[0]["created_at"]) if rows else None


async def at_work(reading: Reading) -> str | None:
    """Return the oldest file that something is to be done with, None for none."""
    row = await reading.one("roster_imports.at_work")
    return None if row is None else str(row["id"])


async def become(tx: Transaction, one: Import, state: State, now: datetime) -> bool:
    """Go on to a state; False when somebody else was quicker."""
    row = await tx.one(
        "roster_imports.become", id=one.id, was=one.state, state=state, now=to_micros(now)
    )
    if row is not None and state in ("done", "undone", "dropped"):
        await let_go_of_file(tx, one)
    return row is not None


async def let_go_of_file(tx: Transaction, one: Import) -> None:
    """Remove the file as it came in."""
    await tx.one("roster_imports.let_go_of_file", id=one.id)
    if one.upload_id is not None:
        await uploads.drop(tx, one.upload_id)


async def keep_head(
    tx: Transaction, import_id: str, head: str, *, mapping: str, total: int, now: datetime
) -> bool:
    """Keep what was seen at the beginning of a file and what its columns probably mean."""
    row = await tx.one(
        "roster_imports.keep_head",
        id=import_id,
        head=tx.system.seal(HEAD, head),
        mapping=mapping,
        total=total,
        now=to_micros(now),
    )
    return row is not None


async def keep_mapping(tx: Transaction, import_id: str, mapping: str, now: datetime) -> bool:
    """Keep what the clerk said of the columns; False when it is too late for that."""
    row = await tx.one(
        "roster_imports.keep_mapping", id=import_id, mapping=mapping, now=to_micros(now)
    )
    return row is not None


async def keep_rule(tx: Transaction, import_id: str, rule: str, now: datetime) -> bool:
    """Keep whose values count where a file says otherwise than what is known."""
    row = await tx.one("roster_imports.keep_rule", id=import_id, rule=rule, now=to_micros(now))
    return row is not None


async def advance(
    tx: Transaction, one: Import, worked: int, now: datetime, total: int = 0
) -> bool:
    """Note how far the work came; False when the file is in another state meanwhile."""
    row = await tx.one(
        "roster_imports.advance",
        id=one.id,
        state=one.state,
        worked=worked,
        total=total,
        now=to_micros(now),
    )
    return row is not None


async def fail(tx: Transaction, one: Import, fault: str, now: datetime) -> None:
    """Note why a file cannot be taken; nothing of it stays but its name."""
    await tx.one("roster_imports.fail", id=one.id, fault=fault, now=to_micros(now))
    await tx.each("roster_imports.drop_rows", [{"import_id": one.id}])
    await let_go_of_file(tx, one)


async def purge(tx: Transaction, before: datetime) -> int:
    """Forget what files held that nobody went on with, or that were done with long ago."""
    old = await tx.all("roster_imports.old_ones", before=to_micros(before))
    for row in old:
        await tx.one("roster_imports.forget_head", id=row["id"])
        await tx.each("roster_imports.forget_contents", [{"import_id": row["id"]}])
        if row["upload_id"] is not None:
            await uploads.drop(tx, row["upload_id"])
        if row["state"] in ("looking", "mapping", "reading", "checked", "failed"):
            now = to_micros(before)
            await tx.one(
                "roster_imports.become", id=row["id"], was=row["state"], state="dropped", now=now
            )
    return len(old)


def _import(system: DataKey, row: Row) -> Import:
    return Import(
        row["id"],
        row["upload_id"],
        row["scope_id"],
        row["state"],
        system.open(NAME, row["name"]),
        system.open(HEAD, row["head"]) if row["head"] is not None else "",
        row["mapping"],
        row["rule"],
        row["total"],
        row["worked"],
        row["fault"],
        system.open(REASON, row["reason"]) if row["reason"] is not None else "",
        row["created_by"],
        from_micros(row["created_at"]),
        from_micros(row["changed_at"]),
    )


def _digest(reading: Reading, content: bytes) -> str:
    """Return the keyed digest of a file: people stand in it."""
    return reading.vault.digest(FILE, content_digest(content)).hex()
