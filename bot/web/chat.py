"""The chat page: what is asked of it, in HTTP, becomes turns."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.channel import Address, Turns, UpdateId
from bot.messages import Message, Outgoing
from bot.web.kept import Exchange, KeptExchanges
from bot.web.limits import Limits
from bot.web.pages import Pages
from bot.web.posted import STATION_CODE, Posted, read_posted
from bot.web.refusal import Refusal
from bot.web.screen import Said, Screen, continued, fold, said_with
from bot.web.settings import WebSettings
from bot.web.speech import asked_for, speech_in
from bot.web.tickets import Tickets
from bot.web.visitor import forget, is_from_here, new_token, remember, token_of
from conversations.reply import Reply
from storage.errors import StorageError

SOURCE: Final = "web"
PART_HEADER: Final = "x-part"
LEFT: Final = "/left"


class Desk:
    """Everything that the handlers of one process share."""

    def __init__(
        self, turns: Turns, settings: WebSettings, pages: Pages, clock: Callable[[], float]
    ) -> None:
        self.turns = turns
        self.settings = settings
        self.pages = pages
        self.tickets = Tickets(settings)
        self.kept = KeptExchanges(clock)
        self.limits = Limits(settings, clock)


@dataclass(frozen=True, slots=True)
class Post:
    """A checked post: of which chat, under which number, and what was in it."""

    token: str
    update: int
    posted: Posted


async def show_landing(desk: Desk, request: Request) -> Response:
    """Show the first page; a station's link only fills in its code, it starts nothing."""
    station = request.path_params.get("station", "")
    if not STATION_CODE.fullmatch(station):
        raise Refusal(404)
    with desk.limits.admit(request):
        known = token_of(request, desk.settings)
        language = asked_for(request) or await _language_of(desk, known)
        token = known or new_token()
        speech = speech_in(language, request, desk.pages.texts)
        has_left = request.url.path == LEFT
        ticket = desk.tickets.issue(token)
        response = desk.pages.landing(ticket, speech, station, has_left=has_left)
        remember(response, token, desk.settings)
        return response


async def _language_of(desk: Desk, token: str | None) -> str:
    """Return what a returning visitor's chat speaks; the first page works without a database."""
    if token is None:
        return ""
    standing = await _standing_if_known(desk, Address(SOURCE, token))
    return "" if standing is None else standing.language


async def show_chat(desk: Desk, request: Request) -> Response:
    """Show what is open in this chat, under the last exchange while that is remembered."""
    token = token_of(request, desk.settings)
    if token is None:
        return RedirectResponse("/", 303)
    with desk.limits.admit(request):
        async with desk.kept.lock(token):
            standing = await desk.turns.standing(Address(SOURCE, token))
            exchange = desk.kept.last(token)
    screen = _present(exchange, standing)
    if not screen.messages and not screen.past:
        return RedirectResponse("/", 303)
    ticket = desk.tickets.issue(token)
    speech = speech_in(standing.language, request, desk.pages.texts)
    response: Response = desk.pages.chat(screen, ticket, speech, listens=standing.listens)
    remember(response, token, desk.settings)
    response.background = _note_shown(desk, exchange)
    return response


def _present(exchange: Exchange | None, standing: Outgoing) -> Screen:
    if exchange is None:
        return _fresh(standing)
    if exchange.standing == standing and exchange.screen.messages:
        return exchange.screen
    return continued(exchange.screen, standing)


def _fresh(standing: Outgoing) -> Screen:
    return Screen((), standing.messages)


async def accept(to_reply: Callable[[Posted], Reply], desk: Desk, request: Request) -> Response:
    """Take one reply: a part of the page for the script, a redirect for everybody else."""
    post = await _checked(desk, request)
    desk.limits.count_reply(request, post.token, is_code=bool(post.posted.code))
    with desk.limits.admit(request):
        async with desk.kept.lock(post.token):
            exchange = await _exchange(desk, post, to_reply(post.posted))
    if PART_HEADER not in request.headers:
        return RedirectResponse("/chat#now", 303)
    speech = speech_in(exchange.language, request, desk.pages.texts)
    response: Response = desk.pages.exchange(exchange, desk.tickets.issue(post.token), speech)
    response.background = _note_shown(desk, exchange)
    return response


