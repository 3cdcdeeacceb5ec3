"""All addresses of the console together."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.settings import Settings
from bot.staff.passwords import Passwords
from bot.staff.signing_in import SigningIn
from bot.web.console import (
    account,
    answers,
    audit,
    exports,
    followups,
    people,
    progress,
    reports,
    roster,
    sign_in,
    staff,
    statistics,
    templates,
    today,
    tokens,
    worklist,
)
from bot.web.console.frame import HOME, Console, Seat
from bot.web.console.seats import lifetime_of
from bot.web.console.sheets import Sheets
from bot.web.limits import Gate, Limits
from bot.web.settings import WebSettings
from bot.world import World
from storage.database import Database

_AREAS: Final = (
    *(sign_in, today, worklist, reports, people, followups, roster, exports, templates),
    *(answers, progress, statistics, tokens, staff, audit, account),
)
_UPLOADS_AT_ONCE: Final = 2


def open_console(
    database: Database,
    world: World,
    settings: Settings,
    web: WebSettings,
    *,
    clock: Callable[[], float],
    passwords: Passwords,
) -> Console:
    """Return the console of one process.

    Args:
        clock: seconds that never go back, for the limits.
    """
    console = Console(
        database=database,
        world=world,
        settings=settings,
        pages=Sheets.of(world.texts, world.places, world.zone),
        clock=world.clock,
        web=web,
        limits=Limits(web, clock),
        uploads=Gate(_UPLOADS_AT_ONCE),
        signing=SigningIn(database, world, lifetime_of(settings), passwords),
    )
    paths = frozenset(route.path for route in routes_of(console) if isinstance(route, Route))
    return replace(console, paths=paths)


def routes_of(console: Console) -> list[BaseRoute]:
    """Return what the console answers to."""
    known = [route for area in _AREAS for route in area.routes(console)]
    nothing = console.seated(_show_nothing, needs="link", is_known=False)
    return [*known, Route(f"{HOME}/{{rest:path}}", nothing)]


async def _show_nothing(console: Console, seat: Seat, request: Request) -> Response:
    return console.refusal(seat, 404)
