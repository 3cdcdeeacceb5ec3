"""Coming in and going out: by password and code, by a one-time link, by setting up the first time.

A link carries its token behind #, which no browser sends anywhere: neither logs nor Referer have
it, and whatever looks at a link for a preview uses nothing up. A small script puts it into the
form; without script it is pasted.
"""

from typing import Final

import segno
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.staff import signing_in
from bot.staff.passwords import address_of
from bot.staff.setting_up import Chosen, Faults, invited, secret_of, set_up
from bot.staff.signing_in import Credentials, NotSignedIn, SignedIn
from bot.web.console.cookie import drop, keep
from bot.web.console.forms import Form
from bot.web.console.frame import HOME, SIGN_IN, Console, Seat
from bot.web.console.sheets import told_of
from bot.web.visitor import client_address
from storage import console_sessions

ENTER: Final = "/console/enter"
SET_UP: Final = "/console/set-up"
SIGN_OUT: Final = "/console/sign-out"
_FAULTY: Final = 422


def routes(console: Console) -> list[BaseRoute]:
    """Return the ways in and out."""
    return [
        Route(SIGN_IN, console.unseated(show)),
        Route(SIGN_IN, console.unseated(sign_in), methods=["POST"]),
        Route(ENTER, console.unseated(show_enter)),
        Route(ENTER, console.unseated(enter), methods=["POST"]),
        Route(SET_UP, console.unseated(finish), methods=["POST"]),
        Route(SIGN_OUT, console.seated(sign_out, needs="link"), methods=["POST"]),
    ]


async def show(console: Console, request: Request) -> Response:
    """Show the form to sign in."""
    seat = await console.seats.find(request)
    if seat is not None and seat.level == "full":
        return console.to(HOME)
    told = told_of(console.world.texts, request.query_params.getlist("told"))
    return _form(console, request, request.query_params.get("next", ""), told)


async def sign_in(console: Console, request: Request) -> Response:
    """Sign somebody in, and go where they wanted to."""
    form = await console.door_form(request)
    given = Credentials(form["name"], form.raw("password"), form["code"], client_address(request))
    came = await console.signing.sign_in(given)
    if isinstance(came, NotSignedIn):
        words = "console.sign_in.locked" if came.until else "console.sign_in.wrong"
        return _form(console, request, form["next"], words, came=came, name=form["name"])
    return await _let_in(console, request, came, form["next"])


async def show_enter(console: Console, request: Request) -> Response:
    """Show the button of a one-time link: looking at the page uses nothing up."""
    return console.door_page(request, "enter.html", is_dead=False)


async def enter(console: Console, request: Request) -> Response:
    """Use a link to the lists up, or show the set-up that a link leads to."""
    form = await console.door_form(request)
    token = form["link"].rpartition("#")[2]
    if await invited(console.signing, token) is not None:
        return await _set_up_form(console, request, token)
    seat = await console.seats.find(request)
    inside = seat.staff.id if seat is not None and seat.level == "full" else ""
    came = await console.signing.enter(token, inside)
    if came is None:
        return console.door_page(request, "enter.html", 410, is_dead=True)
    if not came.token:
        return console.to(HOME)
    return await _let_in(console, request, came, "")


async def finish(console: Console, request: Request) -> Response:
    """Take the set-up as a whole, or say what is the matter with it; nothing typed is lost."""
    form = await console.door_form(request)
    chosen = Chosen(form["name"], form.raw("password"), form.raw("again"), form["code"])
    token = form["link"]
    came = await set_up(console.signing, token, chosen)
    if came is None:
        return console.door_page(request, "enter.html", 410, is_dead=True)
    if isinstance(came, Faults):
        return await _set_up_form(console, request, token, form, came)
    return await _let_in(console, request, came, "", told="console.account.told.set_up")


async def sign_out(console: Console, seat: Seat, request: Request) -> Response:
    """End this session."""
    await console.form(seat, request)
    async with console.database.transaction() as tx:
        await signing_in.sign_out(console.office(tx), seat.staff.id, seat.digest)
    answer = console.to(SIGN_IN, told="console.sign_in.told.out")
    drop(answer, console.web)
    return answer


def is_own_path(path: str) -> bool:
    """Tell whether an address leads to a page of the console, and nowhere else."""
    if not path.isprintable() or "\\" in path or ".." in path:
        return False
    return path == HOME or path.startswith((f"{HOME}/", f"{HOME}?"))


async def _let_in(
    console: Console, request: Request, came: SignedIn, path: str, told: str = ""
) -> Response:
    """Give the browser its new session; the one it had is over."""
    before = await console.seats.find(request)
    if before is not None:
        async with console.database.transaction() as tx:
            await console_sessions.end(tx, before.digest)
    answer = console.to(path if is_own_path(path) else HOME, told=told)
    keep(answer, came.token, console.web)
    return answer


def _form(
    console: Console,
    request: Request,
    path: str,
    words: str,
    *,
    came: NotSignedIn | None = None,
    name: str = "",
) -> Response:
    return console.door_page(
        request,
        "sign_in.html",
        200 if came is None else _FAULTY,
        next=path if is_own_path(path) else "",
        words=words,
        is_wrong=came is not None,
        until=None if came is None else came.until,
        name=name,
    )


async def _set_up_form(
    console: Console,
    request: Request,
    token: str,
    form: Form | None = None,
    faults: Faults | None = None,
) -> Response:
    who = await invited(console.signing, token)
    if who is None:
        return console.door_page(request, "enter.html", 410, is_dead=True)
    name = form["name"] if form else ""
    secret = secret_of(console.database.vault, token)
    return console.door_page(
        request,
        "set_up.html",
        _FAULTY if faults else 200,
        who=who,
        link=token,
        name=name,
        password=form.raw("password") if form else "",
        again=form.raw("again") if form else "",
        secret=secret,
        picture=picture_of(address_of(secret, name or who.name or who.role)),
        faults=faults.by_field if faults else {},
    )


def picture_of(text: str) -> str:
    """Return a QR code as SVG inside of the page: no style, nothing to fetch or to escape."""
    code = segno.make_qr(text, error="m")
    return str(code.svg_inline(omitsize=True, border=2, svgclass=None, lineclass=None))
