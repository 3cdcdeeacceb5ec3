"""A cheap phone with the page open: its size, and the first steps on it."""

from typing import Final

from playwright.async_api import Page, ViewportSize, expect

PHONE: Final = ViewportSize(width=360, height=640)


async def begin(page: Page) -> None:
    """Go to the question for the name."""
    await page.get_by_role("button", name="开始填报").click()
    # A page that was just opened moves the focus to what is new by itself.
    await expect(page.locator("#now")).to_be_focused()
    await page.get_by_role("button", name="同意", exact=True).click()
    await expect(page.locator("#now")).to_contain_text("您叫什么名字")


async def say(page: Page, words: str) -> None:
    """Type an answer and send it."""
    await page.locator("#say").fill(words)
    await page.get_by_role("button", name="发送").click()
