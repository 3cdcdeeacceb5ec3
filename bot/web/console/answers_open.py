"""Whom the platform refused and nobody mended yet, and who is at it.

The county may have a report sent as it is, or give it up and say why.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

from starlette.requests import Request
from starlette.responses import Response

from bot.faces import face_of
from bot.places import Places
from bot.platform import deciding
from bot.staff.access import scope_of
from bot.web.console.answers_found import HOME
from bot.web.console.frame import Console, Seat
from conversations.cases import Outcome, masked_name
from conversations.platform.words import group_of
from conversations.scope import Action
from storage import refused
from storage.refused import Refused
from storage.scope import Scope
from storage.transaction import Reading

OPEN: Final = f"{HOME}/open"
_PAGE: Final = 50
# Who is at it: the station or the county by a case, the county because a station says that the
# platform was wrong or that the person will not; the person by a question in their chat, the
# station by calling them because no chat could be told; or nobody any more.
Way = Literal["station", "county", "platform_wrong", "will_not", "asked", "call", "nobody"]
_HANDED: Final[Mapping[str, Way]] = {
    Outcome.COUNTY: "platform_wrong",
    Outcome.REFUSES: "will_not",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A report on the list, masked; `ways` are who is at it, and since when."""

    id: str
    name: str = field(repr=False)
    village: str = field(repr=False)
    place_id: str
    words: str = field(repr=False)
    ways: tuple[tuple[Way, datetime], ...]
    can_go_again: bool


async def show(console: Console, seat: Seat, request: Request) -> Response:
    """Show a page of the list."""
    after = request.query_params.get("after", "")
    async with console.database.reading() as reading:
        found = await refused.page(reading, _scope(console, seat), after=after, most=_PAGE + 1)
        lines = [await _line(console, reading, one) for one in found[:_PAGE]]
    more = lines[-1].id if len(found) > _PAGE else ""
    return console.page(seat, "answers_open.html", lines=lines, more=more)


async def send_again(console: Console, seat: Seat, request: Request) -> Response:
    """Let a report go out with the next batch as it is."""
    await console.form(seat, request)
    async with console.database.transaction() as tx:
        one = await _named(console, seat, tx, request)
        if one is None:
            return console.refusal(seat, 404)
        went = await deciding.send_again(console.office(tx), seat.staff, one)
    return console.to(OPEN, told=_told(went, "console.answers.told.again"))


async def give_up(console: Console, seat: Seat, request: Request) -> Response:
    """Leave a refused report as it is; the reason is kept."""
    form = await console.form(seat, request)
    if not form["reason"]:
        return console.to(OPEN, told="console.answers.told.no_reason")
    async with console.database.transaction() as tx:
        one = await _named(console, seat, tx, request)
        if one is None:
            return console.refusal(seat, 404)
        went = await deciding.give_up(console.office(tx), seat.staff, one, form["reason"])
    return console.to(OPEN, told=_told(went, "console.answers.told.given_up"))


def ways_of(places: Places, one: Refused) -> Iterator[tuple[Way, datetime]]:
    """Yield who is at it, and since when; somebody or nobody, never nothing."""
    place = places.by_id.get(one.place_id)
    is_county = place is None or place.level != "township"
    if one.said in _HANDED and one.said_at is not None:
        yield _HANDED[one.said], one.said_at
    elif one.case_at is not None:
        yield "county" if is_county else "station", one.case_at
    if one.call_at is not None:
        yield "call", one.call_at
    elif one.told_at is not None:
        yield "asked", one.told_at
    elif one.case_at is None and one.asked_at is not None:
        yield "nobody", one.asked_at


def _told(went: bool, key: str) -> str:
    return key if went else "console.answers.told.late"


def _scope(console: Console, seat: Seat) -> Scope:
    return scope_of(console.world.places, seat.staff, Action.EXPORT)


async def _named(
    console: Console, seat: Seat, reading: Reading, request: Request
) -> Refused | None:
    """Return the report of an address, if it is of the account's places and not mended."""
    return await refused.get(reading, _scope(console, seat), request.path_params["report_id"])


async def _line(console: Console, reading: Reading, one: Refused) -> Line:
    face = await face_of(reading, console.world, one.person_id)
    return Line(
        one.report_id,
        masked_name(face.name),
        face.village,
        one.place_id,
        group_of(one.words),
        tuple(ways_of(console.world.places, one)),
        one.state == "rejected",
    )
