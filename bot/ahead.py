"""A night's round: plans what nobody planned yet, and tells stations of special groups."""

import logging
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from bot.planning import PROVINCE, Planner, planner
from bot.world import World
from conversations.reminders import due_at
from storage import planning, preferences, special
from storage.database import Database

_LEFT_FOR: Final = timedelta(days=2)
# Whoever left an interview longer ago is not asked about it any more.
_LEFT_AT_MOST: Final = timedelta(days=30)
_NUDGE_LASTS: Final = timedelta(days=14)
_NEXT_YEAR: Final = timedelta(days=31)
_BATCH: Final = 500
_log = logging.getLogger(__name__)


async def plan_ahead(database: Database, world: World, now: datetime) -> Counter[str]:
    """Plan on from where planning was; return how much of each kind was made.

    Nothing is made when somebody else plans just now, and nothing twice.
    """
    counts: Counter[str] = Counter()
    async with planner(database, world, now) as ours:
        if ours is None:
            return counts
        counts["waves"] = await _begun(ours)
        counts["yearly"] = await _yearly(ours)
        async with database.transaction() as tx:
            counts["waves over"] = await planning.end_waves(tx)
        counts["turned_16"] = await open_turned(database, world, now)
        counts["unfinished"] = await nudge_unfinished(database, world, now)
    _log.info("planned ahead", extra=dict(counts))
    return counts


async def plan_begun(database: Database, world: World, now: datetime) -> int:
    """Plan the waves that were begun on the console, from where planning was; return how many."""
    async with database.reading() as reading:
        if not await planning.waves_to_plan(reading):
            return 0
    async with planner(database, world, now) as ours:
        return 0 if ours is None else await _begun(ours)


async def _begun(ours: Planner) -> int:
    async with ours.database.reading() as reading:
        waves = await planning.waves_to_plan(reading)
    return sum([await ours.wave(wave) for wave in waves])


async def _yearly(ours: Planner) -> int:
    """Plan this year's cycle, and from December on the next one as well."""
    today = ours.now.astimezone(ours.world.zone).date()
    cycles = sorted({today.year, (today + _NEXT_YEAR).year})
    return sum([await ours.anniversaries(PROVINCE, cycle) for cycle in cycles])


async def open_turned(database: Database, world: World, now: datetime) -> int:
    """Put those of the roster who turn 16 this month, or did last month, on the stations' lists.

    Each of them once; a case need not be looked at before the birthday.
    """
    today = now.astimezone(world.zone).date()
    from_on = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    until_on = (today.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    opened, after = 0, ""
    while True:
        async with database.transaction() as tx:
            found = await special.turning(tx, after, _BATCH, from_on, until_on)
            for one in found:
                look_at = _midnight(one.on, world)
                await special.open_turned(tx, one, cycle=today.year, look_at=look_at, now=now)
        opened += len(found)
        if len(found) < _BATCH:
            return opened
        after = found[-1].person_id


async def nudge_unfinished(database: Database, world: World, now: datetime) -> int:
    """Plan one prompt for each open interview that was left two days ago or longer."""
    today = now.astimezone(world.zone).date()
    made, after = 0, ""
    while True:
        async with database.transaction() as tx:
            found = await special.unfinished(
                tx, after, _BATCH, before=now - _LEFT_FOR, since=now - _LEFT_AT_MOST
            )
            for one in found:
                preference = await preferences.get(tx, one.person_id)
                tomorrow = today + timedelta(days=1)
                at = due_at(tomorrow, one.person_id, world.hours, world.zone, preference)
                made += await special.nudge(
                    tx, one, cycle=today.year, due_at=at, not_after=at + _NUDGE_LASTS
                )
        if len(found) < _BATCH:
            return made
        after = found[-1].interview_id


def _midnight(day: date, world: World) -> datetime:
    return datetime.combine(day, time(), world.zone).astimezone(UTC)
