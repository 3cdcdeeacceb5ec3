"""The page in two languages: the browser only preselects, a link or the chat decides."""

import re

import pytest

from bot.messages import Message, Outgoing
from bot.web.settings import WebSettings
from conversations.reply import Command
from tests.web.client import HERE, SECRET, Client, ticket_in
from tests.web.questionnaire import Questionnaire

ENGLISH = {"Accept-Language": "en-US,en;q=0.9,zh;q=0.8"}


def tag_of(page: str) -> str:
    found = re.search(r'<html lang="([^"]+)"', page)
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    ("accepted", "tag"),
    [
        ("", "zh-CN"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-CN"),
        ("en-US,en;q=0.9", "en"),
        ("fr, en;q=0.3", "en"),
        ("en;q=0.1, zh-TW", "zh-CN"),
        ("en;q=0", "zh-CN"),
        ("de", "zh-CN"),
        ("en;q=broken, ;;q=,", "zh-CN"),
    ],
)
async def test_the_browser_preselects(client: Client, accepted: str, tag: str) -> None:
    answer = await client.http.get("/", headers={"Accept-Language": accepted})
    assert tag_of(answer.text) == tag


async def test_a_link_on_the_first_page_leads_to_the_other_language(client: Client) -> None:
    assert 'href="?lang=en">English</a>' in (await client.get("/")).text
    page = (await client.get("/?lang=en")).text
    assert tag_of(page) == "en"
    assert "Tell us where you work" in page
    assert 'action="/start?lang=en"' in page
    assert 'href="/privacy?lang=en"' in page
    assert "What is collected" in (await client.get("/privacy?lang=en")).text


@pytest.mark.parametrize("asked", ["xx", "", "en%22%3E", "../en"])
async def test_a_language_that_we_have_not_is_passed_over(client: Client, asked: str) -> None:
    assert tag_of((await client.get(f"/?lang={asked}")).text) == "zh-CN"


async def test_the_start_takes_the_language_of_the_page_along(
    client: Client, turns: Questionnaire
) -> None:
    page = (await client.get("/s/140421001?lang=en")).text
    assert 'name="language" value="en"' in page
    fields = {"ticket": ticket_in(page), "station": "140421001", "language": "en"}
    await client.post("/start?lang=en", **fields)
    assert turns.replies == [Command("start", "140421001", "en")]


async def test_a_refusal_is_in_the_language_of_the_page_it_came_from(client: Client) -> None:
    assert "There is no such page" in (await client.get("/nowhere?lang=en")).text
    assert "没有这一页" in (await client.get("/nowhere")).text
    answer = await client.http.get("/nowhere", headers=ENGLISH)
    assert "There is no such page" in answer.text


class EnglishTurns(Questionnaire):
    """A chat that speaks English."""

    async def standing(self, address: object) -> Outgoing:
        """Return an open question in English."""
        return Outgoing((Message("How old are you?"),), language="en")


async def test_the_chat_decides_over_browser_and_link() -> None:
    async with Client.of(EnglishTurns(), WebSettings(HERE, SECRET)) as client:
        await client.get("/")
        page = (await client.get("/chat")).text
        assert tag_of(page) == "en"
        assert 'action="/chat?lang=en"' in page
        assert 'value="Back">Back<' in page
        assert 'value="中文">中文<' in page
        assert tag_of((await client.get("/chat?lang=zh")).text) == "en"
        assert tag_of((await client.get("/")).text) == "en"
        assert tag_of((await client.get("/?lang=zh")).text) == "zh-CN"
