"""What was tried about a case: a row a try, none ever changed, in whose words it ended."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from storage.cases import Case
from storage.ids import new_id
from storage.owners import owner_key
from storage.times import from_micros, to_micros
from storage.transaction import Reading, Transaction
from storage.vault import DataKey

NOTE: Final = "case_step.note"
# No try of ours: what the platform said.
TOLD: Final = "told"


@dataclass(frozen=True, slots=True)
class CaseStep:
    """What was tried once: when, by whom (as in the audit), how it ended, in whose words."""

    at: datetime
    by: str
    outcome: str
    note: str = field(default="", repr=False)


async def add(
    tx: Transaction, case: Case, *, by: str, outcome: str, note: str = "", now: datetime
) -> None:
    """Note what was tried about a case; it is never changed."""
    key = await owner_key(tx, case.person_id) if note else None
    await tx.one(
        "case_steps.add",
        id=new_id(now),
        case_id=case.id,
        at=to_micros(now),
        made_by=by,
        outcome=outcome,
        note=key.seal(NOTE, note) if key else None,
    )


async def of_case(reading: Reading, case: Case) -> list[CaseStep]:
    """Return what was tried about a case, oldest first."""
    key = await owner_key(reading, case.person_id)
    return [
        CaseStep(
            from_micros(row["at"]),
            row["made_by"],
            row["outcome"],
            key.open(NOTE, row["note"]) if key and row["note"] else "",
        )
        for row in await reading.all("case_steps.of_case", case_id=case.id)
    ]


async def hand_on(tx: Transaction, from_key: DataKey, to_key: DataKey) -> None:
    """Seal the notes about one person for another, who turned out to be the same."""
    for row in await tx.all("case_steps.sealed_of_person", person_id=from_key.owner):
        note = to_key.seal(NOTE, from_key.open(NOTE, row["note"]))
        await tx.one("case_steps.reseal", id=row["id"], note=note)
