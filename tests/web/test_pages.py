"""The way through the page without script, and what each page holds."""

import re

import pytest

from bot.channel import UpdateId
from bot.texts import load_texts
from bot.web.pages import Pages
from bot.web.settings import Notice, WebSettings
from conversations.reply import Command, Tap, Text
from tests.web.client import HERE, SECRET, Client, Clock, press_in, ticket_in
from tests.web.questionnaire import GRANT, RETURN_CODE, Questionnaire


async def test_the_landing_page_says_what_this_is_and_who_asks(client: Client) -> None:
    page = (await client.get("/")).text
    for words in ("一次只问一件事", "不收钱", "就业服务站", "开始填报", "返回码", "/privacy"):
        assert words in page


async def test_opening_the_landing_page_starts_nothing(
    client: Client, turns: Questionnaire
) -> None:
    await client.get("/")
    await client.get("/s/140421001")
    assert turns.replies == []


async def test_a_stations_link_gives_its_code_to_the_start(
    client: Client, turns: Questionnaire
) -> None:
    page = (await client.get("/s/140421001")).text
    assert 'name="station" value="140421001"' in page
    await client.post("/start", ticket=ticket_in(page), station="140421001")
    assert turns.replies == [Command("start", "140421001")]


@pytest.mark.parametrize("code", ["a%20b", "%3Cb%3E", "x" * 65])
async def test_a_broken_station_link_is_an_unknown_page(client: Client, code: str) -> None:
    answer = await client.get(f"/s/{code}")
    assert answer.status_code == 404
    assert "没有这一页" in answer.text


async def test_a_chat_that_never_began_leads_to_the_landing_page(client: Client) -> None:
    for _ in range(2):
        answer = await client.get("/chat")
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        await client.get("/")


async def test_the_whole_questionnaire_can_be_walked_without_script(
    client: Client, turns: Questionnaire
) -> None:
    assert "您同意吗" in await client.start()
    assert "您叫什么名字" in await client.tap("同意")
    page = await client.reply(say="李秀英")
    assert "李秀英" in page
    assert "身份证号是多少" in page
    page = await client.reply(say="11010519491231002X")
    assert "11010519491231002X" not in page
    assert "已收到，已隐藏" in page
    assert "想学哪些手艺" in await client.reply(say="13800001234")
    assert "☑ 电焊" in await client.tap("☐ 电焊")
    await client.tap("选好了")
    page = await client.tap("对，交上去")
    assert RETURN_CODE in page
    assert "这一回都填完了" in page


async def test_what_was_said_once_survives_a_reload(client: Client) -> None:
    await client.start()
    await client.tap("同意")
    await client.reply(say="李秀英")
    await client.reply(say="11010519491231002X")
    await client.reply(say="13800001234")
    await client.tap("选好了")
    await client.tap("对，交上去")
    assert RETURN_CODE in (await client.get("/chat")).text


async def test_what_was_said_once_is_forgotten_after_an_hour(turns: Questionnaire) -> None:
    clock = Clock()
    async with Client.of(turns, clock=clock) as client:
        assert "您好，我是乡问" in await client.start()
        clock.now += 3601
        page = (await client.get("/chat")).text
        assert "您好，我是乡问" not in page
        assert "您同意吗" in page


async def test_a_new_start_clears_the_lines_of_the_chat_before(client: Client) -> None:
    await client.start()
    await client.tap("同意")
    assert "李秀英" in await client.reply(say="李秀英")
    page = await client.start()
    assert "李秀英" not in page
    assert "身份证号是多少" in page


async def test_a_chat_that_went_on_elsewhere_shows_the_present_question(
    client: Client, turns: Questionnaire
) -> None:
    await client.start()
    (chat,) = turns.chats.values()
    chat.step = 1
    page = (await client.get("/chat")).text
    assert "您叫什么名字" in page
    assert not re.search(r'name="press"[^>]*>同意<', page)


async def test_a_return_code_goes_on_with_what_was_reported(
    client: Client, turns: Questionnaire
) -> None:
    page = (await client.get("/")).text
    answer = await client.post("/return", ticket=ticket_in(page), code=RETURN_CODE)
    assert turns.replies == [Command("return", RETURN_CODE)]
    assert "这一回都填完了" in (await client.get(answer.headers["location"])).text


async def test_a_wrong_return_code_is_answered_though_no_chat_is_open(client: Client) -> None:
    page = (await client.get("/")).text
    answer = await client.post("/return", ticket=ticket_in(page), code="0000")
    assert "没有这个号码" in (await client.get(answer.headers["location"])).text


async def test_a_button_becomes_a_tap_and_words_become_text(
    client: Client, turns: Questionnaire
) -> None:
    await client.start()
    await client.tap("同意")
    await client.reply(say="  李 \x00 秀英 ")
    tap, text = turns.replies[1:]
    assert isinstance(tap, Tap)
    assert text == Text("  李 \x00 秀英 ")


@pytest.mark.parametrize("press", ["", "nonsense", "a.1.0.0.<b>", "x" * 500, "a.1.0.0.\x00"])
async def test_a_forged_press_reaches_the_conversation_as_an_unknown_button(
    client: Client, turns: Questionnaire, press: str
) -> None:
    await client.start()
    page = await client.reply(press=press)
    assert turns.replies[-1] == Tap(None)
    assert "这个按钮我不认得" in page


