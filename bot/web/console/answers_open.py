"""Whom the platform refused and nobody mended yet: send as it is, or give up and say why."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from bot.faces import face_of
from bot.platform import deciding
from bot.staff.access import scope_of
from bot.web.console.answers_found import HOME
from bot.web.console.frame import Console, Seat
from conversations.cases import masked_name
from conversations.platform.words import group_of
from conversations.scope import Action
from storage import answer_rows
from storage.answer_rows import OpenCase
from storage.transaction import Reading

OPEN: Final = f"{HOME}/open"
_PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody on the list, masked."""

    id: str
    name: str = field(repr=False)
    village: str = field(repr=False)
    place_id: str
    words: str = field(repr=False)
    since: datetime
    can_go_again: bool


async def show(console: Console, seat: Seat, request: Request) -> Response:
    """Show a page of the list."""
    after = request.query_params.get("after", "")
    async with console.database.reading() as reading:
        found = await _cases(console, seat, reading, after)
        lines = [await _line(console, reading, case) for case in found[:_PAGE]]
    more = lines[-1].id if len(found) > _PAGE else ""
    return console.page(seat, "answers_open.html", lines=lines, more=more)


async def send_again(console: Console, seat: Seat, request: Request) -> Response:
    """Let a report go out with the next batch as it is."""
    await console.form(seat, request)
    async with console.database.transaction() as tx:
        case = await _case(console, seat, tx, request)
        if case is None:
            return console.refusal(seat, 404)
        went = await deciding.send_again(console.office(tx), seat.staff, case)
    return console.to(OPEN, told=_told(went, "console.answers.told.again"))


async def give_up(console: Console, seat: Seat, request: Request) -> Response:
    """Leave a refused report as it is; the reason is kept."""
    form = await console.form(seat, request)
    if not form["reason"]:
        return console.to(OPEN, told="console.answers.told.no_reason")
    async with console.database.transaction() as tx:
        case = await _case(console, seat, tx, request)
        if case is None:
            return console.refusal(seat, 404)
        went = await deciding.give_up(console.office(tx), seat.staff, case, form["reason"])
    return console.to(OPEN, told=_told(went, "console.answers.told.given_up"))


def _told(went: bool, key: str) -> str:
    return key if went else "console.answers.told.late"


async def _cases(
    console: Console, seat: Seat, reading: Reading, after: str, most: int = _PAGE + 1
) -> list[OpenCase]:
    scope = scope_of(console.world.places, seat.staff, Action.EXPORT)
    return await answer_rows.open_cases(reading, scope, after=after, most=most)


async def _case(
    console: Console, seat: Seat, reading: Reading, request: Request
) -> OpenCase | None:
    """Return the case of an address, if it is of the account's places and still open."""
    case_id: str = request.path_params["case_id"]
    scope = scope_of(console.world.places, seat.staff, Action.EXPORT)
    return await answer_rows.open_case(reading, scope, case_id)


async def _line(console: Console, reading: Reading, case: OpenCase) -> Line:
    face = await face_of(reading, console.world, case.person_id)
    return Line(
        case.id,
        masked_name(face.name),
        face.village,
        case.place_id,
        group_of(case.words),
        case.since,
        case.state == "rejected",
    )
