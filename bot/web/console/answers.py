"""The console's area at /console/answers: the platform's result files on their way in."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.platform import deciding
from bot.staff.access import scope_of
from bot.web.console import answers_open, answers_steps
from bot.web.console.answers_found import HOME, counties, shown
from bot.web.console.frame import Console, Seat
from bot.web.console.waiting import Waiting
from conversations.scope import Action, does
from storage import answers, refused
from storage.transaction import Reading


def routes(console: Console) -> list[BaseRoute]:
    """Return the pages of this area."""
    seated, may = console.seated, Action.EXPORT
    one, report = f"{HOME}/{{import_id}}", f"{HOME}/open/{{report_id}}"
    return [
        Route(HOME, seated(show_all, may=may)),
        Route(f"{HOME}/upload", seated(take_file, may=may), methods=["POST"]),
        Route(f"{HOME}/open", seated(answers_open.show, may=may)),
        Route(f"{report}/again", seated(answers_open.send_again, may=may), methods=["POST"]),
        Route(f"{report}/give-up", seated(answers_open.give_up, may=may), methods=["POST"]),
        Route(one, seated(shown, may=may, polls=True)),
        Route(f"{one}/mapping", seated(answers_steps.take_mapping, may=may), methods=["POST"]),
        Route(f"{one}/take", seated(answers_steps.take, may=may), methods=["POST"]),
        Route(f"{one}/drop", seated(answers_steps.drop, may=may), methods=["POST"]),
    ]


async def waiting(console: Console, seat: Seat, reading: Reading) -> Sequence[Waiting]:
    """Return how many files wait for a word of somebody, and how many refused reports."""
    if not any(does(one.role, Action.EXPORT) for one in seat.staff.mandates):
        return ()
    found = await answers.of_places(reading, counties(console, seat))
    count = sum(one.state in ("mapping", "checked") for one in found)
    wide = scope_of(console.world.places, seat.staff, Action.EXPORT)
    handed = await refused.count_handed(reading, wide)
    waits = (Waiting("answers", count, HOME), Waiting("answers_handed", handed, answers_open.OPEN))
    return [one for one in waits if one.count]


async def show_all(console: Console, seat: Seat, request: Request) -> Response:
    """Show the files that came in, and take another one."""
    scope = counties(console, seat)
    async with console.database.reading() as reading:
        imports = await answers.of_places(reading, scope)
    return console.page(seat, "answers.html", imports=imports, scopes=tuple(scope))


async def take_file(console: Console, seat: Seat, request: Request) -> Response:
    """Keep a file; it is looked at by the job."""
    form = await console.form(seat, request)
    upload = form.upload("file")
    if upload is None or not upload.size:
        return console.to(HOME, told="console.answers.told.no_file")
    async with console.database.transaction() as tx:
        office = console.office(tx)
        import_id = await deciding.bring_in(
            office, seat.staff, form["scope"], upload.name, upload.content()
        )
    if import_id is None:
        return console.refusal(seat, 403)
    return console.to(f"{HOME}/{import_id}")
