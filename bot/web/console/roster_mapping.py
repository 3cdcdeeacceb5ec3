"""The columns of a file: what the clerk says of them."""

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from bot.figures import figure
from bot.rosters import counter
from bot.rosters.counter import clerk_of
from bot.rosters.rules import load_words
from bot.web.console.forms import Form
from bot.web.console.frame import Console, Seat
from bot.web.console.roster_found import HOME, found, gone, shown_by_state
from conversations.roster.mapping import ColumnMapping
from storage.roster_imports import Import


async def take_sheet(console: Console, seat: Seat, request: Request) -> Response:
    """Look at another sheet of the file."""
    form = await console.form(seat, request)
    one = await found(console, seat, request)
    sheet = figure(form["sheet"], -1)
    if one is None or sheet < 0:
        return gone(console, seat)
    async with console.database.transaction() as tx:
        went = await counter.look_again(console.office(tx), clerk_of(seat.staff), one, sheet)
    told = "console.roster.told.sent" if went else "console.roster.told.late"
    return console.to(f"{HOME}/{one.id}", told=told)


async def take_mapping(console: Console, seat: Seat, request: Request) -> Response:
    """Keep what the columns mean, and check every row; what is missing is said."""
    form = await console.form(seat, request)
    one = await found(console, seat, request)
    if one is None:
        return gone(console, seat)
    if one.state != "mapping":
        return console.to(f"{HOME}/{one.id}", told="console.roster.told.late")
    mapping = _mapping(form, one)
    for key, roles in (("missing", mapping.missing), ("doubled", mapping.doubled)):
        if roles:
            shown = _with(one, mapping)
            words = f"console.roster.{key}"
            return await shown_by_state(console, seat, shown, wrong=words, roles=roles)
    async with console.database.transaction() as tx:
        went = await counter.keep_mapping(console.office(tx), clerk_of(seat.staff), one, mapping)
    told = "console.roster.told.checking" if went else "console.roster.told.late"
    return console.to(f"{HOME}/{one.id}", told=told)


def _mapping(form: Form, one: Import) -> ColumnMapping:
    """Return what was posted; a column goes before what holds for the whole file."""
    before = ColumnMapping.model_validate_json(one.mapping)
    chosen = {role: figure(form[f"column-{role}"], -1) for role in load_words().titles}
    columns = {role: column for role, column in chosen.items() if column >= 0}
    given = {role: form[f"fixed-{role}"] for role in ("township", "village")}
    fixed = {role: value for role, value in given.items() if value and role not in columns}
    return before.model_copy(update={"columns": columns, "fixed": fixed})


def _with(one: Import, mapping: ColumnMapping) -> Import:
    return replace(one, mapping=mapping.model_dump_json())
