"""The frame that every page of the console stands in: who sits there, and how pages answer.

A handler is `async def show(console, seat, request) -> Response`, wrapped by `console.seated`.
It never raises after it wrote something that must stay, as a refusal in the audit does: what
raises undoes its transaction. It returns `console.refusal(seat, 403)` instead.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from secrets import compare_digest
from typing import Final
from urllib.parse import urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.desk import Office
from bot.settings import Settings
from bot.staff.access import note_refused_page
from bot.staff.naming import place_name
from bot.staff.signing_in import SigningIn
from bot.web.console.cookie import door_of, is_link_from_elsewhere, keep_door, token_of
from bot.web.console.forms import Form, has_files, read_form
from bot.web.console.rooms import room_at, rooms_of
from bot.web.console.seats import Seat, Seats, lifetime_of
from bot.web.console.sheets import Sheets
from bot.web.limits import Gate, Limits
from bot.web.refusal import Refusal
from bot.web.settings import WebSettings
from bot.web.visitor import is_from_here, names_nothing
from bot.world import World
from conversations.scope import Action, does
from storage import console_sessions
from storage.console_sessions import Level, Lifetime
from storage.database import Database
from storage.transaction import Transaction

__all__ = ("HOME", "SIGN_IN", "Console", "Seat")

HOME: Final = "/console"
SIGN_IN: Final = "/console/sign-in"
_MB: Final = 1 << 20
# As the audit names what no action stands for, and how much of an address it keeps.
_PAGE: Final = "console.page"
_LONGEST: Final = 200
_REFUSED: Final = frozenset((400, 403, 404, 405, 413, 429, 500, 503))


Handler = Callable[["Console", Seat, Request], Awaitable[Response]]
OpenHandler = Callable[["Console", Request], Awaitable[Response]]
Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Console:
    """What all handlers of the console share.

    Args of the constructor, where not plain:
        pages: renders the templates.
        clock: the present instant; the world's own.
        web: address and secret of the page that the console is beside.
        limits: how much one address may ask; the console's own.
        uploads: how many files are held in memory at once.
        signing: what lets people in.
        paths: the addresses that there are, for the menu.
        sharing: held while it is decided what of a table is shared, which may take seconds of a
            processor: one at a time, so that everybody else is answered meanwhile.
    """

    database: Database
    world: World
    settings: Settings
    pages: Sheets
    clock: Callable[[], datetime]
    web: WebSettings
    limits: Limits
    uploads: Gate
    signing: SigningIn
    paths: frozenset[str] = frozenset()
    sharing: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def lifetime(self) -> Lifetime:
        """Return how long somebody stays signed in."""
        return self.seats.lifetime

    @property
    def seats(self) -> Seats:
        """Return who finds out who sits there."""
        return Seats(self.database, self.world, self.web, lifetime_of(self.settings))

    def office(self, tx: Transaction) -> Office:
        """Return what decisions about people and accounts are taken with, at this moment."""
        return Office(tx, self.world, self.clock())

    def seated(
        self,
        handler: Handler,
        needs: Level = "full",
        *,
        may: Action | None = None,
        polls: bool = False,
        is_known: bool = True,
    ) -> Endpoint:
        """Return a handler as a route takes it: whoever is not signed in is sent to do that.

        Args:
            needs: what must have been proved.
            may: who may not do this anywhere at all is refused, which the audit keeps.
            polls: the page asks by itself, which is no sign that somebody is there.
            is_known: there is such a page; what it does not find may be of another place, and
                the audit keeps that somebody asked for it.
        """

        async def endpoint(request: Request) -> Response:
            _check(request, self.web)
            with self.limits.admit(request):
                seat = await self.seats.find(request, polls=polls)
            if seat is None:
                return self._outside(request)
            request.state.seat = seat
            if needs == "full" and seat.level == "link":
                return self._step_up(seat, request)
            if may is not None and not any(does(one.role, may) for one in seat.staff.mandates):
                return await self.refuse(seat, may)
            with self.uploads.enter() if has_files(request) else nullcontext():
                try:
                    answer = await handler(self, seat, request)
                finally:
                    _let_go(request)
            if answer.status_code == 404 and is_known:
                await self._note(seat, may or _PAGE, request.url.path[:_LONGEST])
            return answer

        return endpoint

    def unseated(self, handler: OpenHandler) -> Endpoint:
        """Return a handler, as a route takes it, of a page for whoever is about to sign in."""

        async def endpoint(request: Request) -> Response:
            _check(request, self.web)
            with self.limits.admit(request):
                return await handler(self, request)

        return endpoint

    async def door_form(self, request: Request) -> Form:
        """Return what somebody posted who is about to sign in.

        Raises:
            Refusal: 403 for a form that was not given to this browser, 413 and 400 as `read_form`.
        """
        form = await read_form(request, 0)
        token = door_of(request, self.web)
        if not token or not compare_digest(
            form["ticket"].encode(), self.seats.ticket(token).encode()
        ):
            raise _foreign()
        return form

    def door_page(
        self, request: Request, template: str, status: int = 200, **values: object
    ) -> Response:
        """Return a page for whoever is about to sign in; its forms are bound to their browser."""
        token = door_of(request, self.web) or console_sessions.new_token()
        values |= {"seat": None, "ticket": self.seats.ticket(token)}
        page = self.pages.render(template, status, **values)
        keep_door(page, token, self.web)
        return page

    async def form(self, seat: Seat, request: Request) -> Form:
        """Return what was posted; its files are there until the handler is done.

        Raises:
            Refusal: 403 for a form that is not of this session, 413 and 400 as `read_form`.
        """
        form = await read_form(request, self.settings.console.upload_mb * _MB)
        if not compare_digest(form["ticket"].encode(), seat.ticket.encode()):
            form.close()
            raise _foreign()
        request.state.form = form
        return form

    def page(
        self, seat: Seat, template: str, *, status: int = 200, **values: object
    ) -> HTMLResponse:
        """Return a page, or a part of one, for whoever sits there."""
        return self.pages.render(template, status, **self._around(seat), **values)

    def to(self, path: str, told: str = "", **query: str) -> Response:
        """Return the way to another page of ours after a post.

        Args:
            told: key of one sentence that is shown there: `console.<area>.told.<what>`.
        """
        query |= {"told": told} if told else {}
        mark = "&" if urlsplit(path).query else "?"
        return RedirectResponse(f"{path}{mark}{urlencode(query)}" if query else path, 303)

    def refusal(self, seat: Seat | None, status: int, words: str = "", wait: int = 0) -> Response:
        """Return the page about what may not be done, for a seat inside of the frame.

        Args:
            words: key of what is said; `{words}_cure` says what to do.
            wait: seconds after which trying again makes sense.
        """
        known = status if status in _REFUSED else 400
        values = {"words": words or f"console.refused.{known}", "wait": wait}
        if seat is None:
            page = self.pages.render("refusal.html", status, seat=None, **values)
        else:
            page = self.page(seat, "refusal.html", status=status, **values)
        if wait:
            page.headers["Retry-After"] = str(wait)
        if seat is not None and seat.is_part and status in (403, 404):
            # A part that is refused would be asked for again and again: the page says it once.
            page.headers["HX-Refresh"] = "true"
        return page

    async def refuse(self, seat: Seat, action: Action) -> Response:
        """Return the page about what is not this account's, which the audit keeps."""
        await self._note(seat, action)
        return self.refusal(seat, 403)

    async def _note(self, seat: Seat, action: str, path: str = "") -> None:
        async with self.database.transaction() as tx:
            await note_refused_page(self.office(tx), seat.staff, action, path)

    def refused(self, request: Request, refusal: Refusal) -> Response:
        """Return the page about a request that ended in a refusal."""
        seat: Seat | None = getattr(request.state, "seat", None)
        return self.refusal(seat, refusal.status, refusal.words, refusal.wait)

    def _around(self, seat: Seat) -> dict[str, object]:
        rooms = rooms_of(seat.staff, seat.level, self.paths)
        return {"seat": seat, "rooms": rooms, "room": room_at(seat.path), "place_name": self._name}

    def _name(self, place_id: str) -> str:
        return place_name(self.world.places, place_id)

    def _outside(self, request: Request) -> Response:
        """Answer somebody who is not signed in, as far as their browser tells us."""
        if is_link_from_elsewhere(request) and not token_of(request, self.web):
            return self.pages.render("once_more.html", seat=None, again=_own_address(request))
        if token_of(request, self.web):
            return self._to_sign_in(request, told="console.sign_in.told.expired")
        return self._to_sign_in(request)

    def _to_sign_in(self, request: Request, **query: str) -> Response:
        if request.method == "GET" and request.url.path != HOME:
            query["next"] = _own_address(request)
        path = self.to(SIGN_IN, **query)
        if "hx-request" in request.headers:
            # A part of a page cannot be the page to sign in: htmx goes there as a whole.
            return Response(status_code=204, headers={"HX-Redirect": path.headers["location"]})
        return path

    def _step_up(self, seat: Seat, request: Request) -> Response:
        """A link opened the door, and this page wants the password too."""
        return self._to_sign_in(request, told="console.sign_in.told.more")


def _let_go(request: Request) -> None:
    """Free the memory of what was posted."""
    form: Form | None = getattr(request.state, "form", None)
    if form is not None:
        form.close()


def _check(request: Request, settings: WebSettings) -> None:
    """Refuse what no page of ours sends.

    Raises:
        Refusal: 403 for a form of another site, 400 for an address that names nothing.
    """
    if request.method not in {"GET", "HEAD"} and not is_from_here(request, settings):
        raise _foreign()
    if names_nothing(request):
        raise Refusal(400)


def _foreign() -> Refusal:
    return Refusal(403, resend=False, words="console.refused.foreign")


def _own_address(request: Request) -> str:
    """Return path and query of a request: what is not from us never gets in."""
    query = request.url.query
    return f"{request.url.path}?{query}" if query else request.url.path
