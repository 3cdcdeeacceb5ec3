"""`xiangwen reminders plan`: the yearly update of a county, on anniversaries or in a wave."""

import asyncio
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

import click

from bot.cli.bars import progress_bar
from bot.cli.failures import Refusal
from bot.cli.given import with_settings
from bot.cli.who import operator
from bot.leasing import WorkLost
from bot.opening import Opened, opened
from bot.places import Place
from bot.planning import PROVINCE, Planner, counties_of, openings, planner
from bot.settings import Settings
from conversations.waves import (
    Problem,
    Span,
    days_needed,
    feast_span,
    problem_with,
    room,
    wave_days,
)
from storage import audits, planning

_BUSY: Final = "Somebody else is planning just now. Wait a minute and try again."


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be planned; `span` is None for the anniversaries."""

    scope: Place | None
    cycle: int
    span: Span | None

    @property
    def scope_id(self) -> str:
        """Return the place as waves know it."""
        return PROVINCE if self.scope is None else self.scope.id


@click.command()
@click.option("--county", metavar="CODE", help="Six digits; without it the whole province.")
@click.option("--cycle", type=int, required=True, metavar="YEAR", help="Year of the update.")
@click.option("--from", "first", metavar="DAY", help="First day of a wave, ISO: 2027-02-10.")
@click.option("--until", "last", metavar="DAY", help="Last day of the wave.")
@click.option("--spring-festival", "feast", is_flag=True, help="The weeks around the feast.")
@click.option("--anniversary", is_flag=True, help="Everybody a year after their last answers.")
@click.option("--dry-run", is_flag=True, help="Say what would be planned, and plan nothing.")
@with_settings
def plan(
    settings: Settings,
    *,
    county: str | None,
    cycle: int,
    first: str | None,
    last: str | None,
    feast: bool,
    anniversary: bool,
    dry_run: bool,
) -> None:
    """Plan the yearly update: choose days, the Spring Festival, or the anniversaries.

    Whoever reported in that year already is left out. Killed and called again, it goes on.
    """
    if sum((first is not None or last is not None, feast, anniversary)) != 1:
        raise click.UsageError("Choose one: --from and --until, --spring-festival, --anniversary.")
    span = None if anniversary else _span(cycle, first, last, feast=feast)
    asyncio.run(_plan(settings, county, cycle, span, is_trial=dry_run))


def _span(cycle: int, first: str | None, last: str | None, *, feast: bool) -> Span:
    if feast:
        span = feast_span(cycle)
        if span is None:
            raise Refusal(f"--cycle {cycle}: the day of that Spring Festival is not known here.")
        return span
    if first is None or last is None:
        raise click.UsageError("--from and --until belong together.")
    return Span(_day("--from", first), _day("--until", last))


def _day(option: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refusal(f"{option} {text!r} is no day; write it as 2027-02-10") from None


async def _plan(
    settings: Settings, county: str | None, cycle: int, span: Span | None, *, is_trial: bool
) -> None:
    async with opened(settings) as parts:
        order = Order(_scope(parts, county), cycle, span)
        now = datetime.now(UTC)
        people = await _count(parts, order)
        for line in _foreseen(parts, order, people, now):
            click.echo(line)
        if is_trial:
            click.echo("Nothing was planned (--dry-run).")
            return
        with progress_bar() as bar:
            task = bar.add_task("planning", total=await _reported(parts, order))
            async with planner(
                parts.database, parts.world, now, told=lambda seen, _made: bar.advance(task, seen)
            ) as ours:
                if ours is None:
                    raise Refusal(_BUSY)
                try:
                    made = await _work(ours, order, now)
                except WorkLost:
                    raise Refusal(_BUSY) from None
        click.echo(f"{made} people planned for.")


def _scope(parts: Opened, county: str | None) -> Place | None:
    if county is None:
        return None
    place = parts.world.places.by_code(county, "county")
    if place is None:
        raise Refusal(f"--county {county}: no county of Shanxi has this code.")
    return place


async def _count(parts: Opened, order: Order) -> int:
    """Return for how many there may be something to plan."""
    count = planning.count_due if order.span is None else planning.count_missing
    async with parts.database.reading() as reading:
        return sum([await count(reading, one, order.cycle) for one in _counties(parts, order)])


async def _reported(parts: Opened, order: Order) -> int:
    """Return how many people are looked at: all who ever reported."""
    async with parts.database.reading() as reading:
        return sum(
            [await planning.count_reported(reading, one) for one in _counties(parts, order)]
        )


def _counties(parts: Opened, order: Order) -> list[str]:
    return counties_of(parts.world.places, order.scope_id)


def _foreseen(parts: Opened, order: Order, people: int, now: datetime) -> list[str]:
    """Return what will come, in words.

    Raises:
        Refusal: it cannot be planned like this.
    """
    place = "Shanxi" if order.scope is None else f"{order.scope.code} {order.scope.name}"
    lines = [f"{place}, {order.cycle}: {people} people have not reported."]
    if order.span is None:
        return [*lines, "Each is asked on their own day of the year, within its open hours."]
    pace = parts.settings.reminders.per_second
    today, opening = now.astimezone(parts.settings.zone).date(), openings(parts.world)
    problem = problem_with(order.span, today, opening, people, pace)
    if problem is not None:
        needed = days_needed(people, opening(order.span.first_on), pace)
        more = f" {needed} open days are needed." if problem is Problem.CROWDED else ""
        raise Refusal(f"{order.span.first_on} to {order.span.last_on}: {problem.value}.{more}")
    days = wave_days(order.span, opening)
    last = days[-1]
    ends_at = (last.opens_at + timedelta(seconds=last.seconds)).astimezone(parts.settings.zone)
    rate = people / room(days)
    return [
        *lines,
        f"{len(days)} open days from {days[0].on} to {last.on}, {rate:.2f} prompts a second.",
        f"The last one goes out by {ends_at:%Y-%m-%d %H:%M}.",
    ]


async def _work(ours: Planner, order: Order, now: datetime) -> int:
    """Plan, and note who had it planned."""
    who, scope = operator(), "province" if order.scope is None else f"county:{order.scope.code}"
    days = None if order.span is None else [day.isoformat() for day in order.span]
    detail = json.dumps({"cycle": order.cycle, "days": days})
    async with ours.database.transaction() as tx:
        await audits.write(
            tx, actor=who, action="reminders_plan", scope=scope, now=now, detail=detail
        )
    if order.span is None:
        return await ours.anniversaries(order.scope_id, order.cycle)
    wave = await ours.taken_up(order.scope_id, order.cycle, order.span)
    if wave is None:
        wave = await ours.begin(order.scope_id, order.cycle, order.span, who)
    return await ours.wave(wave)
