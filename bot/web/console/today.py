"""What waits for whoever sits there: the first page."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.web.console import answers, exports, followups, people, reports, roster, worklist
from bot.web.console.frame import HOME, Console, Seat
from conversations.scope import Action, does

_AREAS: Final = (worklist, reports, followups, roster, exports, answers, people)


def routes(console: Console) -> list[BaseRoute]:
    """Return the page of today."""
    return [Route(HOME, console.seated(show, needs="link"))]


async def show(console: Console, seat: Seat, request: Request) -> Response:
    """Show what waits, the areas in the order of a clerk's day."""
    async with console.database.reading() as reading:
        waiting = [one for area in _AREAS for one in await area.waiting(console, seat, reading)]
    # Who sends spreadsheets to the platform is shown the steps of a month too.
    exporting = any(does(one.role, Action.EXPORT) for one in seat.staff.mandates)
    is_month = exporting and seat.level == "full"
    return console.page(seat, "today.html", waiting=waiting, is_month=is_month)
