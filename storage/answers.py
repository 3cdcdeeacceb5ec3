"""Result files of the platform on their way in: where each stands, its rows and its reasons.

looking → mapping → reading → checked → taking → done. Each piece of work is one transaction that
also notes how far it came. The platform's words are sealed with the system key until a row is
taken, then with the key of whom they are about.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal

from storage import uploads
from storage.ids import new_id
from storage.scope import Scope
from storage.times import from_micros, to_micros
from storage.transaction import Reading, Row, Transaction
from storage.vault import content_digest

State = Literal["looking", "mapping", "reading", "checked", "taking", "done", "failed", "dropped"]
Choice = Literal["worker", "station", "county"]

NAME: Final = "answer_import.name"
HEAD: Final = "answer_import.head"
FILE: Final = "answer_import.file"
WORDS: Final = "answer_reason.words"
CONTENT: Final = "answer_import_row.content"
SHOWN: Final = 100


@dataclass(frozen=True, slots=True)
class Import:
    """One file.

    Args of the constructor:
        head: what was seen at its beginning, as JSON; "" in lists, and when it is long over.
        mapping: which column means what, as JSON.
        total: lines of the file, about. worked: how far the work at hand has come.
        fault: key of why it failed.
        taken_by: who decided that it is taken, as in the audit.
    """

    id: str
    upload_id: str | None
    scope_id: str
    state: State
    name: str = field(repr=False)
    head: str = field(repr=False)
    mapping: str
    total: int
    worked: int
    accepted: int
    rejected: int
    known: int
    unmatched: int
    fault: str
    created_by: str
    taken_by: str | None
    created_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Reason:
    """What the platform says of several rows; `words` with the numbers taken out."""

    number: int
    key: str
    roles: tuple[str, ...]
    words: str = field(repr=False)
    total: int
    choice: Choice


@dataclass(frozen=True, slots=True)
class RowRead:
    """A row as it was read; batch and line are None where it matches nothing."""

    line: int
    verdict: Literal["accepted", "rejected", "unmatched", "known"]
    fault: str = ""
    batch_id: str | None = None
    part: int | None = None
    batch_line: int | None = None
    reason: int = 0
    words: str = field(default="", repr=False)


async def begin(
    tx: Transaction, name: str, content: bytes, *, scope_id: str, by: str, now: datetime
) -> str:
    """Keep a file that came in and return its import's id; its beginning is looked at next."""
    upload_id = await uploads.add(tx, "answer", name, content, by=by, now=now)
    row = await tx.the(
        "answers.add",
        id=new_id(now),
        upload_id=upload_id,
        scope_id=scope_id,
        name=tx.system.seal(NAME, name),
        file_digest=_digest(tx, content),
        created_by=by,
        now=to_micros(now),
    )
    import_id: str = row["id"]
    return import_id


async def get(reading: Reading, import_id: str) -> Import | None:
    """Return one by id."""
    row = await reading.one("answers.get", id=import_id)
    return None if row is None else _import(reading, row)


async def of_places(reading: Reading, scope: Scope, most: int = SHOWN) -> list[Import]:
    """Return the last files of the counties of a scope."""
    rows = await reading.all("answers.of_places", places=scope.as_json(), most=most)
    return [_import(reading, row) for row in rows]


async def everything(reading: Reading, most: int = SHOWN) -> list[Import]:
    """Return the last files of all counties; for the command line alone."""
    return [_import(reading, row) for row in await reading.all("answers.everything", most=most)]


async def done_before(reading: Reading, one: Import, content: bytes) -> datetime | None:
    """Return when the very same file was taken before, None for never."""
    row = await reading.one(
        "answers.alike", scope_id=one.scope_id, file_digest=_digest(reading, content), id=one.id
    )
    return None if row is None else from_micros(row["created_at"])


async def at_work(reading: Reading) -> list[str]:
    """Return the files that something is to be done with, oldest first."""
    return [row["id"] for row in await reading.all("answers.at_work")]


async def become(
    tx: Transaction, one: Import, state: State, now: datetime, by: str | None = None
) -> bool:
    """Go on to a state; False when somebody else was quicker."""
    row = await tx.one(
        "answers.become", id=one.id, was=one.state, state=state, by=by, now=to_micros(now)
    )
    if row is not None and state == "reading":
        await _drop_rows(tx, one.id)
    if row is not None and state in ("done", "dropped"):
        await _let_go_of_file(tx, one)
    return row is not None


async def keep_head(
    tx: Transaction, import_id: str, head: str, mapping: str, *, total: int, now: datetime
) -> bool:
    """Keep what was seen at the beginning of a file and what its columns probably mean."""
    row = await tx.one(
        "answers.keep_head",
        id=import_id,
        head=tx.system.seal(HEAD, head),
        mapping=mapping,
        total=total,
        now=to_micros(now),
    )
    return row is not None


async def keep_mapping(
    tx: Transaction, import_id: str, head: str, mapping: str, now: datetime
) -> bool:
    """Keep what the clerk said of the columns; False when it is too late for that."""
    row = await tx.one(
        "answers.keep_mapping",
        id=import_id,
        head=tx.system.seal(HEAD, head),
        mapping=mapping,
        now=to_micros(now),
    )
    return row is not None


