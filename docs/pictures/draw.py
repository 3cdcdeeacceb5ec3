"""`python -m docs.pictures.draw`: takes the pictures anew, from the real program.

Starts `xiangwen serve` in a temporary folder with a fake Bot API server beside it and walks one
interview on the page and one by chat, then a day of a station (day.py) and a month of a
county (county.py). Pages are photographed; the chat is drawn from what the fake server holds, for
there is no phone here. Posters are drawn from the PDF that is printed.
Needs Debian's chromium and fonts-noto-cjk.
"""

import asyncio
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Final

import pypdfium2
from PIL import ImageOps
from playwright.async_api import Browser, Page, async_playwright

from docs.pictures.county import draw_county
from docs.pictures.day import draw_day
from docs.pictures.studio import HERE, phone, save, save_chat
from tests.fakes.bot_api import BotApi, Person
from tests.whole.program import Program
from tests.whole.walker import lines_of, speak, walk

SCRIPT: Final = "employed_away"
SUBMIT: Final = "[都对，提交]"
RECORD: Final = "我的信息"
# The page takes thirty replies of one chat at once and then one a second.
PACE: Final = 0.4
# A picture is taken of what stands there before this line is said.
ON_THE_PAGE: Final = {
    "/start": "page-landing",
    "[对]": "page-number",
    "[打工、做生意]": "page-part",
    "[给单位、老板打工]": "page-question",
    SUBMIT: "page-summary",
    RECORD: "page-receipt",
}
IN_THE_CHAT: Final = {
    "[同意]": "chat-begin",
    "[对]": "chat-number",
    "[给单位、老板打工]": "chat-question",
    RECORD: "chat-receipt",
}
# What is said by chat after the interview, and the picture of what comes of it.
AFTERWARDS: Final = (
    (RECORD, "chat-record"),
    ("[看完整的号码]", "chat-pin"),
    ("[回到我的信息]", ""),
    ("[更新今年的情况]", ""),
    ("[还是这样]", "chat-compare"),
    ("[还是这样]", ""),
    ("家里人", "chat-people"),
    ("[替家里人填报]", ""),
    ("[同意]", ""),
    ("[同意]", ""),
    ("家里人", "chat-people"),
)
# Where the worker of the script is registered, and what is said when they ask for somebody.
STATION: Final = "140802106"
TALK: Final = (
    ("worker", "找人工"),
    ("staff", "[接1号]"),
    ("worker", "身份证号老是打不对，咋办？"),
    ("staff", "别急。您看着身份证，一位一位念，慢慢打。"),
    ("worker", "打对了，谢谢。"),
)
# What is printed for that station, and the first page of which file is shown.
PRINTED: Final = {
    "poster-station": ("station", f"station-{STATION}.pdf"),
    "poster-village": ("villages", f"villages-{STATION}.pdf"),
}
ON_PAPER: Final = {
    "WEB__PUBLIC_URL": "https://xiangwen.example.gov.cn",
    "TALK__CONTACT": "0359-0000000",
}


async def draw(chromium: str) -> None:
    """Walk both channels and write all pictures into this folder."""
    with tempfile.TemporaryDirectory() as folder:
        async with BotApi() as api, async_playwright() as playwright:
            program = Program(Path(folder), api.base_url)
            browser = await playwright.chromium.launch(
                executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--lang=zh-CN"]
            )
            try:
                await program.start()
                await photograph_page(browser, program.page)
                await draw_chat(browser, api.person(1001))
                _, printed = await program.run("staff", "invite", "--station", STATION)
                await draw_talk(browser, api.person(1001), api.person(2002), printed)
                await draw_day(browser)
                await draw_county(browser)
            finally:
                await browser.close()
                if program.process is not None:
                    await program.stop()


async def draw_posters() -> None:
    """Print the posters of the station and draw them."""
    with tempfile.TemporaryDirectory() as folder:
        async with BotApi() as api:
            program = Program(Path(folder), api.base_url, dict(ON_PAPER))
            for picture, (command, file) in PRINTED.items():
                await program.run("posters", command, "--station", STATION, "--out", folder)
                page = pypdfium2.PdfDocument(Path(folder) / file)[0]
                framed = ImageOps.expand(page.render(scale=1).to_pil(), border=1, fill="grey")
                framed.convert("L").save(HERE / f"{picture}.png", optimize=True)


async def photograph_page(browser: Browser, address: str) -> None:
    """Walk the interview on the page and photograph it on the way."""
    page = await phone(browser, has_touch=True)
    await page.goto(address)
    for line in lines_of(SCRIPT):
        if picture := ON_THE_PAGE.get(line):
            await save(page, picture)
        if line == RECORD:
            break
        await answer(page, line)
        await asyncio.sleep(PACE)


async def answer(page: Page, line: str) -> None:
    """Say a line of the transcript on the page and wait for what comes after it."""
    if line == "/start":
        await page.get_by_role("button", name="开始填报").click()
        await page.locator("#now").wait_for()
        return
    await page.evaluate("document.getElementById('now').classList.add('before')")
    if line.startswith("["):
        await page.get_by_role("button", name=line[1:-1], exact=True).last.click()
    else:
        await page.locator("#say").fill(line.strip("{}").removeprefix("phone own "))
        await page.get_by_role("button", name="发送").click()
    await page.locator("#now:not(.before)").wait_for()


async def draw_chat(browser: Browser, worker: Person) -> None:
    """Walk the interview by chat and draw what the fake server holds on the way."""
    waiting = dict(IN_THE_CHAT)
    for line in lines_of(SCRIPT):
        if picture := waiting.pop(line, ""):
            await save_chat(browser, worker, picture)
        if line == RECORD:
            break
        await walk(worker, [line])
    for line, picture in AFTERWARDS:
        await walk(worker, [line])
        if picture:
            await save_chat(browser, worker, picture)


async def draw_talk(browser: Browser, worker: Person, staff: Person, invited: str) -> None:
    """Make a chat the desk of the station, let it talk with the worker, and draw both."""
    code = invited.partition("/staff ")[2].split()[0]
    await walk(staff, [f"/staff {code}"])
    people = {"worker": worker, "staff": staff}
    for who, line in TALK:
        # In a talk a line has no answer but the other side's.
        speak(people[who], line)
        await asyncio.sleep(3)
    await save_chat(browser, staff, "staff-talk")
    await save_chat(browser, worker, "chat-talk")


def main() -> None:
    """Draw, if there is a browser."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("The pictures need a browser: apt-get install chromium fonts-noto-cjk")
    asyncio.run(draw_posters())
    asyncio.run(draw(chromium))


if __name__ == "__main__":
    main()
