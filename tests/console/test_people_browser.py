"""People and follow-ups in a real browser, with the page's script, on a desk and on a phone."""

import pytest

from tests.console.conftest import AtDesk, Site
from tests.forms.people import EMPLOYED_AWAY
from tests.turns.chat import Chat

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_somebody_is_found_opened_and_seen_whole_for_a_reason(
    site: Site, at_desk: AtDesk
) -> None:
    await Chat(site.house.stage).report(EMPLOYED_AWAY)
    desk = await at_desk("station", "/console/people", phone=True)
    page = desk.page
    await page.get_by_label("姓名").fill(EMPLOYED_AWAY["name"])
    await page.get_by_role("button", name="查", exact=True).click()
    await page.get_by_role("link", name=f"{EMPLOYED_AWAY['name'][0]}某").click()
    assert await page.get_by_text(EMPLOYED_AWAY["id_number"]).count() == 0
    assert EMPLOYED_AWAY["name"] not in page.url
    await page.get_by_label("为什么要看完整的").fill("本人来电话核对")
    await page.get_by_role("button", name="看完整的").click()
    assert await page.get_by_text(EMPLOYED_AWAY["id_number"]).count() > 0
    wide = await page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert not wide
    assert desk.complaints == []


async def test_a_preview_counts_itself_and_is_started(site: Site, at_desk: AtDesk) -> None:
    await Chat(site.house.stage).report(EMPLOYED_AWAY)
    desk = await at_desk("county", "/console/followups/new")
    page = desk.page
    await page.get_by_label("现在干什么").select_option("1")
    await page.locator("input[name=wording]").first.check()
    await page.get_by_role("button", name="发之前看一看").click()
    await page.get_by_role("button", name="发给1人").click()
    await page.get_by_text("正在安排").first.wait_for()
    assert desk.complaints == []
