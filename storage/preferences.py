"""Preferences: on which weekday, at which hour and from which day on somebody is reminded."""

from datetime import date

from conversations.reminders import ANY_TIME, Preference
from storage.transaction import Reading, Transaction


async def get(reading: Reading, person_id: str) -> Preference:
    """Return what a person chose; any time where they chose nothing."""
    row = await reading.one("preferences.get", person_id=person_id)
    if row is None:
        return ANY_TIME
    paused = row["paused_until"]
    return Preference(row["weekday"], row["hour"], date.fromisoformat(paused) if paused else None)


async def set_time(tx: Transaction, person_id: str, weekday: int | None, hour: int | None) -> None:
    """Keep the weekday (0 is Monday) and the hour that a person chose; None for any."""
    await tx.one("preferences.set_time", person_id=person_id, weekday=weekday, hour=hour)


async def pause(tx: Transaction, person_id: str, until: date | None) -> None:
    """Keep from which day on reminders may come: NEVER for none at all, None for at once."""
    day = None if until is None else until.isoformat()
    await tx.one("preferences.pause", person_id=person_id, paused_until=day)
