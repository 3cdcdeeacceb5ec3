"""A roster in a real browser: uploaded, mapped, checked, taken; and a browser that goes away."""

import asyncio
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bot.rosters.working import work_off
from bot.web.console.cookie import cookie_name
from tests.console.conftest import AtDesk, Site
from tests.rosters.files import HEADER, PEOPLE, row
from tests.tables.files import xlsx_of

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_roster_is_brought_in_with_a_mouse(at_desk: AtDesk, tmp_path: Path) -> None:
    desk = await at_desk("county", "/console/roster")
    page, stage = desk.page, desk.site.house.stage
    file = tmp_path / "花名册.xlsx"
    rows = [row(one) for one in PEOPLE[:5]]
    file.write_bytes(xlsx_of([["2022年花名册"], list(HEADER), *rows, row(PEOPLE[0])]))
    await page.set_input_files("#f-file", file)
    await page.fill("#f-reason", "2020年建档立卡")
    await page.click("main button[type=submit]")
    await work_off(stage.database, stage.world)
    # The page asks by itself and turns to what comes next.
    await page.wait_for_selector("select[name=column-name]")
    await page.click("text=检查每一行")
    await work_off(stage.database, stage.world)
    await page.click("text=导入 5 人")
    await work_off(stage.database, stage.world)
    await page.wait_for_selector("text=撤销这次导入")
    assert "5" in await page.inner_text("tr:has-text('新的人')")
    assert "1" in await page.inner_text("tr:has-text('不能导入')")
    assert desk.complaints == []
    await page.set_viewport_size({"width": 360, "height": 740})
    assert await page.evaluate("document.documentElement.scrollWidth") <= 360


async def test_a_browser_that_goes_away_in_mid_upload_leaves_nothing(site: Site) -> None:
    """The form promises a megabyte, sends half of it, and the connection ends."""
    house = site.house
    token = await house.session(house.staff_ids["county"])
    where = urlsplit(site.address)
    head = (
        "POST /console/roster/upload HTTP/1.1\r\n"
        f"Host: {where.netloc}\r\nOrigin: {site.address}\r\nSec-Fetch-Site: same-origin\r\n"
        f"Cookie: {cookie_name(house.console.web)}={token}\r\n"
        "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 1000000\r\n\r\n"
        '--b\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\n'
    )
    _, writer = await asyncio.open_connection(where.hostname, where.port)
    writer.write(head.encode() + bytes(500_000))
    await writer.drain()
    await asyncio.sleep(0.2)
    writer.close()
    await asyncio.sleep(0.2)
    async with house.stage.database.reading() as reading:
        assert await reading.all("roster_imports.everything", most=9) == []
        assert await reading.all("uploads.old_ones", purpose="roster", before=1 << 60) == []
