"""The frame: who is let in, what the menu shows, and what is never done."""

import pytest

from bot.web.console.cookie import cookie_name
from bot.web.settings import WebSettings
from tests.console.conftest import SignedIn
from tests.console.house import House, Visitor
from tests.staff.matrix import ROLES


@pytest.mark.parametrize("role", ROLES)
async def test_everybody_of_the_staff_sees_their_own_day(signed_in: SignedIn, role: str) -> None:
    page = await (await signed_in(role)).get("/console")
    assert page.status_code == 200
    assert "<h1>今天</h1>" in page.text
    assert 'aria-current="page">今天<' in page.text


async def test_whoever_is_not_signed_in_is_sent_to_do_that(visitor: Visitor) -> None:
    answer = await visitor.get("/console")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/console/sign-in"


async def test_a_link_in_a_chat_opens_the_page_once_more_with_the_cookie(
    house: House, visitor: Visitor
) -> None:
    """The browser keeps a strict cookie back from a link elsewhere; from our page it sends it."""
    answer = await visitor.get("/console?a=1", **{"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 200
    assert 'content="0;url=/console?a=1"' in answer.text


async def test_a_session_ends_when_nobody_comes_and_when_its_time_is_up(
    house: House, signed_in: SignedIn
) -> None:
    idle, busy = await signed_in("county"), await signed_in("county")
    for _ in range(23):
        house.wait(minutes=29)
        assert (await busy.get("/console")).status_code == 200
    answer = await idle.get("/console")
    assert answer.status_code == 303
    assert "请再登录一次" in (await idle.get(answer.headers["location"])).text
    for _ in range(3):
        house.wait(minutes=29)
        await busy.get("/console")
    assert (await busy.get("/console")).status_code == 303


async def test_the_cookie_is_planted_by_nobody_else_under_https() -> None:
    assert cookie_name(WebSettings("https://a.example", b"0" * 16)).startswith("__Host-")
