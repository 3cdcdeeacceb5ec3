"""`xiangwen progress`: how far a cycle is, the bulletin, targets, and counting anew."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Final

import click
from rich.console import Console
from rich.table import Table

from bot.cli.failures import Refusal
from bot.cli.given import check_reason, with_settings
from bot.cli.who import operator
from bot.desk import Office
from bot.opening import LANGUAGE, Opened, opened
from bot.places import Places, load_places
from bot.progress.bulletin import bulletin_of, draw, picture
from bot.progress.folding import FoldingElsewhere, recount_all
from bot.progress.looking import cycle_from
from bot.progress.overview import Figures, Overview, overview
from bot.progress.targeting import Proposal, proposal, set_targets
from bot.progress.tree import name_of
from bot.progress.words import counted, percent
from bot.settings import Settings
from bot.texts import load_texts
from conversations.progress import MEASURES, Measure
from conversations.scope import PROVINCE
from conversations.targets import read_people
from storage.database import Database
from storage.export.target import new_file, refuse_existing
from storage.recounting import Difference
from storage.targets import Signed

_PATIENCE: Final = timedelta(minutes=30)
_LEVELS: Final = ("city", "county", "township")
_COLUMNS: Final = (
    *("rank", "code", "place", "target", "people", "begun", "submitted", "verified"),
    *("exported", "accepted", "rate", "7 days"),
)

_place = click.option("--place", default=PROVINCE, help="Code or id; the province without it.")
_cycle = click.option("--cycle", default="", help="Year; this year without it.")
_reason = click.option("--reason", default="", metavar="TEXT", help="Why; shown with the target.")


@click.group()
def progress() -> None:
    """Show progress, print the bulletin, set targets, count anew."""


@progress.command("show")
@_place
@_cycle
@click.option(
    "--measure", type=click.Choice(MEASURES), default="submitted", help="What rates are of."
)
@with_settings
def show(settings: Settings, *, place: str, cycle: str, measure: Measure) -> None:
    """Show how far a place and those right below it are, in a fair order."""
    place_id = _place_of(place)
    seen = asyncio.run(_seen(settings, place_id, cycle, measure))
    Console(width=140).print(_table(seen, load_places()))
    click.echo(f"Rates are of {_basis(seen)}. Places that share a rank do not differ for certain.")


@progress.command("bulletin")
@_place
@_cycle
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    metavar="FILE",
    help="A .pdf for paper, a .png for a chat.",
)
@click.option("--force", is_flag=True, help="Replace what is there.")
@with_settings
def bulletin(settings: Settings, *, place: str, cycle: str, out: Path, force: bool) -> None:
    """Write the bulletin of a place; no person is on it."""
    place_id = _place_of(place)
    if out.suffix.lower() not in (".pdf", ".png"):
        raise click.UsageError("The file's name must end in .pdf or .png.")
    refuse_existing((out,), force=force)
    pdf = asyncio.run(_drawn(settings, place_id, cycle))
    with new_file(out, force=force) as file:
        file.write(picture(pdf) if out.suffix.lower() == ".png" else pdf)
    out.chmod(0o644)
    click.echo(str(out))


@progress.command("recount")
@with_settings
def recount(settings: Settings) -> None:
    """Count everything anew, mend the kept counts, and say what was wrong."""
    found = asyncio.run(_recounted(settings))
    for line in _told(found):
        click.echo(line)


@progress.group("targets")
def targets() -> None:
    """Show, propose and set the targets of the places below one."""


@targets.command("list")
@_place
@_cycle
@with_settings
def list_targets(settings: Settings, place: str, cycle: str) -> None:
    """List the targets of the places right below one, and whether they add up."""
    place_id = _place_of(place)
    seen = asyncio.run(_seen(settings, place_id, cycle, "submitted"))
    places = load_places()
    for one in sorted(seen.below, key=lambda one: places.by_id[one.place_id].code):
        own = places.by_id[one.place_id]
        click.echo(f"{own.code}  {one.target if one.target is not None else '-'}  {own.name}")
    upper = "-" if seen.sum.upper is None else str(seen.sum.upper)
    click.echo(f"own target {upper}, below {seen.sum.lower}, without one {seen.sum.missing}")


@targets.command("propose")
@_place
@_cycle
@click.option("--save", is_flag=True, help="Set them as proposed.")
@_reason
@with_settings
def propose(settings: Settings, *, place: str, cycle: str, save: bool, reason: str) -> None:
    """Propose targets: the notice's, last cycle's, or a split by who is looked after."""
    if save:
        check_reason(reason)
    place_id = _place_of(place)
    made = asyncio.run(_proposed(settings, place_id, cycle, reason.strip() if save else ""))
    if not made.people:
        raise Refusal(f"--place {place}: no target of its own to split; set that one first")
    places = load_places()
    for one, people in made.people.items():
        click.echo(f"{places.by_id[one].code}  {people}  {places.by_id[one].name}")
    total = sum(made.people.values())
    click.echo(f"{total} in all, by {made.way}; {'saved' if save else 'not saved, see --save'}")


@targets.command("set")
@click.argument("place")
@click.argument("people")
@_cycle
@_reason
@with_settings
def set_target(settings: Settings, *, place: str, people: str, cycle: str, reason: str) -> None:
    """Set the target of one PLACE to so many PEOPLE (12000, 1.2万)."""
    check_reason(reason)
    number, place_id = read_people(people), _place_of(place)
    if number is None:
        raise Refusal(f"{people}: a whole number of people is needed")
    if place_id == PROVINCE:
        raise Refusal("the province's target is that of its cities together")
    asyncio.run(_set(settings, cycle, {place_id: number}, reason.strip()))
    click.echo("Set.")


async def _seen(settings: Settings, place_id: str, cycle: str, measure: Measure) -> Overview:
    async with opened(settings) as parts, parts.database.reading() as reading:
        year = _year(parts, cycle)
        return await overview(reading, parts.world, place_id, year, measure)


async def _drawn(settings: Settings, place_id: str, cycle: str) -> bytes:
    async with opened(settings) as parts:
        async with parts.database.reading() as reading:
            made = await bulletin_of(reading, parts.world, place_id, _year(parts, cycle))
        return draw(made)


async def _recounted(settings: Settings) -> list[Difference]:
    async with opened(settings) as parts:
        # A whole province takes longer to count than a turn may.
        url = settings.storage.url.get_secret_value()
        database = await Database.open(url, parts.vault, patience=_PATIENCE)
        try:
            return await recount_all(database, parts.world)
        except FoldingElsewhere:
            raise Refusal("the running program is folding just now; try again") from None
        finally:
            await database.close()


async def _proposed(settings: Settings, place_id: str, cycle: str, reason: str) -> Proposal:
    async with opened(settings) as parts:
        year = _year(parts, cycle)
        async with parts.database.reading() as reading:
            made = await proposal(reading, parts.world, place_id, year)
        if reason and made.people:
            await _keep(parts, place_id, made.people, Signed(year, operator(), reason))
        return made


async def _set(settings: Settings, cycle: str, people: Mapping[str, int], reason: str) -> None:
    async with opened(settings) as parts:
        places = parts.world.places
        upper = next((places.by_id[one].parent_id or PROVINCE for one in people), PROVINCE)
        await _keep(parts, upper, people, Signed(_year(parts, cycle), operator(), reason))


async def _keep(parts: Opened, upper: str, people: Mapping[str, int], signed: Signed) -> None:
    async with parts.database.transaction() as tx:
        office = Office(tx, parts.world, parts.world.clock())
        await set_targets(office, upper, people, signed)


def _year(parts: Opened, given: str) -> int:
    year = cycle_from(parts.world, given)
    if given and str(year) != given:
        raise Refusal(f"--cycle {given}: a year from 2022 to next year is needed")
    return year


def _place_of(given: str) -> str:
    """Return the id of a place by code or id."""
    if given == PROVINCE:
        return PROVINCE
    places = load_places()
    found = (places.by_code(given, level) for level in _LEVELS)
    place = next((one for one in found if one is not None), None)
    if place is None:
        raise Refusal(f"{given}: no city, county or township has this code or id")
    return place.id


def _table(seen: Overview, places: Places) -> Table:
    province = load_texts(LANGUAGE)("bulletin.province")
    table = Table(title=f"{name_of(places, seen.place_id, province)} {seen.cycle}")
    for name in _COLUMNS:
        table.add_column(name, justify="left" if name in ("place", "code") else "right")
    for figures, one in zip(seen.below, seen.order, strict=True):
        rank = f"{one.rank}{'=' if one.is_tied else ''}" if one.rank else "-"
        own = places.by_id[figures.place_id]
        table.add_row(rank, own.code, own.name, *_cells(figures, percent(one.interval)))
    table.add_section()
    table.add_row("", "", "all", *_cells(seen.own, percent(seen.rate)))
    return table


def _cells(one: Figures, rate: str) -> list[str]:
    numbers = (one.heads, one.begun, one.submitted, one.verified, one.exported, one.accepted)
    target = "-" if one.target is None else counted(one.target)
    return [target, *(counted(number) for number in numbers), rate, f"{one.fresh:+,}"]


def _basis(seen: Overview) -> str:
    return "the targets" if seen.basis == "target" else "the people who are looked after"


def _told(found: list[Difference]) -> list[str]:
    if not found:
        return ["All kept counts were right."]
    lines = [
        f"{one.place_id}  {f'{one.cycle} {one.stage}' if one.cycle else one.stage}"
        f"  kept {one.kept}, counted {one.counted}"
        for one in found
    ]
    return [*lines, f"{len(found)} kept counts were wrong and are mended."]
