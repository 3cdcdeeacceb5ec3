"""The page over plain HTTP, the page on the real server, and a browser to open it with."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio
import uvicorn
from playwright.async_api import Browser, async_playwright

from bot.web.app import create_web
from bot.web.settings import WebSettings
from tests.web.client import PAGES, SECRET, Client
from tests.web.questionnaire import Questionnaire

BROWSER_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--accept-lang=zh-CN",
]


async def ready() -> str | None:
    """Say that turns can be taken."""
    return None


@pytest.fixture
def turns() -> Questionnaire:
    """Return the questionnaire behind the page."""
    return Questionnaire()


@pytest.fixture
async def client(turns: Questionnaire) -> AsyncIterator[Client]:
    """Return a visitor without a browser."""
    async with Client.of(turns) as client:
        yield client


@asynccontextmanager
async def serving(turns: Questionnaire) -> AsyncIterator[str]:
    """Run the page on the real server; yields its address."""
    web = create_web(turns, WebSettings("http://127.0.0.1", SECRET), PAGES, ready)
    config = uvicorn.Config(web, log_level="warning", lifespan="off")
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        task = asyncio.create_task(server.serve(sockets=[listener]))
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        await task


@pytest_asyncio.fixture(loop_scope="module")
async def site(turns: Questionnaire) -> AsyncIterator[str]:
    """Return the address of the running page."""
    async with serving(turns) as address:
        yield address


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser(chromium: Path) -> AsyncIterator[Browser]:
    """Return a real browser without a window."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium, args=BROWSER_FLAGS, headless=True
        )
        yield browser
        await browser.close()
