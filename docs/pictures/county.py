"""Walks a county clerk's month on the console of the real program and photographs it."""

import asyncio
import io
import re
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import msoffcrypto
import openpyxl
import pyotp
from PIL import Image
from playwright.async_api import Browser, Page, ViewportSize, expect

from docs.pictures.county_files import FIRST_CHAT, REASONS, REPORTED, answer, furnish, roster
from docs.pictures.day import AT_ONCE, UPDATE
from docs.pictures.studio import HERE
from docs.pictures.township import populate
from tests.export.platform import FIRST_ROW, platform_template
from tests.fakes.bot_api import BotApi, Person
from tests.whole.program import Program
from tests.whole.walker import labels, walk

COUNTY: Final = "140802"
STATION: Final = "140802106"
TOWNSHIP: Final = "t0679"
DESKTOP: Final = ViewportSize(width=1080, height=760)
COLOURS: Final = 96
PASSWORD: Final = "几个不相干的词连起来 41"  # noqa: S105 - of an account that lives for a minute
LAST_YEAR: Final = 60
ANSWERING: Final = 9
ON_ROSTER: Final = 300
# A second person lets such a batch out.
LIMIT: Final = 100
# Lines of the first batch that the platform does not want, and why.
REJECTED: Final = dict.fromkeys((3, 4, 60), REASONS[0]) | dict.fromkeys((10, 90), REASONS[1])


@dataclass
class Seat:
    """Somebody of the staff in a browser."""

    page: Page
    address: str
    batch: str = ""
    exported: list[tuple[str, str]] = field(default_factory=list)

    async def open(self, path: str) -> None:
        """Open a page of the console."""
        await self.page.goto(f"{self.address}/console/{path}".rstrip("/"))

    async def press(self, label: str | re.Pattern[str]) -> None:
        """Press a button and wait for the page after it."""
        await self.page.get_by_role("button", name=label).last.click()
        await self.page.wait_for_load_state()

    async def give(self, name: str, content: bytes) -> None:
        """Choose a file in the form."""
        kind = "application/octet-stream"
        await self.page.locator("input[type=file]").set_input_files(
            {"name": name, "mimeType": kind, "buffer": content}
        )

    async def until(self, words: str) -> None:
        """Wait until a page says this; it asks for itself while something goes on."""
        await expect(self.page.locator("main")).to_contain_text(words, timeout=60_000)

    async def save(self, picture: str, at: str = "") -> None:
        """Photograph what is in the window, from a place on the page downwards."""
        if at:
            await self.page.locator(at).first.evaluate("one => one.scrollIntoView()")
        taken = await self.page.screenshot(animations="disabled", caret="hide")
        drawn = Image.open(io.BytesIO(taken)).convert("RGB")
        drawn.quantize(COLOURS).save(HERE / f"console-{picture}.png", optimize=True)


async def draw_county(browser: Browser) -> None:
    """Walk the month: roster, prompts, template, batch, answer, corrected rows, bulletin."""
    with tempfile.TemporaryDirectory() as folder:
        async with BotApi() as api:
            others = {**AT_ONCE, "EXPORT__SECOND_PERSON_ROWS": str(LIMIT)}
            program = Program(Path(folder), api.base_url, others)
            town = await populate(program, LAST_YEAR, 0)
            await furnish(program)
            chats = [*town, *range(FIRST_CHAT, FIRST_CHAT + REPORTED)]
            people = [api.person(chat) for chat in chats]
            await program.start()
            try:
                await walk_month(browser, program, people)
            finally:
                await program.stop()


