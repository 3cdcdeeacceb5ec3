"""Plans yearly updates for counties, in ranges: killed at any point, it goes on where it was.

A lease keeps two planners apart. Each range is a transaction of its own, short enough that people
who talk to the bot meanwhile do not notice.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

from bot.leasing import leased, piece
from bot.places import Places
from bot.world import World
from conversations.hours import Span as HoursSpan
from conversations.reminders import ANY_TIME, LASTS, due_at, slot
from conversations.waves import Opening, Openings, Span, opening_of, place, wave_days, year_days
from storage import planning
from storage.database import Database
from storage.leases import Lease
from storage.planning import Range, YearlyWave
from storage.transaction import Transaction

LEASE: Final = timedelta(seconds=30)
# On SQLite everybody who writes waits for a range, on PostgreSQL the chats that are in it.
_MOST: Final = {"sqlite": 2_000, "postgres": 5_000}
# The scope of waves of the whole province.
PROVINCE: Final = "province"
# Ranges that are planned side by side.
_AT_ONCE: Final = {"sqlite": 1, "postgres": 2}

Work = Callable[[Transaction, Range], Awaitable[int]]
# Is told after each range how many people it had, and for how many of them was planned.
Told = Callable[[int, int], None]
_log = logging.getLogger(__name__)


class _Stopped(Exception):
    """Somebody stopped or paused the wave that is being planned."""


def openings(world: World) -> Openings:
    """Return what tells when the stations of this world are open."""
    return opening_of(world.hours, world.zone)


def width(world: World) -> int:
    """Return how many slots there are (`conversations.reminders.slot`)."""
    return HoursSpan(world.hours.opens, world.hours.closes).seconds


def counties_of(places: Places, scope_id: str) -> list[str]:
    """Return the counties of a county, city or the PROVINCE, in the order of planning.

    A place that is not there any more has none.
    """
    return sorted(
        one.id
        for one in places.by_id.values()
        if one.level == "county"
        and scope_id in (PROVINCE, one.id, *(above.id for above in places.above(one)))
    )


def _units(places: Places, scope_id: str) -> list[str]:
    return [planning.EVERYBODY] if scope_id == PROVINCE else counties_of(places, scope_id)


@dataclass(frozen=True, slots=True)
class Planner:
    """Plans while it holds the lease.

    Args of the constructor, where not plain:
        most: people in a range.
        told: is called after each range.
    """

    database: Database
    world: World
    now: datetime
    lease: Lease
    span: timedelta
    most: int
    told: Told = field(default=lambda _people, _planned: None)

    async def anniversaries(self, scope_id: str, cycle: int) -> int:
        """Plan for everybody whose day is in a cycle; return how many had no row yet.

        Raises:
            WorkLost: another planner took over; what was planned stays.
        """
        today = self.now.astimezone(self.world.zone).date()
        days = dict(year_days(cycle, today, openings(self.world)))
        work = partial(self._anniversaries, cycle=cycle, days=days)
        at_once = _AT_ONCE[self.database.engine_name]
        units = _units(self.world.places, scope_id)
        return sum([await self._ranges(unit, "", work, at_once) for unit in units])

    async def wave(self, wave: YearlyWave) -> int:
        """Plan a wave on from where it was; return how many came into it now.

        Raises:
            WorkLost: another planner took over; what was planned stays.
        """
        days = wave_days(wave.span, openings(self.world))
        if not days:
            _log.warning("a wave has no open day any more", extra={"wave": wave.id})
            return 0
        reached, _, after = wave.planned_after.partition("/")
        planned = 0
        work = partial(self._places, wave=wave, days=days)
        try:
            for unit in _units(self.world.places, wave.scope_id):
                if unit >= reached:
                    planned += await self._ranges(unit, after if unit == reached else "", work)
        except _Stopped:
            return planned
        async with self.database.transaction() as tx:
            await planning.end_planning(tx, wave.id)
        return planned

    async def _ranges(self, unit: str, after: str, work: Work, at_once: int = 1) -> int:
        """Plan a county or everybody range by range, so many of them side by side."""
        planned, turn = 0, asyncio.Lock()

        async def one_after_another() -> None:
            nonlocal planned, after
            while True:
                async with turn:
                    wanted = await self._next(unit, after)
                    if wanted is None:
                        return
                    after = wanted.until
                async with self.database.transaction() as tx:
                    made = await work(tx, wanted)
                planned += made
                self.told(wanted.people, made)

        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(at_once):
                    group.create_task(one_after_another())
        except BaseExceptionGroup as errors:
            raise errors.exceptions[0] from None
        return planned

    async def _next(self, unit: str, after: str) -> Range | None:
        """Hold on to the lease and return the next range.

        Not in the transaction that plans: whoever planned a range twice would find it done.
        """
        async with piece(self.database, self.lease, self.span) as tx:
            return await planning.next_range(tx, unit, after, self.most)

    async def _anniversaries(
        self, tx: Transaction, wanted: Range, *, cycle: int, days: dict[str, Opening]
    ) -> int:
        hours, zone = self.world.hours, self.world.zone
        chosen = {
            one.person_id: due_at(
                days[one.due_on.isoformat()[5:]].on, one.person_id, hours, zone, one.preference
            )
            for one in await planning.choosers(tx, wanted, cycle)
            if one.due_on is not None
        }
        return await planning.plan_anniversaries(
            tx,
            wanted,
            cycle=cycle,
            days=days,
            chosen=chosen,
            ladder=self.world.ladders.current.version,
        )

    async def _places(
        self, tx: Transaction, wanted: Range, *, wave: YearlyWave, days: tuple[Opening, ...]
    ) -> int:
        if not await planning.advance(tx, wave.id, f"{wanted.county_id}/{wanted.until}"):
            raise _Stopped
        hours, zone, slots = self.world.hours, self.world.zone, width(self.world)
        chosen = {}
        for one in await planning.choosers(tx, wanted, wave.cycle):
            placed = place(days, slot(one.person_id, hours), slots)
            chosen[one.person_id] = placed.due_at
            if one.preference != ANY_TIME:
                on = placed.day.on
                chosen[one.person_id] = due_at(on, one.person_id, hours, zone, one.preference)
        planned = await planning.plan_places(
            tx,
            wanted,
            wave,
            days=days,
            width=slots,
            chosen=chosen,
            ladder=self.world.ladders.current.version,
        )
        await planning.add_planned(tx, wave.id, planned)
        return planned

    async def taken_up(self, scope_id: str, cycle: int, span: Span) -> YearlyWave | None:
        """Return the wave of these very days whose planning was interrupted, None for none."""
        async with self.database.reading() as reading:
            for wave in await planning.waves_to_plan(reading):
                if (wave.scope_id, wave.cycle, wave.span) == (scope_id, cycle, span):
                    return wave
        return None

    async def begin(self, scope_id: str, cycle: int, span: Span, by: str) -> YearlyWave:
        """Keep a wave of a place that is then to be planned."""
        async with self.database.transaction() as tx:
            return await begin(tx, self.world, scope_id, cycle, span, by=by, now=self.now)


async def begin(
    tx: Transaction,
    world: World,
    scope_id: str,
    cycle: int,
    span: Span,
    *,
    by: str,
    now: datetime,
) -> YearlyWave:
    """Keep a wave of a place that is then to be planned (bot/ahead.py does)."""
    closes = datetime.combine(span.last_on, world.hours.closes, world.zone)
    return await planning.begin_wave(
        tx,
        scope_id=scope_id,
        cycle=cycle,
        span=span,
        until=closes.astimezone(UTC) + LASTS,
        by=by,
        now=now,
    )


@asynccontextmanager
async def planner(
    database: Database,
    world: World,
    now: datetime,
    *,
    told: Told = lambda _people, _planned: None,
    span: timedelta = LEASE,
    most: int | None = None,
) -> AsyncIterator[Planner | None]:
    """Lend the planner while nobody else plans, else None.

    Args:
        span: after which the lease of a planner that died is free.
        most: people in a range, None for what suits the database.
    """
    size = _MOST[database.engine_name] if most is None else most
    async with leased(database, "planning", span) as lease:
        if lease is None:
            yield None
        else:
            yield Planner(database, world, now, lease, span, size, told)
