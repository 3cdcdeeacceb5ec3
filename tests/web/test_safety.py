"""What keeps other sites, scripts and faults away from a person's chat."""

from datetime import timedelta

import pytest

from bot.channel import Address, UpdateId
from bot.log import said
from bot.messages import Outgoing
from bot.web.settings import WebSettings
from conversations.reply import Reply, Text
from tests.web.client import HERE, SECRET, Client, ticket_in
from tests.web.questionnaire import Questionnaire

COOKIE = "xiangwen"


@pytest.mark.parametrize("path", ["/", "/chat", "/privacy", "/healthz", "/no", "/static/page.css"])
async def test_every_response_carries_the_security_headers(client: Client, path: str) -> None:
    await client.start()
    headers = (await client.get(path)).headers
    assert headers["content-security-policy"] == (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        "media-src 'self'; "
        "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert "geolocation=()" in headers["permissions-policy"]
    assert headers["cache-control"] == "no-store"


async def test_only_versioned_static_files_may_be_cached(client: Client) -> None:
    page = (await client.get("/")).text
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]
    assert "immutable" in (await client.get(address)).headers["cache-control"]
    assert (await client.get("/static/none.css?v=1")).headers["cache-control"] == "no-store"


async def test_no_page_holds_inline_script_style_or_a_foreign_address(client: Client) -> None:
    await client.start()
    for path in ("/", "/chat", "/privacy", "/no"):
        page = (await client.get(path)).text
        assert "style=" not in page
        assert "<style" not in page
        assert "<script>" not in page
        assert "://" not in page


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client: Client) -> None:
    cookie = (await client.get("/")).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie
    assert len(client.http.cookies[COOKIE]) == 43


async def test_over_https_the_cookie_is_secure_and_tied_to_the_host(turns: Questionnaire) -> None:
    async with Client.of(turns, WebSettings("https://xiangwen.test", SECRET)) as client:
        answer = await client.get("/")
    assert answer.headers["set-cookie"].startswith("__Host-xiangwen=")
    assert "Secure" in answer.headers["set-cookie"]
    assert "strict-transport-security" in answer.headers


async def test_the_chat_is_addressed_by_the_cookie_and_lives_on(
    client: Client, turns: Questionnaire
) -> None:
    await client.start()
    token = client.http.cookies[COOKIE]
    assert list(turns.chats) == [token]
    await client.get("/")
    assert client.http.cookies[COOKIE] == token


async def test_a_planted_cookie_of_another_shape_is_replaced(client: Client) -> None:
    answer = await client.http.get("/", headers={"Cookie": f"{COOKIE}=guessable"})
    assert len(answer.cookies[COOKIE]) == 43


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://elsewhere.test"},
    ],
)
async def test_a_post_from_another_site_is_refused_and_nothing_repeated(
    client: Client, turns: Questionnaire, headers: dict[str, str]
) -> None:
    fields = {"ticket": ticket_in(await client.start()), "say": "改成别人"}
    answer = await client.http.post("/chat", data=fields, headers=headers)
    assert answer.status_code == 403
    assert "改成别人" not in answer.text
    assert "set-cookie" not in answer.headers
    assert len(turns.replies) == 1


async def test_a_post_without_cookie_is_refused_and_sets_none(
    client: Client, turns: Questionnaire
) -> None:
    ticket = ticket_in(await client.start())
    client.http.cookies.clear()
    answer = await client.post("/chat", ticket=ticket, say="好")
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert len(turns.replies) == 1


async def test_a_ticket_of_another_chat_is_worth_nothing(turns: Questionnaire) -> None:
    async with Client.of(turns) as mine, Client.of(turns) as other:
        await mine.start()
        answer = await mine.post("/chat", ticket=ticket_in(await other.start()), say="好")
    assert answer.status_code == 403
    assert Text("好") not in turns.replies


async def test_leaving_a_borrowed_phone_parts_it_from_the_chat(
    client: Client, turns: Questionnaire
) -> None:
    await client.start()
    await client.tap("同意")
    page = await client.reply(say="李秀英")
    mine = client.http.cookies[COOKIE]
    answer = await client.post("/leave", ticket=ticket_in(page))
    assert (answer.status_code, answer.headers["location"]) == (303, "/left")
    assert COOKIE not in client.http.cookies
    assert "已经离开。要再看，请用返回码。" in (await client.get("/left")).text
    assert "已经离开" not in (await client.get("/")).text
    assert (await client.get("/chat")).headers["location"] == "/"
    assert "您叫什么名字" not in await client.start()
    assert turns.chats[mine].answers[1] == "李秀英"


async def test_nothing_that_was_said_is_remembered_of_a_chat_that_was_left(
    client: Client, turns: Questionnaire
) -> None:
    await client.start()
    await client.tap("同意")
    page = await client.reply(say="李秀英")
    mine = client.http.cookies[COOKIE]
    await client.post("/leave", ticket=ticket_in(page))
    client.http.cookies.set(COOKIE, mine)
    page = (await client.get("/chat")).text
    assert "身份证号是多少" in page
    assert "李秀英" not in page


async def test_over_https_the_same_cookie_is_deleted(turns: Questionnaire) -> None:
    settings = WebSettings("https://xiangwen.test", SECRET)
    async with Client.of(turns, settings) as client:
        answer = await client.post("/leave", ticket=ticket_in(await client.start()))
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith('__Host-xiangwen=""')
        assert all(part in cookie for part in ("Max-Age=0", "Path=/", "Secure"))
        assert not client.http.cookies


