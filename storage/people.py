"""Persons: whom records are about, and the key without which their records are noise."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from conversations.sending import GONE
from storage import audits, departures, talks
from storage.ids import new_id
from storage.scope import Scope
from storage.times import from_micros, to_micros
from storage.transaction import Reading, Row, Transaction
from storage.vault import DataKey

State = Literal["active", "out_of_range", "erased"]
# In this order: what points at a row goes before it.
_ERASES: Final = (
    "drop_posts",
    "drop_voices",
    "close_chats",
    "drop_interviews",
    "drop_standing",
    "drop_projection",
    "drop_queries",
    "drop_batches",
    "empty_files",
    "blank_batch_rows",
    "drop_batch_held",
    "drop_reports",
    "drop_identities",
    "drop_codes",
    "drop_links",
    "drop_cases",
    "drop_case_steps",
    "drop_station_cases",
    "drop_roster",
    "drop_import_rows",
    "drop_personal_codes",
    "drop_phones",
    "drop_phone_matches",
    "drop_taken_over",
    "drop_preference",
    "drop_pins",
    "drop_departures",
    "drop_key",
)


@dataclass(frozen=True, slots=True)
class Due:
    """When a person is next asked: the day, and the slot in the window (both computed once)."""

    on: date
    slot: int


@dataclass(frozen=True, slots=True)
class Person:
    """What stands in the clear about a person."""

    id: str
    state: State
    exit_reason: str | None
    township_id: str | None
    county_id: str | None
    birth_year: int | None
    sex: str | None
    due: Due | None
    created_at: datetime


async def create(tx: Transaction, now: datetime) -> tuple[str, DataKey]:
    """Make a person with a key of their own; return their id and that key."""
    person_id = new_id(now)
    key, wrapped = tx.vault.new_key(person_id)
    await tx.one("people.add", id=person_id, now=to_micros(now))
    await tx.one("people.add_key", person_id=person_id, wrapped=wrapped)
    return person_id, key


async def key_of(reading: Reading, person_id: str) -> DataKey | None:
    """Return a person's key; None when they were erased.

    Raises:
        SealError: no key of the key file wrapped it.
    """
    row = await reading.one("people.key", person_id=person_id)
    return None if row is None else reading.vault.unwrap(person_id, row["wrapped"])


async def get(reading: Reading, person_id: str) -> Person | None:
    """Return a person by id."""
    row = await reading.one("people.get", id=person_id)
    return None if row is None else _person(row)


async def named(reading: Reading, scope: Scope, tag: str) -> list[Person]:
    """Return the people of a scope whose ids end so, as a button names them."""
    rows = await reading.all("people.in_scope", places=scope.as_json(), tag=tag)
    return [person for person in map(_person, rows) if person.id.endswith(tag)]


async def hold(tx: Transaction, person_id: str) -> None:
    """Let reports about one person come one after the other, until the transaction ends."""
    await tx.one("people.hold", id=person_id)


async def of_chat(reading: Reading, chat_id: str) -> list[Person]:
    """Return the persons that a chat speaks for, in the order they were first reported."""
    return [_person(row) for row in await reading.all("people.of_chat", chat_id=chat_id)]


async def place(
    tx: Transaction,
    person_id: str,
    *,
    township_id: str | None,
    county_id: str | None,
    birth_year: int | None,
    sex: str | None,
    due: Due | None,
    now: datetime,
) -> None:
    """Keep what stations filter by, and the day of the next update."""
    await tx.one(
        "people.place",
        id=person_id,
        township_id=township_id,
        county_id=county_id,
        birth_year=birth_year,
        sex=sex,
        due_on=None if due is None else due.on.isoformat(),
        due_slot=None if due is None else due.slot,
        now=to_micros(now),
    )


async def leave_range(
    tx: Transaction, person_id: str, reason: str, on: str, now: datetime, *, by: str = ""
) -> bool:
    """Note that somebody with a record left the range; the record is kept.

    Args:
        on: day, month or year in ISO form, as exactly as it is known; "" for not at all.
        by: code of the informant's relation, `staff` for a station, "" for not known.

    Returns:
        False when they had left before.
    """
    row = await tx.one(
        "people.leave_range", id=person_id, exit_reason=reason, exit_on=on, now=to_micros(now)
    )
    if row is None:
        return False
    await departures.add(tx, person_id, reason=reason, left_on=on, told_by=by, now=now)
    await tx.one("people.keep_from_export", person_id=person_id, now=to_micros(now))
    await tx.all("people.clear_reminders", person_id=person_id, reason="out_of_range")
    return True


async def discard(tx: Transaction, person_id: str) -> None:
    """Remove somebody who never reported (out of range, stopped): no trace, key included.

    Of somebody on the roster only what they did goes; that they are known came from elsewhere.
    """
    await talks.forget_person(tx, person_id, None)
    await tx.all("people.clear_reminders", person_id=person_id, reason=GONE)
    for statement in (
        "drop_posts",
        "drop_voices",
        "close_chats",
        "drop_interviews",
        "drop_links",
        "drop_consents",
        "drop_case_steps",
        "drop_station_cases",
        "drop_phone_matches",
        "drop_taken_over",
        "drop_preference",
        "drop_pins",
        "drop_departures",
    ):
        await tx.all(f"people.{statement}", person_id=person_id)
    if await tx.one("roster.holds", person_id=person_id) is None:
        for statement in ("drop_personal_codes", "drop_phones", "drop_reminders", "drop_key"):
            await tx.all(f"people.{statement}", person_id=person_id)
        await tx.one("people.remove", id=person_id)


async def erase(tx: Transaction, person_id: str, actor: str, now: datetime) -> None:
    """Destroy a person's key and every row that held their words.

    An erased marker, the consents with their withdrawal and an audit entry stay; of exports the
    line of the manifest without whose it was, while files that still hold it are emptied. Call
    `Database.scrub` after the commit, so that the destroyed key leaves the files too.
    """
    doubles = await tx.all("people.roster_doubles", person_id=person_id)
    await tx.all("roster_bulk.withdraw", person_id=person_id, now=to_micros(now))
    await tx.all("people.withdraw_consents", person_id=person_id, now=to_micros(now))
    await tx.all("people.clear_reminders", person_id=person_id, reason="erased")
    await tx.all("people.count_no_more", person_id=person_id, now=to_micros(now))
    await talks.forget_person(tx, person_id, now)
    for statement in _ERASES:
        await tx.all(f"people.{statement}", person_id=person_id)
    await tx.one("people.blank", id=person_id, now=to_micros(now))
    for row in doubles:
        await discard(tx, row["person_id"])
    await audits.write(tx, actor=actor, action="erase", scope=f"person:{person_id}", now=now)


def _person(row: Row) -> Person:
    """Return the person of a row."""
    due = None
    if row["due_on"] is not None:
        due = Due(date.fromisoformat(row["due_on"]), row["due_slot"])
    return Person(
        id=row["id"],
        state=row["state"],
        exit_reason=row["exit_reason"],
        township_id=row["township_id"],
        county_id=row["county_id"],
        birth_year=row["birth_year"],
        sex=row["sex"],
        due=due,
        created_at=from_micros(row["created_at"]),
    )
