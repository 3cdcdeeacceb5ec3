"""Visits: who of a township is missing this year, and a report that somebody brings from there."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from storage import (
    cases,
    consents,
    departures,
    identities,
    people,
    projections,
    reminders,
    reports,
    roster,
)
from storage.reports import ANSWERS, Report
from storage.submissions import Submission, make_known
from storage.transaction import Reading, Transaction
from storage.vault import DataKey

# What the digest of a row's code is bound to, so that it says nothing anywhere else.
_USE: Final = "visit.row"
_LETTERS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_LENGTH: Final = 10


@dataclass(frozen=True, slots=True)
class ToVisit:
    """Somebody who is missing this year.

    Args of the constructor, where not plain:
        known: for somebody on the roster values by role, otherwise the last report's answers.
        form_hash: of that report, "" for somebody on the roster.
    """

    person_id: str
    key: DataKey = field(repr=False)
    known: Mapping[str, str] = field(repr=False)
    form_hash: str


async def to_visit(reading: Reading, township_id: str, today: date, cycle: int) -> list[ToVisit]:
    """Return who of a township has not answered in this cycle, in a stable order."""
    rows = await reading.all(
        "visits.to_visit", township_id=township_id, today=today.isoformat(), cycle=cycle
    )
    found = []
    for row in rows:
        key = reading.vault.unwrap(row["person_id"], row["wrapped"])
        sealed_as = ANSWERS if row["report_id"] else roster.ANSWERS
        known = json.loads(key.open(sealed_as, row["known"]))
        found.append(ToVisit(row["person_id"], key, known, row["form_hash"] or ""))
    return found


async def in_cycle(reading: Reading, township_id: str, cycle: int) -> set[str]:
    """Return the persons of a township whose report of this cycle is there."""
    rows = await reading.all("visits.in_cycle", township_id=township_id, cycle=cycle)
    return {row["person_id"] for row in rows}


def row_code(reading: Reading, person_id: str) -> str:
    """Return the code of a person's row; without the keys it points at nobody."""
    digest = int.from_bytes(reading.vault.digest(_USE, person_id), "big")
    letters = []
    for _ in range(_LENGTH):
        digest, place = divmod(digest, len(_LETTERS))
        letters.append(_LETTERS[place])
    return "".join(letters)


async def submit_for(
    tx: Transaction,
    one: ToVisit,
    submission: Submission,
    *,
    form_hash: str,
    consent_version: str,
    entered_by: str,
    now: datetime,
) -> Report | None:
    """Keep a report that somebody brings for a person: no chat is linked, no interview closed.

    Args:
        entered_by: who entered it, as in the audit.

    Returns:
        None when a report of this cycle came in before, or the number is somebody else's.
    """
    person_id, cycle = one.person_id, submission.projection.cycle
    await people.hold(tx, person_id)
    last = await tx.one("visits.cycle_of", person_id=person_id)
    if last is not None and last["cycle"] >= cycle:
        return None
    if await identities.claim(tx, submission.id_number, person_id) != person_id:
        return None
    report = await _keep(tx, one, submission, form_hash, now)
    await tx.one("visits.mark_entered", id=report.id, by=entered_by)
    await consents.give(tx, person_id, consent_version, now, sensitive=True)
    await _settle(tx, report, submission, now)
    return report


async def _keep(
    tx: Transaction, one: ToVisit, submission: Submission, form_hash: str, now: datetime
) -> Report:
    """Keep the answers as the next version of the person's record."""
    return await reports.add(
        tx,
        one.person_id,
        one.key,
        cycle=submission.projection.cycle,
        form_hash=form_hash,
        informant_relation=submission.informant_relation,
        collection_method=submission.collection_method,
        answers=submission.answers,
        now=now,
        origins=submission.origins,
    )


async def _settle(tx: Transaction, report: Report, submission: Submission, now: datetime) -> None:
    """Note what a report answers: the roster, this cycle's prompts, what the station asked."""
    person_id, projection = report.person_id, submission.projection
    await projections.put(tx, person_id, report.id, now, projection)
    await people.place(
        tx,
        person_id,
        township_id=projection.township_id,
        county_id=projection.county_id,
        birth_year=projection.birth_year,
        sex=projection.sex,
        due=submission.due,
        now=now,
    )
    await departures.come_back(tx, person_id, now)
    await reminders.end_open(tx, person_id, projection.cycle, "answered")
    await cases.close_calls(tx, person_id, by="system", now=now)
    await cases.follow(tx, person_id, projection.township_id or projection.county_id)
    await make_known(tx, person_id, submission, now)
