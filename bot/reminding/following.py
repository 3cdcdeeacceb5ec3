"""What follows a prompt that ended: the next step of its ladder, or the station's call list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from bot.world import World
from conversations.ladder import Rung
from conversations.reminders import LASTS, due_at
from conversations.sending import BLOCKED, NO_CHANNEL, Then
from storage import cases, reminders
from storage.prompting import Known
from storage.reminder_rows import Reminder
from storage.transaction import Transaction

LADDER_KIND: Final = "yearly"


@dataclass(frozen=True, slots=True)
class Due:
    """A claimed row with what is known at this moment."""

    reminder: Reminder
    known: Known


def rung_of(world: World, reminder: Reminder) -> Rung | None:
    """Return the step of the ladder that a row is, None for what has no ladder."""
    if reminder.kind != LADDER_KIND:
        return None
    return world.ladders.named(reminder.ladder).rung(reminder.step)


async def follow(
    tx: Transaction,
    world: World,
    due: Due,
    then: Then,
    now: datetime,
    *,
    reason: str = "",
) -> None:
    """Do what follows.

    Args:
        reason: why the prompt ended, which says of which kind the call is.
    """
    reminder, known = due.reminder, due.known
    if then == "call":
        await cases.call_for(
            tx,
            kind=_kind(reason),
            person_id=reminder.person_id,
            township_id=known.place_id,
            chat_id=known.chat_id,
            reminder_id=reminder.id,
            cycle=reminder.cycle,
            priority=0,
            now=now,
        )
    elif then == "next":
        await reminders.plan_next(tx, [(reminder, now, now + LASTS)])


async def climb(tx: Transaction, world: World, sent: Iterable[Due], now: datetime) -> None:
    """Plan the steps after those that went out, as many days later as the ladder says."""
    nexts = []
    for due in sent:
        rung = rung_of(world, due.reminder)
        if rung is not None:
            on = now.astimezone(world.zone).date() + rung.wait
            wish = due.known.facts.preference
            at = due_at(on, due.reminder.person_id, world.hours, world.zone, wish)
            nexts.append((due.reminder, at, at + LASTS))
    await reminders.plan_next(tx, nexts)


def _kind(reason: str) -> Literal["silent", "unreachable"]:
    return "unreachable" if reason in (BLOCKED, NO_CHANNEL) else "silent"
