"""Reports: each submitted version of a person's answers, sealed; none is ever changed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from conversations import report_states
from storage.errors import DatabaseRefused
from storage.ids import new_id, new_reference
from storage.times import from_micros, maybe_from_micros, to_micros
from storage.transaction import Reading, Row, Transaction
from storage.vault import DataKey

State = report_states.State

ANSWERS: Final = "report.answers"
ORIGINS: Final = "report.origins"
_TRIES: Final = 3


@dataclass(frozen=True, slots=True)
class Report:
    """One version; `answers` are values by positioned path, `reference` stands on the receipt.

    `origins` tell by the same paths who gave each answer, how and when (conversations/origins.py).
    """

    id: str
    person_id: str
    version: int
    cycle: int
    form_hash: str
    submitted_at: datetime
    informant_relation: str
    collection_method: str
    state: State
    reference: str
    answers: Mapping[str, str] = field(repr=False)
    origins: Mapping[str, str] = field(default_factory=dict)


async def add(
    tx: Transaction,
    person_id: str,
    key: DataKey,
    *,
    cycle: int,
    form_hash: str,
    informant_relation: str,
    collection_method: str,
    answers: Mapping[str, str],
    now: datetime,
    origins: Mapping[str, str] | None = None,
    entered_by: str | None = None,
) -> Report:
    """Keep the next version of a person's report.

    Args:
        entered_by: id of the account of the staff that filled it in.
    """
    report = Report(
        id=new_id(now),
        person_id=person_id,
        version=0,
        cycle=cycle,
        form_hash=form_hash,
        submitted_at=now,
        informant_relation=informant_relation,
        collection_method=collection_method,
        state="submitted",
        reference="",
        answers=answers,
        origins=dict(origins or {}),
    )
    return await _insert(tx, report, key, entered_by)


async def _insert(tx: Transaction, report: Report, key: DataKey, entered_by: str | None) -> Report:
    """Seal and write a report; return it with its version and a reference that nobody has."""
    origins = dict(report.origins)
    answers = key.seal(ANSWERS, json.dumps(dict(report.answers), ensure_ascii=False))
    sealed_origins = key.seal(ORIGINS, json.dumps(origins)) if origins else None
    for _ in range(_TRIES):
        reference = new_reference()
        row = await tx.one(
            "reports.add",
            id=report.id,
            person_id=report.person_id,
            cycle=report.cycle,
            form_hash=report.form_hash,
            at=to_micros(report.submitted_at),
            informant_relation=report.informant_relation,
            collection_method=report.collection_method,
            reference=reference,
            answers=answers,
            origins=sealed_origins,
            entered_by=entered_by,
        )
        if row is not None:
            return replace(report, version=row["version"], reference=reference)
    raise DatabaseRefused("reports.add", "no free reference was found")


async def latest(reading: Reading, person_id: str, key: DataKey) -> Report | None:
    """Return a person's last report, None when there is none."""
    row = await reading.one("reports.latest", person_id=person_id)
    return None if row is None else of_row(row, key)


async def of_person(reading: Reading, person_id: str, key: DataKey) -> list[Report]:
    """Return all versions of a person's report, oldest first."""
    return [
        of_row(row, key) for row in await reading.all("reports.of_person", person_id=person_id)
    ]


async def person_of(reading: Reading, reference: str) -> str | None:
    """Return whom a receipt is about, by its reference number; None when there is none."""
    row = await reading.one("reports.by_reference", reference=reference)
    return None if row is None else row["person_id"]


async def last_at(reading: Reading, person_id: str) -> datetime | None:
    """Return when the last report about a person came in; None when there is none."""
    row = await reading.one("reports.last_at", person_id=person_id)
    return maybe_from_micros(row["at"]) if row is not None else None


async def set_state(tx: Transaction, report_id: str, state: State, now: datetime) -> None:
    """Put a report where it shall stand, to set a situation up.

    Nothing of the program calls it: there a report moves by conversations/report_states.py alone.
    """
    await tx.one("reports.set_state", id=report_id, state=state, now=to_micros(now))


def of_row(row: Row, key: DataKey) -> Report:
    """Return the report of a row, opened."""
    return Report(
        row["id"],
        row["person_id"],
        row["version"],
        row["cycle"],
        row["form_hash"],
        from_micros(row["submitted_at"]),
        row["informant_relation"],
        row["collection_method"],
        row["state"],
        row["reference"],
        json.loads(key.open(ANSWERS, row["answers"])),
        json.loads(key.open(ORIGINS, row["origins"])) if row["origins"] else {},
    )
