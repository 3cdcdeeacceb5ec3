"""An export in a real browser: the page follows the making by itself, and the file comes down."""

import pytest

from bot.exporting.jobs import work_off
from tests.console.conftest import AtDesk, Site
from tests.export.platform import platform_template
from tests.exporting.county import County

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.chromium]


async def test_a_clerk_uploads_the_template_exports_and_downloads(
    site: Site, at_desk: AtDesk
) -> None:
    county = County(site.house.stage, [site.house.staff_ids["county"]])
    await county.plant(2)
    desk = await at_desk("county", "/console/templates")
    page = desk.page
    await page.set_input_files(
        "input[type=file]",
        {
            "name": "空表.xlsx",
            "mimeType": "application/octet-stream",
            "buffer": platform_template(),
        },
    )
    await page.click("main button:has-text('上传')")
    await page.check("input[name=accept]")
    await page.click("button:has-text('启用这一版')")
    assert "正在用" in await page.inner_text("h1")

    await desk.open("/console/exports")
    await page.fill("input[name=why]", "十一月导入")
    await page.click("button:has-text('检查并生成')")
    await page.wait_for_selector("progress")
    await work_off(county.shop())
    await page.wait_for_selector("text=做好了，没取")
    await page.click("button:has-text('显示密码')")
    assert len(await page.inner_text(".secret")) == 19
    await page.click("main a.button")
    await page.fill("input[name=reason]", "导入平台")
    async with page.expect_download() as coming:
        await page.click("button:has-text('下载')")
    assert (await coming.value).suggested_filename.endswith(".xlsx")
    await desk.open(page.url.replace(site.address, ""))
    assert "已下载" in await page.inner_text("main")
    assert desk.complaints == []


async def test_the_pages_fit_a_phone(site: Site, at_desk: AtDesk) -> None:
    county = County(site.house.stage, [site.house.staff_ids["county"]])
    await county.plant(1)
    batch = await county.made()
    desk = await at_desk("county", "/console/exports", phone=True)
    for path in ("exports", f"exports/{batch.id}", f"exports/{batch.id}/held", "templates"):
        await desk.open(f"/console/{path}")
        width = await desk.page.evaluate("document.documentElement.scrollWidth")
        assert width <= 360, path
    assert desk.complaints == []
