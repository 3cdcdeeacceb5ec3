"""The rows of a file of people: what was said of each, sealed with the system key.

They belong to nobody before they are taken; then what they held is forgotten.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from storage.transaction import Reading, Row, Transaction
from storage.vault import DataKey

Verdict = Literal["new", "same", "differs", "reported", "refused"]
RowState = Literal["waiting", "taken", "undone", "stayed"]

CONTENT: Final = "roster_import_row.content"
SHOWN: Final = 100


@dataclass(frozen=True, slots=True)
class StagedRow:
    """One row; `content` is JSON with its cells or its values, None where nothing is kept."""

    line: int
    verdict: Verdict
    fault: str = ""
    note: str = ""
    roles: str = ""
    choice: str = ""
    state: RowState = "waiting"
    person_id: str | None = None
    content: Mapping[str, Any] | None = field(default=None, repr=False)


def sealed_rows(
    system: DataKey, import_id: str, rows: Sequence[StagedRow]
) -> list[dict[str, Any]]:
    """Return rows as they are kept; for a thread, because sealing many takes its time."""
    return [
        {
            "import_id": import_id,
            "line": row.line,
            "verdict": row.verdict,
            "fault": row.fault,
            "note": row.note,
            "roles": row.roles,
            "state": row.state,
            "person_id": row.person_id,
            "content": None
            if row.content is None
            else system.seal(
                _place(import_id, row.line), json.dumps(row.content, ensure_ascii=False)
            ),
        }
        for row in rows
    ]


async def add_rows(tx: Transaction, sealed: Sequence[Mapping[str, Any]]) -> None:
    """Keep rows that were sealed before."""
    await tx.each("roster_imports.add_row", sealed)


async def drop_rows(tx: Transaction, import_id: str) -> None:
    """Forget all rows: the file is read anew."""
    await tx.each("roster_imports.drop_rows", [{"import_id": import_id}])


async def counts(reading: Reading, import_id: str) -> dict[tuple[Verdict, RowState], int]:
    """Return how many rows there are by verdict and state."""
    rows = await reading.all("roster_imports.counts", import_id=import_id)
    return {(row["verdict"], row["state"]): row["rows"] for row in rows}


async def count_to_take(reading: Reading, import_id: str, rule: str) -> int:
    """Return how many rows would be taken in as it is chosen now."""
    row = await reading.the("roster_imports.count_to_take", import_id=import_id, rule=rule)
    return int(row["rows"])


async def fault_counts(reading: Reading, import_id: str) -> list[tuple[str, int]]:
    """Return how often each reason refused a row, the commonest first."""
    rows = await reading.all("roster_imports.fault_counts", import_id=import_id)
    return [(row["fault"], row["rows"]) for row in rows]


async def note_counts(reading: Reading, import_id: str) -> list[tuple[str, int]]:
    """Return how often something is to be known of a row that is taken."""
    rows = await reading.all("roster_imports.note_counts", import_id=import_id)
    return [(row["note"], row["rows"]) for row in rows]


async def rows_of(
    reading: Reading, import_id: str, verdict: Verdict, *, after: int = 0, most: int = SHOWN
) -> list[StagedRow]:
    """Return the next rows of a verdict, opened."""
    rows = await reading.all(
        "roster_imports.rows", import_id=import_id, verdict=verdict, after=after, most=most
    )
    return [_row(reading.system, row) for row in rows]


async def choose(tx: Transaction, import_id: str, line: int, choice: str) -> bool:
    """Keep whose values count for one row, "" to let the rule decide."""
    row = await tx.one("roster_imports.choose", import_id=import_id, line=line, choice=choice)
    return row is not None


async def forget_values(tx: Transaction, import_id: str) -> None:
    """Forget what the rows held when all of them are in; refused ones are handed out later."""
    await tx.each("roster_imports.forget_values", [{"import_id": import_id}])


def opened_content(system: DataKey, row: Row) -> dict[str, Any] | None:
    """Return what a row holds; for a thread."""
    if row["content"] is None:
        return None
    place = _place(row["import_id"], row["line"])
    found: dict[str, Any] = json.loads(system.open(place, row["content"]))
    return found


def _place(import_id: str, line: int) -> str:
    return f"{CONTENT}:{import_id}:{line}"


def _row(system: DataKey, row: Row) -> StagedRow:
    return StagedRow(
        row["line"],
        row["verdict"],
        row["fault"],
        row["note"],
        row["roles"],
        row["choice"],
        row["state"],
        row["person_id"],
        opened_content(system, row),
    )
