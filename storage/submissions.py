"""Submitting: everything that a finished interview leaves behind, in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from storage import (
    chats,
    identities,
    interviews,
    people,
    projections,
    reminders,
    reports,
    return_codes,
    transfers,
)
from storage.errors import DatabaseRefused
from storage.interviews import OpenInterview
from storage.people import Due
from storage.projections import Projection
from storage.reminders import Plan
from storage.reports import Report
from storage.transaction import Transaction
from storage.vault import DataKey


@dataclass(frozen=True, slots=True)
class Submission:
    """A finished record.

    Args of the constructor, where not plain:
        answers: values by positioned path, all that is relevant.
        due: day and slot of the next update; None when nobody will be asked.
        plans: the reminders for it; empty when the chat cannot be prompted.
    """

    answers: Mapping[str, str] = field(repr=False)
    id_number: str = field(repr=False)
    informant_relation: str
    collection_method: str
    projection: Projection
    due: Due | None
    plans: Sequence[Plan] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the person is told; looks the same whether or not the number was known before."""

    person_id: str
    report: Report
    return_code: str = field(repr=False)


async def submit(
    tx: Transaction, interview: OpenInterview, submission: Submission, now: datetime
) -> Receipt:
    """Keep a report with all that goes with it, and close the interview.

    Somebody whom this chat reported before gets a new version of their record. A number that
    belongs to anybody else leaves that record alone and opens a case for the station.

    Raises:
        StaleRevision: the interview was saved by somebody else in between.
    """
    person_id, key, is_own = await _whose(tx, interview, submission, now)
    report = await reports.add(
        tx,
        person_id,
        key,
        cycle=submission.projection.cycle,
        form_hash=interview.form_hash,
        informant_relation=submission.informant_relation,
        collection_method=submission.collection_method,
        answers=submission.answers,
        now=now,
    )
    projection = replace(
        submission.projection, in_export=submission.projection.in_export and is_own
    )
    await projections.put(tx, person_id, report.id, now, projection)
    await _plan(tx, person_id, interview.chat_id, submission, now)
    await chats.link(tx, interview.chat_id, person_id, submission.informant_relation, now)
    code = await return_codes.issue(tx, person_id, now)
    await interviews.close(tx, interview, "submitted", now)
    if person_id != interview.person_id:
        await _merge(tx, interview, person_id)
    return Receipt(person_id, report, code)


async def _whose(
    tx: Transaction, interview: OpenInterview, submission: Submission, now: datetime
) -> tuple[str, DataKey, bool]:
    """Return whose record it becomes, their key, and whether the number is theirs."""
    known = await identities.claim(tx, submission.id_number, interview.person_id)
    if known == interview.person_id:
        return known, interview.key, True
    if await chats.relation_to(tx, interview.chat_id, known) is not None:
        key = await people.key_of(tx, known)
        if key is None:
            raise DatabaseRefused("submit", "a number points at an erased person")
        return known, key, True
    station = submission.projection.township_id
    await transfers.open_case(tx, interview.person_id, known, station, now)
    return interview.person_id, interview.key, False


async def _plan(
    tx: Transaction, person_id: str, chat_id: str, submission: Submission, now: datetime
) -> None:
    """Keep what stations filter by and when the person is asked again."""
    projection = submission.projection
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
    await reminders.end_open(tx, person_id, projection.cycle, "answered")
    await reminders.plan(tx, person_id, chat_id, submission.plans)


async def _merge(tx: Transaction, interview: OpenInterview, person_id: str) -> None:
    """Let go of the person that an interview began with: the chat had reported them before."""
    await tx.one("interviews.move", id=interview.id, person_id=person_id)
    await tx.all("consents.copy", person_id=person_id, from_person_id=interview.person_id)
    await tx.all("cases.move", person_id=person_id, from_person_id=interview.person_id)
    await people.discard(tx, interview.person_id)
