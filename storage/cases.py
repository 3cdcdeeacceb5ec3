"""Cases: what a station has to look at, each about a person, a chat or both.

Kinds are words of whoever opens them: `human` (somebody asks for a human being), `voice` (a voice
note waits to be typed in), `many_people`, `not_me`, `silent` (all prompts of the ladder went by),
`unreachable` (no prompt could reach the person), `returned` (a report was returned with a question
that no chat could be told), `rejected` (the platform refused the row). Words about somebody stand in `detail`, sealed
with that person's key.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from conversations.cases import Weight
from storage.ids import new_id
from storage.times import from_micros, maybe_from_micros, to_micros
from storage.transaction import Reading, Row, Transaction


@dataclass(frozen=True, slots=True)
class Case:
    """One entry of a station's list; `township_id` is None where the station is not known.

    Args of the constructor, where not plain:
        priority: higher ones come first.
        look_at: not to be looked at before then, None for at once.
        taken_by: id of the account that works on it, since `taken_at`.
        reminder_id: the row of the ledger that led to it.
        cycle: the cycle of the update that is missing.
    """

    id: str
    kind: str
    township_id: str | None
    person_id: str | None
    chat_id: str | None
    created_at: datetime
    closed_at: datetime | None
    closed_by: str | None
    outcome: str | None
    priority: int = 0
    look_at: datetime | None = None
    taken_by: str | None = None
    reminder_id: str | None = None
    cycle: int | None = None
    taken_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A case with what its place on the list depends on.

    Args of the constructor, where not plain:
        is_confirmed: there is a report about the person.
        tries: how often anything was tried; `wrong_numbers` of them ended at somebody else.
    """

    case: Case
    birth_year: int | None
    wants_job: bool
    is_confirmed: bool
    tries: int
    wrong_numbers: int

    @property
    def weight(self) -> Weight:
        """Return what the place on the list depends on."""
        case = self.case
        return Weight(case.kind, case.priority, self.wants_job, self.is_confirmed, case.created_at)


async def open(
    tx: Transaction,
    *,
    kind: str,
    township_id: str | None,
    person_id: str | None = None,
    chat_id: str | None = None,
    now: datetime,
) -> str:
    """Put a case on a station's list and return its id."""
    row = await tx.the(
        "cases.open",
        id=new_id(now),
        kind=kind,
        township_id=township_id,
        person_id=person_id,
        chat_id=chat_id,
        created_at=to_micros(now),
    )
    case_id: str = row["id"]
    return case_id


async def open_once(
    tx: Transaction, *, kind: str, township_id: str | None, chat_id: str, now: datetime
) -> bool:
    """Open a case about a chat unless one of this kind is open; return whether it was opened."""
    if await tx.one("cases.open_of_chat", kind=kind, chat_id=chat_id) is not None:
        return False
    await open(tx, kind=kind, township_id=township_id, chat_id=chat_id, now=now)
    return True


async def open_about(reading: Reading, kind: str, person_id: str) -> str | None:
    """Return the id of a person's open case of a kind, if there is one."""
    row = await reading.one("cases.open_about", kind=kind, person_id=person_id)
    return None if row is None else row["id"]


async def call_for(
    tx: Transaction,
    *,
    kind: str,
    person_id: str,
    township_id: str | None,
    chat_id: str | None,
    reminder_id: str,
    cycle: int,
    priority: int,
    now: datetime,
) -> bool:
    """Put somebody on the call list of their station, once a cycle, whatever led to it.

    Returns:
        False when they are on it, or were in this cycle.
    """
    row = await tx.one(
        "cases.call_for",
        id=new_id(now),
        kind=kind,
        township_id=township_id,
        person_id=person_id,
        chat_id=chat_id,
        reminder_id=reminder_id,
        cycle=cycle,
        priority=priority,
        created_at=to_micros(now),
    )
    return row is not None


