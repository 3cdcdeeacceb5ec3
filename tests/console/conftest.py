"""What the tests of the console stand on.

Over plain HTTP (quick; take this where it does):

- `house`: the program on SQLite with staff of each role; `house.stage.database`, `.world` and
  `.clock` as in tests/turns; `house.wait(minutes=5)`, `await house.audit()`.
- `signed_in`: `visitor = await signed_in("county")`, or `signed_in("station", "link")`; then
  `await visitor.get(path)`; `await visitor.post(path, {…})`, which sends the ticket of the page
  seen last; `await visitor.done(path, {…}, file=("名单.xlsx", content))`, which posts, follows the
  redirect and returns the page.
- `visitor`: a browser in which nobody is signed in.

In a real browser (few; `pytestmark = pytest.mark.asyncio(loop_scope="module")`):

- `site`: the same program on a real server; `site.house`, `site.address`.
- `at_desk`: `desk = await at_desk("county", "/console/people")`, or with `phone=True` as small as
  a cheap phone; `desk.page` is Playwright's, `desk.complaints` what its console complained about
  (a broken Content-Security-Policy too).
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import pytest_asyncio
import uvicorn
from playwright.async_api import Browser, Page, async_playwright

from bot.web.console.cookie import cookie_name
from storage.console_sessions import Level
from tests.console.house import House, Visitor, opened_house, visiting
from tests.web.conftest import BROWSER_FLAGS
from tests.web.phone import PHONE

DESK = {"width": 1280, "height": 800}
SignedIn = Callable[..., Awaitable[Visitor]]
AtDesk = Callable[..., Awaitable["Sitting"]]


@dataclass
class Site:
    """The console on a real server."""

    house: House
    address: str


@dataclass
class Sitting:
    """A real browser in which somebody is signed in."""

    page: Page
    site: Site
    complaints: list[str] = field(default_factory=list)

    async def open(self, path: str) -> None:
        """Open a page."""
        await self.page.goto(self.site.address + path)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with opened_house(tmp_path) as house:
        yield house


@pytest.fixture
async def visitor(house: House) -> AsyncIterator[Visitor]:
    async with visiting(house) as visitor:
        yield visitor


@pytest.fixture
async def signed_in(house: House) -> AsyncIterator[SignedIn]:
    async with AsyncExitStack() as stack:

        async def sign_in(role: str, level: Level = "full") -> Visitor:
            token = await house.session(house.staff_ids[role], level)
            return await stack.enter_async_context(visiting(house, token))

        yield sign_in


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser(chromium: Path) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium, args=BROWSER_FLAGS, headless=True
        )
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        async with opened_house(tmp_path, here=address) as house:
            config = uvicorn.Config(house.web, log_level="warning", lifespan="off")
            server = uvicorn.Server(config)
            task = asyncio.create_task(server.serve(sockets=[listener]))
            yield Site(house, address)
            server.should_exit = True
            await task


@pytest_asyncio.fixture(loop_scope="module")
async def at_desk(browser: Browser, site: Site) -> AsyncIterator[AtDesk]:
    async with AsyncExitStack() as stack:

        async def sit_down(
            role: str = "", path: str = "/console", level: Level = "full", *, phone: bool = False
        ) -> Sitting:
            context = await browser.new_context(
                viewport=PHONE if phone else DESK,  # type: ignore[arg-type]
                has_touch=phone,
            )
            stack.push_async_callback(context.close)
            if role:
                token = await site.house.session(site.house.staff_ids[role], level)
                name = cookie_name(site.house.console.web)
                kept = {"name": name, "value": token, "url": site.address}
                await context.add_cookies([{**kept, "httpOnly": True, "sameSite": "Strict"}])  # type: ignore[typeddict-item]
            sitting = Sitting(await context.new_page(), site)
            sitting.page.on("console", lambda said: sitting.complaints.append(said.text))
            sitting.page.on("pageerror", lambda error: sitting.complaints.append(str(error)))
            await sitting.open(path)
            return sitting

        yield sit_down
