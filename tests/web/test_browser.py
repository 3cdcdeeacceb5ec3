"""The page in a real browser on the real server, as small as a cheap phone."""

from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, Route, expect

from conversations.reply import Text
from tests.web.conftest import serving
from tests.web.looking import FOCUS, assert_fits_and_reads_well
from tests.web.phone import PHONE, begin, say
from tests.web.questionnaire import RETURN_CODE, Questionnaire

pytestmark = pytest.mark.asyncio(loop_scope="module")
NUMBER = "11010519491231002X"


class Visit:
    """An open page, all the hosts it asked and all that its console complained about."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.hosts: set[str] = set()
        self.complaints: list[str] = []
        page.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))


@pytest_asyncio.fixture(loop_scope="module")
async def visit(browser: Browser, site: str) -> AsyncIterator[Visit]:
    """Return a visit that stands at the landing page."""
    context = await browser.new_context(viewport=PHONE, has_touch=True)
    visit = Visit(await context.new_page())
    await visit.page.goto(site)
    yield visit
    await context.close()


async def test_a_whole_interview_runs_without_reload_complaint_or_foreign_host(
    visit: Visit, site: str
) -> None:
    page = visit.page
    await begin(page)
    loads: list[str] = []
    page.on("load", lambda _: loads.append("load"))
    await say(page, "李秀英")
    await expect(page.locator("#now")).to_contain_text("身份证号")
    await say(page, NUMBER)
    await expect(page.locator("#now")).to_contain_text("手机号")
    assert NUMBER not in await page.content()
    assert await page.get_by_text("已收到，已隐藏").count() == 1
    assert await page.locator("#say").get_attribute("type") == "tel"
    await say(page, "13800001234")
    await page.get_by_role("button", name="☐ 电焊").click()
    await expect(page.get_by_role("button", name="☑ 电焊")).to_be_visible()
    await page.get_by_role("button", name="选好了").click()
    await page.get_by_role("button", name="对，交上去").click()
    await expect(page.locator("#log")).to_contain_text(RETURN_CODE)
    assert loads == []
    assert visit.complaints == []
    assert visit.hosts == {urlsplit(site).netloc}


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_page_fits_a_small_phone_and_reads_well(
    visit: Visit, site: str, scheme: str
) -> None:
    page = visit.page
    await page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    await assert_fits_and_reads_well(page)
    await page.get_by_role("button", name="开始填报").click()
    await expect(page.locator("#now")).to_contain_text("您同意吗")
    await assert_fits_and_reads_well(page)
    await page.get_by_role("button", name="同意", exact=True).click()
    await expect(page.locator("#now")).to_contain_text("您叫什么名字")
    await say(page, "名" * 300)
    await expect(page.locator("#now")).to_contain_text("身份证号")
    await page.get_by_text("菜单").click()
    await page.wait_for_timeout(300)
    await assert_fits_and_reads_well(page)
    for path in ("/privacy", "/nowhere"):
        await page.goto(f"{site}{path}")
        await assert_fits_and_reads_well(page)


async def tab_to(page: Page, name: str) -> None:
    """Press the tabulator until this is focused; every stop on the way must be seen."""
    for _ in range(20):
        await page.keyboard.press("Tab")
        focus = await page.evaluate(FOCUS)
        assert focus["ringed"], focus
        if focus["name"] == name:
            assert focus["inside"], focus
            return
    raise AssertionError(f"the keyboard never came to {name}")


async def test_the_keyboard_alone_goes_all_the_way(visit: Visit, turns: Questionnaire) -> None:
    page = visit.page
    now = page.locator("#now")
    await tab_to(page, "开始填报")
    await page.keyboard.press("Enter")
    await expect(now).to_contain_text("您同意吗")
    # A page that was just opened moves the focus to what is new by itself.
    await expect(now).to_be_focused()
    await tab_to(page, "同意")
    await page.keyboard.press("Enter")
    await expect(now).to_contain_text("您叫什么名字")
    for words, after in (("李秀英", "身份证号"), (NUMBER, "手机号"), ("13800001234", "哪些手艺")):
        await tab_to(page, "say")
        await page.keyboard.type(words)
        await page.keyboard.press("Enter")
        await expect(now).to_contain_text(after)
    await tab_to(page, "☐ 月嫂")
    await page.keyboard.press("Space")
    await expect(page.get_by_role("button", name="☑ 月嫂")).to_be_focused()
    await tab_to(page, "选好了")
    await page.keyboard.press("Enter")
    await expect(now).to_contain_text("看看对不对")
    await tab_to(page, "对，交上去")
    await page.keyboard.press("Enter")
    await expect(page.locator("#log")).to_contain_text(RETURN_CODE)
    assert turns.replies.count(Text("李秀英")) == 1


async def test_enter_sends_what_was_typed_and_presses_no_other_button(
    visit: Visit, turns: Questionnaire
) -> None:
    await begin(visit.page)
    await visit.page.locator("#say").fill("李秀英")
    await visit.page.keyboard.press("Enter")
    await expect(visit.page.locator("#now")).to_contain_text("身份证号")
    assert turns.replies[-1] == Text("李秀英")


async def test_a_screen_reader_is_led_to_the_new_question(visit: Visit) -> None:
    page = visit.page
    await begin(page)
    await expect(page.locator("#now")).to_be_focused()
    assert await page.locator("html").get_attribute("lang") == "zh-CN"
    assert await page.locator("#say").get_attribute("aria-describedby") == "asked"
    await expect(page.get_by_label("在这里写回答")).to_be_visible()
    await say(page, "李秀英")
    await expect(page.locator("#now")).to_contain_text("身份证号")
    await page.get_by_role("button", name="为什么问").click()
    heard = page.locator("#heard")
    await expect(heard).to_contain_text("用来核对是不是您本人")
    assert await heard.get_attribute("aria-live") == "polite"
    assert await page.locator("#now").count() == 1


async def test_old_buttons_go_when_the_next_question_comes(visit: Visit) -> None:
    page = visit.page
    await begin(page)
    await expect(page.get_by_role("button", name="同意", exact=True)).to_have_count(0)
    await expect(page.locator("#log")).to_contain_text("→ yes")


async def test_the_menu_gives_the_words_that_work_anywhere(
    visit: Visit, turns: Questionnaire
) -> None:
    page = visit.page
    await begin(page)
    await page.get_by_text("菜单").click()
    await page.get_by_role("navigation").get_by_role("button", name="返回").click()
    await expect(page.locator("#now")).to_contain_text("您同意吗")
    await expect(page.get_by_role("navigation")).to_be_hidden()
    assert turns.replies[-1] == Text("返回")


async def test_it_works_with_javascript_switched_off(
    browser: Browser, site: str, turns: Questionnaire
) -> None:
    context = await browser.new_context(
        viewport=PHONE,
        java_script_enabled=False,
    )
    page = await context.new_page()
    await page.goto(site)
    await begin(page)
    await page.locator("#say").fill("李秀英")
    await page.keyboard.press("Enter")
    await expect(page.locator("#now")).to_contain_text("身份证号")
    await say(page, NUMBER)
    await expect(page.locator("#now")).to_contain_text("手机号")
    assert NUMBER not in await page.content()
    await say(page, "13800001234")
    await page.get_by_role("button", name="☐ 电焊").click()
    await expect(page.get_by_role("button", name="☑ 电焊")).to_be_visible()
    await page.get_by_role("button", name="选好了").click()
    await page.get_by_role("button", name="对，交上去").click()
    await expect(page.locator("#log")).to_contain_text(RETURN_CODE)
    await page.reload()
    await expect(page.locator("#log")).to_contain_text(RETURN_CODE)
    assert len(turns.replies) == 8
    await context.close()


async def test_the_open_question_is_there_after_a_reload_and_after_a_restart(
    visit: Visit, turns: Questionnaire, browser: Browser
) -> None:
    await begin(visit.page)
    await say(visit.page, "李秀英")
    await expect(visit.page.locator("#now")).to_contain_text("身份证号")
    await visit.page.reload()
    await expect(visit.page.locator("#now")).to_contain_text("身份证号")
    state = await visit.page.context.storage_state()
    async with serving(turns) as other_site:
        context = await browser.new_context(storage_state=state)
        page = await context.new_page()
        await page.goto(f"{other_site}/chat")
        await expect(page.locator("#now")).to_contain_text("身份证号")
        await say(page, NUMBER)
        await expect(page.locator("#now")).to_contain_text("手机号")
        await context.close()


async def test_going_back_in_the_browser_never_revives_a_used_form(
    visit: Visit, turns: Questionnaire
) -> None:
    page = visit.page
    await begin(page)
    await say(page, "李秀英")
    await expect(page.locator("#now")).to_contain_text("身份证号")
    await page.get_by_role("link", name="乡问").click()
    await page.go_back()
    await expect(page.locator("#now")).to_contain_text("身份证号")
    await say(page, NUMBER)
    await expect(page.locator("#now")).to_contain_text("手机号")


async def test_without_network_the_words_stay_and_can_be_sent_again(
    visit: Visit, turns: Questionnaire
) -> None:
    page = visit.page
    await begin(page)
    await page.route("**/chat", lambda route: route.abort())
    await say(page, "李秀英")
    await expect(page.locator("#status")).to_contain_text("您写的还在")
    assert await page.locator("#say").input_value() == "李秀英"
    await page.unroute("**/chat")
    await page.get_by_role("button", name="发送").click()
    await expect(page.locator("#now")).to_contain_text("身份证号")
    assert turns.replies.count(Text("李秀英")) == 1


async def test_an_answer_that_was_lost_on_the_way_back_is_shown_at_the_second_try(
    visit: Visit, turns: Questionnaire
) -> None:
    async def swallow(route: Route) -> None:
        await route.fetch()
        await route.abort()

    page = visit.page
    await begin(page)
    await page.route("**/chat", swallow)
    await say(page, "李秀英")
    await expect(page.locator("#status")).to_contain_text("没有发出去")
    await page.unroute("**/chat")
    await page.get_by_role("button", name="发送").click()
    await expect(page.locator("#now")).to_contain_text("身份证号")
    assert turns.replies.count(Text("李秀英")) == 1


async def test_a_fault_of_ours_is_told_on_the_page_and_the_words_stay(
    visit: Visit, turns: Questionnaire
) -> None:
    page = visit.page
    await begin(page)
    turns.is_down = True
    await say(page, "李秀英")
    await expect(page.locator("#status")).to_contain_text("现在人多")
    assert await page.locator("#say").input_value() == "李秀英"


async def test_a_page_that_grew_too_old_goes_on_with_what_was_written(
    visit: Visit, turns: Questionnaire
) -> None:
    page = visit.page
    await begin(page)
    await page.locator("input[name=ticket]").evaluate_all(
        "fields => fields.forEach((field) => { field.value = 'old'; })"
    )
    await say(page, "李秀英")
    await page.get_by_role("button", name="请点这里继续").click()
    await expect(page.locator("#now")).to_contain_text("身份证号")
    assert turns.replies[-1] == Text("李秀英")
