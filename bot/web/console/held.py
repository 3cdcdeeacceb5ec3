"""Who was held back from a batch: the list, and the button that turns one into a question."""

from functools import partial
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.exporting import holding
from bot.exporting.holding import PAGE
from bot.exporting.taking import batch_for
from bot.staff.access import scope_of
from bot.staff.asking_back import Way
from bot.web.console.export_pages import held_counts
from bot.web.console.frame import Console, Seat
from conversations.scope import Action

_HOME: Final = "/console/exports"
_TELLS: Final = {"asked": "question", "case": "case", "not_there": "not_there"}


def routes(console: Console) -> list[BaseRoute]:
    """Return the pages about held-back records."""
    seated = partial(console.seated, may=Action.EXPORT)
    path = f"{_HOME}/{{batch}}/held"
    return [Route(path, seated(show)), Route(path, seated(ask), methods=["POST"])]


async def show(console: Console, seat: Seat, request: Request) -> Response:
    """Show a page of the list, masked."""
    given = request.query_params
    reason, after = given.get("reason", ""), given.get("after", "")
    places, world = console.world.places, console.world
    async with console.database.reading() as reading:
        batch = await batch_for(reading, places, seat.staff, request.path_params["batch"])
        if batch is None:
            return console.refusal(seat, 404)
        scope = scope_of(places, seat.staff, Action.EXPORT)
        lines = await holding.lines(reading, world, batch.id, scope, reason=reason, after=after)
    more = lines[-1].person_id if len(lines) == PAGE else ""
    reasons = held_counts(batch)
    return console.page(
        seat, "held.html", batch=batch, lines=lines, reason=reason, more=more, reasons=reasons
    )


async def ask(console: Console, seat: Seat, request: Request) -> Response:
    """Turn one of them, or all of a page, into questions to the person or cases."""
    form = await console.form(seat, request)
    async with console.database.transaction() as tx:
        office = console.office(tx)
        places, batch_id = console.world.places, request.path_params["batch"]
        batch = await batch_for(tx, places, seat.staff, batch_id)
        if batch is None:
            return console.refusal(seat, 404)
        ways = [
            await holding.turn_into_question(office, seat.staff, batch.id, person_id)
            for person_id in form.all("person")[:PAGE]
        ]
    told = "all_asked" if len(ways) > 1 else _told(ways[0] if ways else Way.NOT_THERE)
    path = f"{_HOME}/{batch.id}/held"
    reason = {"reason": form["reason"]} if form["reason"] else {}
    return console.to(path, f"console.exports.told.{told}", **reason)


def _told(way: Way | None) -> str:
    return "not_yours" if way is None else _TELLS[way]