async def walk_month(browser: Browser, program: Program, people: list[Person]) -> None:
    """Do a month's work, the county's and that of those who help."""
    clerk = await sign_in(browser, program, "county", COUNTY, "周会计")
    second = await sign_in(browser, program, "county", COUNTY, "吴主任")
    station = await sign_in(browser, program, "station", STATION, "小郑")
    await clerk.open("")
    await clerk.save("today")
    await bring_roster(clerk)
    await bring_again(clerk)
    await prompt(clerk)
    await asyncio.gather(*map(answered_by, people[:ANSWERING]))
    await verify(station)
    await clerk.open("progress")
    await clerk.save("progress")
    await map_template(clerk)
    await export(clerk, "十一月第一批，导入省平台")
    await clerk.save("batch")
    await approve(second, clerk.batch)
    await take(clerk)
    before = [len(one.chat.entries) for one in people]
    await take_answer(clerk, REJECTED)
    await corrected_by(await asked_of(people, before))
    await verify(station)
    await export(clerk, "改好的补报")
    await clerk.save("changed")
    await take(clerk)
    await take_answer(clerk, {})
    await look_back(clerk)


async def sign_in(browser: Browser, program: Program, role: str, scope: str, name: str) -> Seat:
    """Let the operator make an account, and whoever it is for set it up."""
    options = ("--role", role, "--scope", scope, "--name", name)
    _, invited = await program.run("staff", "invite", *options)
    tag = invited.partition("Account: ")[2].split()[0]
    _, printed = await program.run("staff", "console", tag)
    context = await browser.new_context(viewport=DESKTOP, locale="zh-CN")
    seat = Seat(await context.new_page(), program.page)
    await seat.open(f"enter#{printed.partition('#')[2].split()[0]}")
    await seat.press("进入")
    secret = (await seat.page.locator(".secret").inner_text()).replace(" ", "")
    for label, value in (("name", name), ("password", PASSWORD), ("again", PASSWORD)):
        await seat.page.locator(f"#f-{label}").fill(value)
    await seat.page.locator("#f-code").fill(pyotp.TOTP(secret).now())
    await seat.press("设好，进入工作台")
    return seat


async def bring_roster(clerk: Seat) -> None:
    """Bring the year's roster in; what is faulty in it stays outside."""
    await clerk.open("roster")
    await clerk.give("花名册.xlsx", roster(ON_ROSTER))
    await clerk.page.locator("#f-reason").fill("各村报上来的名单")
    await clerk.press("上传")
    await clerk.until("每一列是什么")
    await clerk.save("roster-columns")
    await clerk.press("检查每一行")
    await clerk.until("检查完了")
    await clerk.save("roster-checked")
    await clerk.press(re.compile("^导入 .* 人"))
    await clerk.until("个人码")


async def bring_again(clerk: Seat) -> None:
    """Bring the first lines again with other phones: what differs is shown cell by cell."""
    book = openpyxl.load_workbook(io.BytesIO(roster(ON_ROSTER)))
    sheet = book.worksheets[0]
    sheet.delete_rows(30, sheet.max_row)
    for row in range(2, 6):
        sheet.cell(row, 4).value = f"1890000{row:04}"
    content = io.BytesIO()
    book.save(content)
    await clerk.open("roster")
    await clerk.give("解州镇补报.xlsx", content.getvalue())
    await clerk.page.locator("#f-reason").fill("解州镇换了电话的")
    await clerk.press("上传")
    await clerk.until("每一列是什么")
    await clerk.press("检查每一行")
    await clerk.until("检查完了")
    await clerk.page.locator("#f-rule").select_option("file")
    await clerk.press("记下")
    await clerk.page.locator("a[href*=differs]").click()
    await clerk.save("roster-differs")
    await clerk.page.go_back()
    await clerk.press(re.compile("^导入 .* 人"))
    await clerk.until("已导入")


async def prompt(clerk: Seat) -> None:
    """Prompt those of one township who are missing this year."""
    await clerk.open(f"followups/new?place={TOWNSHIP}")
    await clerk.page.locator("input[name=wording][value='prompt.other']").check()
    await clerk.press("发之前看一看")
    await clerk.until("对方看到的样子")
    await clerk.save("followup")
    await clerk.press(re.compile("^发给"))
    await clerk.until(f"{LAST_YEAR} / {LAST_YEAR}")


