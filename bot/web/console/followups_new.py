"""A new follow-up: whom, which text, what it would come to, and the start.

What is being put together is kept as a row of the account, so that no address names a village.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.places import Places
from bot.prompts import SHIPPED, shipped_words
from bot.render.desk.followups import fault_words
from bot.render.desk.followups_terms import terms_in_words
from bot.render.desk.placeholders import as_read
from bot.staff.access import is_granted
from bot.staff.followups_choosing import Preview, covered, preview_of, sweep
from bot.staff.followups_draft import codes_in_words, scopes_of
from bot.staff.followups_running import Order, start
from bot.staff.followups_wordings import Ready, offered, ready, words_named
from bot.web.console.frame import Console, Seat
from bot.web.console.people_form import fields_of, kept_search, lists, posted_filter
from bot.world import World
from conversations.followups import Filter
from conversations.scope import Action
from conversations.searching import Search
from storage import saved_filters
from storage.staff import Staff
from storage.transaction import Reading
from storage.waves import LANGUAGE

PATH: Final = "/console/followups"
_NEW: Final = f"{PATH}/new"


class Draft(BaseModel):
    """A follow-up that is being put together: for whom, where, and in which words."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    wave: Filter
    scope: str
    wording: str = ""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A form that is shown: what it holds, and what is wrong by the name of the field."""

    draft: Draft
    wrong: Mapping[str, str]
    faults: tuple[str, ...] = ()


def routes(console: Console) -> list[BaseRoute]:
    """Return the pages of a new follow-up."""
    may = Action.FOLLOW_UP
    return [
        Route(_NEW, console.seated(show, may=may)),
        Route(_NEW, console.seated(choose, may=may), methods=["POST"]),
        Route(f"{PATH}/preview/{{draft}}", console.seated(preview, may=may)),
        Route(f"{PATH}/start", console.seated(begin, may=may), methods=["POST"]),
    ]


def places_of(places: Places, who: Staff) -> list[str]:
    """Return where an account may prompt people: its own places, and the townships in them."""
    return list(dict.fromkeys(p for one in scopes_of(who) for p in covered(places, one)))


async def show(console: Console, seat: Seat, request: Request) -> Response:
    """Show the form: empty, with a search of people in it, or with what was chosen before."""
    who, kept = seat.staff, request.query_params.get("f", "")
    own, place = places_of(console.world.places, who), request.query_params.get("place", "")
    draft = Draft(wave=Filter(), scope=scopes_of(who)[0])
    if place in own:
        # From the page of progress: those who are missing there.
        draft = Draft(wave=Filter(unconfirmed=True), scope=place)
    if kept:
        async with console.database.reading() as reading:
            found = await saved_filters.get(reading, kept, who.id)
        if found is None:
            return console.refusal(seat, 404)
        draft = _draft_in(found.filter) or _of_search(kept_search(found.filter), own)
    return await _form(console, seat, _Asked(draft, {}))


async def choose(console: Console, seat: Seat, request: Request) -> Response:
    """Take whom and which text; then it is counted."""
    form = await console.form(seat, request)
    world, now = console.world, console.clock()
    wrong: dict[str, str] = {}
    chosen = posted_filter(world, form, now, wrong)
    own = places_of(world.places, seat.staff)
    scope = form["scope"] if form["scope"] in own else own[0]
    draft = Draft(wave=chosen, scope=scope, wording=form["wording"])
    if chosen.is_empty:
        wrong["filter"] = "staff.followups.empty"
    async with console.database.reading() as reading:
        text = await _text(reading, world, draft, now)
    if text is None:
        wrong["wording"] = "console.followups.no_text"
    faults = tuple(fault_words(world.texts, one) for one in text.faults) if text else ()
    if wrong or faults:
        return await _form(console, seat, _Asked(draft, wrong, faults))
    async with console.database.transaction() as tx:
        kept = await saved_filters.add(tx, seat.staff.id, draft.model_dump_json(), now)
    return console.to(f"{PATH}/preview/{kept}")


async def preview(console: Console, seat: Seat, request: Request) -> Response:
    """Show what would happen; a county takes seconds to count, so the page comes first."""
    kept, world, now = request.path_params["draft"], console.world, console.clock()
    is_counted = request.query_params.get("counted") == "1"
    if is_counted and not await _may_count(console, seat, kept):
        return console.refusal(seat, 403)
    async with console.database.reading() as reading:
        draft = await _kept(console, seat, reading, kept)
        text = draft and await _text(reading, world, draft, now)
        counted: Preview | None = None
        if draft is not None and text and not text.faults and is_counted:
            sifted = await sweep(reading, world, draft.scope, draft.wave, now)
            counted = preview_of(world, sifted, text.words, now)
    if draft is None:
        return console.refusal(seat, 404)
    if not text or text.faults:
        return console.to(f"{_NEW}?f={kept}", "console.followups.told.text_gone")
    return console.page(
        seat,
        "preview.html",
        kept=kept,
        draft=draft,
        terms=terms_in_words(world.texts, codes_in_words(world, draft.wave, now)),
        counted=counted,
    )


async def begin(console: Console, seat: Seat, request: Request) -> Response:
    """Start what the preview showed: it is planned beside this, and can be stopped."""
    form = await console.form(seat, request)
    world, now = console.world, console.clock()
    async with console.database.transaction() as tx:
        draft = await _kept(console, seat, tx, form["draft"])
        if draft is None:
            return console.to(PATH, "console.followups.told.gone")
        text = await _text(tx, world, draft, now)
        if text is None or text.faults:
            return console.to(f"{_NEW}?f={form['draft']}", "console.followups.told.text_gone")
        office, about = console.office(tx), f"place:{draft.scope}"
        if not await is_granted(office, seat.staff, Action.FOLLOW_UP, draft.scope, about):
            return console.refusal(seat, 403)
        calls = form["calls"] == "1"
        order = Order(draft.scope, draft.wave, draft.wording, text.words, calls)
        wave_id = await start(tx, world, order, f"staff:{seat.staff.id}", now)
        # A second press of the same button finds nothing to start.
        await saved_filters.drop(tx, form["draft"], seat.staff.id)
    return console.to(f"{PATH}/waves/{wave_id}", "console.followups.told.started")


async def _may_count(console: Console, seat: Seat, kept: str) -> bool:
    """Decide whether somebody may count whom they chose; what is gone is for the page to say."""
    async with console.database.transaction() as tx:
        draft = await _kept(console, seat, tx, kept)
        if draft is None:
            return True
        office, about = console.office(tx), f"place:{draft.scope}"
        return await is_granted(office, seat.staff, Action.FOLLOW_UP, draft.scope, about)


async def _kept(console: Console, seat: Seat, reading: Reading, kept: str) -> Draft | None:
    """Return what an account puts together, while it may prompt people there."""
    found = await saved_filters.get(reading, kept, seat.staff.id)
    draft = None if found is None else _draft_in(found.filter)
    own = places_of(console.world.places, seat.staff)
    return draft if draft is not None and draft.scope in own else None


async def _text(reading: Reading, world: World, draft: Draft, now: datetime) -> Ready | None:
    """Return the text as it would be sent; None when there is none of this name any more."""
    words = await words_named(reading, world, draft.scope, draft.wording)
    return ready(world, draft.scope, draft.wave, words, now=now) if words else None


def _draft_in(text: str) -> Draft | None:
    try:
        return Draft.model_validate_json(text)
    except ValidationError:
        return None


def _of_search(search: Search, own: list[str]) -> Draft:
    """Return a follow-up to those that were looked for, at their place if it is one of the own."""
    return Draft(wave=search.filter, scope=search.at if search.at in own else own[0])


async def _form(console: Console, seat: Seat, asked: _Asked) -> Response:
    world, now, draft = console.world, console.clock(), asked.draft
    async with console.database.reading() as reading:
        own = await offered(reading, world, draft.scope)
    shipped = [(name, shipped_words(world.texts, name)[LANGUAGE]) for name in SHIPPED]
    texts = [*((one.name, one.text) for one in own), *shipped]
    places = world.places.by_id
    return console.page(
        seat,
        "followup_new.html",
        status=422 if asked.wrong or asked.faults else 200,
        draft=draft,
        wrong=asked.wrong,
        faults=asked.faults,
        fields=fields_of(Search(filter=draft.wave), world.today(now)),
        lists=lists(world, now),
        scopes=[(one, places[one].name) for one in places_of(world.places, seat.staff)],
        texts=[(name, as_read(world.texts, text)) for name, text in texts],
    )
