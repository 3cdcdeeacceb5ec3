"""People to plan for, and a planner whose ranges are as small as the tests want them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.atlas import load_atlas
from bot.places import load_places
from bot.planning import Planner, planner
from bot.publishing import publish
from bot.settings import SHIPPED_FORM
from bot.settings_values import CHECKOUT
from bot.texts import load_texts
from bot.world import World
from conversations.hours import Hours
from storage import reminders
from storage.database import Database
from storage.people import Due
from storage.reminder_rows import Reminder
from storage.submissions import submit
from tests.storage.made_up import begin, submission

COUNTY = "k065"
TOWNSHIP = "t0727"
# A morning in January of the cycle's year, before most of its days.
NOW = datetime(2027, 1, 4, 2, tzinfo=UTC)
CYCLE = 2027
SLOT = 12_345
NINE_TO_EIGHT = Hours()


@dataclass(frozen=True, slots=True)
class Made:
    """Somebody who reported in the year before."""

    person_id: str
    chat_id: str


async def reported(
    database: Database,
    serial: int,
    due_on: date,
    *,
    slot: int | None = SLOT,
    county: str = COUNTY,
    cycle: int = CYCLE - 1,
) -> Made:
    """Return somebody who is asked again on a day, for whom nothing is planned.

    Args:
        cycle: the cycle that they reported in.
    """
    chat, interview = await begin(database, f"chat {serial}")
    given = submission(serial, cycle=cycle)
    projection = replace(given.projection, county_id=county, township_id=TOWNSHIP)
    plain = replace(given, projection=projection, due=Due(due_on, slot or 0), plans=())
    async with database.transaction() as tx:
        person_id = (await submit(tx, interview, plain, NOW - timedelta(days=300))).person_id
        if slot is None:
            await tx.run(f"update person set due_slot = null where id = '{person_id}';")
    return Made(person_id, chat.id)


async def world_of(
    database: Database, hours: Hours = NINE_TO_EIGHT, zone: str = "Asia/Shanghai"
) -> World:
    """Return a world with these hours."""
    shelf = await publish(database, CHECKOUT / SHIPPED_FORM, NOW)
    places = load_places()
    return World(
        shelf, load_texts("zh"), places, lambda: NOW, ZoneInfo(zone), hours, load_atlas(places)
    )


@asynccontextmanager
async def planning(
    database: Database, world: World, *, most: int = 2, now: datetime = NOW
) -> AsyncIterator[Planner]:
    """Lend a planner; nobody else plans."""
    async with planner(database, world, now, most=most, span=timedelta(seconds=2)) as ours:
        assert ours is not None
        yield ours


async def rows_of(database: Database, *people: Made) -> list[Reminder]:
    """Return the rows of these people, in their order."""
    async with database.reading() as reading:
        return [row for one in people for row in await reminders.of_person(reading, one.person_id)]
