"""The console's area at /console/statistics."""

from collections.abc import Sequence

from starlette.routing import BaseRoute

from bot.web.console.frame import Console, Seat
from bot.web.console.waiting import Waiting
from storage.transaction import Reading


def routes(console: Console) -> list[BaseRoute]:
    """Return the pages of this area."""
    return []


async def waiting(console: Console, seat: Seat, reading: Reading) -> Sequence[Waiting]:
    """Return what waits for somebody in this area."""
    return ()
