"""Who of the roster waits for a first interview, and who turned 16 in a month."""

from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from bot.staff.access import places_below
from bot.web.console.frame import Console, Seat
from conversations.cases import masked_name
from conversations.scope import Action
from storage import roster, roster_bulk

_MONTHS = 12


async def show(console: Console, seat: Seat, request: Request) -> Response:
    """Show the townships with their counts, and the names of a month, masked."""
    today = console.world.today(console.clock())
    scope = places_below(console.world.places, seat.staff, Action.ROSTER)
    months = _months(today)
    month = request.query_params.get("month", "")
    chosen = month if month in months else months[0]
    first = date.fromisoformat(f"{chosen}-01")
    async with console.database.reading() as reading:
        waiting = await roster.waiting_in(reading, scope, today)
        ripe = await roster_bulk.turned_16(reading, scope, first, first)
    people = [
        (township, values.get("village", ""), masked_name(values.get("name", "")))
        for _, township, values in ripe
    ]
    return console.page(
        seat, "roster_due.html", waiting=waiting, people=people, months=months, month=chosen
    )


def _months(today: date) -> list[str]:
    """Return this month and those before it, the last first, and the next one."""
    count = today.year * 12 + today.month - 1
    numbers = (count, count + 1, *(count - back for back in range(1, _MONTHS)))
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in numbers]
