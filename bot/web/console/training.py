"""Who wants which training where, at /console/statistics/training: masked, or whole as a file."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.definitions import load_definitions
from bot.figures import figure
from bot.staff.naming import place_name
from bot.staff.revealing import is_reason
from bot.statistics.organising import (
    MOST,
    listed,
    opened_order,
    order,
    scope_for,
    whole_file,
)
from bot.statistics.picking import Choices
from bot.web.console.downloads import XLSX, file_of
from bot.web.console.frame import Console, Seat
from conversations.scope import Action
from storage import training
from storage.training import Wish

PATH: Final = "/console/statistics/training"
_A_PAGE: Final = 50


def routes(console: Console) -> list[BaseRoute]:
    """Return the pages of this part."""
    listing = Action.TRAINING_LIST
    return [
        Route(PATH, console.seated(show, may=listing)),
        Route(f"{PATH}/whole", console.seated(ask_whole, may=listing), methods=["POST"]),
        Route(f"{PATH}/file", console.seated(take, may=listing), methods=["POST"]),
    ]


async def show(console: Console, seat: Seat, request: Request) -> Response:
    """Show a page of the list, masked."""
    given = request.query_params
    wish = _wish(given.get("trade", ""), given.get("month", ""), given.get("place", ""))
    return await _page(console, seat, wish, given.get("at", ""), given.get("page", "1"))


async def ask_whole(console: Console, seat: Seat, request: Request) -> Response:
    """Show the password of the whole list, once, with what fetches it."""
    form = await console.form(seat, request)
    wish = _wish(form["trade"], form["month"], form["place"])
    if not is_reason(form["reason"]):
        return await _page(console, seat, wish, form["at"], "1", wrong=True)
    async with console.database.transaction() as tx:
        office = console.office(tx)
        sealed, password = order(office, seat.staff, form["at"], wish, form["reason"])
    return console.page(seat, "statistics_whole.html", sealed=sealed, password=password)


async def take(console: Console, seat: Seat, request: Request) -> Response:
    """Hand out the protected file that was asked for."""
    form = await console.form(seat, request)
    async with console.database.transaction() as tx:
        office = console.office(tx)
        given = opened_order(office, seat.staff, form["order"])
        content = None if given is None else await whole_file(office, seat.staff, given)
    if given is None:
        return console.to(PATH, "console.statistics.told.late")
    if content is None:
        return console.refusal(seat, 403)
    name = console.world.texts("console.statistics.training.file")
    return file_of(content, f"{name}.xlsx", XLSX)


async def _page(
    console: Console, seat: Seat, wish: Wish, at: str, page: str, *, wrong: bool = False
) -> Response:
    scope = scope_for(console.world, seat.staff, at)
    asked = figure(page, 1)
    async with console.database.reading() as reading:
        by_month = await training.months(reading, scope, wish)
        total = by_month.get(wish.month, 0) if wish.month else sum(by_month.values())
        pages = max(1, -(-total // _A_PAGE))
        number = min(max(asked, 1), pages)
        start = (number - 1) * _A_PAGE
        found = await training.wanting(reading, scope, wish, start, _A_PAGE)
        lines = await listed(reading, console.world, found)
    definitions, texts = load_definitions(), console.world.texts
    every = ("", texts("console.statistics.all"))
    return console.page(
        seat,
        "statistics_training.html",
        wish=wish,
        at=at,
        lines=lines,
        total=total,
        most=MOST,
        page=number,
        pages=pages,
        wrong=texts("console.statistics.training.no_reason") if wrong else "",
        trades=[every, *definitions.lists["trade"].items()],
        months=[every, *((one, definitions.label("month", one)) for one in by_month if one)],
        training_places=[every, *definitions.lists["training_place"].items()],
        stations=[every, *_stations(console, seat)],
        can_list=True,
    )


def _stations(console: Console, seat: Seat) -> Choices:
    places = console.world.places
    return [(one, place_name(places, one)) for one in scope_for(console.world, seat.staff, "")]


def _wish(trade: str, month: str, place: str) -> Wish:
    """Return what is looked for; a code that no list has asks for nothing."""
    lists = load_definitions().lists
    is_month = len(month) == len("2027-03") and month[:4].isdecimal() and month[5:].isdecimal()
    return Wish(
        trade if trade in lists["trade"] else "",
        month if is_month else "",
        place if place in lists["training_place"] else "",
    )
