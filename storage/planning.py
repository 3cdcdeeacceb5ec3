"""Planning a yearly update for a whole county, range by range: set-based, done again at will.

A range is one transaction. Which instant a day and a slot are is handed in as a table, because
SQL alone knows neither holidays nor 29 February nor daylight-saving time.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate
from typing import Final

from conversations.reminders import LASTS, Preference
from conversations.sending import PUT_OFF
from conversations.waves import Opening, Span, room
from storage.ids import new_id
from storage.times import to_micros
from storage.transaction import Reading, Transaction

EVERYBODY: Final = ""
_LASTS: Final = LASTS // timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Range:
    """Persons who reported: those after `after` up to `until`, by id.

    Of a county, or of EVERYBODY: then rows are read and written in the order they lie in, which
    takes a third of the time.
    """

    county_id: str
    after: str
    until: str
    people: int

    @property
    def most(self) -> int:
        """Return more than will be found, even if some have moved here since."""
        return 2 * self.people + 1000


@dataclass(frozen=True, slots=True)
class Chooser:
    """Somebody whose moment is worked out one by one: they chose it, or have no slot."""

    person_id: str
    due_on: date | None
    preference: Preference


@dataclass(frozen=True, slots=True)
class YearlyWave:
    """A wave whose planning is not through; `planned_after` is how far it came."""

    id: str
    scope_id: str
    cycle: int
    span: Span
    planned_after: str
    planned: int


async def next_range(reading: Reading, county_id: str, after: str, most: int) -> Range | None:
    """Return the next persons of a county or of EVERYBODY, None when there are none any more."""
    row = await reading.the("planning.range_of", county_id=county_id, after=after, most=most)
    return Range(county_id, after, row["until"], row["people"]) if row["people"] else None


async def count_reported(reading: Reading, county_id: str) -> int:
    """Return how many of a county ever reported."""
    row = await reading.the("planning.count_reported", county_id=county_id)
    people: int = row["people"]
    return people


async def count_missing(reading: Reading, county_id: str, cycle: int) -> int:
    """Return how many of a county have reported, but not in this cycle."""
    row = await reading.the("planning.count_missing", county_id=county_id, cycle=cycle)
    people: int = row["people"]
    return people


async def count_due(reading: Reading, county_id: str, cycle: int) -> int:
    """Return how many of them have their day in the cycle, or had it before."""
    row = await reading.the(
        "planning.count_due", county_id=county_id, cycle=cycle, last_on=_last_of(cycle)
    )
    people: int = row["people"]
    return people


async def choosers(reading: Reading, wanted: Range, cycle: int) -> list[Chooser]:
    """Return those of a range whose moment has to be worked out one by one."""
    rows = await reading.all(
        "planning.choosers",
        county_id=wanted.county_id,
        after=wanted.after,
        until=wanted.until,
        most=wanted.most,
        cycle=cycle,
    )
    return [
        Chooser(
            row["person_id"],
            _day(row["due_on"]),
            Preference(row["weekday"], row["hour"], _day(row["paused_until"])),
        )
        for row in rows
    ]


async def plan_anniversaries(
    tx: Transaction,
    wanted: Range,
    *,
    cycle: int,
    days: Mapping[str, Opening],
    chosen: Mapping[str, datetime],
    ladder: str,
) -> int:
    """Plan for those of a range whose day is in the cycle; return how many had no row yet.

    Args:
        days: by `MM-DD` when those are asked whose day it is.
        chosen: the instants of the choosers.
    """
    table = [[name, to_micros(day.opens_at), day.seconds] for name, day in days.items()]
    made = await tx.all(
        "planning.anniversaries",
        county_id=wanted.county_id,
        after=wanted.after,
        until=wanted.until,
        most=wanted.most,
        cycle=cycle,
        last_on=_last_of(cycle),
        days=json.dumps(table),
        chosen=_chosen(chosen),
        ladder=ladder,
        lasts=_LASTS,
    )
    return len(made)


async def plan_places(
    tx: Transaction,
    wanted: Range,
    wave: YearlyWave,
    *,
    days: Sequence[Opening],
    width: int,
    chosen: Mapping[str, datetime],
    ladder: str,
) -> int:
    """Plan a wave for those of a range who have not reported; return how many are in it.

    Args:
        days: the open days of the wave, in order.
        width: how many slots there are.
        chosen: the instants of the choosers.
    """
    starts = accumulate((day.seconds for day in days), initial=0)
    table = [
        [start, to_micros(day.opens_at), day.seconds]
        for start, day in zip(starts, days, strict=False)
    ]
    made = await tx.all(
        "planning.places",
        county_id=wanted.county_id,
        after=wanted.after,
        until=wanted.until,
        most=wanted.most,
        cycle=wave.cycle,
        wave_id=wave.id,
        days=json.dumps(table),
        width=width,
        room=room(tuple(days)),
        chosen=_chosen(chosen),
        ladder=ladder,
        lasts=_LASTS,
        put_off=f"{PUT_OFF}%",
    )
    return len(made)


async def begin_wave(
    tx: Transaction,
    *,
    scope_id: str,
    cycle: int,
    span: Span,
    until: datetime,
    by: str,
    now: datetime,
) -> YearlyWave:
    """Keep a wave that is to be planned.

    Args:
        until: nothing of it is sent later.
    """
    wave = YearlyWave(new_id(now), scope_id, cycle, span, "", 0)
    await tx.the(
        "planning.begin",
        id=wave.id,
        scope_id=scope_id,
        cycle=cycle,
        first_on=span.first_on.isoformat(),
        last_on=span.last_on.isoformat(),
        not_after=to_micros(until),
        by=by,
        now=to_micros(now),
    )
    return wave


async def waves_to_plan(reading: Reading) -> list[YearlyWave]:
    """Return the waves whose planning is not through, oldest first."""
    return [
        YearlyWave(
            row["id"],
            row["scope_id"],
            row["cycle"],
            Span(date.fromisoformat(row["first_on"]), date.fromisoformat(row["last_on"])),
            row["planned_after"],
            row["planned"],
        )
        for row in await reading.all("planning.to_plan")
    ]


async def advance(tx: Transaction, wave_id: str, after: str) -> bool:
    """Hold a wave until the transaction ends and note how far its planning will then be.

    Returns:
        False when somebody stopped or paused it.
    """
    return await tx.one("planning.advance", id=wave_id, planned_after=after) is not None


async def add_planned(tx: Transaction, wave_id: str, planned: int) -> None:
    """Count what was planned in this transaction."""
    await tx.one("planning.add_planned", id=wave_id, planned=planned)


async def end_planning(tx: Transaction, wave_id: str) -> None:
    """Note that everybody is planned for, and the wave runs."""
    await tx.one("planning.end_planning", id=wave_id)


async def end_waves(tx: Transaction) -> int:
    """End the waves of which nothing is under way any more; return how many these are."""
    return len(await tx.all("planning.end_waves"))


def _chosen(chosen: Mapping[str, datetime]) -> str:
    pairs: Iterable[list[str | int]] = ([who, to_micros(at)] for who, at in chosen.items())
    return json.dumps(list(pairs))


def _last_of(cycle: int) -> str:
    return date(cycle, 12, 31).isoformat()


def _day(stored: str | None) -> date | None:
    return None if stored is None else date.fromisoformat(stored)
