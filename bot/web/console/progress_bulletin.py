"""The bulletin in the console: looked at, taken as a PDF or a picture, sent on a schedule."""

import asyncio
from typing import Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.progress.bulletin import bulletin_of, draw, picture
from bot.progress.looking import cycle_from, home_of, may
from bot.progress.tree import name_of
from bot.web.console.frame import Console, Seat
from conversations.hours import full_hours
from conversations.scope import Action
from storage import subscriptions
from storage.subscriptions import Subscription

PATH: Final = "/console/progress/bulletin"
_MONDAY: Final = 0
_MORNING: Final = 9


def routes(console: Console) -> list[BaseRoute]:
    """Return the pages of the bulletin."""
    looks = Action.SEE_PROGRESS
    return [
        Route(PATH, console.seated(show, may=looks)),
        Route(f"{PATH}.pdf", console.seated(as_pdf, may=looks)),
        Route(f"{PATH}.png", console.seated(as_png, may=looks)),
        Route(f"{PATH}/subscribe", console.seated(subscribe, may=looks), methods=["POST"]),
        Route(f"{PATH}/unsubscribe", console.seated(unsubscribe, may=looks), methods=["POST"]),
    ]


async def show(console: Console, seat: Seat, request: Request) -> Response:
    """Show what the bulletin looks like, and when it is sent."""
    place_id, cycle = _asked(console, seat, request)
    if not may(console.world.places, seat.staff, Action.SEE_PROGRESS, place_id):
        return await console.refuse(seat, Action.SEE_PROGRESS)
    async with console.database.reading() as reading:
        own = await subscriptions.of_staff(reading, seat.staff.id)
    texts = console.world.texts
    return console.page(
        seat,
        "progress_bulletin.html",
        place_id=place_id,
        name=name_of(console.world.places, place_id, texts("bulletin.province")),
        cycle=cycle,
        subscribed=next((one for one in own if one.scope_id == place_id), None),
        weekdays=[(day, texts(f"console.progress.weekday_{day}")) for day in range(7)],
        hours=[(hour, f"{hour}:00") for hour in full_hours(console.world.hours)],
        usual=(_MONDAY, _MORNING),
    )


async def as_pdf(console: Console, seat: Seat, request: Request) -> Response:
    """Return the bulletin for paper."""
    return await _file(console, seat, request, "pdf")


async def as_png(console: Console, seat: Seat, request: Request) -> Response:
    """Return the bulletin for a chat."""
    return await _file(console, seat, request, "png")


async def subscribe(console: Console, seat: Seat, request: Request) -> Response:
    """Keep when somebody wants the bulletin of a place."""
    form = await console.form(seat, request)
    place_id, weekday, hour = form["place"], form["weekday"], form["hour"]
    if not may(console.world.places, seat.staff, Action.SEE_PROGRESS, place_id):
        return await console.refuse(seat, Action.SEE_PROGRESS)
    hours = {str(one) for one in full_hours(console.world.hours)}
    if weekday not in set("0123456") or hour not in hours:
        return console.refusal(seat, 400)
    wished = Subscription(seat.staff.id, place_id, int(weekday), int(hour))
    async with console.database.transaction() as tx:
        await subscriptions.put(tx, wished, console.clock())
    return console.to(PATH, told="console.progress.told.subscribed", place=place_id)


async def unsubscribe(console: Console, seat: Seat, request: Request) -> Response:
    """Send somebody no more of a place."""
    form = await console.form(seat, request)
    async with console.database.transaction() as tx:
        await subscriptions.drop(tx, seat.staff.id, form["place"])
    return console.to(PATH, told="console.progress.told.unsubscribed", place=form["place"])


async def _file(console: Console, seat: Seat, request: Request, kind: str) -> Response:
    place_id, cycle = _asked(console, seat, request)
    if not may(console.world.places, seat.staff, Action.SEE_PROGRESS, place_id):
        return await console.refuse(seat, Action.SEE_PROGRESS)
    async with console.database.reading() as reading:
        made = await bulletin_of(reading, console.world, place_id, cycle)
    content = await asyncio.to_thread(lambda: draw(made) if kind == "pdf" else picture(draw(made)))
    media = "application/pdf" if kind == "pdf" else "image/png"
    shown = "inline" if request.query_params.get("look") else "attachment"
    place = name_of(console.world.places, place_id, console.world.texts("bulletin.province"))
    name = console.world.texts("console.progress.file", place=place, year=str(cycle))
    return Response(
        content,
        media_type=media,
        headers={"Content-Disposition": f"{shown}; filename*=UTF-8''{quote(name)}.{kind}"},
    )


def _asked(console: Console, seat: Seat, request: Request) -> tuple[str, int]:
    given = request.query_params
    return given.get("place") or home_of(seat.staff), cycle_from(
        console.world, given.get("cycle", "")
    )
