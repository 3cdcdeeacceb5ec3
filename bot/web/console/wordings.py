"""Texts of follow-ups: written by a station, approved by the county."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.render.desk.followups import fault_words
from bot.render.desk.placeholders import as_kept, as_read, placeholders
from bot.staff.access import acts_for, is_granted
from bot.staff.followups_draft import scopes_of
from bot.staff.followups_texts import judges
from bot.staff.followups_wordings import judge, write, written_in
from bot.web.console.frame import Console, Seat
from bot.world import World
from conversations.scope import Action
from conversations.wordings import WordingFault, tidied
from storage.staff import Staff
from storage.transaction import Reading
from storage.wordings import Wording

PATH: Final = "/console/followups/texts"


def routes(console: Console) -> list[BaseRoute]:
    """Return the pages about texts."""
    return [
        Route(PATH, console.seated(show, may=Action.FOLLOW_UP)),
        Route(PATH, console.seated(add, may=Action.FOLLOW_UP), methods=["POST"]),
        Route(f"{PATH}/judge", console.seated(judge_one, may=Action.APPROVE), methods=["POST"]),
    ]


async def to_judge(reading: Reading, world: World, who: Staff) -> list[Wording]:
    """Return the texts that wait for this account, each once."""
    found = [
        one
        for mandate in acts_for(who, Action.APPROVE)
        for one in await written_in(reading, world, mandate.scope_id)
        if one.state == "draft"
    ]
    return list({(one.key, one.version): one for one in found}.values())


async def show(console: Console, seat: Seat, request: Request) -> Response:
    """Show the texts of the own places, and those that wait to be judged."""
    return await _shown(console, seat)


async def add(console: Console, seat: Seat, request: Request) -> Response:
    """Keep a text of one's own, or say what is wrong with it."""
    form = await console.form(seat, request)
    place, words = form["scope"], form["words"]
    async with console.database.transaction() as tx:
        office = console.office(tx)
        own = place if place in scopes_of(seat.staff) else None
        if not await is_granted(office, seat.staff, Action.FOLLOW_UP, own, f"place:{place[:40]}"):
            return console.refusal(seat, 403)
        needs = console.world.follow_ups.needs_approval
        is_approved = judges(office, seat.staff, place) or not needs
        kept = await write(
            tx,
            console.world,
            place,
            as_kept(console.world.texts, tidied(words)),
            by=f"staff:{seat.staff.id}",
            is_approved=is_approved,
            now=office.now,
        )
    if isinstance(kept, Wording):
        return console.to(PATH, f"console.followups.told.{'kept' if is_approved else 'draft'}")
    return await _shown(console, seat, place, words, kept)


async def judge_one(console: Console, seat: Seat, request: Request) -> Response:
    """Let a text be sent, or not."""
    form = await console.form(seat, request)
    async with console.database.transaction() as tx:
        office = console.office(tx)
        waiting = await to_judge(tx, console.world, seat.staff)
        one = next((text for text in waiting if text.key == form["key"]), None)
        if one is None:
            return console.to(PATH, "console.followups.told.judged_before")
        about = f"place:{one.scope_id}"
        if not await is_granted(office, seat.staff, Action.APPROVE, one.scope_id, about):
            return console.refusal(seat, 403)
        approve, by = form["answer"] == "yes", f"staff:{seat.staff.id}"
        await judge(tx, one, approve=approve, by=by, now=office.now)
    return console.to(PATH, f"console.followups.told.{'approved' if approve else 'refused'}")


async def _shown(
    console: Console,
    seat: Seat,
    place: str = "",
    words: str = "",
    wrong: tuple[WordingFault, ...] = (),
) -> Response:
    world, texts = console.world, console.world.texts
    async with console.database.reading() as reading:
        waiting = await to_judge(reading, world, seat.staff)
        own = [
            one
            for scope_id in scopes_of(seat.staff)
            for one in await written_in(reading, world, scope_id)
        ]
    known = {(one.key, one.version): one for one in own}
    return console.page(
        seat,
        "wordings.html",
        status=422 if wrong else 200,
        waiting=[(one, as_read(texts, one.text)) for one in waiting],
        own=[(one, as_read(texts, one.text)) for one in known.values()],
        scopes=[(one, world.places.by_id[one].name) for one in scopes_of(seat.staff)],
        place_id=place,
        words=words,
        wrong=[fault_words(texts, one) for one in wrong],
        placeholders=placeholders(texts),
    )
