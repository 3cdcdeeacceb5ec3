"""The console's area at /console/exports: batches asked for, watched, let out and taken."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.desk import Office
from bot.exporting import taking
from bot.exporting.taking import Refused, batch_for, exported_by, needs_second, taken_alone
from bot.exporting.templates import outdated
from bot.figures import figure
from bot.staff.access import scope_of
from bot.texts import Texts
from bot.web.console.downloads import XLSX, file_of
from bot.web.console.export_pages import Preview, held_counts, told_by, who_asked
from bot.web.console.forms import Form
from bot.web.console.frame import Console, Seat
from bot.web.console.held import routes as held_routes
from bot.web.console.waiting import Waiting
from conversations.scope import Action, does
from storage import batch_files, batches, manifests, official_templates
from storage.batches import Batch, Choice
from storage.extract import export_counts
from storage.staff import Staff
from storage.transaction import Reading

_HOME: Final = "/console/exports"
_GOING: Final = frozenset(("asked", "making"))

Decide = Callable[[Office, Staff, Batch], Awaitable[Refused | None]]


def routes(console: Console) -> list[BaseRoute]:
    """Return the pages of this area."""
    seated = partial(console.seated, may=Action.EXPORT)
    one = f"{_HOME}/{{batch}}"
    return [
        Route(_HOME, seated(show)),
        Route(_HOME, seated(ask), methods=["POST"]),
        Route(one, seated(show_batch)),
        Route(f"{one}/part", seated(show_part, polls=True)),
        Route(f"{one}/approve", seated(approve), methods=["POST"]),
        Route(f"{one}/drop", seated(drop), methods=["POST"]),
        Route(f"{one}/password", seated(reveal), methods=["POST"]),
        Route(f"{one}/take", seated(take), methods=["POST"]),
        *held_routes(console),
    ]


async def waiting(console: Console, seat: Seat, reading: Reading) -> Sequence[Waiting]:
    """Return which batches wait to be let out, or to be taken by whoever asked."""
    if seat.level == "link" or not any(
        does(one.role, Action.EXPORT) for one in seat.staff.mandates
    ):
        return ()
    scope = scope_of(console.world.places, seat.staff, Action.EXPORT)
    ready = [one for one in await batches.of_places(reading, scope) if one.state == "ready"]
    own = f"staff:{seat.staff.id}"
    settings = console.settings.export
    alone = {one.id: await taken_alone(reading, one, console.clock()) for one in ready}
    large = [one for one in ready if needs_second(one, settings, alone[one.id])]
    approve = [one for one in large if one.who != own]
    mine = [one for one in ready if one.who == own and one not in large]
    counts = (("exports_approve", approve), ("exports_ready", mine))
    return [Waiting(name, len(found), _HOME) for name, found in counts if found]


async def show(console: Console, seat: Seat, request: Request) -> Response:
    """Show what can be exported, and what was."""
    counties = exported_by(console.world.places, seat.staff)
    async with console.database.reading() as reading:
        previews = [await _preview(console, reading, one) for one in counties]
        found = await batches.of_places(reading, counties)
        rows = [(one, await who_asked(reading, one.who)) for one in found]
    year = console.world.today(console.clock()).year
    return console.page(
        seat, "exports.html", previews=previews, rows=rows, cycles=range(year, 2021, -1)
    )


async def _preview(console: Console, reading: Reading, county_id: str) -> Preview:
    places = console.world.places.by_id.values()
    mapped = await official_templates.active(reading, county_id)
    uploaded = (
        None if mapped is None else await official_templates.get(reading, mapped.template_id)
    )
    return Preview(
        county_id,
        await export_counts(reading, county_id),
        [place for place in places if place.parent_id == county_id],
        await batches.open_of(reading, county_id),
        None if uploaded is None else uploaded.number,
        await outdated(reading, county_id),
    )


async def ask(console: Console, seat: Seat, request: Request) -> Response:
    """Ask for a batch."""
    form = await console.form(seat, request)
    async with console.database.transaction() as tx:
        office = console.office(tx)
        given = await taking.ask(office, seat.staff, form["county"], _choice(form), form["why"])
    if isinstance(given, Refused):
        return console.to(_HOME, told_by(given))
    return console.to(f"{_HOME}/{given.id}", "console.exports.told.asked")


def _choice(form: Form) -> Choice:
    return Choice(
        stations=tuple(sorted(set(form.all("station"))))[:500],
        states=("verified", "submitted") if form["submitted"] else ("verified",),
        changed=form["what"] != "full",
        cycle=figure(form["cycle"], least=1_000, most=9_999) or None,
        wording="codes" if form["wording"] == "codes" else "labels",
    )


async def show_batch(console: Console, seat: Seat, request: Request) -> Response:
    """Show a batch: how far it is, what it holds, what it waits for."""
    return await _show(console, seat, request, "batch.html")


async def show_part(console: Console, seat: Seat, request: Request) -> Response:
    """Show how far a batch is; once it is made, the whole page comes."""
    if not seat.is_part:
        return console.to(f"{_HOME}/{request.path_params['batch']}")
    return await _show(console, seat, request, "batch_part.html")


async def _show(console: Console, seat: Seat, request: Request, template: str) -> Response:
    async with console.database.reading() as reading:
        batch = await _batch_for(console, seat, reading, request)
        if batch is None:
            return console.refusal(seat, 404)
        values = await _values(console, seat, reading, batch)
    page = console.page(seat, template, **values)
    if seat.is_part and batch.state not in _GOING:
        page.headers["HX-Redirect"] = f"{_HOME}/{batch.id}"
    return page


async def _values(console: Console, seat: Seat, reading: Reading, batch: Batch) -> dict[str, Any]:
    settings = console.settings.export
    total = 0
    if batch.state in _GOING:
        choice = batch.choice
        counts = await export_counts(reading, batch.county_id or "", choice.stations, choice.cycle)
        total = sum(counts.values())
    files = await batch_files.of_batch(reading, batch.id)
    return {
        "batch": batch,
        "going": batch.state in _GOING,
        "total": total,
        # The file that everything is about stands first.
        "files": sorted(files, key=lambda one: one.part == batch_files.HELD_BACK),
        "named": lambda name: shown_name(console.world.texts, name),
        "lines": await manifests.parts(reading, batch.id),
        "held": held_counts(batch),
        "asked_by": await who_asked(reading, batch.who),
        "approved_by": await who_asked(reading, f"staff:{batch.approved_by}")
        if batch.approved_by
        else "",
        "is_own": batch.who == f"staff:{seat.staff.id}",
        "needs_second": needs_second(
            batch, settings, await taken_alone(reading, batch, console.clock())
        ),
        "limit": settings.second_person_rows,
    }


async def _batch_for(
    console: Console, seat: Seat, reading: Reading, request: Request
) -> Batch | None:
    return await batch_for(reading, console.world.places, seat.staff, request.path_params["batch"])


async def approve(console: Console, seat: Seat, request: Request) -> Response:
    """Let out a batch that a colleague asked for."""
    return await _decided(console, seat, request, taking.approve, "approved")


async def drop(console: Console, seat: Seat, request: Request) -> Response:
    """Throw a batch away."""
    return await _decided(console, seat, request, taking.drop, "dropped")


async def _decided(
    console: Console, seat: Seat, request: Request, decide: Decide, told: str
) -> Response:
    """Do what somebody decided about a batch, and tell so on its page."""
    await console.form(seat, request)
    async with console.database.transaction() as tx:
        office = console.office(tx)
        batch = await _batch_for(console, seat, tx, request)
        if batch is None:
            return console.refusal(seat, 404)
        refused = await decide(office, seat.staff, batch)
    return console.to(f"{_HOME}/{batch.id}", told_by(refused, told))


async def reveal(console: Console, seat: Seat, request: Request) -> Response:
    """Show the password, once: on the page that answers the post, and on no other."""
    await console.form(seat, request)
    async with console.database.transaction() as tx:
        office = console.office(tx)
        batch = await _batch_for(console, seat, tx, request)
        if batch is None:
            return console.refusal(seat, 404)
        password = await taking.reveal(office, seat.staff, batch, console.settings.export)
    if isinstance(password, Refused):
        return console.to(f"{_HOME}/{batch.id}", told_by(password))
    return console.page(seat, "batch_password.html", batch=batch, password=password)


async def take(console: Console, seat: Seat, request: Request) -> Response:
    """Hand out a file."""
    form = await console.form(seat, request)
    part = figure(form["part"], 1)
    async with console.database.transaction() as tx:
        office = console.office(tx)
        batch = await _batch_for(console, seat, tx, request)
        if batch is None:
            return console.refusal(seat, 404)
        settings = console.settings.export
        taken = await taking.take(
            office, seat.staff, batch, settings, part=part, reason=form["reason"]
        )
    if isinstance(taken, Refused):
        return console.to(f"{_HOME}/{batch.id}", told_by(taken))
    name = shown_name(console.world.texts, taken.name)
    return file_of(taken.content, name, XLSX)


def shown_name(texts: Texts, name: str) -> str:
    """Return the name of a file as the staff know it."""
    return name.replace("held-back", texts("console.exports.batch.held_name"))
