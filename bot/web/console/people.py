"""People: looked for inside the account's places, shown masked, filters saved by a name.

What is looked for is kept as a row of the account; the address carries its random id only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.staff.access import acts_for, is_granted, scope_of
from bot.staff.finding import find, ground_of, owner_of
from bot.web.console import person
from bot.web.console.frame import Console, Handler, Seat
from bot.web.console.people_form import (
    fields_of,
    in_words,
    kept_search,
    lists,
    places_to_choose,
    posted_search,
)
from bot.web.console.waiting import Waiting
from conversations.replies.identity_number import read_identity_number
from conversations.replies.outcome import Understood
from conversations.scope import Action
from conversations.searching import STAGES, Search
from storage import people, saved_filters
from storage.saved_filters import SavedFilter
from storage.transaction import Reading

PATH: Final = "/console/people"
_LONGEST_NAME: Final = 20


@dataclass(frozen=True, slots=True)
class _Looked:
    """What somebody looks for, and where: the row it is kept as, "" while it is none."""

    search: Search
    kept: str = ""
    name: str = ""


def routes(console: Console) -> list[BaseRoute]:
    """Return the pages of this area."""
    looks = Action.SEE_LIST

    def post(path: str, handler: Handler) -> Route:
        return Route(path, console.seated(handler, may=looks), methods=["POST"])

    return [
        Route(PATH, console.seated(show, may=looks)),
        post(PATH, look),
        post(f"{PATH}/number", by_number),
        post(f"{PATH}/saved", save),
        post(f"{PATH}/saved/drop", drop),
        *person.routes(console),
    ]


async def waiting(console: Console, seat: Seat, reading: Reading) -> Sequence[Waiting]:
    """Return what waits for somebody in this area."""
    return ()


async def show(console: Console, seat: Seat, request: Request) -> Response:
    """Show a page of those found."""
    given = request.query_params
    async with console.database.reading() as reading:
        looked = await _looked_for(reading, seat, given)
    if looked is None:
        return console.refusal(seat, 404)
    return await _listed(console, seat, looked, given.get("after", "")[:40])


async def look(console: Console, seat: Seat, request: Request) -> Response:
    """Keep what is looked for and go where it is shown."""
    form = await console.form(seat, request)
    posted = posted_search(console.world, form, console.clock())
    if posted.wrong:
        return await _listed(console, seat, _Looked(posted.search), wrong=posted.wrong)
    async with console.database.transaction() as tx:
        text = posted.search.model_dump_json(exclude_defaults=True)
        kept = await saved_filters.add(tx, seat.staff.id, text, console.clock())
    return console.to(PATH, f=kept)


async def by_number(console: Console, seat: Seat, request: Request) -> Response:
    """Open whoever has an identity number; nobody learns whether it is known elsewhere."""
    form = await console.form(seat, request)
    read = read_identity_number(form["id_number"], console.world.today(console.clock()))
    if not isinstance(read, Understood):
        wrong = {"id_number": "console.people.wrong_number"}
        return await _listed(console, seat, _Looked(Search()), wrong=wrong)
    async with console.database.transaction() as tx:
        owner = await owner_of(tx, read.value)
        whose = None if owner is None else await people.get(tx, owner)
        is_seen = whose is not None and (whose.township_id or whose.county_id) in scope_of(
            console.world.places, seat.staff
        )
        # Who asked for whom is kept when they are found; else only that somebody asked.
        place = (whose.township_id or whose.county_id) if whose and is_seen else None
        about = f"person:{whose.id}" if whose and is_seen else "number:unknown"
        office = console.office(tx)
        granted = await is_granted(office, seat.staff, Action.SEE_MASKED, place, about)
    if whose is None or not granted:
        return console.to(PATH, "console.people.told.no_number")
    return console.to(f"{PATH}/{whose.id}")


async def save(console: Console, seat: Seat, request: Request) -> Response:
    """Save what was looked for by a name; whom it named is not saved with it."""
    form = await console.form(seat, request)
    kept, name = form["f"], " ".join(form["title"].split())[:_LONGEST_NAME]
    if not name:
        return console.to(PATH, "console.people.told.no_name", f=kept)
    async with console.database.transaction() as tx:
        found = await saved_filters.get(tx, kept, seat.staff.id)
        if found is None:
            return console.refusal(seat, 404)
        # What is kept for long names nobody: who is erased must not stay in a filter.
        plain = kept_search(found.filter).model_copy(update={"name": "", "ending": ""})
        text = plain.model_dump_json(exclude_defaults=True)
        await saved_filters.name_it(tx, SavedFilter(kept, name, text), seat.staff.id)
    return console.to(PATH, "console.people.told.saved", f=kept)


async def drop(console: Console, seat: Seat, request: Request) -> Response:
    """Let go of a filter that was saved."""
    form = await console.form(seat, request)
    async with console.database.transaction() as tx:
        is_dropped = await saved_filters.drop(tx, form["f"], seat.staff.id)
    if not is_dropped:
        return console.refusal(seat, 404)
    return console.to(PATH, "console.people.told.dropped")


async def _looked_for(reading: Reading, seat: Seat, given: QueryParams) -> _Looked | None:
    """Return what an address asks for: a row that was kept, or else a place and a stage."""
    kept = given.get("f", "")
    if kept:
        found = await saved_filters.get(reading, kept, seat.staff.id)
        return None if found is None else _Looked(kept_search(found.filter), found.id, found.name)
    stage, cycle = given.get("stage", ""), given.get("cycle", "")
    asked = {
        "at": given.get("at", "")[:40],
        "stage": stage if stage in STAGES else "",
        "cycle": int(cycle) if cycle.isascii() and cycle.isdecimal() and len(cycle) == 4 else 0,
    }
    return _Looked(Search.model_validate(asked))


async def _listed(
    console: Console,
    seat: Seat,
    looked: _Looked,
    after: str = "",
    *,
    wrong: Mapping[str, str] | None = None,
) -> Response:
    """Show a page, if the account may see a list of that place."""
    search, world, now = looked.search, console.world, console.clock()
    place = search.at or acts_for(seat.staff, Action.SEE_LIST)[0].scope_id
    async with console.database.transaction() as tx:
        office = console.office(tx)
        if not await is_granted(office, seat.staff, Action.SEE_LIST, place, f"place:{place}"):
            return console.refusal(seat, 403)
    scope = scope_of(world.places, seat.staff)
    ground = None if wrong else ground_of(world.places, scope, search.at)
    async with console.database.reading() as reading:
        page = None
        if ground is not None:
            page = await find(reading, world, ground, search, now, after=after)
        saved = await saved_filters.of_staff(reading, seat.staff.id)
    return console.page(
        seat,
        "people.html",
        status=422 if wrong else 200,
        page=page,
        after=after,
        saved=saved,
        looked=looked,
        wrong=wrong or {},
        fields=fields_of(search, world.today(now)),
        lists=lists(world, now),
        places=places_to_choose(world.places, scope, search.at),
        words=in_words(world, search, now),
        may_prompt=bool(acts_for(seat.staff, Action.FOLLOW_UP)),
        is_wide=not search.filter.is_empty or bool(search.standing or search.exported),
    )
