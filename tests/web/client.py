"""A visitor without a browser: follows the page's forms as a browser without script would."""

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from html import unescape
from time import monotonic

import httpx

from bot.texts import load_texts
from bot.web.app import create_web
from bot.web.listening import ListeningTurns
from bot.web.pages import Pages
from bot.web.settings import Notice, WebSettings

SECRET = b"0123456789abcdef0123456789abcdef"
HERE = "http://xiangwen.test"
NOTICE = Notice("太谷区人力资源和社会保障局", "0354-0000000 <信箱>")
PAGES = Pages(load_texts("zh"), NOTICE)


@dataclass
class Clock:
    """Seconds that pass when told to."""

    now: float = field(default_factory=monotonic)

    def __call__(self) -> float:
        return self.now


class Client:
    """One visitor with their cookies."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http

    @classmethod
    @asynccontextmanager
    async def of(
        cls,
        turns: ListeningTurns,
        settings: WebSettings | None = None,
        clock: Callable[[], float] = monotonic,
        reason: str | None = None,
    ) -> AsyncIterator["Client"]:
        """Open a visitor at a fresh application."""

        async def ready() -> str | None:
            return reason

        settings = settings or WebSettings(HERE, SECRET)
        web = create_web(turns, settings, PAGES, ready, clock=clock)
        transport = httpx.ASGITransport(web)
        async with httpx.AsyncClient(transport=transport, base_url=settings.public_url) as http:
            yield cls(http)

    async def get(self, path: str) -> httpx.Response:
        """Open a page."""
        return await self.http.get(path)

    async def post(self, path: str, **fields: str) -> httpx.Response:
        """Send a form as the same page's browser would."""
        return await self.http.post(path, data=fields, headers={"Sec-Fetch-Site": "same-origin"})

    async def start(self) -> str:
        """Begin to report; returns the chat page."""
        landing = (await self.get("/")).text
        await self.post("/start", ticket=ticket_in(landing))
        return (await self.get("/chat")).text

    async def reply(self, **fields: str) -> str:
        """Answer what the chat page asks now; returns the page after it."""
        page = (await self.get("/chat")).text
        answer = await self.post("/chat", ticket=ticket_in(page), **fields)
        assert answer.status_code == 303, answer.status_code
        return (await self.get(answer.headers["location"])).text

    async def tap(self, label: str) -> str:
        """Press a button of the chat page by its label; returns the page after it."""
        page = (await self.get("/chat")).text
        return await self.reply(press=press_in(page, label))


def ticket_in(page: str) -> str:
    """Return the page's ticket."""
    found = re.search(r'name="ticket" value="([^"]+)"', page)
    assert found is not None
    return unescape(found[1])


def press_in(page: str, label: str) -> str:
    """Return what the button with this label sends."""
    found = re.search(rf'name="press" value="([^"]+)"[^>]*>{re.escape(label)}<', page)
    assert found is not None
    return unescape(found[1])
