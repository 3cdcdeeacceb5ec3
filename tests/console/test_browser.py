"""The console in a real browser on the real server: keyboard, phone, no script, no complaint."""

import io

import pyotp
import pytest
import zxingcpp
from PIL import Image
from playwright.async_api import Page, expect

from tests.console.conftest import AtDesk, Sitting
from tests.console.signing import NEW, link
from tests.web.looking import FOCUS, OVERFLOW, POOR_CONTRASTS

pytestmark = pytest.mark.asyncio(loop_scope="module")
PAGES = ("/console", "/console/account", "/console/staff", "/console/audit", "/console/nowhere")


async def tab_to(page: Page, name: str) -> None:
    """Press the tabulator until this is focused; every stop on the way must be seen."""
    for _ in range(40):
        await page.keyboard.press("Tab")
        focus = await page.evaluate(FOCUS)
        named = focus["name"] or await page.evaluate("() => document.activeElement.id")
        assert focus["ringed"] or named == "menu", focus
        if named == name:
            return
    raise AssertionError(f"the keyboard never came to {name}")


def code_of(desk: Sitting, secret: str) -> str:
    return pyotp.TOTP(secret).at(int(desk.site.house.stage.clock().timestamp()))


async def test_from_the_link_of_the_bot_to_a_whole_session_by_keyboard_alone(
    at_desk: AtDesk,
) -> None:
    desk = await at_desk(path="/console")
    house, page = desk.site.house, desk.page
    await expect(page.get_by_role("heading", name="登录工作台")).to_be_visible()
    token = await link(house, house.staff_ids["county"], "setup")
    await desk.open(f"/console/enter#{token}")
    await expect(page.get_by_role("button", name="进入")).to_be_focused()
    assert page.url == f"{desk.site.address}/console/enter"
    await page.keyboard.press("Enter")
    picture = await page.get_by_role("img", name="验证器要扫的二维码").screenshot()
    (read,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))
    secret = (await page.locator(".secret").inner_text()).replace(" ", "")
    assert f"secret={secret}" in read.text
    for field, given in (("f-name", "稷山县"), ("f-password", NEW), ("f-again", NEW)):
        await tab_to(page, field)
        await page.keyboard.type(given)
    await tab_to(page, "f-code")
    await page.keyboard.type(code_of(desk, secret))
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("status")).to_contain_text("设好了，您已经登录")
    await tab_to(page, "退出")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("status")).to_contain_text("已经退出了")
    house.wait(seconds=60)
    await tab_to(page, "f-name")
    for given in ("稷山县", NEW, code_of(desk, secret)):
        await page.keyboard.type(given)
        await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="今天")).to_be_visible()
    assert desk.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_page_fits_a_small_phone_and_reads_well(at_desk: AtDesk, scheme: str) -> None:
    desk = await at_desk("county", phone=True)
    await desk.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    for path in (*PAGES, "/console/enter"):
        await desk.open(path)
        assert await desk.page.evaluate(OVERFLOW) <= 0, path
        assert (await desk.page.evaluate(POOR_CONTRASTS))["poor"] == [], path
    wanted = [one for one in desk.complaints if "404" not in one]
    assert wanted == []


async def test_the_menu_of_a_phone_opens_by_the_space_bar_without_script(at_desk: AtDesk) -> None:
    desk = await at_desk("county", phone=True)
    menu = desk.page.get_by_role("navigation", name="工作台的各个栏目")
    await expect(menu).to_be_hidden()
    await tab_to(desk.page, "menu")
    await desk.page.keyboard.press("Space")
    await expect(menu).to_be_visible()
    await menu.get_by_role("link", name="我的账号").click()
    await expect(desk.page.get_by_role("heading", name="我的账号")).to_be_visible()


async def test_a_screen_reader_finds_its_way(at_desk: AtDesk) -> None:
    desk = await at_desk("county", "/console/account")
    page = desk.page
    assert await page.locator("html").get_attribute("lang") == "zh-CN"
    await expect(page.get_by_role("main")).to_be_visible()
    await expect(page.get_by_role("navigation", name="工作台的各个栏目")).to_be_visible()
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator("#main")).to_be_focused()
    unnamed = (
        "() => [...document.querySelectorAll('input, select, textarea, button, a')]"
        ".filter((one) => one.type !== 'hidden')"
        ".filter((one) => !(one.labels?.length || one.textContent.trim() || one.ariaLabel))"
        ".map((one) => one.outerHTML)"
    )
    for path in PAGES:
        await desk.open(path)
        assert await page.evaluate(unnamed) == [], path
        assert await page.locator("h1").count() == 1


async def test_nothing_of_the_console_stays_in_the_browsers_memory(at_desk: AtDesk) -> None:
    desk = await at_desk("county", "/console/account")
    assert await desk.page.evaluate("() => htmx.config.allowEval") is False
    assert await desk.page.evaluate("() => htmx.config.historyCacheSize") == 0
    kept = "() => [...Object.entries(localStorage), ...Object.entries(sessionStorage)]"
    # htmx notes the path, and paths name nobody.
    expected = [["htmx-current-path-for-history", "/console/account"]]
    assert await desk.page.evaluate(kept) == expected
    assert await desk.page.evaluate("() => document.cookie") == ""
    assert desk.complaints == []
