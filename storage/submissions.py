"""Submitting: everything that a finished interview leaves behind, in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from storage import (
    case_steps,
    cases,
    chats,
    departures,
    household,
    identities,
    interviews,
    people,
    phones,
    projections,
    reminders,
    reports,
    return_codes,
    reviews,
    roster,
    talks,
    transfers,
    voices,
)
from storage.errors import DatabaseRefused
from storage.interviews import OpenInterview
from storage.people import Due
from storage.projections import Projection
from storage.reminder_rows import Plan
from storage.reports import Report
from storage.transaction import Transaction
from storage.vault import DataKey

# From this many people on a chat is shown to the station.
MANY: Final = 6


@dataclass(frozen=True, slots=True)
class Submission:
    """A finished record.

    Args of the constructor, where not plain:
        answers: values by positioned path, all that is relevant.
        due: day and slot of the next update; None when nobody will be asked.
        plans: the reminders for it; empty when the chat cannot be prompted.
        origins: who gave each answer, how and when, by the same paths.
        phone: the person's phone number, "" for none.
        remind_in: where the staff filled it in, the person's own chat, None for none; elsewhere
            the chat of the interview is reminded.
    """

    answers: Mapping[str, str] = field(repr=False)
    id_number: str = field(repr=False)
    informant_relation: str
    collection_method: str
    projection: Projection
    due: Due | None
    plans: Sequence[Plan] = ()
    origins: Mapping[str, str] = field(default_factory=dict)
    phone: str = field(default="", repr=False)
    remind_in: str | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the person is told; looks the same whether or not the number was known before.

    There is no return code for the staff: it would open the record, and end the person's own.
    `overtook` says that another report about the person came in while this one was filled in.
    """

    person_id: str
    report: Report
    return_code: str = field(repr=False)
    overtook: bool = False


async def submit(
    tx: Transaction, interview: OpenInterview, submission: Submission, now: datetime
) -> Receipt:
    """Keep a report with all that goes with it, and close the interview.

    Somebody whom this chat reported before gets a new version of their record. A number that
    belongs to anybody else leaves that record alone and opens a case for the station; the very
    same statements are run for a number that nobody has.

    What the staff filled in leaves nothing in their chat: it neither speaks for the person nor
    is reminded.

    Raises:
        StaleRevision: the interview was saved by somebody else in between.
    """
    person_id, key, is_own = await _whose(tx, interview, submission, now)
    await people.hold(tx, person_id)
    before = await reports.last_at(tx, person_id)
    report = await _keep(tx, key, interview, submission, now)
    is_own_chat = interview.entered_by is None
    projection = _projection(interview, submission, now, is_own=is_own)
    await projections.put(tx, person_id, report.id, now, projection)
    remind_in = interview.chat_id if is_own_chat else submission.remind_in
    await _plan(tx, person_id, remind_in, submission, now)
    await make_known(tx, person_id, submission, now)
    await cases.close_calls(tx, person_id, by="system", now=now)
    code = ""
    if is_own_chat:
        await chats.link(tx, interview.chat_id, person_id, submission.informant_relation, now)
        code = await return_codes.issue(tx, person_id, now)
    await interviews.close(tx, interview, "submitted", now)
    if person_id != interview.person_id:
        await _merge(tx, interview, key)
    await cases.follow(tx, person_id, projection.township_id or projection.county_id)
    if is_own_chat:
        await _tell_of_many(tx, interview.chat_id, submission, now)
    overtook = before is not None and before > interview.started_at
    return Receipt(person_id, report, code, overtook)


async def _keep(
    tx: Transaction, key: DataKey, interview: OpenInterview, submission: Submission, now: datetime
) -> Report:
    """Keep the answers of an interview as the next version of the record that the key is of."""
    return await reports.add(
        tx,
        key.owner,
        key,
        cycle=submission.projection.cycle,
        form_hash=interview.form_hash,
        informant_relation=submission.informant_relation,
        collection_method=submission.collection_method,
        answers=submission.answers,
        now=now,
        origins=submission.origins,
        entered_by=interview.entered_by,
    )


def _projection(
    interview: OpenInterview, submission: Submission, now: datetime, *, is_own: bool
) -> Projection:
    """Return it with the minutes that it took; exported is only who has their own number."""
    return replace(
        submission.projection,
        in_export=submission.projection.in_export and is_own,
        minutes=(now - interview.started_at) // timedelta(minutes=1),
    )


async def make_known(
    tx: Transaction, person_id: str, submission: Submission, now: datetime
) -> None:
    """Answer the roster and what the station asked; let the person's own phone lead to them."""
    await reviews.answer(tx, person_id, now)
    await roster.settle(tx, submission.id_number, person_id, now)
    if submission.phone and submission.informant_relation == household.ONESELF:
        await phones.put(tx, person_id, submission.phone, "report")
    else:
        await phones.keep_only(tx, person_id, submission.phone)


async def _whose(
    tx: Transaction, interview: OpenInterview, submission: Submission, now: datetime
) -> tuple[str, DataKey, bool]:
    """Return whose record it becomes, their key, and whether the number is theirs."""
    own = interview.person_id
    known = await identities.claim(tx, submission.id_number, own)
    is_own_chat = interview.entered_by is None
    relation = await chats.relation_to(tx, interview.chat_id, known)
    speaks_for_them = is_own_chat and relation is not None
    other = own if speaks_for_them else known
    await transfers.open_case(tx, own, other, submission.projection.township_id, now)
    if known == own or not speaks_for_them:
        return own, interview.key, known == own
    key = await people.key_of(tx, known)
    if key is None:
        raise DatabaseRefused("submit", "a number points at an erased person")
    return known, key, True


async def _tell_of_many(
    tx: Transaction, chat_id: str, submission: Submission, now: datetime
) -> None:
    """Tell the station about a chat that reports more people than a family has."""
    if await household.reported(tx, chat_id) >= MANY:
        station = submission.projection.township_id
        await cases.open_once(
            tx, kind="many_people", township_id=station, chat_id=chat_id, now=now
        )


async def _plan(
    tx: Transaction, person_id: str, chat_id: str | None, submission: Submission, now: datetime
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
    await departures.come_back(tx, person_id, now)
    await reminders.end_open(tx, person_id, projection.cycle, "answered")
    await reminders.plan(tx, person_id, chat_id, submission.plans)


async def _merge(tx: Transaction, interview: OpenInterview, key: DataKey) -> None:
    """Let go of the person that an interview began with: the chat had reported them before."""
    person_id = key.owner
    await talks.hand_on(tx, interview.key, key)
    await voices.hand_on(tx, interview.key, key)
    await case_steps.hand_on(tx, interview.key, key)
    await reminders.hand_on(tx, interview.person_id, person_id)
    await tx.one("interviews.move", id=interview.id, person_id=person_id)
    await tx.all("consents.copy", person_id=person_id, from_person_id=interview.person_id)
    await tx.all("cases.move", person_id=person_id, from_person_id=interview.person_id)
    await people.discard(tx, interview.person_id)
