"""The console's area at /console/tokens: what other systems read the statistics with."""

from collections.abc import Sequence
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.figures import figure
from bot.statistics.asking import below, named
from bot.statistics.picking import Choices
from bot.statistics.rights import scopes
from bot.statistics.tokens import LONGEST_NAME, MOST_DAYS, made, of_account, revoked, state_of
from bot.web.console.frame import Console, Seat
from bot.web.console.waiting import Waiting
from conversations.scope import Action
from storage.transaction import Reading

PATH: Final = "/console/tokens"
_DAYS: Final = (30, 90, 180, MOST_DAYS)


def routes(console: Console) -> list[BaseRoute]:
    """Return the pages of this area."""
    access = Action.API_ACCESS
    return [
        Route(PATH, console.seated(show, may=access)),
        Route(PATH, console.seated(make, may=access), methods=["POST"]),
        Route(f"{PATH}/revoke", console.seated(end, may=access), methods=["POST"]),
    ]


async def waiting(console: Console, seat: Seat, reading: Reading) -> Sequence[Waiting]:
    """Return what waits for somebody in this area."""
    return ()


async def show(console: Console, seat: Seat, request: Request) -> Response:
    """Show the tokens of the places of the account."""
    return await _page(console, seat)


async def make(console: Console, seat: Seat, request: Request) -> Response:
    """Make a token and show it, this once."""
    form = await console.form(seat, request)
    name, days = form["name"], figure(form["days"])
    if not name or len(name) > LONGEST_NAME or not days:
        return await _page(console, seat, wrong=True)
    async with console.database.transaction() as tx:
        token = await made(console.office(tx), seat.staff, form["place"], name, days)
    if token is None:
        return console.refusal(seat, 403)
    return await _page(console, seat, secret=token.secret)


async def end(console: Console, seat: Seat, request: Request) -> Response:
    """End a token at once."""
    form = await console.form(seat, request)
    async with console.database.transaction() as tx:
        done = await revoked(console.office(tx), seat.staff, form["token"])
    return console.to(PATH, "console.tokens.told.ended" if done else "")


async def _page(
    console: Console, seat: Seat, *, secret: str = "", wrong: bool = False
) -> Response:
    texts, now = console.world.texts, console.clock()
    async with console.database.transaction() as tx:
        found = await of_account(tx, console.office(tx), seat.staff)
        tokens = [(one, await state_of(tx, console.world, one, now)) for one in found]
    return console.page(
        seat,
        "tokens.html",
        tokens=tokens,
        secret=secret,
        places=_places(console, seat),
        days=[(str(one), texts("console.tokens.days", days=str(one))) for one in _DAYS],
        wrong=texts("console.tokens.no_name") if wrong else "",
    )


def _places(console: Console, seat: Seat) -> Choices:
    """Return the places that a token can be made for: the account's own and those right below."""
    places = console.world.places
    found = []
    for one in scopes(seat.staff, Action.API_ACCESS):
        found += [one, *(place.id for place in below(places, one))]
    return [(one, named(places, one)[1]) for one in dict.fromkeys(found)]