async def test_what_a_person_wrote_is_never_markup(client: Client) -> None:
    await client.start()
    await client.tap("同意")
    page = await client.reply(say="<script>alert(1)</script>")
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


async def test_a_form_sent_twice_counts_once_and_shows_the_same(
    client: Client, turns: Questionnaire
) -> None:
    page = await client.start()
    fields = {"ticket": ticket_in(page), "press": press_in(page, "同意")}
    await client.post("/chat", **fields)
    first = (await client.get("/chat")).text
    again = await client.post("/chat", **fields)
    second = (await client.get(again.headers["location"])).text
    assert len(turns.replies) == 2
    assert "您叫什么名字" in first
    assert "您叫什么名字" in second


async def test_an_old_page_answered_differently_changes_nothing_and_says_so(
    client: Client, turns: Questionnaire
) -> None:
    old = await client.start()
    await client.post("/chat", ticket=ticket_in(old), press=press_in(old, "同意"))
    await client.reply(say="李秀英")
    await client.post("/chat", ticket=ticket_in(old), say="王五")
    page = (await client.get("/chat")).text
    assert "这一步刚才已经收到了" in page
    assert "身份证号是多少" in page
    assert Text("王五") not in turns.replies


async def test_a_turn_is_noted_as_shown_only_when_a_page_with_it_was_sent(
    client: Client, turns: Questionnaire
) -> None:
    landing = (await client.get("/")).text
    await client.post("/start", ticket=ticket_in(landing))
    assert turns.noted == []
    await client.get("/chat")
    (noted,) = turns.noted
    assert noted.source == "web"
    assert noted in turns.done
    await client.get("/chat")
    assert len(turns.noted) == 1


async def test_each_served_form_has_an_update_number_of_its_own(
    client: Client, turns: Questionnaire
) -> None:
    await client.start()
    await client.tap("同意")
    await client.reply(say="李秀英")
    assert len({update.number for update in turns.done}) == 3
    assert all(update == UpdateId("web", update.number) for update in turns.done)
    assert all(0 <= update.number < 2**63 for update in turns.done)


async def test_the_script_gets_only_the_new_part(client: Client, turns: Questionnaire) -> None:
    page = await client.start()
    fields = {"ticket": ticket_in(page), "press": press_in(page, "同意")}
    answer = await client.http.post("/chat", data=fields, headers={"X-Part": "exchange"})
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert "您叫什么名字" in answer.text
    assert len(turns.noted) == 2


async def test_the_script_gets_the_same_part_again_when_its_answer_was_lost(
    client: Client, turns: Questionnaire
) -> None:
    page = await client.start()
    fields = {"ticket": ticket_in(page), "press": press_in(page, "同意")}
    parts = [
        (await client.http.post("/chat", data=fields, headers={"X-Part": "exchange"})).text
        for _ in range(2)
    ]
    without_tickets = {re.sub(r'(ticket|value)="[^"]*"', "", part) for part in parts}
    assert len(without_tickets) == 1
    assert len(turns.replies) == 2


async def test_the_notice_on_personal_data_can_be_read_by_anybody(client: Client) -> None:
    page = (await client.get("/privacy")).text
    for words in ("谁在收集", "为什么收集", "收集哪些", "保存多久", "什么权利"):
        assert words in page
    for words in ("Cookie", "省人社的平台", "境外公司", "旧备份", "离开这台手机"):
        assert words in page


async def test_the_notice_names_who_answers_for_the_data_and_where(client: Client) -> None:
    page = (await client.get("/privacy")).text
    assert "太谷区人力资源和社会保障局" in page
    assert "联系：0354-0000000 &lt;信箱&gt;。" in page


def test_a_notice_without_contact_promises_none() -> None:
    page = bytes(Pages(load_texts("zh"), Notice("某局", "")).privacy().body).decode()
    assert "某局" in page
    assert "联系：" not in page


async def test_watchers_see_that_the_process_lives_and_whether_it_is_ready(
    turns: Questionnaire,
) -> None:
    async with Client.of(turns) as client:
        assert (await client.get("/healthz")).status_code == 200
        assert (await client.get("/readyz")).status_code == 200
    async with Client.of(turns, reason="the database does not answer") as client:
        assert (await client.get("/healthz")).status_code == 200
        answer = await client.get("/readyz")
        assert answer.status_code == 503
        assert answer.json()["reason"] == "the database does not answer"


def test_the_secret_must_not_be_short() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        WebSettings(HERE, SECRET[:8])


async def test_a_granted_copy_is_a_file_that_no_cache_keeps(client: Client) -> None:
    page = await client.start()
    answer = await client.post("/copy", ticket=ticket_in(page), grant=GRANT)
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.content.decode("utf-8-sig") == "全部内容\n"


@pytest.mark.parametrize("grant", ["", "cd" * 32, "<b>"])
async def test_a_copy_that_was_not_granted_is_not_handed_out(client: Client, grant: str) -> None:
    page = await client.start()
    answer = await client.post("/copy", ticket=ticket_in(page), grant=grant)
    assert answer.status_code in {400, 404}
