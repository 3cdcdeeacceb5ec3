"""A talk on the page: what the staff say comes by itself, or by a button without script."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import uvicorn
from playwright.async_api import Browser, expect

from bot.web.app import create_web
from bot.web.settings import WebSettings
from tests.transcripts.stage import Stage
from tests.turns.station import TOWNSHIP, Phone, Phones, staff_phone
from tests.web.client import PAGES, SECRET, Client, ticket_in
from tests.web.conftest import ready
from tests.web.phone import PHONE, say

pytestmark = pytest.mark.asyncio(loop_scope="module")


@asynccontextmanager
async def station(folder: Path) -> AsyncIterator[tuple[Stage, Phone]]:
    """Open a station with one of the staff at a phone."""
    stage = Stage(folder)
    await stage.open()
    try:
        yield stage, await staff_phone(stage, Phones(), "2001")
    finally:
        await stage.close()


async def _begin(client: Client) -> None:
    landing = (await client.get(f"/s/{TOWNSHIP}")).text
    await client.post("/start", ticket=ticket_in(landing), station=TOWNSHIP)


async def test_a_page_that_asks_is_told_once_what_is_new(tmp_path: Path) -> None:
    async with station(tmp_path) as (stage, clerk), Client.of(stage.turns) as client:
        nobody = await client.get("/chat/news")
        assert (nobody.status_code, nobody.headers["X-Listens"]) == (204, "no")
        await _begin(client)
        assert 'data-listens="no"' in (await client.get("/chat")).text
        page = await client.reply(say="找人工")
        assert 'data-listens="yes"' in page
        waiting = await client.get("/chat/news")
        assert (waiting.status_code, waiting.headers["X-Listens"]) == (204, "yes")
        await clerk.phones.bring(stage)
        await clerk.tap("接1号")
        assert "直接写就行" in (await client.get("/chat/news")).text
        await clerk.write("您好<b>")
        told = (await client.get("/chat/news")).text
        assert "您好&lt;b&gt;" in told
        assert 'data-listens="yes"' in told
        assert (await client.get("/chat/news")).status_code == 204
        page = await client.reply(say="我想问个事")
        assert page.index("您好") < page.index("我想问个事")
        await clerk.phones.bring(stage)
        assert clerk.news()[-1] == "1号：我想问个事"
        await clerk.write("您说")
        assert "您说" in await client.tap("看看有没有回话")
        await clerk.tap("结束")
        over = (await client.get("/chat/news")).text
        assert over.index("说完了") < over.index("您同意填写吗")
        assert 'data-listens="no"' in over
        assert (await client.get("/chat/news")).headers["X-Listens"] == "no"
        page = (await client.get("/chat")).text
        assert page.count("您同意填写吗") == 1


async def test_the_page_shows_the_staffs_words_without_a_reload(
    tmp_path: Path, browser: Browser
) -> None:
    async with station(tmp_path) as (stage, clerk), _serving(stage) as address:
        context = await browser.new_context(viewport=PHONE, has_touch=True)
        page = await context.new_page()
        await page.goto(f"{address}/s/{TOWNSHIP}")
        await page.get_by_role("button", name="开始填报").click()
        await say(page, "找人工")
        await expect(page.locator("#now")).to_contain_text("1号")
        loads: list[str] = []
        page.on("load", lambda _: loads.append("load"))
        await clerk.phones.bring(stage)
        await clerk.tap("接1号")
        await page.locator("#say").fill("写到一半")
        await clerk.write("您好，有啥事？")
        await expect(page.locator("#now")).to_contain_text("有啥事", timeout=15_000)
        assert await page.locator("#say").input_value() == "写到一半"
        await page.get_by_role("button", name="发送").click()
        await expect(page.locator("#now")).to_contain_text("发过去了")
        await clerk.tap("结束")
        await expect(page.locator("#now")).to_contain_text("您同意填写吗", timeout=15_000)
        assert loads == []
        await context.close()


@asynccontextmanager
async def _serving(stage: Stage) -> AsyncIterator[str]:
    web = create_web(stage.turns, WebSettings("http://127.0.0.1", SECRET), PAGES, ready)
    server = uvicorn.Server(uvicorn.Config(web, log_level="warning", lifespan="off"))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        task = asyncio.create_task(server.serve(sockets=[listener]))
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        await task
