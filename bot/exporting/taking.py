"""Lets a batch out of the house: by a reason, above a set number of rows by two people.

Whoever asked for a batch is shown its password, once; the file goes another way than the password.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.desk import Office
from bot.exporting.making import end_stale
from bot.places import Places
from bot.settings_staff import ExportSection
from bot.staff.access import is_granted, scope_of
from conversations.scope import Action
from storage import batch_files, batches, manifests, official_templates
from storage.batch_files import HELD_BACK
from storage.batches import Batch, Choice
from storage.scope import Scope
from storage.staff import Staff
from storage.transaction import Reading

LONGEST_REASON: Final = 200
_LATELY: Final = timedelta(hours=24)


class Refused(StrEnum):
    """Why something about a batch is not done; the value ends the key of what is said."""

    NOT_YOURS = "not_yours"
    GONE = "gone"
    NO_REASON = "no_reason"
    NEEDS_SECOND = "needs_second"
    ASKED_YOURSELF = "asked_yourself"
    CHANGED = "changed"
    IS_OPEN = "is_open"
    NO_STATION = "no_station"


@dataclass(frozen=True, slots=True)
class Taken:
    """A file on its way out."""

    name: str
    content: bytes = field(repr=False)


async def ask(
    office: Office, who: Staff, county_id: str, choice: Choice, why: str
) -> Batch | Refused:
    """Ask for a batch of a county; it is made by a job."""
    why = why.strip()[:LONGEST_REASON]
    if not why:
        return Refused.NO_REASON
    if not await _may(office, who, county_id, f"place:{county_id}", why):
        return Refused.NOT_YOURS
    places = office.world.places.by_id
    if any(one not in places or places[one].parent_id != county_id for one in choice.stations):
        return Refused.NO_STATION
    await end_stale(office.tx, county_id)
    mapped = await official_templates.active(office.tx, county_id)
    batch = await batches.ask(
        office.tx,
        kind=batches.CONSOLE,
        county_id=county_id,
        who=f"staff:{who.id}",
        choice=choice,
        mapping_id=None if mapped is None else mapped.id,
        why=why,
        now=office.now,
    )
    return Refused.IS_OPEN if batch is None else batch


def needs_second(batch: Batch, settings: ExportSection, lately: int = 0) -> bool:
    """Tell whether somebody else still has to let a batch out.

    Args:
        lately: people of other batches that whoever asked took alone of late (`taken_alone`).
    """
    people = batch.rows + batch.held_back + lately
    return people > settings.second_person_rows and batch.approved_by is None


async def taken_alone(reading: Reading, batch: Batch, now: datetime) -> int:
    """Return how many people whoever asked for a batch took in others that nobody let out.

    Many small batches of one day are one large one.
    """
    return await batches.taken_alone(reading, batch, now - _LATELY)


def is_over(batch: Batch, now: datetime) -> bool:
    """Tell whether the time of a batch is over, whether its files are emptied yet or not."""
    return batch.expires_at is not None and batch.expires_at <= now


async def approve(office: Office, who: Staff, batch: Batch) -> Refused | None:
    """Let a batch out that somebody else asked for."""
    if not await _may(office, who, batch.county_id, _place(batch), f"batch:{batch.id} approve"):
        return Refused.NOT_YOURS
    if batch.who == f"staff:{who.id}":
        return Refused.ASKED_YOURSELF
    if is_over(batch, office.now):
        return Refused.GONE
    if not await batches.approve(office.tx, batch.id, who.id, office.now):
        return Refused.GONE
    return None


async def reveal(
    office: Office, who: Staff, batch: Batch, settings: ExportSection
) -> str | Refused:
    """Return the password to whoever asked for the batch, once."""
    if not await _may(office, who, batch.county_id, _place(batch), f"batch:{batch.id} password"):
        return Refused.NOT_YOURS
    if batch.who != f"staff:{who.id}":
        return Refused.NOT_YOURS
    if is_over(batch, office.now):
        return Refused.GONE
    if needs_second(batch, settings, await taken_alone(office.tx, batch, office.now)):
        return Refused.NEEDS_SECOND
    return await batches.reveal(office.tx, batch.id) or Refused.GONE


async def take(
    office: Office, who: Staff, batch: Batch, settings: ExportSection, *, part: int, reason: str
) -> Taken | Refused:
    """Hand out a file; with the first one the reports in the batch go on to `exported`."""
    reason = reason.strip()[:LONGEST_REASON]
    if not reason:
        return Refused.NO_REASON
    place = office.world.places.by_id.get(batch.county_id or "")
    # The people of the county see this line among those who looked at their record.
    about = _place(batch) if place is None else f"county:{place.code}"
    if not await _may(office, who, batch.county_id, about, f"batch:{batch.id} {part}: {reason}"):
        return Refused.NOT_YOURS
    found = await batch_files.content(office.tx, batch.id, part)
    if found is None or batch.state not in {"ready", "taken"} or is_over(batch, office.now):
        return Refused.GONE
    if needs_second(batch, settings, await taken_alone(office.tx, batch, office.now)):
        return Refused.NEEDS_SECOND
    if batch.taken_at is None and await manifests.is_outdated(office.tx, batch.id):
        return Refused.CHANGED
    if part != HELD_BACK:
        await _leave(office, who, batch)
    return Taken(*found)


async def _leave(office: Office, who: Staff, batch: Batch) -> None:
    await batches.take(office.tx, batch.id, f"staff:{who.id}", office.now)
    if batch.taken_at is None:
        await manifests.mark_exported(office.tx, batch.id, office.now)


async def drop(office: Office, who: Staff, batch: Batch) -> Refused | None:
    """Throw a batch away that nobody took."""
    if not await _may(office, who, batch.county_id, _place(batch), f"batch:{batch.id} drop"):
        return Refused.NOT_YOURS
    return None if await batches.drop(office.tx, batch.id) else Refused.GONE


async def batch_for(reading: Reading, places: Places, who: Staff, batch_id: str) -> Batch | None:
    """Return a batch of a county that somebody exports for; None for any other."""
    batch = await batches.get(reading, batch_id)
    if batch is None or batch.county_id not in exported_by(places, who):
        return None
    return batch


def exported_by(places: Places, who: Staff) -> Scope:
    """Return the counties that somebody exports for."""
    scope = scope_of(places, who, Action.EXPORT)
    return Scope(tuple(one for one in scope if places.by_id[one].level == "county"))


def _place(batch: Batch) -> str:
    return f"place:{batch.county_id}"


async def _may(office: Office, who: Staff, county_id: str | None, about: str, reason: str) -> bool:
    return await is_granted(office, who, Action.EXPORT, county_id, about, reason=reason)
