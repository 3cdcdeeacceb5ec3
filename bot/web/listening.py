"""What a page asks by itself while a talk with the station goes on: did somebody write?"""

from typing import Protocol

from starlette.requests import Request
from starlette.responses import Response

from bot.channel import Address, Turns
from bot.messages import Outgoing
from bot.web.chat import SOURCE, Desk
from bot.web.kept import Exchange
from bot.web.screen import Said, Screen, continued
from bot.web.speech import speech_in
from bot.web.visitor import token_of


class ListeningTurns(Turns, Protocol):
    """Turns that also know what somebody else wrote into a chat."""

    async def news(self, address: Address) -> Outgoing | None:
        """Return what stands in the chat's talk; None when it is in none."""
        ...


async def show_news(desk: Desk, turns: ListeningTurns, request: Request) -> Response:
    """Answer with what is new as a part of the page, or with 204 and whether to ask again."""
    token = token_of(request, desk.settings)
    if token is None:
        return _nothing(listens=False)
    with desk.limits.admit(request):
        async with desk.kept.lock(token):
            standing = await turns.news(Address(SOURCE, token))
            if standing is None:
                return _nothing(listens=False)
            exchange = _new(desk.kept.last(token), standing)
            if exchange is None:
                return _nothing(listens=standing.listens)
            desk.kept.keep(token, exchange)
    speech = speech_in(exchange.language, request, desk.pages.texts)
    return desk.pages.exchange(exchange, desk.tickets.issue(token), speech)


def _new(before: Exchange | None, standing: Outgoing) -> Exchange | None:
    """Return what the page does not show yet as an exchange in which nothing was said."""
    if before is not None and before.standing == standing:
        return None
    screen = before.screen if before is not None else Screen()
    on_show = {message.text for message in screen.messages}
    fresh = tuple(message for message in standing.messages if message.text not in on_show)
    return Exchange(
        update=before.update if before is not None else 0,
        said=Said(""),
        outgoing=Outgoing(fresh or standing.messages[-1:], listens=standing.listens),
        screen=continued(screen, standing),
        standing=standing,
        is_shown=before is None or before.is_shown,
    )


def _nothing(*, listens: bool) -> Response:
    return Response(status_code=204, headers={"X-Listens": "yes" if listens else "no"})
