"""The console's area at /console/roster: files of people on their way in."""

from collections.abc import Mapping, Sequence
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.rosters import counter
from bot.rosters.counter import clerk_of
from bot.staff.access import places_below
from bot.staff.revealing import is_reason
from bot.web.console import roster_due, roster_files, roster_mapping, roster_rows
from bot.web.console.frame import Console, Seat
from bot.web.console.roster_found import HOME, found, gone, shown_by_state
from bot.web.console.waiting import Waiting
from conversations.scope import PROVINCE, Action, does
from storage import roster_imports
from storage.roster_imports import Import, State
from storage.transaction import Reading

_GOES: Final[Mapping[State, str]] = {
    "taking": "console.roster.told.taking",
    "undoing": "console.roster.told.undoing",
    "dropped": "console.roster.told.dropped",
    "mapping": "console.roster.told.ruled",
}


def routes(console: Console) -> list[BaseRoute]:
    """Return the pages of this area."""
    seated, one = console.seated, f"{HOME}/{{import_id}}"
    may = Action.ROSTER
    return [
        Route(HOME, seated(show_all, may=may)),
        Route(f"{HOME}/upload", seated(take_file, may=may), methods=["POST"]),
        Route(f"{HOME}/due", seated(roster_due.show, may=may)),
        Route(one, seated(show, may=may)),
        Route(f"{one}/progress", seated(show, may=may, polls=True)),
        Route(f"{one}/go", seated(go, may=may), methods=["POST"]),
        Route(f"{one}/sheet", seated(roster_mapping.take_sheet, may=may), methods=["POST"]),
        Route(f"{one}/mapping", seated(roster_mapping.take_mapping, may=may), methods=["POST"]),
        Route(f"{one}/rule", seated(roster_rows.take_rule, may=may), methods=["POST"]),
        Route(f"{one}/rows", seated(roster_rows.show, may=may)),
        Route(f"{one}/whole", seated(roster_rows.show_whole, may=may), methods=["POST"]),
        Route(f"{one}/choose", seated(roster_rows.choose, may=may), methods=["POST"]),
        Route(f"{one}/result", seated(roster_files.make_result, may=may), methods=["POST"]),
        Route(f"{one}/codes", seated(roster_files.make_codes, may=may), methods=["POST"]),
        Route(f"{one}/file/{{upload_id}}", seated(roster_files.fetch, may=may)),
    ]


async def waiting(console: Console, seat: Seat, reading: Reading) -> Sequence[Waiting]:
    """Return how many files wait for a word of somebody."""
    if not any(does(one.role, Action.ROSTER) for one in seat.staff.mandates):
        return ()
    imports = await _imports(console, seat, reading)
    count = sum(one.state in ("mapping", "checked") for one in imports)
    return (Waiting("roster", count, HOME),) if count else ()


async def show_all(console: Console, seat: Seat, request: Request) -> Response:
    """Show the files that came in, and take another one."""
    async with console.database.reading() as reading:
        imports = await _imports(console, seat, reading)
    return console.page(seat, "roster.html", imports=imports, scopes=scopes_of(seat), wrong="")


async def take_file(console: Console, seat: Seat, request: Request) -> Response:
    """Keep a file; it is looked at by the job."""
    form = await console.form(seat, request)
    given, reason, scope_id = form.upload("file"), form["reason"], form["scope"]
    wrong = ""
    if given is None or not given.size:
        wrong = "console.roster.no_file"
    elif not is_reason(reason):
        wrong = "console.roster.no_reason"
    elif scope_id not in scopes_of(seat):
        wrong = "console.roster.no_scope"
    if wrong or given is None:
        async with console.database.reading() as reading:
            imports = await _imports(console, seat, reading)
        values = {"imports": imports, "scopes": scopes_of(seat), "wrong": wrong}
        return console.page(seat, "roster.html", status=400, **values)
    async with console.database.transaction() as tx:
        import_id = await counter.begin(
            console.office(tx),
            clerk_of(seat.staff),
            scope_id,
            given.name,
            given.content(),
            reason=reason,
        )
    if import_id is None:
        return console.refusal(seat, 403)
    return console.to(f"{HOME}/{import_id}", told="console.roster.told.sent")


async def show(console: Console, seat: Seat, request: Request) -> Response:
    """Show a file as far as it has come; htmx asks for the bar alone."""
    one = await found(console, seat, request)
    if one is None:
        return gone(console, seat)
    return await shown_by_state(console, seat, one)


async def go(console: Console, seat: Seat, request: Request) -> Response:
    """Take a file over, take it back, map it anew, or drop it."""
    form = await console.form(seat, request)
    one = await found(console, seat, request)
    if one is None:
        return gone(console, seat)
    state = next((each for each in _GOES if each == form["state"]), None)
    if state is None:
        return console.refusal(seat, 400)
    reason = form["undo-reason"]
    if state == "undoing" and not is_reason(reason):
        return await shown_by_state(console, seat, one, wrong="console.roster.no_reason")
    async with console.database.transaction() as tx:
        went = await counter.go_on(console.office(tx), clerk_of(seat.staff), one, state, reason)
    told = _GOES[state] if went else "console.roster.told.late"
    return console.to(HOME if went and state == "dropped" else f"{HOME}/{one.id}", told=told)


def scopes_of(seat: Seat) -> list[str]:
    """Return the places for which somebody may bring rosters in."""
    mandates = [one for one in seat.staff.mandates if does(one.role, Action.ROSTER)]
    return list(dict.fromkeys(one.scope_id for one in mandates if one.scope_id != PROVINCE))


async def _imports(console: Console, seat: Seat, reading: Reading) -> list[Import]:
    scope = places_below(console.world.places, seat.staff, Action.ROSTER)
    return await roster_imports.of_places(reading, scope)
