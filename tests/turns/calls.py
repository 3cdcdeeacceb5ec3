"""A station with somebody on its call list."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.staff.accounts import invite
from storage import case_steps, cases, chats, people, reminders
from storage.cases import Case
from storage.people import Person
from storage.reminder_rows import Outcome, Reminder
from tests.forms import people as forms
from tests.transcripts.stage import Stage
from tests.turns.chat import text_of
from tests.turns.station import TOWNSHIP, Office, Phone, Phones, office

# A year after the standard morning, at ten in the morning.
NOON = datetime(2027, 11, 25, 2, tzinfo=UTC)
NAME = f"{forms.FARMING['name'][0]}某"


@dataclass
class Call:
    """A station with somebody on its call list, who reported last year."""

    office: Office
    person_id: str
    case_id: str

    async def case(self) -> Case:
        """Return the case as it is now."""
        async with self.office.stage.database.reading() as reading:
            found = await cases.get(reading, self.case_id)
        assert found is not None
        return found

    async def person(self) -> Person:
        """Return the person as they are now."""
        async with self.office.stage.database.reading() as reading:
            found = await people.get(reading, self.person_id)
        assert found is not None
        return found

    async def rows(self) -> list[Reminder]:
        """Return what the ledger says."""
        async with self.office.stage.database.reading() as reading:
            return await reminders.of_person(reading, self.person_id)

    async def tries(self) -> list[str]:
        """Return how each try ended."""
        async with self.office.stage.database.reading() as reading:
            return [step.outcome for step in await case_steps.of_case(reading, await self.case())]


async def called(stage: Stage) -> Call:
    """Return a station whose list has the worker, who was prompted this year in vain."""
    place = await office(stage)
    await place.worker.report(forms.FARMING)
    stage.clock.now = NOON
    async with stage.database.transaction() as tx:
        found = await chats.look(tx, "telegram", "1001")
        assert found is not None
        (person,) = await people.of_chat(tx, found[0].id)
    await _was_sent(stage, person.id)
    case_id = await put_on_list(stage, person.id, found[0].id)
    return Call(place, person.id, case_id)


async def _was_sent(stage: Stage, person_id: str) -> None:
    """Let the ledger have a prompt that went out and was not answered."""
    async with stage.database.transaction() as tx:
        (row,) = await reminders.of_person(tx, person_id)
        await reminders.mark(tx, row.id, was="planned", state="claimed")
        await reminders.start_sending(tx, {row.id: "yearly"}, NOON)
        await reminders.settle(tx, [Outcome(row.id, "sent", "accepted by the channel", NOON)])


async def put_on_list(stage: Stage, person_id: str, chat_id: str | None) -> str:
    """Put somebody on the call list and return the case."""
    async with stage.database.transaction() as tx:
        await cases.call_for(
            tx,
            kind="silent",
            person_id=person_id,
            township_id=TOWNSHIP,
            chat_id=chat_id,
            reminder_id=f"yearly:{person_id}:2027:1",
            cycle=2027,
            priority=0,
            now=stage.clock(),
        )
        case_id = await cases.open_about(tx, "silent", person_id)
    assert case_id is not None
    return case_id


async def open_first(clerk: Phone) -> str:
    """Open the first case of the list and return what it says."""
    await clerk.command("start")
    await clerk.tap("要办的事")
    label = next(label for label in clerk.labels() if "某" in label)
    return text_of(await clerk.tap(label))


async def phone_at(stage: Stage, phones: Phones, place: str, address: str) -> Phone:
    """Return a chat of the staff of another place."""
    phone = Phone(stage, phones, address)
    await joined(stage, phone, place)
    return phone


async def joined(stage: Stage, phone: Phone, place: str) -> None:
    """Let a chat become that of a new account of a place."""
    invitation = await invite(
        stage.database,
        stage.world.places.by_id[place],
        name="",
        valid=timedelta(days=7),
        actor="test",
        now=stage.clock(),
    )
    await phone.command("staff", invitation.code)
