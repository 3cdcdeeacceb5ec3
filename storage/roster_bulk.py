"""Many people of a roster at once: known numbers looked up, entries added, changed, taken away.

What seals and opens is made for a thread; what writes takes rows that are sealed already. One row
costs a tenth of what `storage.roster.add` takes for one person.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from storage.identities import USE as IDENTITY
from storage.ids import new_id
from storage.phones import USE as PHONE
from storage.roster import ANSWERS, Entry
from storage.scope import Scope
from storage.times import to_micros
from storage.transaction import Reading, Row, Transaction
from storage.vault import DataKey, Vault

BEFORE: Final = "roster_import_row.before"
# What goes with somebody who never began anything; as `people.discard`, for many.
_TRACES: Final = (
    "posts",
    "voices",
    "interviews",
    "links",
    "consents",
    "case_steps",
    "cases",
    "phone_matches",
    "taken_over",
    "preference",
    "pins",
    "departures",
    "codes",
    "all_phones",
    "reminders",
    "key",
    "person",
)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a number.

    Args of the constructor:
        person_id: of the entry, or of whoever reported; "" where only an erasure is known.
        is_reported: somebody answered already. is_withdrawn: the record was erased on wish.
        place_id: the township, or the county where no more is known.
        answers: of the entry, sealed; None without one that waits.
    """

    person_id: str
    is_reported: bool
    is_withdrawn: bool
    place_id: str
    ripe_on: str | None
    import_id: str | None
    wrapped: bytes | None = field(repr=False)
    answers: bytes | None = field(repr=False)

    def opened(self, vault: Vault) -> dict[str, str]:
        """Return what the entry says, by role."""
        if self.wrapped is None or self.answers is None:
            return {}
        text = vault.unseal(self.person_id, self.wrapped, ANSWERS, self.answers)
        values: dict[str, str] = json.loads(text)
        return values


async def known(reading: Reading, id_numbers: Sequence[str]) -> dict[str, Known]:
    """Return what is known of these numbers, under whatever index key; the others are new."""
    found: dict[str, Known] = {}
    digests = [reading.vault.digests(IDENTITY, number) for number in id_numbers]
    for key_id in digests[0] if digests else ():
        joined = b"".join(one[key_id] for one in digests)
        for row in await reading.all("roster_bulk.known", key_id=key_id, digests=joined):
            found[id_numbers[row["place"]]] = _known(row)
    return found


def sealed_entries(
    vault: Vault, entries: Sequence[Entry], import_id: str, now: datetime
) -> list[dict[str, Any]]:
    """Return the rows of new people, each with a key of their own; for a thread."""
    return [_sealed(vault, entry, import_id, now) for entry in entries]


async def add(tx: Transaction, sealed: Sequence[Mapping[str, Any]]) -> None:
    """Put people on the roster of whom nothing was known."""
    await tx.each("roster_bulk.add_person", sealed)
    await tx.each("roster_bulk.add_key", sealed)
    await tx.each("roster_bulk.add_entry", sealed)
    phones = [row["phone"] for row in sealed if row["phone"] is not None]
    if phones:
        await tx.each("roster_bulk.add_phone", phones)


@dataclass(frozen=True, slots=True)
class Change:
    """An entry that gets other values; `before` is what it said, sealed with the person's key."""

    person_id: str
    township_id: str
    county_id: str
    ripe_on: str | None
    answers: bytes = field(repr=False)
    phone: str = field(repr=False)
    import_id: str | None
    before: bytes | None = field(repr=False, default=None)


def changed(vault: Vault, one: Known, values: Mapping[str, str], entry: Entry, by: str) -> Change:
    """Return the change of an entry to these values by an import; for a thread."""
    key = _key(vault, one)
    told = {
        "answers": one.opened(vault),
        "township_id": one.place_id,
        "ripe_on": one.ripe_on,
        "import_id": one.import_id,
    }
    return Change(
        one.person_id,
        entry.township_id,
        entry.county_id,
        entry.ripe_on.isoformat() if entry.ripe_on is not None else None,
        key.seal(ANSWERS, json.dumps(dict(values), ensure_ascii=False)),
        values.get("phone", ""),
        by,
        key.seal(BEFORE, json.dumps(told, ensure_ascii=False)),
    )


