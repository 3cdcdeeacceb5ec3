"""Accounts of the staff: invited by a one-time code, joined from a chat, suspended at once."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.calling import put_back
from bot.desk import Desk, Step
from bot.errands.opening import open_state
from bot.places import Place
from bot.world import World
from conversations.lobby.talks import StaffCodeRefused, StaffWelcomed
from storage import attempts, audits, desks, drafts, staff, talks
from storage.database import Database

CODES_AN_HOUR: Final = 5


@dataclass(frozen=True, slots=True)
class Invitation:
    """What the operator hands on: it works once, until it expires."""

    staff_id: str
    place: Place
    code: str = field(repr=False)
    expires_at: datetime


def station_named(world: World, station: str) -> Place | None:
    """Return the township of an official code or permanent id."""
    return world.places.by_code(station, "township")


async def invite(
    database: Database,
    place: Place,
    *,
    name: str,
    valid: timedelta,
    actor: str,
    now: datetime,
) -> Invitation:
    """Make an account at a station and a code that lets somebody in."""
    expires_at = now + valid
    async with database.transaction() as tx:
        staff_id, code = await staff.invite(
            tx, role="station", scope_id=place.id, name=name, expires_at=expires_at, now=now
        )
        await audits.write(
            tx, actor=actor, action="staff.invite", scope=f"staff:{staff_id}", now=now
        )
    return Invitation(staff_id, place, code, expires_at)


async def suspend(
    database: Database, world: World, staff_id: str, actor: str, now: datetime
) -> bool:
    """Take an account's rights away at once; workers in a talk with it wait for somebody else.

    What the account was filling in for others is deleted.
    """
    async with database.transaction() as tx:
        if not await staff.suspend(tx, staff_id, now):
            return False
        for talk in await talks.of_staff(tx, staff_id):
            await put_back(tx, world, talk, now)
        await drafts.drop_of_staff(tx, staff_id)
        await audits.write(
            tx, actor=actor, action="staff.suspend", scope=f"staff:{staff_id}", now=now
        )
    return True


async def join(desk: Desk, code: str) -> Step:
    """Make this chat that of the account which the code invites; tries are limited."""
    tries = await attempts.count_up(desk.tx, staff.USE, desk.chat.id, desk.now)
    if tries > CODES_AN_HOUR:
        return Step((StaffCodeRefused(limited=True),), open_state(desk))
    joined = await staff.accept(desk.tx, code, desk.chat.id, desk.now)
    if joined is None:
        return Step((StaffCodeRefused(limited=False),), open_state(desk))
    if desk.chat.staff_id not in (None, joined.id):
        # Nothing of the account that had this chat before is for the next one.
        await drafts.drop_in_chat(desk.tx, desk.chat.id)
        await desks.clear(desk.tx, desk.chat.id)
    await audits.write(
        desk.tx,
        actor=f"staff:{joined.id}",
        action="staff.join",
        scope=f"chat:{desk.chat.id}",
        now=desk.now,
    )
    place = desk.world.places.by_id.get(joined.scope_id)
    return Step((StaffWelcomed(place.name if place else ""),), open_state(desk))
