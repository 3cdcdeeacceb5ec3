"""Values -> HTML. Everything that a person wrote passes Jinja's autoescape."""

import zlib
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from bot.digits import numbered
from bot.messages import Message
from bot.texts import Texts
from bot.web.kept import Exchange
from bot.web.layout import grids
from bot.web.refusal import Refusal
from bot.web.screen import Line, Screen, own_line
from bot.web.settings import Notice
from bot.web.speech import Speech, speech_in
from bot.web.texts import menu, others, refused

_HERE: Final = Path(__file__).parent
STATIC: Final = _HERE / "static"


def _version(name: str) -> str:
    return f"{zlib.crc32((STATIC / name).read_bytes()):08x}"


def static(name: str) -> str:
    """Return the address of a file of the page; it changes with the file."""
    return f"/static/{name}?v={_version(name)}"


_TEMPLATES: Final = Environment(
    loader=FileSystemLoader(_HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.filters["grids"] = grids
_TEMPLATES.filters["numbered"] = numbered
_TEMPLATES.globals["static"] = static


def _page(template: str, speech: Speech, **values: object) -> HTMLResponse:
    words = {
        "say": speech.texts,
        "query": speech.query,
        "is_large": speech.is_large,
        "has_digits": speech.is_large or bool(speech.texts.voice),
        "here": "",
        **values,
    }
    return HTMLResponse(_TEMPLATES.get_template(template).render(words))


class Pages:
    """Every page, in the language of its speech: the catalogue's own where none is given.

    Args of the constructor:
        notice: whom the notice on personal data names.
    """

    def __init__(self, texts: Texts, notice: Notice) -> None:
        self.texts = texts
        self.notice = notice

    def landing(
        self, ticket: str, speech: Speech, station: str = "", *, has_left: bool = False
    ) -> HTMLResponse:
        """Return the first page.

        Args:
            station: the code of the link that was followed.
            has_left: whether the visitor has just left this phone, and reads that it is done.
        """
        texts = speech.texts
        return _page(
            "landing.html",
            speech,
            ticket=ticket,
            station=station,
            told=texts("web.left") if has_left else "",
            here=f"s/{station}" if station else "",
            language=texts.language,
            others=[(code, other("language.button")) for code, other in others(texts).items()],
        )

    def privacy(self, speech: Speech | None = None) -> HTMLResponse:
        """Return the notice on personal data in plain words."""
        spoken = speech or Speech(self.texts)
        return _page("privacy.html", spoken, notice=self.notice, here="privacy")

    def chat(
        self, screen: Screen, ticket: str, speech: Speech, *, listens: bool = False
    ) -> HTMLResponse:
        """Return the whole chat page; one that listens asks for news by itself."""
        return _page(
            "chat.html",
            speech,
            here="chat",
            screen=screen,
            ticket=ticket,
            listens=listens,
            hint=_input_hint(screen.messages),
            menu=menu(speech.texts),
        )

    def exchange(self, exchange: Exchange, ticket: str, speech: Speech) -> HTMLResponse:
        """Return what one exchange adds to a page that is already open, for the script."""
        messages, settle = exchange.screen.messages, exchange.outgoing.settle
        return _page(
            "exchange.html",
            speech,
            outgoing=exchange.outgoing,
            settled=None if settle is None else Line("bot", settle),
            own=own_line(exchange.said, exchange.outgoing),
            toast=exchange.screen.toast,
            ticket=ticket,
            hint=_input_hint(messages),
        )

    def refusal(self, request: Request, refusal: Refusal, ticket: str = "") -> HTMLResponse:
        """Return the page about what went wrong, offering again what the visitor had posted."""
        speech = speech_in("", request, self.texts)
        page = _page(
            "refusal.html",
            speech,
            words=refused(speech.texts, refusal.status, is_foreign=not refusal.resend),
            fields=_fields(request, refusal, ticket),
            action=request.url.path + speech.query,
            wait=refusal.wait,
            status=refusal.status,
        )
        page.status_code = refusal.status
        if refusal.wait:
            page.headers["Retry-After"] = str(refusal.wait)
        return page


def _fields(request: Request, refusal: Refusal, ticket: str) -> dict[str, str]:
    """Return what the visitor may send again, with the new ticket where there is one."""
    posted = getattr(request.state, "posted", None)
    fields: dict[str, str] = posted.fields() if posted is not None and refusal.resend else {}
    if ticket:
        fields["ticket"] = ticket
    elif fields and posted is not None:
        fields["ticket"] = posted.ticket
    return fields


def _input_hint(messages: tuple[Message, ...]) -> str:
    last = messages[-1] if messages else Message("")
    return "tel" if last.ask_phone else last.input_hint
