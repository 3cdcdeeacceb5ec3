"""Files that go out of a roster: refused rows and personal codes, protected, for a day."""

from typing import Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from bot.rosters.counter import clerk_of
from bot.rosters.outgoing import Outgoing, codes_of, personal_codes, refused_rows
from bot.staff.access import places_below
from bot.staff.revealing import is_reason
from bot.web.console.frame import Console, Seat
from bot.web.console.roster_found import HOME, found, gone, shown_by_state
from conversations.scope import Action
from storage import uploads
from storage.roster_imports import Import

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def make_result(console: Console, seat: Seat, request: Request) -> Response:
    """Make the file of refused rows and show its password."""
    form = await console.form(seat, request)
    one = await found(console, seat, request)
    if one is None or not one.head:
        return gone(console, seat)
    if not is_reason(form["result-reason"]):
        return await shown_by_state(console, seat, one, wrong="console.roster.no_reason")
    if not await _may(console, seat, one, f"result: {form['result-reason']}"):
        return console.refusal(seat, 403)
    made = await refused_rows(console.database, console.world.texts, one)
    return await _shown(console, seat, one, made)


async def make_codes(console: Console, seat: Seat, request: Request) -> Response:
    """Make personal codes of a township of this file, or of all, and show the password."""
    form = await console.form(seat, request)
    one = await found(console, seat, request)
    if one is None or one.state != "done":
        return gone(console, seat)
    if not is_reason(form["codes-reason"]):
        return await shown_by_state(console, seat, one, wrong="console.roster.no_reason")
    if not await _may(console, seat, one, f"codes: {form['codes-reason']}"):
        return console.refusal(seat, 403)
    handed = codes_of(
        console.database,
        one,
        console.clock(),
        form["township"],
        renew=form["renew"] == "yes",
        scope=places_below(console.world.places, seat.staff, Action.ROSTER),
    )
    made = await personal_codes(console.world.texts, console.world.places, handed)
    return await _shown(console, seat, one, made)


async def fetch(console: Console, seat: Seat, request: Request) -> Response:
    """Hand out a file that was made for this import, still protected."""
    one = await found(console, seat, request)
    if one is None:
        return gone(console, seat)
    upload_id = request.path_params["upload_id"]
    async with console.database.reading() as reading:
        upload = await uploads.get(reading, upload_id)
        if upload is None or (upload.purpose, upload.about) != ("out", one.id):
            return gone(console, seat)
        content = await uploads.content(reading, upload_id)
    if not await _may(console, seat, one, "file"):
        return console.refusal(seat, 403)
    name = f"attachment; filename*=UTF-8''{quote(upload.name)}"
    headers = {"Content-Disposition": name, "Cache-Control": "no-store"}
    return Response(content, media_type=_XLSX, headers=headers)


async def _shown(console: Console, seat: Seat, one: Import, made: Outgoing) -> Response:
    """Keep a file for a day and show the password, which is kept nowhere."""
    async with console.database.transaction() as tx:
        upload_id = await uploads.add(
            tx,
            "out",
            made.name,
            made.content,
            by=f"staff:{seat.staff.id}",
            now=console.clock(),
            about=one.id,
        )
    path = f"{HOME}/{one.id}/file/{upload_id}"
    return console.page(seat, "roster_ready.html", one=one, made=made, path=path)


async def _may(console: Console, seat: Seat, one: Import, what: str) -> bool:
    async with console.database.transaction() as tx:
        clerk = clerk_of(seat.staff)
        return await clerk.may(console.office(tx), one.scope_id, f"roster:{one.id}", what)
