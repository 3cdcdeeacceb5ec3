"""One person's whole story, for whoever of the staff was granted to see it.

What it holds is whole: the pages veil it until a reason was given.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from bot.render.ledger import ledger_lines
from bot.world import World
from conversations.dialogue.review import review_of, title_of
from conversations.dialogue.versions import Change, changes
from conversations.events import ReviewSection
from conversations.record import by_role
from storage import departures, people, reminders, roster, stories
from storage.departures import Departure
from storage.people import Person
from storage.stories import Asked, Colleague, Draft, HeldBack, Look, Reached, Sent, Version, Worked
from storage.transaction import Reading
from storage.vault import DataKey

_STAFF: Final = "staff:"


@dataclass(frozen=True, slots=True)
class Compared:
    """Two versions of a report, and what differs between them."""

    before: int
    after: int
    changes: tuple[Change, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened to somebody's record.

    Args of the constructor:
        what: the last part of the key of its sentence.
        by: who did it: the id of an account, or a code of the informant's relation.
        more: number of a version, or code of a reason.
    """

    at: datetime
    what: str
    by: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question that a report was returned with, and the title of the answer in question."""

    asked: Asked
    title: str


@dataclass(frozen=True, slots=True)
class Story:
    """All that is known of a person.

    Args of the constructor, where not plain:
        values: of the last report, or else of the roster, by role.
        sections: of the version that is shown, `shown_version`; () without a report.
        origins: of its answers by path, as they are stored.
        prompts: what became of each prompt, in whole sentences.
        moments: the latest first.
        colleagues: whom the ids of accounts stand for.
    """

    person: Person
    values: Mapping[str, str] = field(repr=False)
    versions: tuple[Version, ...]
    shown_version: int
    sections: tuple[ReviewSection, ...] = field(repr=False)
    origins: Mapping[str, str] = field(repr=False)
    compared: Compared | None
    prompts: tuple[str, ...]
    cases: tuple[Worked, ...]
    questions: tuple[Question, ...]
    batches: tuple[Sent, ...]
    held: tuple[HeldBack, ...]
    looks: tuple[Look, ...]
    chats: tuple[Reached, ...]
    draft: Draft | None
    moments: tuple[Moment, ...]
    colleagues: Mapping[str, Colleague]

    @property
    def name(self) -> str:
        """Return the person's name; "" where none is known."""
        return self.values.get("name", "")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which versions are to be shown, by number: 0 is the last one, and the one before it."""

    version: int = 0
    against: int = 0


async def story_of(
    reading: Reading, world: World, person: Person, now: datetime, wanted: Wanted
) -> Story:
    """Return all that is known of a person who is not erased.

    Raises:
        LookupError: the person was erased meanwhile.
    """
    key = await people.key_of(reading, person.id)
    if key is None:
        raise LookupError("erased")
    versions = await stories.versions(reading, person.id, key)
    shown = _numbered(versions, wanted.version) or (versions[-1] if versions else None)
    sections = () if shown is None else await _sections(reading, world, shown, now)
    asked = await stories.queries(reading, person.id, key)
    gone = await departures.of_person(reading, person.id)
    sent = await stories.batches(reading, person.id, key)
    worked = await stories.cases(reading, person.id, key)
    looks = await stories.looks(reading, person.id)
    draft = await stories.draft(reading, person.id)
    moments = _moments(versions, asked, gone, sent)
    return Story(
        person=person,
        values=await _values(reading, world, person, key, versions),
        versions=tuple(versions),
        shown_version=0 if shown is None else shown.report.version,
        sections=sections,
        origins={} if shown is None else shown.report.origins,
        compared=await _compared(reading, world, versions, shown, now, against=wanted.against),
        prompts=await _prompts(reading, world, person.id),
        cases=tuple(reversed(worked)),
        questions=_questions(asked, sections),
        batches=tuple(reversed(sent)),
        held=tuple(reversed(await stories.held(reading, person.id))),
        looks=tuple(looks),
        chats=tuple(await stories.chats(reading, person.id)),
        draft=draft,
        moments=moments,
        colleagues=await stories.names(reading, _accounts(worked, looks, moments, draft)),
    )


async def _values(
    reading: Reading, world: World, person: Person, key: DataKey, versions: Sequence[Version]
) -> Mapping[str, str]:
    if not versions:
        return await roster.prefill(reading, person.id, key) or {}
    last = versions[-1].report
    return by_role(await world.shelf.get(reading, last.form_hash), last.answers)


def _numbered(versions: Iterable[Version], number: int) -> Version | None:
    return next((one for one in versions if one.report.version == number), None)


async def _sections(
    reading: Reading, world: World, version: Version, now: datetime
) -> tuple[ReviewSection, ...]:
    form = await world.shelf.get(reading, version.report.form_hash)
    return review_of(form, version.report.answers, world.setting(now))


async def _compared(
    reading: Reading,
    world: World,
    versions: Sequence[Version],
    shown: Version | None,
    now: datetime,
    *,
    against: int,
) -> Compared | None:
    """Return what differs from another version, by default the one before; None without one."""
    if shown is None:
        return None
    number = shown.report.version
    other = _numbered(versions, against or number - 1)
    if other is None or other is shown:
        return None
    before, after = sorted((other, shown), key=lambda one: one.report.version)
    old = await _sections(reading, world, before, now)
    new = await _sections(reading, world, after, now)
    return Compared(before.report.version, after.report.version, changes(old, new))


async def _prompts(reading: Reading, world: World, person_id: str) -> tuple[str, ...]:
    """Return what became of each prompt, the latest first."""
    ledger = await reminders.of_person(reading, person_id)
    return tuple(reversed(ledger_lines(world.texts, ledger, world.zone)))


def _questions(asked: Sequence[Asked], sections: Iterable[ReviewSection]) -> tuple[Question, ...]:
    """Return what was asked, the latest first, each with the title of its answer."""
    titles = {
        line.question.path: title_of(line.question)
        for section in sections
        for line in section.lines
    }
    return tuple(Question(one, titles.get(one.path, "")) for one in reversed(asked))


def _moments(
    versions: Iterable[Version],
    asked: Iterable[Asked],
    gone: Iterable[Departure],
    sent: Iterable[Sent],
) -> tuple[Moment, ...]:
    """Return what happened to the record, the latest first."""
    returned = {one.report_id for one in asked}
    numbers = {}
    found = []
    for one in versions:
        report, number = one.report, str(one.report.version)
        numbers[report.id] = number
        entered = f"{_STAFF}{one.entered_by}" if one.entered_by else report.informant_relation
        found.append(Moment(report.submitted_at, "submitted", entered, number))
        if one.reviewed_at is not None:
            what = "returned" if report.id in returned else "verified"
            found.append(Moment(one.reviewed_at, what, f"{_STAFF}{one.reviewed_by}", number))
    for row in sent:
        number = numbers.get(row.report_id, "")
        found.append(Moment(row.made_at, "exported", more=number))
        if row.answered_at is not None:
            found.append(Moment(row.answered_at, row.outcome, more=number))
    for left in gone:
        found.append(Moment(left.told_at, "left", left.told_by, left.reason))
        if left.returned_at is not None:
            found.append(Moment(left.returned_at, "came_back"))
    found.reverse()
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def _accounts(
    worked: Iterable[Worked],
    looks: Iterable[Look],
    moments: Iterable[Moment],
    draft: Draft | None,
) -> set[str]:
    """Return the ids of all accounts that are named."""
    actors = [step.by for one in worked for step in one.steps]
    actors += [one.case.closed_by or "" for one in worked]
    actors += [one.actor for one in looks] + [one.by for one in moments]
    found = {actor.removeprefix(_STAFF) for actor in actors if actor.startswith(_STAFF)}
    found |= {one.case.taken_by for one in worked if one.case.taken_by}
    return found | ({draft.entered_by} if draft and draft.entered_by else set())
