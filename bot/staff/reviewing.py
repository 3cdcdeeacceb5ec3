"""The reports that an account has to look at: in which order, what does not fit, what is done."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

from bot.desk import Office
from bot.staff.access import is_granted, looked_after
from bot.world import World
from conversations.dialogue.review import review_of, title_of
from conversations.events import ReviewLine, ReviewSection
from conversations.lobby.checking import Doubt, ReportLine
from conversations.lobby.wishes import tag_of
from conversations.record import by_role
from conversations.record_rules import Finding, Record, findings, over_age
from conversations.scope import Action
from conversations.xform import Form
from storage import cases, outbox, people, reviews
from storage.outbox import Post
from storage.reviews import Waiting
from storage.staff import Staff
from storage.transaction import Reading

# So many are looked through for doubts; those behind them come up when these are done.
LOOKED_THROUGH: Final = 200


@dataclass(frozen=True, slots=True)
class Candidate:
    """A report that waits, with what it says by role and what does not fit."""

    waiting: Waiting
    form: Form = field(repr=False)
    record: Record = field(repr=False)
    findings: tuple[Finding, ...]

    @property
    def tag(self) -> str:
        """Return how buttons name the report."""
        return tag_of(self.waiting.report.id)

    @property
    def person(self) -> str:
        """Return how the audit names whom the report is about."""
        return f"person:{self.waiting.report.person_id}"

    @property
    def name(self) -> str:
        """Return the person's name."""
        return self.record.get("name", "")


async def candidates(office: Office, who: Staff) -> list[Candidate]:
    """Return what waits in the account's places: what is doubtful first, then the oldest."""
    return await candidates_in(office.tx, office.world, who, office.now)


async def candidates_in(
    reading: Reading, world: World, who: Staff, now: datetime
) -> list[Candidate]:
    """Return the same where nothing is written."""
    places = looked_after(world.places, who)
    found = [
        await _candidate(reading, world, one, now)
        for one in await reviews.waiting(reading, places, LOOKED_THROUGH)
    ]
    return sorted(found, key=lambda one: not one.findings)


async def candidate_of(office: Office, report_id: str) -> Candidate | None:
    """Return a report by its id, wherever it is; None when it waits no more."""
    waiting = await reviews.waiting_one(office.tx, report_id)
    if waiting is None:
        return None
    return await _candidate(office.tx, office.world, waiting, office.now)


async def candidate_named(office: Office, who: Staff, tag: str) -> Candidate | None:
    """Return the report that a button names, if it still waits in the account's places."""
    places = looked_after(office.world.places, who)
    for one in await reviews.waiting(office.tx, places, LOOKED_THROUGH):
        if tag_of(one.report.id) == tag:
            return await _candidate(office.tx, office.world, one, office.now)
    return None


async def may_do(office: Office, who: Staff, action: Action, one: Candidate) -> bool:
    """Decide whether the account may do this with a report; the audit keeps either."""
    return await is_granted(office, who, action, one.waiting.place_id, one.person)


async def verify(office: Office, who: Staff, one: Candidate) -> bool:
    """Verify a report; False when the account may not, or it was judged or replaced meanwhile."""
    if not await may_do(office, who, Action.VERIFY, one):
        return False
    await people.hold(office.tx, one.waiting.report.person_id)
    return await reviews.judge(office.tx, one.waiting.report.id, "verified", who.id, office.now)


async def verify_shown(office: Office, who: Staff, shown: Collection[str]) -> int:
    """Verify what a page showed; what became doubtful or was replaced meanwhile stays.

    Args:
        shown: ids of the reports.
    """
    verified = 0
    for one in await candidates(office, who):
        if one.waiting.report.id in shown and not one.findings:
            verified += await verify(office, who, one)
    return verified


async def give_back(
    office: Office, who: Staff, one: Candidate, line: ReviewLine, words: str
) -> Literal["told", "to_call"] | None:
    """Return a report with a question about one answer; None when it cannot be done any more.

    It is asked in the one chat that can be written to, or else somebody has to call.
    """
    report, key = one.waiting.report, one.waiting.key
    if not await may_do(office, who, Action.RETURN, one):
        return None
    await people.hold(office.tx, report.person_id)
    if not await reviews.judge(office.tx, report.id, "returned", who.id, office.now):
        return None
    chat_id = await reviews.chat_to_ask(office.tx, report.person_id)
    await reviews.ask(
        office.tx,
        report,
        key,
        path=line.question.path,
        words=words,
        by=who.id,
        is_told=chat_id is not None,
        now=office.now,
    )
    if chat_id is None:
        await cases.open(
            office.tx,
            kind=reviews.CASE,
            township_id=one.waiting.place_id,
            person_id=report.person_id,
            now=office.now,
        )
        return "to_call"
    about = tag_of(report.person_id)
    post = Post("returned", words=words, about=about, name=one.name, line=title_of(line.question))
    await outbox.put(office.tx, chat_id, report.person_id, post, office.now)
    return "told"


def line_of(office: Office, one: Candidate) -> ReportLine:
    """Return a report as the list has it."""
    at = one.waiting.report.submitted_at.astimezone(office.world.zone)
    return ReportLine(
        one.tag, one.name, one.record.get("village", ""), at.date(), len(one.findings)
    )


def sections_of(office: Office, one: Candidate) -> tuple[ReviewSection, ...]:
    """Return what a report says, by section, numbers masked."""
    return review_of(one.form, one.waiting.report.answers, office.world.setting(office.now))


def doubts_of(office: Office, one: Candidate) -> tuple[Doubt, ...]:
    """Return what does not fit, with the titles of the questions concerned."""
    titles = {
        line.question.path: title_of(line.question)
        for section in sections_of(office, one)
        for line in section.lines
    }
    return tuple(
        Doubt(
            found.key,
            tuple(
                titles[path]
                for role in found.roles
                if (path := one.form.roles.get(role)) in titles
            ),
        )
        for found in one.findings
    )


def lines_in(section: ReviewSection) -> tuple[ReviewLine, ...]:
    """Return the answers of a section that can be asked about; a note is none."""
    return tuple(line for line in section.lines if line.question.type != "note")


async def _candidate(reading: Reading, world: World, waiting: Waiting, now: datetime) -> Candidate:
    form = await world.shelf.get(reading, waiting.report.form_hash)
    record = by_role(form, waiting.report.answers)
    today = world.today(now)
    found = [*findings(record, today)]
    if over_age(record, today):
        found.append(Finding("over_age", ("id_number",)))
    return Candidate(waiting, form, record, tuple(found))
