"""The roster: people known before they answered, with what is known of them sealed.

An entry belongs to a person without a report, whose key seals it. Whoever reports the number
answers the entry, from whatever chat: the person of the entry is then of no use any more, and
goes away later (`tidy`), so that a report does the same for a number on the roster and another.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from storage import people, personal_codes, phones
from storage.identities import USE as IDENTITY
from storage.identities import find as owner_of
from storage.scope import Scope
from storage.times import to_micros
from storage.transaction import Reading, Transaction
from storage.vault import DataKey

ANSWERS: Final = "roster_entry.answers"
_TIDIED: Final = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody on the roster.

    Args of the constructor, where not plain:
        answers: values by role, as the form would hold them.
        ripe_on: for those below 16, the first day of the month after they turn 16; kept in the
            clear, which is why it is no birthday. None for everybody else.
    """

    id_number: str = field(repr=False)
    phone: str = field(repr=False)
    answers: Mapping[str, str] = field(repr=False)
    township_id: str
    county_id: str
    birth_year: int
    sex: str
    ripe_on: date | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """The entries of a township that nobody has answered; `due` of them are 16 or older."""

    township_id: str
    total: int
    too_young: int
    newly_ripe: int

    @property
    def due(self) -> int:
        """Return how many are to be asked for their first interview."""
        return self.total - self.too_young


async def add(tx: Transaction, entry: Entry, now: datetime) -> tuple[str, bool]:
    """Return the person of an entry and whether it is new; a known number changes nothing."""
    known = await find(tx, entry.id_number) or await owner_of(tx, entry.id_number)
    if known is not None:
        return known, False
    person_id, key = await people.create(tx, now)
    await people.place(
        tx,
        person_id,
        township_id=entry.township_id,
        county_id=entry.county_id,
        birth_year=entry.birth_year,
        sex=entry.sex,
        due=None,
        now=now,
    )
    await tx.one(
        "roster.add",
        key_id=tx.vault.index_key_id,
        digest=tx.vault.digest(IDENTITY, entry.id_number),
        person_id=person_id,
        township_id=entry.township_id,
        ripe_on=entry.ripe_on and entry.ripe_on.isoformat(),
        answers=key.seal(ANSWERS, json.dumps(dict(entry.answers), ensure_ascii=False)),
        added_at=to_micros(now),
    )
    if entry.phone:
        await phones.put(tx, person_id, entry.phone, "roster")
    return person_id, True


async def find(reading: Reading, id_number: str) -> str | None:
    """Return the person of an entry by number; for the roster's own commands, never for a chat."""
    for key_id, digest in reading.vault.digests(IDENTITY, id_number).items():
        row = await reading.one("roster.find", key_id=key_id, digest=digest)
        if row is not None:
            person_id: str = row["answered_by"] or row["person_id"]
            return person_id
    return None


async def prefill(reading: Reading, person_id: str, key: DataKey) -> dict[str, str] | None:
    """Return what is known of a person, by role; None when they are not waited for."""
    row = await reading.one("roster.of_person", person_id=person_id)
    if row is None or row["answers"] is None:
        return None
    known: dict[str, str] = json.loads(key.open(ANSWERS, row["answers"]))
    return known


async def is_waiting(reading: Reading, person_id: str) -> bool:
    """Return whether a person is on the roster and nobody has reported about them."""
    return await reading.one("roster.of_person", person_id=person_id) is not None


async def of_township(
    reading: Reading, township_id: str, today: date
) -> dict[str, dict[str, str]]:
    """Return what is known of those who are to be asked in a township: by person, by role."""
    found: dict[str, dict[str, str]] = {}
    rows = await reading.all(
        "roster.of_township", township_id=township_id, today=today.isoformat()
    )
    for row in rows:
        key = await people.key_of(reading, row["person_id"])
        if key is not None:
            found[row["person_id"]] = json.loads(key.open(ANSWERS, row["answers"]))
    return found


async def code_for(
    tx: Transaction, person_id: str, now: datetime, *, renew: bool = False
) -> str | None:
    """Return a personal code for somebody who is waited for; None when they have one.

    Args:
        renew: make a new one all the same; the older one does not work any more.
    """
    if not await is_waiting(tx, person_id):
        return None
    if not renew and await personal_codes.is_issued(tx, "roster", person_id):
        return None
    return await personal_codes.issue(tx, "roster", person_id, now)


async def settle(tx: Transaction, id_number: str, person_id: str, now: datetime) -> None:
    """Note that a report answers whatever entry has this number or person.

    Nothing that is done here depends on whether there is one.
    """
    at = to_micros(now)
    for key_id, digest in tx.vault.digests(IDENTITY, id_number).items():
        await tx.all("roster.settle", key_id=key_id, digest=digest, person_id=person_id, now=at)
        await tx.all("roster_bulk.come_back", key_id=key_id, digest=digest)
    await tx.all("roster.spend_codes", person_id=person_id, now=at)


async def tidy(tx: Transaction) -> int:
    """Let go of what answered entries held, and of persons that they no longer need."""
    rows = await tx.all("roster.to_tidy", most=_TIDIED)
    for row in rows:
        await tx.one("roster.hand_on", key_id=row["key_id"], digest=row["digest"])
        if row["person_id"] != row["answered_by"]:
            await people.discard(tx, row["person_id"])
    return len(rows)


async def waiting(reading: Reading, today: date) -> list[Waiting]:
    """Return how many are waited for, by township."""
    rows = await reading.all("roster.waiting", today=today.isoformat())
    return [
        Waiting(row["township_id"], row["total"], row["too_young"], row["newly_ripe"])
        for row in rows
    ]


async def waiting_in(reading: Reading, scope: Scope, today: date) -> list[Waiting]:
    """Return how many are waited for in these places, by township."""
    rows = await reading.all(
        "roster_bulk.waiting_in", places=scope.as_json(), today=today.isoformat()
    )
    return [
        Waiting(row["township_id"], row["total"], row["too_young"], row["newly_ripe"])
        for row in rows
    ]
