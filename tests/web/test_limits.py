"""How much one visitor, one address and all together may ask."""

import asyncio

import pytest
from starlette.requests import Request

from bot.channel import Address, UpdateId
from bot.messages import Outgoing
from bot.web.settings import Rate, WebSettings
from bot.web.visitor import client_address
from conversations.reply import Reply, Text
from tests.web.client import HERE, SECRET, Client, Clock, ticket_in
from tests.web.questionnaire import Questionnaire


async def test_a_chat_that_hurries_is_slowed_down_and_can_send_again(
    turns: Questionnaire,
) -> None:
    clock = Clock()
    slow = WebSettings(HERE, SECRET, chat_rate=Rate(2, 0.5))
    async with Client.of(turns, slow, clock) as client:
        await client.start()
        await client.tap("同意")
        fields = {"ticket": ticket_in((await client.get("/chat")).text), "say": "李秀英"}
        answer = await client.post("/chat", **fields)
        assert answer.status_code == 429
        assert answer.headers["retry-after"] == "3"
        assert 'value="李秀英"' in answer.text
        clock.now += 2
        assert (await client.post("/chat", **fields)).status_code == 303
    assert turns.replies[-1] == Text("李秀英")


async def test_one_address_cannot_ask_for_everything(turns: Questionnaire) -> None:
    async with Client.of(turns, WebSettings(HERE, SECRET, address_rate=Rate(3, 1))) as client:
        answers = [(await client.get("/")).status_code for _ in range(4)]
        assert answers == [200, 200, 200, 429]
        assert (await client.get("/healthz")).status_code == 200


async def test_return_codes_can_be_tried_only_a_few_times(
    client: Client, turns: Questionnaire
) -> None:
    answers = []
    for guess in range(6):
        ticket = ticket_in((await client.get("/")).text)
        answers.append(await client.post("/return", ticket=ticket, code=f"guess{guess}"))
    assert [answer.status_code for answer in answers] == [303] * 5 + [429]
    assert len(turns.replies) == 5


@pytest.mark.parametrize(
    ("host", "counted"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("testclient", "testclient"),
    ],
)
def test_limits_count_an_ipv6_household_as_one_address(host: str, counted: str) -> None:
    request = Request({"type": "http", "client": (host, 1), "headers": []})
    assert client_address(request) == counted


class Waiting(Questionnaire):
    """Takes a turn only when told to go on."""

    def __init__(self) -> None:
        super().__init__()
        self.is_entered = asyncio.Event()
        self.may_go_on = asyncio.Event()

    async def take(self, address: Address, update: UpdateId, reply: Reply) -> Outgoing | None:
        """Wait, then take it."""
        self.is_entered.set()
        await self.may_go_on.wait()
        return await super().take(address, update, reply)


async def test_too_many_at_once_are_told_to_wait_and_keep_what_they_gave() -> None:
    turns = Waiting()
    async with Client.of(turns, WebSettings(HERE, SECRET, max_concurrent=1)) as client:
        ticket = ticket_in((await client.get("/")).text)
        first = asyncio.create_task(client.post("/start", ticket=ticket))
        await turns.is_entered.wait()
        answer = await client.post("/chat", ticket=ticket, say="李秀英")
        turns.may_go_on.set()
        assert answer.status_code == 503
        assert answer.headers["retry-after"] == "5"
        assert 'value="李秀英"' in answer.text
        assert (await first).status_code == 303
        assert (await client.get("/chat")).status_code == 200


async def test_two_taps_at_the_same_moment_count_once_and_both_see_the_answer() -> None:
    turns = Waiting()
    async with Client.of(turns) as client:
        ticket = ticket_in((await client.get("/")).text)
        both = [asyncio.create_task(client.post("/start", ticket=ticket)) for _ in range(2)]
        await turns.is_entered.wait()
        turns.may_go_on.set()
        assert [answer.status_code for answer in await asyncio.gather(*both)] == [303, 303]
        assert len(turns.replies) == 1
        assert "您好，我是乡问" in (await client.get("/chat")).text
