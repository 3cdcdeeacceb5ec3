"""Follow-ups: what was started, how it goes, and stopping it; the yearly waves of a county too."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.desk import Office
from bot.render.desk.followups_terms import terms_in_words
from bot.render.desk.placeholders import as_read
from bot.staff.access import is_granted
from bot.staff.followups_draft import codes_in_words
from bot.staff.followups_running import Change, Watched, change, watch
from bot.staff.followups_watching import REASONS
from bot.web.console import followups_new, wordings, yearly
from bot.web.console.followups_new import places_of
from bot.web.console.frame import Console, Seat
from bot.web.console.waiting import Waiting
from conversations.explaining import sentence_key
from conversations.followups import Filter
from conversations.scope import Action
from storage import waves
from storage.transaction import Reading
from storage.waves import LANGUAGE, Wave

PATH: Final = "/console/followups"
_SHOWN: Final = 30
_CHANGES: Final[dict[str, Change]] = {"stop": "stop", "pause": "pause", "resume": "resume"}


@dataclass(frozen=True, slots=True)
class _Line:
    """A follow-up in the list; `is_yearly` for the yearly wave of a county."""

    wave: Wave
    terms: str
    is_yearly: bool


def routes(console: Console) -> list[BaseRoute]:
    """Return the pages of this area."""
    one, may = f"{PATH}/waves/{{wave}}", Action.FOLLOW_UP
    return [
        Route(PATH, console.seated(show, may=may)),
        *followups_new.routes(console),
        *wordings.routes(console),
        *yearly.routes(console),
        Route(one, console.seated(show_one, may=may)),
        Route(f"{one}/numbers", console.seated(show_numbers, may=may, polls=True)),
        Route(f"{one}/change", console.seated(change_one, may=may), methods=["POST"]),
    ]


async def waiting(console: Console, seat: Seat, reading: Reading) -> Sequence[Waiting]:
    """Return how many texts of the townships wait to be judged."""
    count = len(await wordings.to_judge(reading, console.world, seat.staff))
    return (Waiting("wordings", count, wordings.PATH),) if count else ()


async def show(console: Console, seat: Seat, request: Request) -> Response:
    """Show what was started, the latest first."""
    world, now = console.world, console.clock()
    scopes = places_of(world.places, seat.staff)
    async with console.database.reading() as reading:
        found = await waves.of_scopes(reading, scopes, _SHOWN)
        years = await waves.yearly_of(reading, scopes, _SHOWN)
        judging = await wordings.to_judge(reading, world, seat.staff)
    lines = [
        _Line(one, terms_in_words(world.texts, codes_in_words(world, _filter(one), now)), False)
        for one in found
    ]
    lines += [_Line(one, world.texts("console.followups.yearly"), True) for one in years]
    lines.sort(key=lambda line: line.wave.created_at, reverse=True)
    return console.page(
        seat,
        "followups.html",
        lines=lines,
        to_judge=len(judging),
        counties=yearly.counties_of(world.places, seat.staff),
    )


async def show_one(console: Console, seat: Seat, request: Request) -> Response:
    """Show how a follow-up stands."""
    async with console.database.transaction() as tx:
        wave = await waves.get(tx, request.path_params["wave"])
        if wave is None:
            return console.refusal(seat, 404)
        if not await _is_granted(console.office(tx), seat, wave):
            return console.refusal(seat, 403)
    async with console.database.reading() as reading:
        watched = await watch(reading, wave)
    return _shown(console, seat, watched)


async def show_numbers(console: Console, seat: Seat, request: Request) -> Response:
    """Show the same while it goes on; a page that asks by itself is one look, not many."""
    async with console.database.reading() as reading:
        wave = await waves.get(reading, request.path_params["wave"])
        if wave is None or wave.scope_id not in places_of(console.world.places, seat.staff):
            return console.refusal(seat, 404)
        watched = await watch(reading, wave)
    return _shown(console, seat, watched)


async def change_one(console: Console, seat: Seat, request: Request) -> Response:
    """Stop, pause or resume a follow-up, with the reason."""
    form = await console.form(seat, request)
    what = _CHANGES.get(form["what"])
    path = f"{PATH}/waves/{request.path_params['wave']}"
    async with console.database.transaction() as tx:
        wave = await waves.get(tx, request.path_params["wave"])
        if wave is None or what is None:
            return console.refusal(seat, 404)
        if not await _is_granted(console.office(tx), seat, wave):
            return console.refusal(seat, 403)
        reason = form["reason"] if form["reason"] in REASONS else ""
        if what != "resume" and not reason:
            return console.to(path, "console.followups.told.why")
        by, now = f"staff:{seat.staff.id}", console.clock()
        done = await change(tx, wave, what, by=by, reason=reason, now=now)
    return console.to(path, f"console.followups.told.{what if done else 'late'}")


async def _is_granted(office: Office, seat: Seat, wave: Wave) -> bool:
    """Decide about a follow-up: one of the own places, never the county's at a station."""
    is_own = wave.scope_id in places_of(office.world.places, seat.staff)
    place, about = (wave.scope_id if is_own else None), f"place:{wave.scope_id}"
    return await is_granted(office, seat.staff, Action.FOLLOW_UP, place, about)


def _filter(wave: Wave) -> Filter:
    return Filter.model_validate_json(wave.filter) if wave.filter else Filter()


def _shown(console: Console, seat: Seat, watched: Watched) -> Response:
    world, wave = console.world, watched.wave
    texts, now = world.texts, console.clock()
    failed = [
        (texts(sentence_key(state, reason)), count)
        for (state, reason), count in watched.failed.items()
    ]
    return console.page(
        seat,
        "wave.html",
        wave=wave,
        watched=watched,
        total=watched.sent + watched.waiting + sum(watched.failed.values()),
        is_going=wave.state in ("planning", "running"),
        terms=terms_in_words(texts, codes_in_words(world, _filter(wave), now)),
        text=as_read(texts, wave.words.get(LANGUAGE, "")),
        failed=failed,
        reasons=[(code, texts(f"staff.followups.why_{code}")) for code in REASONS],
    )
