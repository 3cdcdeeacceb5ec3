"""The own account: where one is signed in, the password, the way out of everywhere."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.staff import deputizing
from bot.staff.passwords import fault_of
from bot.staff.setting_up import change_password
from bot.staff.signing_in import Credentials, NotSignedIn, sign_out_everywhere
from bot.web.console.cookie import drop
from bot.web.console.forms import Form
from bot.web.console.frame import SIGN_IN, Console, Seat
from bot.web.console.staff_account import ACCOUNT, STAFF, stand_ins
from bot.web.visitor import client_address
from conversations.lobby.wishes import tag_of
from storage import console_sessions, logins

_FAULTY: Final = 422


def routes(console: Console) -> list[BaseRoute]:
    """Return the pages of the own account."""
    return [
        Route(ACCOUNT, console.seated(show)),
        Route(f"{ACCOUNT}/password", console.seated(set_password), methods=["POST"]),
        Route(f"{ACCOUNT}/sessions", console.seated(end_sessions), methods=["POST"]),
    ]


async def show(console: Console, seat: Seat, request: Request) -> Response:
    """Show the account and where it is signed in."""
    return await _page(console, seat, {})


async def set_password(console: Console, seat: Seat, request: Request) -> Response:
    """Change the password for whoever knows the present one and has the authenticator."""
    form = await console.form(seat, request)
    faults = await _faults(console, seat, form)
    if faults:
        return await _page(console, seat, faults)
    async with console.database.reading() as reading:
        login = await logins.of_staff(reading, seat.staff.id)
    if login is None:
        return console.refusal(seat, 403)
    given = Credentials(login.name, form.raw("password"), form["code"], client_address(request))
    proved = await console.signing.prove(given)
    if isinstance(proved, NotSignedIn):
        return await _page(console, seat, {"password": "locked" if proved.until else "not_yours"})
    new = form.raw("new")
    await change_password(console.signing, login, new, seat.digest)
    return console.to(ACCOUNT, told="console.account.told.password")


async def end_sessions(console: Console, seat: Seat, request: Request) -> Response:
    """End every session of the account, or all but this one."""
    form = await console.form(seat, request)
    stays = form["but"] == "this"
    async with console.database.transaction() as tx:
        but = seat.digest if stays else None
        await sign_out_everywhere(console.office(tx), seat.staff.id, but=but)
    if stays:
        return console.to(ACCOUNT, told="console.account.told.others_out")
    answer = console.to(SIGN_IN, told="console.sign_in.told.everywhere")
    drop(answer, console.web)
    return answer


async def _faults(console: Console, seat: Seat, form: Form) -> dict[str, str]:
    async with console.database.reading() as reading:
        login = await logins.of_staff(reading, seat.staff.id)
    new = form.raw("new")
    wrong = fault_of(new, login.name if login else "")
    if wrong:
        return {"new": wrong}
    return {} if new == form.raw("again") else {"again": "differs"}


async def _page(console: Console, seat: Seat, faults: dict[str, str]) -> Response:
    now = console.clock()
    async with console.database.transaction() as tx:
        office, who = console.office(tx), seat.staff
        login = await logins.of_staff(tx, who.id)
        sessions = await console_sessions.of_staff(tx, who.id, now, console.lifetime)
        deputies = await stand_ins(console, office, who)
        candidates = await deputizing.candidates(office, who)
    return console.page(
        seat,
        "account.html",
        status=_FAULTY if faults else 200,
        login=login,
        sessions=sessions,
        deputies=deputies,
        candidates=candidates,
        path=f"{STAFF}/{tag_of(seat.staff.id)}",
        tag=tag_of,
        faults=faults,
    )
