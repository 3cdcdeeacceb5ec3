"""`xiangwen posters`: what stations print: posters, cards to cut out, slips with codes."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

import click

from bot.cli.failures import Refusal
from bot.cli.given import check_reason, with_settings
from bot.cli.who import operator
from bot.opening import LANGUAGE, opened
from bot.places import Place, Places, Village, load_places
from bot.posters.cards import draw_cards
from bot.posters.codes import Made, print_codes
from bot.posters.poster import Printing, draw_poster, spot_of
from bot.posters.sheet import Sheet
from bot.posters.slips import Slip, draw_slips
from bot.posters.ways import ways_in
from bot.settings import Settings
from bot.texts import load_texts
from storage.export.target import new_file, refuse_existing

# Whoever prints may be another user; slips stay with their owner alone.
EVERYBODY: Final = 0o644

_station = click.option("--station", required=True, help="Code (nine digits) or id of a township.")
_village = click.option("--village", default="", help="Code (twelve digits): this village only.")
_out = click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    metavar="FOLDER",
    help="Where the PDF is put.",
)
_bot = click.option("--bot", default="", metavar="NAME", help="The bot's name, if not asked for.")
_phone = click.option("--phone", default="", help="Whom to call; without it talk.contact.")
_force = click.option("--force", is_flag=True, help="Replace what is there.")


@click.group()
def posters() -> None:
    """Print posters, cards and personal codes, each with a QR code."""


@posters.command("station")
@click.option("--station", default="", help="Code (nine digits) or id of a township.")
@click.option("--county", default="", help="Code (six digits) or id: all stations of a county.")
@click.option("--joined", is_flag=True, help="With --county: all in one PDF.")
@_out
@_bot
@_phone
@_force
@with_settings
def station_posters(
    settings: Settings,
    *,
    station: str,
    county: str,
    joined: bool,
    out: Path,
    bot: str,
    phone: str,
    force: bool,
) -> None:
    """Print the poster of a station, or of all stations of a county."""
    if bool(station) == bool(county):
        raise click.UsageError("Give --station or --county.")
    places = load_places()
    printing = _printing(settings, bot, phone)
    found = [_township(places, station)] if station else _townships(places, county)
    above = places.by_id[found[0].parent_id]
    bundles = {f"stations-{above.code}.pdf": found}
    if not joined:
        bundles = {f"station-{one.code}.pdf": [one] for one in found}
    _make_room([out / name for name in bundles], force=force)
    for name, bundle in bundles.items():
        sheet = Sheet(printing.texts("poster.title"))
        for township in bundle:
            draw_poster(sheet, spot_of(places, township), printing)
        _save(sheet, out / name, force=force)


@posters.command("villages")
@_station
@_village
@_out
@_bot
@_phone
@_force
@with_settings
def village_posters(
    settings: Settings,
    *,
    station: str,
    village: str,
    out: Path,
    bot: str,
    phone: str,
    force: bool,
) -> None:
    """Print a poster for each village of a station, a page each."""
    places = load_places()
    township = _township(places, station)
    found = _villages(places, township, village)
    if not found:
        cure = "Print the poster of the station"
        raise Refusal(f"--station {station}: no villages are known of it. {cure}.")
    printing = _printing(settings, bot, phone)
    file = out / f"villages-{village or township.code}.pdf"
    _make_room([file], force=force)
    sheet = Sheet(printing.texts("poster.title"))
    for one in found:
        draw_poster(sheet, spot_of(places, township, one), printing)
    _save(sheet, file, force=force)


@posters.command("cards")
@_station
@_village
@_out
@_bot
@_phone
@_force
@with_settings
def cards(
    settings: Settings,
    *,
    station: str,
    village: str,
    out: Path,
    bot: str,
    phone: str,
    force: bool,
) -> None:
    """Print small cards to cut out: ten for the station and ten for each of its villages."""
    places = load_places()
    township = _township(places, station)
    found: list[Village | None] = [*_villages(places, township, village)]
    printing = _printing(settings, bot, phone)
    file = out / f"cards-{village or township.code}.pdf"
    _make_room([file], force=force)
    sheet = Sheet(printing.texts("poster.title"))
    for one in found if village else [None, *found]:
        draw_cards(sheet, spot_of(places, township, one), printing)
    _save(sheet, file, force=force)


@posters.command("codes")
@_station
@click.option("--reason", required=True, metavar="TEXT", help="Why; kept in the audit.")
@click.option("--renew", is_flag=True, help="New codes for all; old ones end.")
@_out
@_bot
@_force
@with_settings
def codes(
    settings: Settings, *, station: str, reason: str, renew: bool, out: Path, bot: str, force: bool
) -> None:
    """Print a slip with a personal code for each of the roster who has none; mode 0600."""
    check_reason(reason)
    township = _township(load_places(), station)
    printing = _printing(settings, bot, "")
    file = out / f"codes-{township.code}.pdf"
    _make_room([file], force=force)

    def on_paper(slips: Sequence[Slip]) -> None:
        sheet = Sheet(printing.texts("poster.slip.code"))
        draw_slips(sheet, slips, printing)
        _save(sheet, file, force=force, secret=True)

    made = asyncio.run(_coded(settings, township, reason.strip(), on_paper, renew=renew))
    for line in _told(made):
        click.echo(line)


async def _coded(
    settings: Settings,
    township: Place,
    reason: str,
    on_paper: Callable[[Sequence[Slip]], None],
    *,
    renew: bool,
) -> Made:
    async with opened(settings) as parts:
        return await print_codes(parts, township, operator(), reason, on_paper, renew=renew)


def _told(made: Made) -> Iterable[str]:
    """Yield what the operator reads at the end."""
    yield f"{len(made.slips)} slips. {made.had} people had a code before; --renew makes new ones."
    if made.slips:
        yield "A code opens what is known of that person: hand each to nobody else,"
        yield "and delete the file when it is printed."


def _printing(settings: Settings, bot: str, phone: str) -> Printing:
    links = asyncio.run(ways_in(settings, bot.strip()))
    return Printing(load_texts(LANGUAGE), links, phone.strip() or settings.talk.contact)


def _township(places: Places, station: str) -> Place:
    found = places.by_code(station, "township")
    if found is None:
        raise Refusal(f"--station {station}: no township has this code or id")
    return found


def _townships(places: Places, county: str) -> list[Place]:
    found = places.by_code(county, "county")
    if found is None:
        raise Refusal(f"--county {county}: no county has this code or id")
    return [one for one in places.by_id.values() if one.parent_id == found.id]


def _villages(places: Places, township: Place, village: str) -> list[Village]:
    """Return the one village, or all of the township."""
    found = [one for one in places.villages_of(township) if village in ("", one.code)]
    if village and not found:
        raise Refusal(f"--village {village}: {township.code} has no village of this code")
    return found


def _make_room(files: list[Path], *, force: bool) -> None:
    """Make the folder, and refuse before anything is done what could not be put there."""
    for file in files:
        with suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
    refuse_existing(tuple(files), force=force)


def _save(sheet: Sheet, file: Path, *, force: bool, secret: bool = False) -> None:
    with new_file(file, force=force) as out:
        out.write(sheet.finished())
    if not secret:
        file.chmod(EVERYBODY)
    click.echo(str(file))
