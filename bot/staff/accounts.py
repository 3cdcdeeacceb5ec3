"""Accounts of the staff: invited by a one-time code, joined from a chat, suspended at once.

The same functions serve the desk and the command line; whether somebody may is decided before.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.calling import put_back
from bot.desk import Desk, Step
from bot.errands.opening import open_state
from bot.places import Place, Places
from bot.staff.signing_in import forget
from bot.world import World
from conversations.lobby.talks import StaffCodeRefused, StaffWelcomed
from conversations.scope import PROVINCE
from storage import api_tokens, attempts, audits, desks, drafts, staff, talks, views
from storage.database import Database
from storage.staff import Role
from storage.transaction import Transaction

CODES_AN_HOUR: Final = 5
LASTS: Final = timedelta(days=7)
# Who works at a place of this level.
ROLE_AT: Final[Mapping[str, Role]] = {"township": "station", "county": "county", "city": "city"}


@dataclass(frozen=True, slots=True)
class Invitation:
    """What is handed on: it works once, until it expires. `place` is None for the province."""

    staff_id: str
    role: Role
    place: Place | None
    code: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Invitee:
    """Whom somebody lets in: as what, where, and under which name ("" for none)."""

    role: Role
    place: Place | None
    name: str = field(default="", repr=False)


def place_of(places: Places, said: str, role: str) -> Place | None:
    """Return the place of an official code or id where somebody of this role works."""
    levels = [level for level, at in ROLE_AT.items() if at == role] or list(ROLE_AT)
    found = (places.by_code(said, level) for level in levels)
    return next((place for place in found if place is not None), None)


async def invite(
    database: Database,
    place: Place | None,
    *,
    name: str,
    valid: timedelta,
    actor: str,
    now: datetime,
    role: Role = "station",
) -> Invitation:
    """Make an account and a code that lets somebody in."""
    async with database.transaction() as tx:
        return await invite_in(tx, Invitee(role, place, name), valid, actor, now)


async def invite_in(
    tx: Transaction, invitee: Invitee, valid: timedelta, actor: str, now: datetime
) -> Invitation:
    """Make an account and a code, as a part of something."""
    place, expires_at = invitee.place, now + valid
    staff_id, code = await staff.invite(
        tx,
        role=invitee.role,
        scope_id=place.id if place else PROVINCE,
        name=invitee.name,
        expires_at=expires_at,
        now=now,
        invited_by=actor.removeprefix("staff:"),
    )
    await _note(tx, actor, "invite", staff_id, now)
    return Invitation(staff_id, invitee.role, place, code, expires_at)


async def code_for_device(
    tx: Transaction, staff_id: str, valid: timedelta, actor: str, now: datetime
) -> tuple[str, datetime]:
    """Return a one-time code for one more chat of an account, and until when it works."""
    expires_at = now + valid
    code = await staff.code_for(tx, staff_id, expires_at, now)
    await _note(tx, actor, "device_code", staff_id, now)
    return code, expires_at


async def suspend(
    database: Database, world: World, staff_id: str, actor: str, now: datetime
) -> bool:
    """Take an account's rights away at once; workers in a talk with it wait for somebody else.

    What the account was filling in for others is deleted, and the tokens that it made end.
    """
    async with database.transaction() as tx:
        return await suspend_in(tx, world, staff_id, actor, now)


async def suspend_in(
    tx: Transaction, world: World, staff_id: str, actor: str, now: datetime
) -> bool:
    """Take an account's rights away, as a part of something; False when it had none."""
    if not await staff.suspend(tx, staff_id, now):
        return False
    for talk in await talks.of_staff(tx, staff_id):
        await put_back(tx, world, talk, now)
    await drafts.drop_of_staff(tx, staff_id)
    await forget(tx, staff_id)
    await api_tokens.revoke_of_staff(tx, staff_id, now)
    await _note(tx, actor, "suspend", staff_id, now)
    return True


async def resume_in(
    tx: Transaction, staff_id: str, valid: timedelta, actor: str, now: datetime
) -> tuple[str, datetime] | None:
    """Return a code with which a suspended account is joined again; None when it was not.

    A token that it made while it was being suspended, or before tokens ended with it, ends now.
    """
    if not await staff.resume(tx, staff_id):
        return None
    await api_tokens.revoke_of_staff(tx, staff_id, now)
    await _note(tx, actor, "resume", staff_id, now)
    return await code_for_device(tx, staff_id, valid, actor, now)


async def drop_device(
    tx: Transaction, world: World, device: tuple[str, str], actor: str, now: datetime
) -> bool:
    """Take a chat away from an account; whoever talks with it waits for somebody else.

    Args:
        device: the account and the chat.
    """
    staff_id, chat_id = device
    if not await staff.drop_device(tx, staff_id, chat_id):
        return False
    for talk in await talks.of_staff(tx, staff_id):
        if talk.staff_chat_id == chat_id:
            await put_back(tx, world, talk, now)
    await _note(tx, actor, "drop_device", staff_id, now)
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
    await views.end(desk.tx, desk.chat.id)
    await desks.clear(desk.tx, desk.chat.id)
    await audits.write(
        desk.tx,
        actor=f"staff:{joined.id}",
        action="staff.join",
        scope=f"chat:{desk.chat.id}",
        now=desk.now,
    )
    place = desk.world.places.by_id.get(joined.scope_id)
    return Step((StaffWelcomed(place.name if place else "", joined.role),), open_state(desk))


async def _note(tx: Transaction, actor: str, what: str, staff_id: str, now: datetime) -> None:
    scope = f"staff:{staff_id}"
    await audits.write(tx, actor=actor, action=f"staff.{what}", scope=scope, now=now)
