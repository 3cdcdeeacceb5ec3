"""Leaving a borrowed phone, in a real browser, with the page's script and without."""

import pytest
from playwright.async_api import Browser, expect

from tests.web.looking import assert_fits_and_reads_well
from tests.web.phone import PHONE, begin, say

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize("has_script", [True, False])
async def test_a_borrowed_phone_is_left_without_a_trace(
    browser: Browser, site: str, has_script: bool
) -> None:
    context = await browser.new_context(
        viewport=PHONE,
        java_script_enabled=has_script,
    )
    page = await context.new_page()
    await page.goto(site)
    await begin(page)
    await say(page, "李秀英")
    await expect(page.locator("#now")).to_contain_text("身份证号")
    await page.get_by_text("菜单").click()
    await page.get_by_role("button", name="离开这台手机").click()
    await expect(page.get_by_role("status")).to_have_text("已经离开。要再看，请用返回码。")
    await assert_fits_and_reads_well(page)
    await page.go_back()
    await expect(page.get_by_role("button", name="开始填报")).to_be_visible()
    assert "李秀英" not in await page.content()
    await page.goto(f"{site}/chat")
    await expect(page.get_by_role("button", name="开始填报")).to_be_visible()
    await context.close()