async def hand_out(desk: Desk, request: Request) -> Response:
    """Hand out the copy of a record that the chat was granted, as a file that no cache keeps."""
    post = await _checked(desk, request)
    desk.limits.count_reply(request, post.token, is_code=True)
    with desk.limits.admit(request):
        text = await desk.turns.copy(Address(SOURCE, post.token), post.posted.grant)
    if text is None:
        raise Refusal(404, resend=False)
    # Windows tells UTF-8 by its mark.
    return Response(
        text.encode("utf-8-sig"),
        media_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="record.txt"'},
    )


async def leave(desk: Desk, request: Request) -> Response:
    """Part this browser from its chat; what was reported stays, and the return code leads there.

    No limit counts it: whoever is in haste on a borrowed phone must get away.
    """
    post = await _checked(desk, request)
    async with desk.kept.lock(post.token):
        desk.kept.forget(post.token)
    response = RedirectResponse(LEFT, 303)
    forget(response, desk.settings)
    return response


async def _checked(desk: Desk, request: Request) -> Post:
    posted = await read_posted(request, desk.settings.max_body)
    token = token_of(request, desk.settings)
    # Without a cookie none is set here: it would replace that of a person sent by another site.
    if token is None or not is_from_here(request, desk.settings):
        raise Refusal(403, resend=False)
    request.state.posted = posted
    update = desk.tickets.read(token, posted.ticket)
    if update is None:
        raise Refusal(403)
    return Post(token, update, posted)


async def _exchange(desk: Desk, post: Post, reply: Reply) -> Exchange:
    address = Address(SOURCE, post.token)
    before = desk.kept.last(post.token)
    screen = await _screen_before(desk, post, before)
    outgoing = await desk.turns.take(address, UpdateId(SOURCE, post.update), reply)
    if outgoing is None and before is not None and before.update == post.update:
        return before
    said = _said(post.posted, screen.messages)
    if outgoing is None:
        standing: Outgoing | None = await desk.turns.standing(address)
        outgoing, said = _seen_before(desk, standing), Said("")
    else:
        standing = await _standing_if_known(desk, address)
    if outgoing.hide_reply:
        hidden = desk.pages.texts.speaking(outgoing.language)("web.hidden")
        said = replace(said, words=hidden)
    if outgoing.clear:
        screen, said = Screen(), Said("")
    screen = fold(screen, said, outgoing)
    return desk.kept.keep(post.token, Exchange(post.update, said, outgoing, screen, standing))


async def _screen_before(desk: Desk, post: Post, before: Exchange | None) -> Screen:
    """Return what the person saw as they replied; from the landing page that was no chat."""
    if not post.posted.is_in_chat:
        return Screen()
    if before is not None:
        return before.screen
    return _fresh(await desk.turns.standing(Address(SOURCE, post.token)))


def _seen_before(desk: Desk, standing: Outgoing | None) -> Outgoing:
    """Return what is said to a reply that was taken already: what is open now."""
    language = standing.language if standing else ""
    told = desk.pages.texts.speaking(language)("web.seen_before")
    return Outgoing(standing.messages if standing else (), told, language=language)


async def _standing_if_known(desk: Desk, address: Address) -> Outgoing | None:
    """The turn is committed: what it said must be shown even when the database is gone now."""
    try:
        return await desk.turns.standing(address)
    except StorageError:
        return None


def _said(posted: Posted, shown: tuple[Message, ...]) -> Said:
    if posted.press is not None:
        return said_with(posted.press, shown)
    return Said(posted.say or "")


def _note_shown(desk: Desk, exchange: Exchange | None) -> BackgroundTask | None:
    """Return the task that runs when the page was sent, None when it was shown before."""
    if exchange is None or exchange.is_shown:
        return None

    async def note() -> None:
        await desk.turns.shown(UpdateId(SOURCE, exchange.update))
        exchange.is_shown = True

    return BackgroundTask(note)
