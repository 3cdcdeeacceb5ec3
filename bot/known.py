"""The people of a chat: who was reported from here, and what their last report says."""

from dataclasses import dataclass
from datetime import datetime

from bot.desk import Desk
from bot.world import World
from conversations.dialogue.review import review_of
from conversations.lobby.events import PersonOfChat, RecordShown
from conversations.lobby.wishes import tag_of
from conversations.record import by_role
from storage import people, reports
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
            found.append(Known(person.id, key, report, _shown(world, person, report, name, now)))
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
    return RecordShown(one.shown, sections)
