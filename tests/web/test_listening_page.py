"""Listening and large print: the real turns, the pack that ships, a real browser at 360 pixels."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

import httpx
import pytest
import pytest_asyncio
import uvicorn
from playwright.async_api import Browser, Page, expect

from bot.clips.ogg import read
from bot.clips.pack import load_pack
from bot.settings_values import CHECKOUT
from bot.texts import load_texts
from bot.turns import ChatTurns
from bot.web.app import create_web
from bot.web.pages import Pages
from bot.web.settings import WebSettings
from tests.transcripts.stage import Stage
from tests.web.client import NOTICE, SECRET, Client, press_in, ticket_in
from tests.web.conftest import ready
from tests.web.looking import OVERFLOW, assert_fits_and_reads_well
from tests.web.phone import PHONE

pytestmark = pytest.mark.asyncio(loop_scope="module")
SAMPLE: Final = load_pack(CHECKOUT / "voice" / "sample")
TEXTS: Final = load_texts("zh", voice=SAMPLE)
LOW_BUTTONS: Final = """() => [...document.querySelectorAll("button, summary, a.size, audio")]
  .filter((element) => element.checkVisibility())
  .filter((element) => element.getBoundingClientRect().height < 48)
  .map((element) => element.textContent)"""
FIRST_STEPS: Final = (
    ("1 同意", "比较要紧"),
    ("1 同意", "这次给谁填"),
    ("1 我自己", "户口是哪一种"),
    ("1 山西农村户口", "下面哪种情况"),
    ("1 都没有", "什么样的活"),
)
PLAYED: Final = "document.querySelector('#sound audio').duration > 5"


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[ChatTurns]:
    """Open the real turns, with a voice."""
    stage = Stage(folder)
    await stage.open()
    turns = ChatTurns(stage.database, replace(stage.world, texts=TEXTS))
    yield turns
    await turns.close()
    await stage.close()


@pytest_asyncio.fixture(loop_scope="module")
async def site(tmp_path: Path) -> AsyncIterator[str]:
    """Return the address of the running page."""
    async with opened(tmp_path) as turns:
        settings = WebSettings("http://127.0.0.1", SECRET)
        web = create_web(turns, settings, Pages(TEXTS, NOTICE), ready)
        server = uvicorn.Server(uvicorn.Config(web, log_level="warning", lifespan="off"))
        with socket.create_server(("127.0.0.1", 0)) as listener:
            task = asyncio.create_task(server.serve(sockets=[listener]))
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
            server.should_exit = True
            await task


@pytest_asyncio.fixture(loop_scope="module")
async def page(browser: Browser, site: str) -> AsyncIterator[Page]:
    """Return a small phone at the landing page."""
    context = await browser.new_context(viewport=PHONE, locale="zh-CN")
    page = await context.new_page()
    await page.goto(site)
    yield page
    await context.close()


async def start(page: Page) -> None:
    """Come to the first question."""
    await page.locator("button.big").click()
    await expect(page.locator("#now")).to_contain_text("您同意填写吗")
    # A page that was just opened moves the focus to what is new by itself.
    await expect(page.locator("#now")).to_be_focused()


async def test_a_tap_plays_the_question_which_stays_open(page: Page) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    await start(page)
    asked = await page.locator("#log").inner_text()
    await page.locator("#now").get_by_role("button", name="听", exact=True).click()
    await expect(page.locator("#sound audio")).to_be_visible()
    # Not `wait_for_function`: its waiting evaluates text, which the page's policy forbids.
    for _ in range(100):
        if await page.evaluate(PLAYED):
            break
        await asyncio.sleep(0.1)
    assert await page.evaluate(PLAYED)
    assert await page.locator("#sound p").is_hidden()
    assert (await page.locator("#log").inner_text()).startswith(asked[:200])
    await page.locator("#now").get_by_role("button", name="1 同意", exact=True).click()
    await expect(page.locator("#now")).to_contain_text("比较要紧")
    assert await page.locator("#sound").count() == 0
    assert complaints == []


async def test_digits_stand_before_the_options_and_can_be_typed(page: Page) -> None:
    await start(page)
    await page.locator("#say").fill("1")
    await page.keyboard.press("Enter")
    await expect(page.locator("#now")).to_contain_text("比较要紧")


async def test_large_print_fits_a_small_phone_and_stays(page: Page) -> None:
    await page.get_by_label("换成大字").click()
    await assert_large(page)
    await start(page)
    for label, next_words in FIRST_STEPS:
        await assert_large(page)
        await page.locator("#now").get_by_role("button", name=label, exact=True).click()
        await expect(page.locator("#now")).to_contain_text(next_words)
    await page.locator("details.menu summary").click()
    await assert_large(page)
    await page.reload()
    await assert_large(page)
    await page.get_by_label("换回小字").click()
    await expect(page.locator("html.large")).to_have_count(0)
    await assert_fits_and_reads_well(page)


async def assert_large(page: Page) -> None:
    """Check what is on show now in large print."""
    await expect(page.locator("html.large")).to_have_count(1)
    await page.wait_for_load_state()
    assert await page.evaluate(OVERFLOW) <= 0
    assert await page.evaluate(LOW_BUTTONS) == []
    await assert_fits_and_reads_well(page)


async def test_without_script_the_player_and_the_switch_work_too(
    browser: Browser, site: str
) -> None:
    context = await browser.new_context(viewport=PHONE, java_script_enabled=False, locale="zh-CN")
    page = await context.new_page()
    await page.goto(site)
    await page.get_by_label("换成大字").click()
    await start(page)
    await page.locator("#now").get_by_role("button", name="听", exact=True).click()
    await expect(page.locator("#sound audio")).to_be_visible()
    assert "/voice/" in str(await page.locator("#sound audio").get_attribute("src"))
    assert await page.locator("html.large").count() == 1
    await context.close()


@asynccontextmanager
async def visitor(site: str) -> AsyncIterator[httpx.AsyncClient]:
    """Open a visitor without a browser, who leaves no connection behind."""
    limits = httpx.Limits(max_keepalive_connections=0)
    async with httpx.AsyncClient(base_url=site, follow_redirects=True, limits=limits) as http:
        yield http


async def heard(http: httpx.AsyncClient) -> str:
    """Ask for a clip and return its address."""
    landing = (await http.get("/")).text
    chat = (await http.post("/start", data={"ticket": ticket_in(landing)})).text
    given = {"ticket": ticket_in(chat), "press": press_in(chat, "听")}
    told = (await http.post("/chat", data=given)).text
    return told.partition("<audio")[2].partition('src="')[2].partition('"')[0]


async def test_a_sound_may_be_kept_for_ever_and_asked_for_in_parts(site: str) -> None:
    async with visitor(site) as http:
        address = await heard(http)
        whole = await http.get(address)
        assert whole.headers["content-type"] == "audio/ogg"
        assert "immutable" in whole.headers["cache-control"]
        assert "media-src 'self'" in whole.headers["content-security-policy"]
        assert read(whole.content).seconds > 5
        part = await http.get(address, headers={"Range": "bytes=10-19"})
        assert (part.status_code, part.content) == (206, whole.content[10:20])
        last = await http.get(address, headers={"Range": "bytes=-5"})
        assert last.content == whole.content[-5:]
        beyond = await http.get(address, headers={"Range": f"bytes={len(whole.content)}-"})
        assert beyond.status_code == 416


async def test_no_other_name_has_a_sound(site: str) -> None:
    async with visitor(site) as http:
        for name in ("AAAAA", "x", "..%2fsaid"):
            answer = await http.get(f"/voice/{name}.ogg")
            assert answer.status_code == 404
            assert answer.headers["cache-control"] == "no-store"


async def test_the_switch_leads_back_to_where_it_stands_and_nowhere_else(client: Client) -> None:
    for place in ("", "chat", "privacy", "s/140729101"):
        answer = await client.get(f"/print/large/{place}")
        assert answer.headers["location"] == f"/{place}"
    assert (await client.get("/print/large/https://elsewhere.test")).status_code == 404
    assert (await client.get("/print/huge/")).status_code == 404
