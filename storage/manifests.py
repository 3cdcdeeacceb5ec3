"""Manifests: which line of which file is which report, and who was held back from a batch.

Of identity numbers only keyed digests are kept, so a number that went out before is known again
in the whole history, and nobody can read one out of it.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from conversations.report_states import State
from storage.reports import ANSWERS
from storage.scope import Scope
from storage.times import to_micros
from storage.transaction import Reading, Row, Transaction
from storage.vault import DataKey, Vault

USE: Final = "batch.number"
# So many reports are marked in one call, each of which is bounded in time and memory.
_STEP: Final = 2_000


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file. `number` is the identity number, of which the digest is kept."""

    part: int
    line: int
    number: str = field(repr=False)
    person_id: str
    report_id: str


@dataclass(frozen=True, slots=True)
class PartLines:
    """From which to which line a file holds people, and how many."""

    part: int
    count: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class HeldRow:
    """Somebody who was held back: keys of the reasons, and the roles that they are about."""

    person_id: str
    report_id: str
    place_id: str
    reasons: tuple[str, ...]
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HeldReport:
    """The same with what the report says, and how it stands by now."""

    row: HeldRow
    state: State
    form_hash: str
    answers: Mapping[str, str] = field(repr=False)
    key: DataKey = field(repr=False)


def digest_of(vault: Vault, id_number: str) -> bytes:
    """Return what a manifest keeps of an identity number."""
    return vault.digest(USE, id_number.upper())


async def add_lines(tx: Transaction, batch_id: str, lines: Sequence[Line]) -> None:
    """Note where records went."""
    key_id, vault = tx.vault.index_key_id, tx.vault
    values = [
        {
            "batch_id": batch_id,
            "part": one.part,
            "line": one.line,
            "key_id": key_id,
            "digest": digest_of(vault, one.number),
            "person_id": one.person_id,
            "report_id": one.report_id,
        }
        for one in lines
    ]
    if values:
        await tx.each("manifests.add_row", values)


async def add_held(tx: Transaction, batch_id: str, rows: Sequence[HeldRow]) -> None:
    """Note who was held back, and why."""
    values = [
        {
            "batch_id": batch_id,
            "person_id": one.person_id,
            "report_id": one.report_id,
            "township_id": one.place_id,
            "reasons": ",".join(one.reasons),
            "roles": ",".join(one.roles),
        }
        for one in rows
    ]
    if values:
        await tx.each("manifests.add_held", values)


async def owners(reading: Reading, id_numbers: Iterable[str]) -> dict[str, set[str]]:
    """Return whose numbers went out in earlier batches: ids of persons by number."""
    by_digest = {
        digest.hex(): number
        for number in id_numbers
        for digest in reading.vault.digests(USE, number.upper()).values()
    }
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in await reading.all("manifests.owners", digests=json.dumps(list(by_digest))):
        found[by_digest[row["digest"]]].add(row["person_id"])
    return found


async def has_erased(reading: Reading, batch_id: str) -> bool:
    """Tell whether somebody was erased while the batch was made."""
    row = await reading.the("manifests.erased", batch_id=batch_id)
    return bool(row["total"])


async def is_outdated(reading: Reading, batch_id: str) -> bool:
    """Tell whether a batch that waits holds what must not go out any more.

    That is a report which was returned or rejected since, and a number that another batch took
    out of the house for somebody else.
    """
    return await reading.one("manifests.outdated", batch_id=batch_id) is not None


async def parts(reading: Reading, batch_id: str) -> list[PartLines]:
    """Return what the manifest of a batch says of each file."""
    return [
        PartLines(row["part"], row["total"], row["first_line"], row["last_line"])
        for row in await reading.all("manifests.parts", batch_id=batch_id)
    ]


async def mark_exported(tx: Transaction, batch_id: str, now: datetime) -> None:
    """Let the reports of a batch go on to `exported`, those that wait for nothing else."""
    for one in await parts(tx, batch_id):
        for first in range(one.first, one.last + 1, _STEP):
            step = {
                "batch_id": batch_id,
                "part": one.part,
                "first_line": first,
                "last_line": first + _STEP - 1,
                "now": to_micros(now),
            }
            await tx.each("manifests.mark_exported", [step])


async def held(
    reading: Reading, batch_id: str, scope: Scope, *, reason: str = "", after: str = "", most: int
) -> list[HeldReport]:
    """Return who of a scope was held back from a batch, in a stable order.

    Args:
        reason: only those with it; "" for all.
        after: id of the last person of the page before.
    """
    rows = await reading.all(
        "manifests.held",
        batch_id=batch_id,
        places=scope.as_json(),
        reason=reason,
        after=after,
        most=most,
    )
    return [_held(reading, row) for row in rows]


async def held_one(reading: Reading, batch_id: str, person_id: str) -> HeldReport | None:
    """Return one of those who were held back from a batch."""
    row = await reading.one("manifests.held_one", batch_id=batch_id, person_id=person_id)
    return None if row is None else _held(reading, row)


def _held(reading: Reading, row: Row) -> HeldReport:
    key = reading.vault.unwrap(row["person_id"], row["wrapped"])
    return HeldReport(
        HeldRow(
            row["person_id"],
            row["report_id"],
            row["township_id"] or "",
            tuple(filter(None, row["reasons"].split(","))),
            tuple(filter(None, row["roles"].split(","))),
        ),
        row["state"],
        row["form_hash"],
        json.loads(key.open(ANSWERS, row["answers"])),
        key,
    )
