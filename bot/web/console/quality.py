"""The station quality card at /console/statistics/quality: a county's stations, or one's own."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.definitions import load_definitions
from bot.places import Places
from bot.statistics.asking import counties_of
from bot.statistics.picking import Choices
from bot.statistics.rights import may_see, scopes
from bot.web.console.frame import Console, Seat
from conversations.scope import Action, does
from conversations.statistics.quality import POINTS, Card, cards_of
from storage import quality
from storage.staff import Staff

PATH: Final = "/console/statistics/quality"


def routes(console: Console) -> list[BaseRoute]:
    """Return the page of this part."""
    return [Route(PATH, console.seated(show, may=Action.STATISTICS))]


async def show(console: Console, seat: Seat, request: Request) -> Response:
    """Show the cards of a county; a station sees its own beside the county's middle."""
    places, who = console.world.places, seat.staff
    counties = _counties(places, who)
    county_id = request.query_params.get("county") or counties[0][0]
    if county_id not in {one for one, _ in counties}:
        return await console.refuse(seat, Action.STATISTICS)
    year = console.world.today(console.clock()).year
    since = datetime(year, 1, 1, tzinfo=console.world.zone).astimezone(UTC)
    async with console.database.reading() as reading:
        tallies = await quality.tallies(reading, county_id, year, since)
    small = console.settings.statistics.small_station
    cards, middles = cards_of(tallies, small)
    seen = [one for one in cards if may_see(places, who, one.place_id or county_id)]
    return console.page(
        seat,
        "statistics_quality.html",
        cards=[_shown(places, one) for one in sorted(seen, key=lambda one: one.place_id)],
        middles={point: in_words(point, middles[point]) for point in POINTS},
        points=POINTS,
        county=county_id,
        counties=counties,
        year=str(year),
        small=str(small),
        can_list=can_list(who),
    )


def can_list(who: Staff) -> bool:
    """Tell whether an account finds the list for organisers."""
    return any(does(one.role, Action.TRAINING_LIST) for one in who.mandates)


def in_words(point: str, value: float | None) -> str:
    """Return a number of a card as it is read."""
    if value is None:
        return "—"
    return f"{value:.0f}" if point == "minutes" else f"{value:.1%}"


def _shown(places: Places, card: Card) -> Mapping[str, object]:
    place = places.by_id.get(card.place_id)
    return {
        "name": load_definitions().words.rest if place is None else place.name,
        "reports": card.reports,
        "is_small": card.is_small,
        "points": [
            (in_words(point, card.points[point].value), card.points[point].stands_out)
            for point in POINTS
        ],
    }


def _counties(places: Places, who: Staff) -> Choices:
    """Return the counties whose stations an account sees, or is one of."""
    found = [county for one in scopes(who) for county in counties_of(places, one)]
    return list(dict.fromkeys((one.id, one.name) for one in found))
