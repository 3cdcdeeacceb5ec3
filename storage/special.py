"""Groups that a night's round looks after: who turns 16, who never reported, who left half way."""

from dataclasses import dataclass
from datetime import date, datetime

from storage.ids import new_id
from storage.times import to_micros
from storage.transaction import Reading, Transaction


@dataclass(frozen=True, slots=True)
class Turning:
    """Somebody on the roster of a township, and the day on which they turn 16."""

    person_id: str
    township_id: str
    on: date


@dataclass(frozen=True, slots=True)
class Unfinished:
    """An open interview that was left; `number` is its number in the chat."""

    interview_id: str
    number: int
    person_id: str
    chat_id: str


async def turning(
    reading: Reading, after: str, most: int, from_on: date, until_on: date
) -> list[Turning]:
    """Return who turns 16 in these days and was never on a station's list for it, by id."""
    rows = await reading.all(
        "special.turning",
        after=after,
        most=most,
        from_on=from_on.isoformat(),
        until_on=until_on.isoformat(),
    )
    return [
        Turning(row["person_id"], row["township_id"], date.fromisoformat(row["ripe_on"]))
        for row in rows
    ]


async def open_turned(
    tx: Transaction, one: Turning, *, cycle: int, look_at: datetime, now: datetime
) -> None:
    """Put somebody who turns 16 on the list of their station.

    Args:
        look_at: the beginning of their birthday; nobody need look before.
    """
    await tx.the(
        "special.open_turned",
        id=new_id(now),
        township_id=one.township_id,
        person_id=one.person_id,
        cycle=cycle,
        look_at=to_micros(look_at),
        created_at=to_micros(now),
    )


async def never_confirmed(
    reading: Reading, township_id: str, after: str, today: date, most: int
) -> list[str]:
    """Return the next ones of a township's roster, old enough, who never reported, by id."""
    rows = await reading.all(
        "special.never_confirmed",
        township_id=township_id,
        after=after,
        today=today.isoformat(),
        most=most,
    )
    return [row["person_id"] for row in rows]


async def count_never_confirmed(reading: Reading, township_id: str, today: date) -> int:
    """Return how many of them there are."""
    row = await reading.the(
        "special.count_never_confirmed", township_id=township_id, today=today.isoformat()
    )
    people: int = row["people"]
    return people


async def unfinished(
    reading: Reading, after: str, most: int, *, before: datetime, since: datetime
) -> list[Unfinished]:
    """Return open interviews last touched in this time for which no prompt was ever planned."""
    rows = await reading.all(
        "special.unfinished",
        after=after,
        most=most,
        before=to_micros(before),
        since=to_micros(since),
    )
    return [Unfinished(row["id"], row["number"], row["person_id"], row["chat_id"]) for row in rows]


async def nudge(
    tx: Transaction, one: Unfinished, *, cycle: int, due_at: datetime, not_after: datetime
) -> bool:
    """Plan the one prompt of an unfinished interview; False when there is one."""
    row = await tx.one(
        "special.nudge",
        id=f"unfinished:{one.person_id}:{cycle}:{one.number}",
        person_id=one.person_id,
        chat_id=one.chat_id,
        cycle=cycle,
        step=one.number,
        due_at=to_micros(due_at),
        not_after=to_micros(not_after),
    )
    return row is not None
