"""The reports that an account has to look at: which, in which order, and what does not fit."""

from dataclasses import dataclass, field
from typing import Final

from bot.desk import Desk
from bot.staff.access import is_granted, looked_after
from conversations.dialogue.review import review_of, title_of
from conversations.events import ReviewLine, ReviewSection
from conversations.lobby.checking import Doubt, ReportLine
from conversations.lobby.wishes import tag_of
from conversations.record import by_role
from conversations.record_rules import Finding, Record, findings, over_age
from conversations.scope import Action
from conversations.xform import Form
from storage import reviews
from storage.reviews import Waiting
from storage.staff import Staff

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


async def candidates(desk: Desk, who: Staff) -> list[Candidate]:
    """Return what waits in the account's places: what is doubtful first, then the oldest."""
    places = looked_after(desk.world.places, who)
    found = [
        await _candidate(desk, one)
        for one in await reviews.waiting(desk.tx, places, LOOKED_THROUGH)
    ]
    return sorted(found, key=lambda one: not one.findings)


async def candidate_named(desk: Desk, who: Staff, tag: str) -> Candidate | None:
    """Return the report that a button names, if it still waits in the account's places."""
    places = looked_after(desk.world.places, who)
    for one in await reviews.waiting(desk.tx, places, LOOKED_THROUGH):
        if tag_of(one.report.id) == tag:
            return await _candidate(desk, one)
    return None


async def may_do(desk: Desk, who: Staff, action: Action, one: Candidate) -> bool:
    """Decide whether the account may do this with a report; the audit keeps either."""
    return await is_granted(desk, who, action, one.waiting.place_id, one.person)


def line_of(desk: Desk, one: Candidate) -> ReportLine:
    """Return a report as the list has it."""
    at = one.waiting.report.submitted_at.astimezone(desk.world.zone)
    return ReportLine(
        one.tag, one.name, one.record.get("village", ""), at.date(), len(one.findings)
    )


def sections_of(desk: Desk, one: Candidate) -> tuple[ReviewSection, ...]:
    """Return what a report says, by section, numbers masked."""
    return review_of(one.form, one.waiting.report.answers, desk.world.setting(desk.now))


def doubts_of(desk: Desk, one: Candidate) -> tuple[Doubt, ...]:
    """Return what does not fit, with the titles of the questions concerned."""
    titles = {
        line.question.path: title_of(line.question)
        for section in sections_of(desk, one)
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


async def _candidate(desk: Desk, waiting: Waiting) -> Candidate:
    form = await desk.world.shelf.get(desk.tx, waiting.report.form_hash)
    record = by_role(form, waiting.report.answers)
    today = desk.now.astimezone(desk.world.zone).date()
    found = [*findings(record, today)]
    if over_age(record, today):
        found.append(Finding("over_age", ("id_number",)))
    return Candidate(waiting, form, record, tuple(found))