def restored(vault: Vault, person_id: str, wrapped: bytes, before: bytes) -> Change:
    """Return the change of an entry back to what it was; for a thread."""
    key = vault.unwrap(person_id, wrapped)
    told = json.loads(key.open(BEFORE, before))
    answers: dict[str, str] = told["answers"]
    return Change(
        person_id,
        told["township_id"],
        answers.get("county", ""),
        told["ripe_on"],
        key.seal(ANSWERS, json.dumps(answers, ensure_ascii=False)),
        answers.get("phone", ""),
        told["import_id"],
    )


async def change(tx: Transaction, changes: Sequence[Change], now: datetime) -> None:
    """Give entries that nobody answered other values."""
    if not changes:
        return
    rows = [
        {
            "id": one.person_id,
            "person_id": one.person_id,
            "township_id": one.township_id,
            "county_id": one.county_id,
            "ripe_on": one.ripe_on,
            "answers": one.answers,
            "import_id": one.import_id,
            "now": to_micros(now),
        }
        for one in changes
    ]
    await tx.each("roster_bulk.change_entry", rows)
    await tx.each("roster_bulk.move_person", rows)
    await tx.each("roster_bulk.drop_phones", rows)
    phones = [_phone(tx.vault, one.person_id, one.phone) for one in changes if one.phone]
    if phones:
        await tx.each("roster_bulk.add_phone", phones)


async def take_away(tx: Transaction, entries: Sequence[tuple[str, bytes, str]]) -> None:
    """Remove entries that nobody answered or began, given by key id, digest and person."""
    if not entries:
        return
    await tx.each(
        "roster_bulk.drop_entry", [{"key_id": key, "digest": d} for key, d, _ in entries]
    )
    rows = [{"person_id": person_id} for _, _, person_id in entries]
    for statement in _TRACES:
        await tx.each(f"roster_bulk.forget_{statement}", rows)


async def settle_reported(tx: Transaction, import_id: str) -> int:
    """Answer the entries of whoever reported while the file was taken."""
    return len(await tx.all("roster_bulk.settle_reported", import_id=import_id))


async def turned_16(
    reading: Reading, scope: Scope, since: date, until: date
) -> list[tuple[str, str, dict[str, str]]]:
    """Return who can be asked since a month in this span: person, township, what is known."""
    rows = await reading.all(
        "roster_bulk.turned_16",
        places=scope.as_json(),
        since=since.isoformat(),
        until=until.isoformat(),
    )
    unseal = reading.vault.unseal
    return [
        (
            row["person_id"],
            row["township_id"],
            json.loads(unseal(row["person_id"], row["wrapped"], ANSWERS, row["answers"])),
        )
        for row in rows
    ]


def _known(row: Row) -> Known:
    owner = row["owner_id"] or row["answered_by"]
    return Known(
        person_id=owner or row["person_id"] or "",
        is_reported=owner is not None,
        is_withdrawn=row["withdrawn_at"] is not None,
        place_id=row["owner_township"] or row["owner_county"] or row["township_id"] or "",
        ripe_on=row["ripe_on"],
        import_id=row["import_id"],
        wrapped=row["wrapped"],
        answers=None if owner is not None else row["answers"],
    )


def _key(vault: Vault, one: Known) -> DataKey:
    if one.wrapped is None:
        raise LookupError(one.person_id)
    return vault.unwrap(one.person_id, one.wrapped)


def _sealed(vault: Vault, entry: Entry, import_id: str, now: datetime) -> dict[str, Any]:
    person_id = new_id(now)
    key, wrapped = vault.new_key(person_id)
    return {
        "id": person_id,
        "person_id": person_id,
        "wrapped": wrapped,
        "township_id": entry.township_id,
        "county_id": entry.county_id,
        "birth_year": entry.birth_year,
        "sex": entry.sex,
        "now": to_micros(now),
        "added_at": to_micros(now),
        "key_id": vault.index_key_id,
        "digest": vault.digest(IDENTITY, entry.id_number),
        "ripe_on": entry.ripe_on and entry.ripe_on.isoformat(),
        "answers": key.seal(ANSWERS, json.dumps(dict(entry.answers), ensure_ascii=False)),
        "import_id": import_id,
        "phone": _phone(vault, person_id, entry.phone) if entry.phone else None,
    }


def _phone(vault: Vault, person_id: str, phone: str) -> dict[str, Any]:
    return {
        "key_id": vault.index_key_id,
        "digest": vault.digest(PHONE, phone),
        "person_id": person_id,
    }
