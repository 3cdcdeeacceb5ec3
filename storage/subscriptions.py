"""Who is sent the bulletin of which place, on which day of the week, from which hour on."""

from dataclasses import dataclass
from datetime import date, datetime

from storage.chats import ADDRESS
from storage.times import to_micros
from storage.transaction import Reading, Row, Transaction


@dataclass(frozen=True, slots=True)
class Subscription:
    """What somebody of the staff wishes; weekday 0 is Monday, `sent_on` their last day."""

    staff_id: str
    scope_id: str
    weekday: int
    hour: int
    sent_on: str | None = None


async def of_staff(reading: Reading, staff_id: str) -> list[Subscription]:
    """Return what an account is sent."""
    rows = await reading.all("subscriptions.of_staff", staff_id=staff_id)
    return [_subscription(row) for row in rows]


async def put(tx: Transaction, wished: Subscription, now: datetime) -> None:
    """Keep what somebody wishes, in the place of what they wished for this place before."""
    await tx.one(
        "subscriptions.put",
        staff_id=wished.staff_id,
        scope_id=wished.scope_id,
        weekday=wished.weekday,
        hour=wished.hour,
        now=to_micros(now),
    )


async def drop(tx: Transaction, staff_id: str, scope_id: str) -> None:
    """Send an account no more of a place."""
    await tx.all("subscriptions.drop", staff_id=staff_id, scope_id=scope_id)


async def due(reading: Reading, local: datetime) -> list[Subscription]:
    """Return what is to be sent at this local time, by place.

    Args:
        local: the time of the stations.
    """
    rows = await reading.all(
        "subscriptions.due",
        weekday=local.weekday(),
        hour=local.hour,
        today=local.date().isoformat(),
    )
    return [_subscription(row) for row in rows]


async def take(tx: Transaction, one: Subscription, today: date) -> bool:
    """Note before sending that a bulletin is sent; False when somebody else did."""
    row = await tx.one(
        "subscriptions.take",
        staff_id=one.staff_id,
        scope_id=one.scope_id,
        today=today.isoformat(),
    )
    return row is not None


async def give_back(tx: Transaction, one: Subscription) -> None:
    """Let a bulletin be sent later today after all: certainly nothing of it was sent."""
    await tx.one(
        "subscriptions.give_back",
        staff_id=one.staff_id,
        scope_id=one.scope_id,
        sent_on=one.sent_on,
    )


async def chats_of(reading: Reading, staff_id: str) -> list[str]:
    """Return the addresses of an account's Telegram chats that take messages."""
    rows = await reading.all("subscriptions.chats", staff_id=staff_id)
    return [reading.system.open(ADDRESS, row["address"]) for row in rows]


def _subscription(row: Row) -> Subscription:
    return Subscription(
        row["staff_id"], row["scope_id"], row["weekday"], row["hour"], row["sent_on"]
    )
