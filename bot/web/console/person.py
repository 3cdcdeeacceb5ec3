"""One person's page: the whole story, masked until somebody says why they need to see more."""

from dataclasses import dataclass, field
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.desk import Office
from bot.figures import figure
from bot.staff.access import acts_for, is_granted
from bot.staff.revealing import is_reason, may_see_whole
from bot.staff.story import Story, Wanted, story_of
from bot.web.console.frame import Console, Seat
from bot.web.console.person_words import PersonWords
from conversations.scope import Action
from storage import people
from storage.people import Person

PATH: Final = "/console/people/{person}"


@dataclass(frozen=True, slots=True)
class _View:
    """How much is shown: veiled, or whole for a reason that stands in the audit."""

    is_whole: bool = False
    wrong: str = ""
    wanted: Wanted = field(default_factory=Wanted)


def routes(console: Console) -> list[BaseRoute]:
    """Return the pages about one person."""
    return [
        Route(PATH, console.seated(show, may=Action.SEE_MASKED)),
        Route(
            f"{PATH}/whole",
            console.seated(show_whole, may=Action.SEE_WHOLE),
            methods=["POST"],
        ),
    ]


async def show(console: Console, seat: Seat, request: Request) -> Response:
    """Show somebody, masked."""
    person_id, given = request.path_params["person"], request.query_params
    async with console.database.transaction() as tx:
        person = await people.get(tx, person_id)
        if person is None or person.state == "erased":
            return console.refusal(seat, 404)
        if not await _may_see(console.office(tx), seat, person):
            return console.refusal(seat, 403)
    wanted = Wanted(_number(given.get("version", "")), _number(given.get("against", "")))
    return await _told(console, seat, person, _View(wanted=wanted))


async def show_whole(console: Console, seat: Seat, request: Request) -> Response:
    """Show somebody whole, on this one page, for a reason that the audit keeps."""
    form = await console.form(seat, request)
    reason = form["reason"]
    async with console.database.transaction() as tx:
        person = await people.get(tx, request.path_params["person"])
        if person is None or person.state == "erased":
            return console.refusal(seat, 404)
        office = console.office(tx)
        if is_reason(reason):
            granted = await may_see_whole(office, seat.staff, person, reason)
        else:
            granted = await _may_see(office, seat, person)
    if not granted:
        return console.refusal(seat, 403)
    wanted = Wanted(_number(form["version"]), _number(form["against"]))
    if not is_reason(reason):
        view = _View(wrong="console.people.wrong_reason", wanted=wanted)
    else:
        view = _View(is_whole=True, wanted=wanted)
    return await _told(console, seat, person, view)


async def _may_see(office: Office, seat: Seat, person: Person) -> bool:
    place = person.township_id or person.county_id
    return await is_granted(office, seat.staff, Action.SEE_MASKED, place, f"person:{person.id}")


async def _told(console: Console, seat: Seat, person: Person, view: _View) -> Response:
    try:
        async with console.database.reading() as reading:
            story = await story_of(reading, console.world, person, console.clock(), view.wanted)
    except LookupError:
        return console.refusal(seat, 404)
    return _page(console, seat, story, view)


def _page(console: Console, seat: Seat, story: Story, view: _View) -> Response:
    words = PersonWords(console.world, story, is_whole=view.is_whole)
    versions = [one.report.version for one in story.versions]
    return console.page(
        seat,
        "person.html",
        status=422 if view.wrong else 200,
        story=story,
        person=story.person,
        words=words,
        is_whole=view.is_whole,
        wrong=view.wrong,
        versions=versions,
        may_reveal=bool(acts_for(seat.staff, Action.SEE_WHOLE)),
    )


def _number(said: str) -> int:
    return figure(said, most=99_999)
