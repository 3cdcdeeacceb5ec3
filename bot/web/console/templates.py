"""The console's area at /console/templates: the platform's empty sheet, column by column."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.desk import Office
from bot.exporting.mapping_form import mapping_from
from bot.exporting.taking import exported_by
from bot.exporting.templates import move, shown, take_in
from bot.staff.access import is_granted
from bot.web.console.frame import Console, Seat
from bot.web.console.template_pages import screen_of
from bot.web.console.waiting import Waiting
from conversations.scope import Action
from storage import official_templates
from storage.export.checks import faults
from storage.export.errors import TemplateError
from storage.export.proving import prove
from storage.export.template import REVIEW, SERIAL
from storage.official_templates import Mapping
from storage.transaction import Reading

_HOME: Final = "/console/templates"


def routes(console: Console) -> list[BaseRoute]:
    """Return the pages of this area."""
    seated = partial(console.seated, may=Action.EXPORT)
    one = f"{_HOME}/{{mapping}}"
    return [
        Route(_HOME, seated(show)),
        Route(_HOME, seated(upload), methods=["POST"]),
        Route(f"{_HOME}/ours", seated(use_ours), methods=["POST"]),
        Route(one, seated(show_mapping)),
        Route(one, seated(save), methods=["POST"]),
        Route(f"{one}/place", seated(replace_columns), methods=["POST"]),
        Route(f"{one}/activate", seated(activate), methods=["POST"]),
    ]


async def waiting(console: Console, seat: Seat, reading: Reading) -> Sequence[Waiting]:
    """Return nothing: a template waits for nobody."""
    return ()


async def show(console: Console, seat: Seat, request: Request) -> Response:
    """Show the templates of each county, and where to upload one."""
    found = []
    async with console.database.reading() as reading:
        for county_id in exported_by(console.world.places, seat.staff):
            uploads = await official_templates.of_county(reading, county_id)
            numbers = {one.id: one for one in uploads}
            mappings = await official_templates.mappings(reading, county_id)
            found.append((county_id, [(numbers[one.template_id], one) for one in mappings]))
    return console.page(seat, "official_templates.html", counties=found)


async def upload(console: Console, seat: Seat, request: Request) -> Response:
    """Take in a template, and show what its columns were taken for."""
    form = await console.form(seat, request)
    file, county_id = form.upload("file"), form["county"]
    if file is None:
        return _refusal(console, seat, "no_file")
    with file.file:
        content = file.content()
    name = file.name.replace("\\", "/").rpartition("/")[2][:100]
    try:
        await prove(content, name)
    except TemplateError as error:
        return _refusal(console, seat, error.key)
    async with console.database.transaction() as tx:
        office = console.office(tx)
        if not await _may(office, seat, county_id, "template.add"):
            return console.to(_HOME, "console.exports.told.not_yours")
        by, now = f"staff:{seat.staff.id}", office.now
        try:
            taken = await take_in(tx, county_id, name, content, by=by, now=now)
        except TemplateError as error:
            return _refusal(console, seat, error.key)
    return console.to(f"{_HOME}/{taken.mapping_id}", "console.templates.told.taken_in")


async def use_ours(console: Console, seat: Seat, request: Request) -> Response:
    """Let a county export into our own template again."""
    form = await console.form(seat, request)
    async with console.database.transaction() as tx:
        if not await _may(console.office(tx), seat, form["county"], "template.ours"):
            return console.to(_HOME, "console.exports.told.not_yours")
        await official_templates.use_ours(tx, form["county"])
    return console.to(_HOME, "console.templates.told.ours")


async def show_mapping(console: Console, seat: Seat, request: Request) -> Response:
    """Show what each column holds, with what is wrong and one made-up person."""
    async with console.database.reading() as reading:
        mapping = await _mapping_for(console, seat, reading, request)
        if mapping is None:
            return console.refusal(seat, 404)
        try:
            told = await shown(reading, mapping)
        except TemplateError as error:
            return _refusal(console, seat, error.key)
        uploaded = await official_templates.get(reading, mapping.template_id)
        active = await official_templates.active(reading, uploaded.county_id) if uploaded else None
    screen = screen_of(told, None if active is None else active.template, _roles(console))
    return console.page(seat, "template.html", screen=screen, uploaded=uploaded)


async def save(console: Console, seat: Seat, request: Request) -> Response:
    """Keep what was chosen as the next draft."""
    form = await console.form(seat, request)
    async with console.database.transaction() as tx:
        office = console.office(tx)
        mapping = await _mapping_for(console, seat, tx, request)
        if mapping is None:
            return console.refusal(seat, 404)
        told = await shown(tx, mapping)
        chosen = mapping_from(form, told.layout, mapping.template, _roles(console))
        if chosen == mapping.template:
            return console.to(f"{_HOME}/{mapping.id}", "console.templates.told.same")
        by, now = f"staff:{seat.staff.id}", office.now
        new = await official_templates.add_mapping(tx, mapping.template_id, chosen, by=by, now=now)
        await _may(office, seat, await _county_of(tx, mapping), "template.map")
    return console.to(f"{_HOME}/{new}", "console.templates.told.saved")


async def replace_columns(console: Console, seat: Seat, request: Request) -> Response:
    """Look for the headings where somebody says that they are."""
    form = await console.form(seat, request)
    async with console.database.transaction() as tx:
        office = console.office(tx)
        mapping = await _mapping_for(console, seat, tx, request)
        if mapping is None:
            return console.refusal(seat, 404)
        place = form["sheet"], _row(form["heading"]), _row(form["first_row"])
        by, now = f"staff:{seat.staff.id}", office.now
        try:
            new = await move(tx, mapping, place, by=by, now=now)
        except TemplateError as error:
            return _refusal(console, seat, error.key)
    return console.to(f"{_HOME}/{new}", "console.templates.told.saved")


async def activate(console: Console, seat: Seat, request: Request) -> Response:
    """Let the county export by this mapping."""
    form = await console.form(seat, request)
    async with console.database.transaction() as tx:
        office = console.office(tx)
        mapping = await _mapping_for(console, seat, tx, request)
        if mapping is None:
            return console.refusal(seat, 404)
        path = f"{_HOME}/{mapping.id}"
        found = faults(mapping.template, _roles(console))
        if any(fault.stops for fault in found):
            return console.to(path, "console.templates.told.faulty")
        if found and not form["accept"]:
            return console.to(path, "console.templates.told.accept_first")
        county_id = await _county_of(tx, mapping)
        if not await _may(office, seat, county_id, "template.activate"):
            return console.to(path, "console.exports.told.not_yours")
        await official_templates.activate(tx, county_id, mapping.id)
    return console.to(path, "console.templates.told.activated")


async def _mapping_for(
    console: Console, seat: Seat, reading: Reading, request: Request
) -> Mapping | None:
    """Return the mapping of the address, of a county that somebody exports for."""
    mapping = await official_templates.mapping(reading, request.path_params["mapping"])
    if mapping is None:
        return None
    county_id = await _county_of(reading, mapping)
    return mapping if county_id in exported_by(console.world.places, seat.staff) else None


async def _county_of(reading: Reading, mapping: Mapping) -> str:
    uploaded = await official_templates.get(reading, mapping.template_id)
    return "" if uploaded is None else uploaded.county_id


async def _may(office: Office, seat: Seat, county_id: str, what: str) -> bool:
    about = f"place:{county_id}"
    return await is_granted(office, seat.staff, Action.EXPORT, county_id, about, reason=what)


def _refusal(console: Console, seat: Seat, key: str) -> Response:
    return console.refusal(seat, 400, f"console.templates.refused.{key}")


def _roles(console: Console) -> frozenset[str]:
    return frozenset((*console.world.shelf.current.roles, REVIEW, SERIAL))


def _row(text: str) -> int:
    return min(int(text), 1_000) if text.isascii() and text.isdecimal() and len(text) < 5 else 0