async def close(
    tx: Transaction, case_id: str, *, by: str, outcome: str = "done", now: datetime
) -> bool:
    """Take a case off the list; False when it was closed before.

    Args:
        by: who did it, as in the audit: `system`, `staff:ID`.
        outcome: one word.
    """
    row = await tx.one(
        "cases.close", id=case_id, closed_at=to_micros(now), closed_by=by, outcome=outcome
    )
    return row is not None


async def close_calls(
    tx: Transaction, person_id: str, *, by: str, now: datetime, outcome: str = "reported"
) -> None:
    """Take a person off the call list: a report came in, or they left the range."""
    await tx.all(
        "cases.close_calls",
        person_id=person_id,
        closed_at=to_micros(now),
        closed_by=by,
        outcome=outcome,
    )


async def follow(tx: Transaction, person_id: str, place_id: str | None) -> None:
    """Let the station of where a person lives now have what is open about them."""
    if place_id is not None:
        await tx.all("cases.follow", person_id=person_id, place_id=place_id)


async def take(
    tx: Transaction, case_id: str, staff_id: str, held: timedelta, now: datetime
) -> bool:
    """Let an account work on a case; False while another one does.

    Args:
        held: for how long a case is kept for whoever took it.
    """
    row = await tx.one(
        "cases.take",
        id=case_id,
        taken_by=staff_id,
        now=to_micros(now),
        before=to_micros(now - held),
    )
    return row is not None


async def release(tx: Transaction, case_id: str, staff_id: str) -> None:
    """Let others have a case that this account took."""
    await tx.all("cases.release", id=case_id, taken_by=staff_id)


async def look_later(tx: Transaction, case_id: str, *, at: datetime | None, outcome: str) -> bool:
    """Leave a case on the list, to be looked at from then on; nobody works on it any more.

    Args:
        at: None for at once.
    """
    look_at = to_micros(at) if at else 0
    return (
        await tx.one("cases.look_later", id=case_id, look_at=look_at, outcome=outcome) is not None
    )


async def get(reading: Reading, case_id: str) -> Case | None:
    """Return a case by its id."""
    row = await reading.one("cases.get", id=case_id)
    return None if row is None else _case(row)


async def of_station(reading: Reading, township_id: str) -> list[Case]:
    """Return the open cases of a station, oldest first."""
    return [_case(row) for row in await reading.all("cases.of_station", township_id=township_id)]


async def of_places(reading: Reading, places: Iterable[str]) -> list[Case]:
    """Return the open cases of these places, oldest first."""
    rows = await reading.all("cases.of_places", places=json.dumps(list(places)))
    return [_case(row) for row in rows]


async def listed(reading: Reading, places: Iterable[str]) -> list[Listed]:
    """Return the open cases of these places with what their order depends on, oldest first."""
    return [
        Listed(
            _case(row),
            row["birth_year"],
            row["job_intent"] not in (None, "", "0"),
            row["confirmed_cycle"] is not None,
            row["tries"],
            row["wrong_numbers"],
        )
        for row in await reading.all("cases.listed", places=json.dumps(list(places)))
    ]


async def purge(tx: Transaction, before: datetime) -> None:
    """Forget the cases that were closed before then."""
    await tx.all("cases.purge_steps", before=to_micros(before))
    await tx.all("cases.purge", before=to_micros(before))


def _case(row: Row) -> Case:
    """Return the case of a row."""
    return Case(
        id=row["id"],
        kind=row["kind"],
        township_id=row["township_id"],
        person_id=row["person_id"],
        chat_id=row["chat_id"],
        created_at=from_micros(row["created_at"]),
        closed_at=maybe_from_micros(row["closed_at"]),
        closed_by=row["closed_by"],
        outcome=row["outcome"],
        priority=row["priority"],
        look_at=maybe_from_micros(row["look_at"] or None),
        taken_by=row["taken_by"],
        reminder_id=row["reminder_id"],
        cycle=row["cycle"],
        taken_at=maybe_from_micros(row["taken_at"] or None),
    )
