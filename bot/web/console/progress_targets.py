"""Targets in the console: the level above sees a proposal, corrects it and saves it with why."""

from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.progress.looking import cycle_from, home_of, may
from bot.progress.overview import goals_of
from bot.progress.targeting import proposal, set_targets
from bot.progress.tree import children_of, counting_of, name_of
from bot.staff.access import is_granted
from bot.web.console.forms import Form
from bot.web.console.frame import Console, Seat
from conversations.scope import Action
from conversations.targets import read_people, summed
from storage import headcounts, targets
from storage.targets import Signed, Target
from storage.transaction import Transaction

PATH = "/console/progress/targets"
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Line:
    """A place below with its target: as it is set, as it is proposed, as somebody typed it."""

    place_id: str
    name: str
    heads: int
    now: Target | None
    proposed: int | None
    typed: str


def routes(console: Console) -> list[BaseRoute]:
    """Return the pages of targets."""
    sets = Action.SET_TARGET
    return [
        Route(PATH, console.seated(show, may=sets), methods=["GET"]),
        Route(PATH, console.seated(save, may=sets), methods=["POST"]),
    ]


async def show(console: Console, seat: Seat, request: Request) -> Response:
    """Show the targets below a place, with a proposal."""
    asked = request.query_params
    place_id = asked.get("place") or home_of(seat.staff)
    cycle = cycle_from(console.world, asked.get("cycle", ""))
    if not may(console.world.places, seat.staff, Action.SET_TARGET, place_id):
        return await console.refuse(seat, Action.SET_TARGET)
    return await _page(console, seat, place_id, cycle, Form({}), fill=bool(asked.get("fill")))


async def save(console: Console, seat: Seat, request: Request) -> Response:
    """Keep what was typed: all of it, or nothing where one figure is none."""
    form = await console.form(seat, request)
    world, place_id = console.world, form["place"]
    cycle = cycle_from(world, form["cycle"])
    wished: dict[str, int] = {}
    for one in children_of(world.places, place_id):
        if said := form[f"people_{one.id}"]:
            people = read_people(said)
            if people is None:
                words = world.texts("console.progress.targets_bad", place=one.name)
                return await _page(console, seat, place_id, cycle, form, wrong=words)
            wished[one.id] = people
    reason = form["reason"]
    if not reason or len(reason) > _LONGEST:
        words = world.texts("console.progress.targets_no_reason")
        return await _page(console, seat, place_id, cycle, form, wrong=words)
    async with console.database.transaction() as tx:
        office = console.office(tx)
        about, action = f"place:{place_id}", Action.SET_TARGET
        granted = await is_granted(office, seat.staff, action, place_id, about, reason=reason)
        if granted:
            changed = await _changed(tx, cycle, wished)
            signed = Signed(cycle, f"staff:{seat.staff.id}", reason)
            await set_targets(office, place_id, changed, signed)
    if not granted:
        return console.refusal(seat, 403)
    told = "console.progress.told.targets"
    return console.to(PATH, told=told, place=place_id, cycle=str(cycle))


async def _changed(tx: Transaction, cycle: int, wished: dict[str, int]) -> dict[str, int]:
    """Return what is not so yet: whoever set the others stays named beside them."""
    now = await targets.of(tx, cycle, wished)
    return {
        place: people
        for place, people in wished.items()
        if place not in now or now[place].people != people
    }


async def _page(
    console: Console,
    seat: Seat,
    place_id: str,
    cycle: int,
    form: Form,
    *,
    wrong: str = "",
    fill: bool = False,
) -> Response:
    world = console.world
    below = children_of(world.places, place_id)
    if not may(world.places, seat.staff, Action.SET_TARGET, place_id) or not below:
        return await console.refuse(seat, Action.SET_TARGET)
    ids = [one.id for one in below]
    async with console.database.reading() as reading:
        now = await targets.of(reading, cycle, ids)
        goals = await goals_of(reading, [place_id, *ids], cycle)
        heads = await headcounts.counts(reading, counting_of(world), ids)
        made = await proposal(reading, world, place_id, cycle)
    lines = []
    for one in below:
        proposed = made.people.get(one.id)
        typed = str(proposed) if fill and proposed is not None else form[f"people_{one.id}"]
        lines.append(Line(one.id, one.name, heads[one.id], now.get(one.id), proposed, typed))
    return console.page(
        seat,
        "progress_targets.html",
        status=400 if wrong else 200,
        place_id=place_id,
        name=name_of(world.places, place_id, world.texts("bulletin.province")),
        cycle=cycle,
        lines=lines,
        way=made.way,
        sum=summed(goals.get(place_id), {one: goals.get(one) for one in ids}),
        reason=form["reason"],
        wrong=wrong,
        years=_years(console.clock(), console),
    )


def _years(now: datetime, console: Console) -> list[tuple[int, str]]:
    """Return this year and the next: targets are set ahead."""
    year = console.world.today(now).year
    return [(one, str(one)) for one in (year + 1, year)]
