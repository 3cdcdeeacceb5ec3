"""Made-up people and records for the tests of storage."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from storage import chats, forms, interviews, people
from storage.chats import Chat
from storage.database import Database
from storage.interviews import OpenInterview, Purpose
from storage.people import Due
from storage.projections import Projection
from storage.reminder_rows import Plan
from storage.submissions import Receipt, Submission, submit
from storage.transaction import Transaction
from tests.identities import id_number as checked_number

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
FORM = "f" * 64
COUNTY = "county-140729"
STATION = "township-0007"


def id_number(serial: int) -> str:
    """Return an identity number of nobody, with the right check digit."""
    return checked_number("140729", date(1980, 1, 1) + timedelta(days=serial), serial % 1000)


def submission(
    serial: int = 1, *, cycle: int = 2026, answers: Mapping[str, str] | None = None
) -> Submission:
    """Return a finished record whose answers are told apart by the serial number."""
    due_at = datetime(cycle + 1, 11, 23, 2, 0, tzinfo=UTC)
    return Submission(
        answers={
            "/data/name[1]": f"王{serial}",
            "/data/id_number[1]": id_number(serial),
            **(answers or {}),
        },
        id_number=id_number(serial),
        informant_relation="0",
        collection_method="1",
        projection=Projection(
            cycle=cycle, county_id=COUNTY, township_id=STATION, birth_year=1985, sex="1"
        ),
        due=Due(date(cycle + 1, 11, 23), 42),
        plans=(Plan("yearly", cycle + 1, 1, due_at, due_at + timedelta(days=30)),),
    )


async def publish(tx: Transaction) -> None:
    """Publish the form that all made-up interviews use."""
    await forms.publish(
        tx, hash=FORM, form_id="survey", version="1", xml="<h/>", source_digest="d", now=NOW
    )


async def begin(
    database: Database, address: str = "42", purpose: Purpose = "first", state: str = "{}"
) -> tuple[Chat, OpenInterview]:
    """Open an interview about a new person in a chat."""
    async with database.transaction() as tx:
        await publish(tx)
        chat, _ = await chats.load_turn(tx, "telegram", address, NOW)
        person_id, key = await people.create(tx, NOW)
        interview = await interviews.start(
            tx,
            chat.id,
            person_id,
            key,
            form_hash=FORM,
            purpose=purpose,
            state=state,
            now=NOW,
        )
    return chat, interview


async def report(
    database: Database, serial: int = 1, address: str = "42", now: datetime = NOW
) -> Receipt:
    """Walk somebody through from nothing to the receipt."""
    _, interview = await begin(database, address)
    async with database.transaction() as tx:
        return await submit(tx, interview, submission(serial), now)
