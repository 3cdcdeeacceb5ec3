"""The people of a chat: who was reported from here, and what their last report says."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.desk import Desk
from bot.world import World
from conversations.dialogue.review import review_of, title_of
from conversations.events import ReviewLine, ReviewSection
from conversations.lobby.events import PersonOfChat, RecordShown
from conversations.lobby.queries import StationAsks
from conversations.lobby.subject import Left, Subject
from conversations.lobby.wishes import tag_of
from conversations.record import by_role
from conversations.xform import Form
from storage import departures, people, reports, reviews
from storage.people import Person
from storage.reports import Report
from storage.transaction import Reading
from storage.vault import DataKey


@dataclass(frozen=True, slots=True)
class Known:
    """A person of the chat with their key and last report."""

    person_id: str
    key: DataKey
    report: Report
    shown: PersonOfChat
    person: Person

    @property
    def subject(self) -> Subject:
        """Return how the person is named in what the chat is told."""
        return Subject(self.shown.tag, self.shown.name)


async def known_people(desk: Desk) -> list[Known]:
    """Return those who were reported from the turn's chat."""
    return await people_of(desk.tx, desk.world, desk.chat.id, desk.now)


async def people_of(reading: Reading, world: World, chat_id: str, now: datetime) -> list[Known]:
    """Return those who were reported from a chat, in the order they were first reported."""
    found = []
    for person in await people.of_chat(reading, chat_id):
        key = await people.key_of(reading, person.id)
        report = await reports.latest(reading, person.id, key) if key else None
        if key is not None and report is not None:
            form = await world.shelf.get(reading, report.form_hash)
            name = by_role(form, report.answers).get("name", "")
            found.append(
                Known(person.id, key, report, _shown(world, person, report, name, now), person)
            )
    return found


def _shown(world: World, person: Person, report: Report, name: str, now: datetime) -> PersonOfChat:
    today = now.astimezone(world.zone).date()
    due = person.due.on if person.due and person.state == "active" else None
    return PersonOfChat(
        tag=tag_of(person.id),
        name=name,
        reported_on=report.submitted_at.astimezone(world.zone).date(),
        next_update_on=due,
        is_due=due is not None and due <= today,
    )


async def record_shown(desk: Desk, one: Known) -> RecordShown:
    """Return the person's last report by section, numbers masked."""
    form = await desk.world.shelf.get(desk.tx, one.report.form_hash)
    sections = review_of(form, one.report.answers, desk.world.setting(desk.now))
    asks = await station_asks(desk, one)
    return RecordShown(one.shown, sections, await left_of(desk, one), asks)


async def station_asks(desk: Desk, one: Known) -> StationAsks | None:
    """Return what the station wants to know about the last report; None for nothing."""
    query = await reviews.open_query(desk.tx, one.person_id, one.key)
    if query is None:
        return None
    form = await desk.world.shelf.get(desk.tx, one.report.form_hash)
    return StationAsks(title_at(desk.world, form, one.report, query.path, desk.now), query.words)


def title_at(world: World, form: Form, report: Report, path: str, now: datetime) -> str:
    """Return the title of the question that a report's answer is to, "" for none that is asked."""
    sections = review_of(form, report.answers, world.setting(now))
    questions = (line.question for section in sections for line in section.lines)
    return next((title_of(asked) for asked in questions if asked.path == path), "")


async def whole_sections(desk: Desk, one: Known) -> tuple[ReviewSection, ...]:
    """Return the person's last report by section, with the whole numbers: for the person only."""
    form = await desk.world.shelf.get(desk.tx, one.report.form_hash)
    sections = review_of(form, one.report.answers, desk.world.setting(desk.now))
    return tuple(
        replace(section, lines=tuple(_spelled_out(line) for line in section.lines))
        for section in sections
    )


async def left_of(desk: Desk, one: Known) -> Left | None:
    """Return how somebody left the range, None for whoever is in it."""
    if one.person.state != "out_of_range":
        return None
    gone = await departures.of_person(desk.tx, one.person_id)
    last = gone[-1] if gone else None
    return Left(one.person.exit_reason or "", last.left_on if last else "")


def _spelled_out(line: ReviewLine) -> ReviewLine:
    question = line.question
    return replace(line, shown=question.value) if question.bot.get("mask") else line