async def answered_by(worker: Person) -> None:
    """Let somebody answer the prompt in their chat."""
    await worker.until(lambda one: "更新" in labels(one))
    await walk(worker, list(UPDATE))


async def verify(station: Seat) -> None:
    """Verify at the station what nothing speaks against."""
    await station.open("reports")
    await station.press("核实勾选的")


async def map_template(clerk: Seat) -> None:
    """Upload the platform's empty template, look at its columns, use it."""
    await clerk.open("templates")
    await clerk.give("省平台模板.xlsx", platform_template())
    await clerk.press("上传")
    await clerk.save("template")
    await clerk.page.get_by_role("checkbox", name="上面的提醒我看过了").check()
    await clerk.press("启用这一版")


async def export(clerk: Seat, why: str) -> None:
    """Ask for a batch of what changed, and wait until it is made."""
    await clerk.open("exports")
    await clerk.page.locator("input[name=why]").fill(why)
    await clerk.press("检查并生成")
    await clerk.until("做好了")
    await clerk.page.wait_for_url(re.compile(r"/exports/[^?]+$"))
    clerk.batch = clerk.page.url


async def approve(second: Seat, batch: str) -> None:
    """Let a colleague's batch out."""
    await second.page.goto(batch)
    await second.press("我核对过，放行")


async def take(clerk: Seat) -> None:
    """Note the password, take the file, and open it as the platform does."""
    await clerk.page.goto(clerk.batch)
    await clerk.press(re.compile("显示密码"))
    password = (await clerk.page.locator(".secret").inner_text()).strip()
    await clerk.page.goto(clerk.batch)
    form = clerk.page.locator("form[action$='/take']").first
    await form.locator("input[name=reason]").fill("导入省平台")
    async with clerk.page.expect_download() as handed:
        await form.get_by_role("button").click()
    clerk.exported = rows_of(await (await handed.value).path(), password)


def rows_of(path: Path, password: str) -> list[tuple[str, str]]:
    """Return name and number of each row of an exported file."""
    plain = io.BytesIO()
    with path.open("rb") as content:
        office = msoffcrypto.OfficeFile(content)
        office.load_key(password=password)
        office.decrypt(plain)
    sheet = openpyxl.load_workbook(plain)["采集表"]
    rows = sheet.iter_rows(FIRST_ROW, min_col=2, max_col=3, values_only=True)
    return [(str(name), str(number)) for name, number in rows]


async def take_answer(clerk: Seat, rejected: dict[int, str]) -> None:
    """Bring the platform's answer in."""
    await clerk.open("answers")
    await clerk.give("导入结果.xlsx", answer(clerk.exported, rejected))
    await clerk.press("上传")
    await clerk.until("哪一列是什么")
    await clerk.press("开始核对")
    await clerk.until("核对好了")
    if rejected:
        await clerk.save("answers")
    await clerk.press("确认，开始办")
    await clerk.until("办完了")


async def asked_of(people: list[Person], before: list[int]) -> Person:
    """Return the first whose chat has a message more: the platform's refusal as a question."""
    async with asyncio.timeout(60):
        while True:
            for one, count in zip(people, before, strict=True):
                if len(one.chat.entries) > count:
                    return one
            await asyncio.sleep(0.2)


async def corrected_by(worker: Person) -> None:
    """Let somebody answer the one question, in their chat."""
    await walk(worker, ["[回答站里]", "13903590077", "[都对，提交]"])


async def look_back(clerk: Seat) -> None:
    """Look at what a month ends with: bulletin, statistics, one person, audit."""
    await clerk.open("progress/bulletin?place=k061")
    await clerk.page.wait_for_load_state("networkidle")
    await clerk.save("bulletin")
    await clerk.open("statistics")
    await clerk.press("现在重新统计")
    await clerk.until("就业状态（人数）")
    await clerk.save("statistics", at="main h2")
    await clerk.open(f"people?at={TOWNSHIP}&stage=accepted")
    await clerk.page.locator("tbody a").first.click()
    await clerk.save("person")
    await clerk.open("audit")
    await clerk.save("audit")