async def keep_seen(tx: Transaction, import_id: str, head: str) -> None:
    """Keep what was seen beyond the beginning of a file."""
    await tx.the("answers.keep_seen", id=import_id, head=tx.system.seal(HEAD, head))


async def advance(tx: Transaction, one: Import, worked: int, now: datetime) -> bool:
    """Note how far the work came; False when the file is in another state meanwhile."""
    row = await tx.one(
        "answers.advance", id=one.id, state=one.state, worked=worked, now=to_micros(now)
    )
    return row is not None


async def add_rows(tx: Transaction, import_id: str, rows: Sequence[RowRead]) -> None:
    """Keep rows as they were read."""
    values = [
        {
            "import_id": import_id,
            "line": row.line,
            "verdict": row.verdict,
            "fault": row.fault,
            "batch_id": row.batch_id,
            "part": row.part,
            "batch_line": row.batch_line,
            "reason": row.reason,
            "content": tx.system.seal(CONTENT, row.words) if row.words else None,
        }
        for row in rows
    ]
    if values:
        await tx.each("answers.add_row", values)


async def put_reasons(tx: Transaction, import_id: str, found: Sequence[Reason]) -> None:
    """Keep reasons with how often they were read so far; a choice that was made stays."""
    values = [
        {
            "import_id": import_id,
            "number": one.number,
            "key": one.key,
            "roles": ",".join(one.roles),
            "words": tx.system.seal(WORDS, one.words),
            "total": one.total,
            "choice": one.choice,
        }
        for one in found
    ]
    if values:
        await tx.each("answers.put_reason", values)


async def reasons(reading: Reading, import_id: str) -> list[Reason]:
    """Return the reasons of a file, the most frequent first."""
    return [
        Reason(
            row["number"],
            row["key"],
            tuple(filter(None, row["roles"].split(","))),
            reading.system.open(WORDS, row["words"]),
            row["total"],
            row["choice"],
        )
        for row in await reading.all("answers.reasons", import_id=import_id)
    ]


async def choose(tx: Transaction, import_id: str, number: int, choice: Choice) -> None:
    """Say who mends what is refused for a reason; only while the file is `checked`."""
    values = {"import_id": import_id, "number": number, "choice": choice}
    await tx.each("answers.choose", [values])


async def note_counts(tx: Transaction, import_id: str) -> None:
    """Keep how many rows say what."""
    await tx.the("answers.note_counts", id=import_id)


async def unmatched(
    reading: Reading, import_id: str, after: int = 0, most: int = SHOWN
) -> list[tuple[int, str]]:
    """Return lines that match nothing, with the key of why."""
    rows = await reading.all("answers.unmatched", import_id=import_id, after=after, most=most)
    return [(row["line"], row["fault"]) for row in rows]


async def came(reading: Reading, import_id: str) -> dict[str, int]:
    """Return what became of the rows that were taken: how often each."""
    return {
        row["came"]: row["total"] for row in await reading.all("answers.came", import_id=import_id)
    }


async def fail(tx: Transaction, one: Import, fault: str, now: datetime) -> None:
    """Note why a file cannot be taken; nothing of it stays but its name."""
    if await tx.one("answers.fail", id=one.id, fault=fault, now=to_micros(now)) is not None:
        await _drop_rows(tx, one.id)
        await _let_go_of_file(tx, one)


async def purge(tx: Transaction, before: datetime) -> int:
    """Forget what files held that nobody went on with, or that were done with long ago."""
    old = await tx.all("answers.old_ones", before=to_micros(before))
    for row in old:
        await tx.the("answers.forget_head", id=row["id"])
        await tx.each("answers.forget_words", [{"id": row["id"]}])
        if row["state"] in ("looking", "mapping", "reading", "checked"):
            await tx.one(
                "answers.become",
                id=row["id"],
                was=row["state"],
                state="dropped",
                by=None,
                now=to_micros(before),
            )
        if row["upload_id"] is not None:
            await tx.the("answers.let_go_of_file", id=row["id"])
            await uploads.drop(tx, row["upload_id"])
    return len(old)


async def _drop_rows(tx: Transaction, import_id: str) -> None:
    await tx.each("answers.drop_rows", [{"import_id": import_id}])
    await tx.each("answers.drop_reasons", [{"import_id": import_id}])


async def _let_go_of_file(tx: Transaction, one: Import) -> None:
    await tx.one("answers.let_go_of_file", id=one.id)
    if one.upload_id is not None:
        await uploads.drop(tx, one.upload_id)


def _import(reading: Reading, row: Row) -> Import:
    values: dict[str, Any] = {
        name: row[name]
        for name in (
            *("id", "upload_id", "scope_id", "state", "mapping", "total", "worked", "accepted"),
            *("rejected", "known", "unmatched", "fault", "created_by", "taken_by"),
        )
    }
    return Import(
        name=reading.system.open(NAME, row["name"]),
        head=reading.system.open(HEAD, row["head"]) if row["head"] is not None else "",
        created_at=from_micros(row["created_at"]),
        changed_at=from_micros(row["changed_at"]),
        **values,
    )


def _digest(reading: Reading, content: bytes) -> str:
    """Return the keyed digest of a file: people stand in it."""
    return reading.vault.digest(FILE, content_digest(content)).hex()
