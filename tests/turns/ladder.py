"""Accounts on every level above the station of the standard people, each with a chat."""

import itertools
from datetime import timedelta

from bot.staff.accounts import invite
from conversations.desk_errands import Area, DeskErrand, desk_press
from conversations.reply import Tap
from storage import audits, staff
from storage.audits import Entry
from storage.staff import Role, Staff
from tests.transcripts.stage import Stage
from tests.turns.station import TOWNSHIP, Phone, Phones

COUNTY, CITY, FAR = "k065", "c08", "t0001"
PLACES: dict[Role, str] = {"station": TOWNSHIP, "county": COUNTY, "city": CITY}
_ADDRESSES = itertools.count(3001)


async def phone_of(
    stage: Stage, phones: Phones, role: Role, name: str = "", place: str | None = None
) -> Phone:
    """Return a chat that joined an account of this role."""
    where = PLACES.get(role, "") if place is None else place
    invitation = await invite(
        stage.database,
        stage.world.places.by_id.get(where),
        role=role,
        name=name,
        valid=timedelta(days=7),
        actor="test",
        now=stage.clock(),
    )
    phone = Phone(stage, phones, str(next(_ADDRESSES)))
    await phone.command("staff", invitation.code)
    return phone


def press(step: str = "", argument: str = "") -> Tap:
    """Return a tap in the area of the accounts, drawn or not."""
    return Tap(desk_press(Area.ACCOUNTS, step, argument))


def see(tag: str) -> Tap:
    """Return a tap that asks for a person's whole numbers."""
    errand = DeskErrand(Area.ACCOUNTS, "see", tag)
    return press(errand.step, errand.argument)


async def everybody(stage: Stage) -> dict[str, Staff]:
    """Return all accounts by name."""
    async with stage.database.reading() as reading:
        return {one.name: one for one in await staff.everybody(reading)}


async def audit(stage: Stage) -> list[Entry]:
    """Return every line of the audit."""
    async with stage.database.reading() as reading:
        return await audits.since(reading, stage.clock() - timedelta(days=400))


def said(phone: Phone) -> str:
    """Return the newest message."""
    return phone.shown[-1].text
