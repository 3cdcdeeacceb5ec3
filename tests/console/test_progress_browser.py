"""The pages about progress in a real browser: they fit a phone, and nothing is forbidden."""

import random

import pytest

from tests.console.conftest import AtDesk, Site
from tests.storage.walking import Walk

pytestmark = [pytest.mark.chromium, pytest.mark.asyncio(loop_scope="module")]
PATH = "/console/progress"


async def test_the_pages_are_drawn_and_fit_a_phone(site: Site, at_desk: AtDesk) -> None:
    stage = site.house.stage
    walk = Walk(stage.database, random.Random(2), stage.clock())
    for _ in range(20):
        await walk.step()
    stage.clock.now = walk.now
    for role, page in (("province", "?place=k001"), ("city", "/targets?place=c08")):
        desk = await at_desk(role, PATH + page, phone=True)
        width = await desk.page.evaluate("document.documentElement.scrollWidth")
        assert width <= await desk.page.evaluate("window.innerWidth")
        assert desk.complaints == []
    desk = await at_desk("province", f"{PATH}/bulletin?place=k001")
    image = desk.page.locator("figure.sheet img")
    await image.wait_for()
    assert await image.evaluate("one => one.decode().then(() => one.naturalWidth)") == 1191
    await desk.page.get_by_role("link", name="小店区").click()
    bars = desk.page.locator("svg.rate")
    assert await bars.count() > 5
    assert (await bars.first.get_attribute("aria-label") or "").count("完成") == 1
    assert desk.complaints == []