async def test_nobody_else_can_make_a_visitor_leave(client: Client, turns: Questionnaire) -> None:
    ticket = ticket_in(await client.start())
    headers = {"Sec-Fetch-Site": "cross-site"}
    refused = [
        await client.http.post("/leave", data={"ticket": ticket}, headers=headers),
        await client.post("/leave", ticket="1.2.3"),
    ]
    assert [answer.status_code for answer in refused] == [403, 403]
    assert "set-cookie" not in refused[0].headers
    assert "您同意吗" in (await client.get("/chat")).text


@pytest.mark.parametrize("ticket", ["", "1", "1.2.3", "x" * 199])
async def test_a_made_up_ticket_is_worth_nothing(
    client: Client, turns: Questionnaire, ticket: str
) -> None:
    await client.start()
    assert (await client.post("/chat", ticket=ticket, say="好")).status_code == 403
    assert len(turns.replies) == 1


async def test_a_page_left_open_too_long_is_continued_with_one_tap(turns: Questionnaire) -> None:
    too_old = WebSettings(HERE, SECRET, ticket_age=timedelta(seconds=-1))
    async with Client.of(turns) as client, Client.of(turns, too_old) as later:
        await client.start()
        await client.tap("同意")
        page = (await client.get("/chat")).text
        later.http.cookies = client.http.cookies
        answer = await later.post("/chat", ticket=ticket_in(page), say="李秀英")
        assert answer.status_code == 403
        assert "请点这里继续" in answer.text
        assert 'value="李秀英"' in answer.text
        await client.post("/chat", ticket=ticket_in(answer.text), say="李秀英")
    assert turns.replies[-1] == Text("李秀英")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"{}", "application/json"),
        (b"ticket=x&say=%FF%FE&unknown=1", "application/x-www-form-urlencoded"),
        (b"\xff\xfe=1", "application/x-www-form-urlencoded"),
        (b"&".join(b"a%d=1" % n for n in range(50)), "application/x-www-form-urlencoded"),
        (b"ticket=x&station=../..", "application/x-www-form-urlencoded"),
    ],
)
async def test_what_is_not_one_of_our_forms_is_refused_kindly(
    client: Client, body: bytes, kind: str
) -> None:
    await client.start()
    answer = await client.http.post("/chat", content=body, headers={"Content-Type": kind})
    assert answer.status_code == 400
    assert "这一下没看明白" in answer.text


async def test_a_form_with_neither_words_nor_button_is_refused(client: Client) -> None:
    page = await client.start()
    assert (await client.post("/chat", ticket=ticket_in(page))).status_code == 400


async def test_a_body_that_is_too_long_is_refused_before_it_is_read_to_the_end(
    client: Client, turns: Questionnaire
) -> None:
    ticket = ticket_in(await client.start())
    answer = await client.post("/chat", ticket=ticket, say="长" * 10_000)
    assert answer.status_code == 413
    assert "写短一点" in answer.text
    assert len(turns.replies) == 1


async def test_a_database_that_does_not_answer_loses_nothing(
    client: Client, turns: Questionnaire
) -> None:
    await client.start()
    await client.tap("同意")
    fields = {"ticket": ticket_in((await client.get("/chat")).text), "say": "李秀英"}
    turns.is_down = True
    answer = await client.post("/chat", **fields)
    assert answer.status_code == 503
    assert "再发一次" in answer.text
    turns.is_down = False
    fields["ticket"] = ticket_in(answer.text)
    assert (await client.post("/chat", **fields)).status_code == 303
    assert turns.replies[-1] == Text("李秀英")


class Fading(Questionnaire):
    """Commits a turn, then the database is gone."""

    async def take(self, address: Address, update: UpdateId, reply: Reply) -> Outgoing | None:
        """Take it and go away."""
        outgoing = await super().take(address, update, reply)
        self.is_down = True
        return outgoing


async def test_what_a_committed_turn_said_is_shown_though_the_database_went_away() -> None:
    turns = Fading()
    async with Client.of(turns) as client:
        ticket = ticket_in((await client.get("/")).text)
        assert (await client.post("/start", ticket=ticket)).status_code == 303
        turns.is_down = False
        assert "您好，我是乡问" in (await client.get("/chat")).text


async def test_a_fault_of_ours_is_a_plain_page_and_logged_without_words(
    client: Client, turns: Questionnaire, caplog: pytest.LogCaptureFixture
) -> None:
    fields = {"ticket": ticket_in(await client.start()), "say": "李秀英"}
    turns.is_broken = True
    answer = await client.post("/chat", **fields)
    assert answer.status_code == 500
    assert "不怪您" in answer.text
    assert "secret" not in answer.text
    assert 'value="李秀英"' in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    (entry,) = [said(record) for record in caplog.records if record.name.startswith("bot.web")]
    assert entry["error"] == "ZeroDivisionError"
    assert str(entry["places"]).startswith("web/questionnaire.py:")
    assert "secret" not in str(entry)
    assert "李秀英" not in str(entry)


async def test_a_wrong_method_gets_a_page_too(client: Client) -> None:
    answer = await client.get("/start")
    assert answer.status_code == 405
    assert "回首页" in answer.text
