"""Reading the audit: auditors all of it, a county and those above it what concerns their places.

That somebody read it, and why, is a line of it too.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Final

from bot.desk import Office
from bot.places import Places
from bot.staff.access import above, is_granted
from bot.world import World
from conversations.lobby.wishes import tag_of
from conversations.scope import PROVINCE, Action, does
from storage import audits, staff
from storage.audits import Entry, Wanted
from storage.database import Database
from storage.staff import Staff
from storage.transaction import Reading

LONGEST: Final = timedelta(days=92)
PAGE: Final = 100
_PIECE: Final = 1000
_STAFF: Final = "staff:"


@dataclass(frozen=True, slots=True)
class Line:
    """A line with the names that it goes by; "" for an actor that is no account."""

    entry: Entry
    actor: str = field(repr=False)
    about: str = field(repr=False)


def days_between(world: World, first: date, last: date) -> tuple[datetime, datetime]:
    """Return the instants of these local days, the last one included."""
    begin = datetime.combine(first, time(), world.zone)
    return begin, datetime.combine(last + timedelta(days=1), time(), world.zone)


async def may_read(office: Office, who: Staff, reason: str = "") -> bool:
    """Decide whether an account may read the audit of its places; that it does is a line."""
    scope = next((one.scope_id for one in who.mandates if does(one.role, Action.AUDIT)), None)
    about = f"place:{scope or who.scope_id}"
    return await is_granted(office, who, Action.AUDIT, scope, about, reason=reason)


def within_scope(places: Places, who: Staff, wanted: Wanted) -> Wanted:
    """Return the same wish, for what concerns the places of an account."""
    scopes = {one.scope_id for one in who.mandates if does(one.role, Action.AUDIT)}
    if PROVINCE in scopes:
        return wanted
    found = [one for one in places.by_id.values() if scopes & above(places, one.id)]
    abouts = [f"place:{one.id}" for one in found]
    abouts += [f"county:{one.code}" for one in found if one.level == "county"]
    return replace(wanted, places=tuple(one.id for one in found), abouts=tuple(abouts))


async def named(reading: Reading, entries: list[Entry]) -> list[Line]:
    """Return lines with the names of the accounts in them."""
    ids = {
        text.removeprefix(_STAFF)
        for one in entries
        for text in (one.actor, one.scope)
        if text.startswith(_STAFF)
    }
    names = {}
    for staff_id in ids:
        found = await staff.get(reading, staff_id)
        names[f"{_STAFF}{staff_id}"] = found.name if found else ""
    return [Line(one, names.get(one.actor, ""), names.get(one.scope, "")) for one in entries]


async def all_lines(database: Database, wanted: Wanted) -> AsyncIterator[Line]:
    """Yield every line that is wanted, the latest first; each piece at its own moment."""
    before: tuple[datetime, str] | None = None
    while True:
        async with database.reading() as reading:
            found = await audits.page(reading, wanted, _PIECE, before)
            lines = await named(reading, found)
        for line in lines:
            yield line
        if len(found) < _PIECE:
            return
        before = (found[-1].at, found[-1].id)


async def account_tagged(reading: Reading, tag: str) -> str:
    """Return how the audit names the account of a tag, "" for none or several."""
    found = [one.id for one in await staff.everybody(reading) if tag_of(one.id) == tag]
    return f"{_STAFF}{found[0]}" if len(found) == 1 else ""
