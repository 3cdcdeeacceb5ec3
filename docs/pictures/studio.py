"""Takes a picture of a page, or of a chat as a phone shows it."""

from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from playwright.async_api import Browser, Page, ViewportSize

from tests.fakes.bot_api import Person

HERE: Final = Path(__file__).parent
SCALE: Final = 1.5
PHONE: Final = ViewportSize(width=360, height=720)


async def save_chat(browser: Browser, worker: Person, picture: str) -> None:
    """Draw the end of a chat as a phone shows it."""
    drawings = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined
    )
    chat = worker.chat
    page = await phone(browser, has_touch=False)
    await page.set_content(
        drawings.get_template("chat.html").render(
            entries=list(chat.entries.values()), keyboard=chat.reply_keyboard
        )
    )
    await save(page, picture)
    await page.context.close()


async def phone(browser: Browser, *, has_touch: bool) -> Page:
    """Return an empty page as large as a small phone."""
    context = await browser.new_context(
        viewport=PHONE, device_scale_factor=SCALE, has_touch=has_touch, locale="zh-CN"
    )
    return await context.new_page()


async def save(page: Page, picture: str) -> None:
    """Write a picture once the page has come to rest."""
    await page.evaluate("document.fonts.ready")
    await page.screenshot(path=HERE / f"{picture}.png", animations="disabled", caret="hide")
