"""A copy of all that is held on a person: put together here, put into words by bot/render."""

from datetime import date, datetime, timedelta
from typing import Final

from bot.channel import Address
from bot.desk import Desk
from bot.known import Known, known_people, whole_sections
from bot.render.copying import copy_text
from bot.visits import visits_of
from bot.world import World
from conversations.lobby.records import RecordCopy
from conversations.lobby.subject import Left
from storage import audits, chats, consents, departures, reports
from storage.database import Database
from storage.transaction import Reading

# A grant is good until the end of the next span.
_SPAN: Final = timedelta(minutes=10)


def grant_for(reading: Reading, chat_id: str, person_id: str, now: datetime, back: int = 0) -> str:
    """Return what lets a chat take one person's copy from the page, for ten to twenty minutes.

    It is a keyed digest, so nothing has to be kept, and nobody can make one.
    """
    span = int(now.timestamp() // _SPAN.total_seconds()) - back
    return reading.vault.digest("copy", f"{chat_id}\0{person_id}\0{span}").hex()


async def take_copy(database: Database, world: World, address: Address, grant: str) -> str | None:
    """Return the copy that a chat was granted, and write down that it was taken; None for none."""
    now = world.clock()
    async with database.transaction() as tx:
        found = await chats.look(tx, address.channel, address.address)
        if found is None:
            return None
        desk = Desk(tx, world.speaking(found[0].language), now, found[0], None)
        for one in await known_people(desk):
            granted = {grant_for(tx, desk.chat.id, one.person_id, now, back) for back in (0, 1)}
            if grant in granted:
                copy = await copy_of(desk, one)
                await audits.write(
                    tx,
                    actor=f"chat:{desk.chat.id}",
                    action="copy",
                    scope=f"person:{one.person_id}",
                    now=now,
                )
                return copy_text(desk.world.texts, copy)
    return None


async def copy_of(desk: Desk, one: Known) -> RecordCopy:
    """Return all that is held on a person, nothing masked."""

    def day(at: datetime) -> date:
        return at.astimezone(desk.world.zone).date()

    versions = await reports.of_person(desk.tx, one.person_id, one.key)
    given = await consents.of_person(desk.tx, one.person_id)
    left = await departures.of_person(desk.tx, one.person_id)
    return RecordCopy(
        one.subject,
        one.shown.reported_on,
        one.shown.next_update_on,
        await whole_sections(desk, one),
        tuple(day(report.submitted_at) for report in versions),
        tuple(
            (day(consent.given_at), day(consent.withdrawn_at) if consent.withdrawn_at else None)
            for consent in given
        ),
        tuple(
            (Left(gone.reason, gone.left_on), day(gone.returned_at) if gone.returned_at else None)
            for gone in left
        ),
        await visits_of(desk, one),
    )
