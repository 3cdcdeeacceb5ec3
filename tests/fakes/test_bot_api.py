"""The fake server refuses what Telegram refuses, and can be driven from outside."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.fakes.bot_api import TOKEN, BotApi

Row = list[dict[str, str]]


class Caller:
    """Calls methods as a bot would, and returns status and answer."""

    def __init__(self, base_url: str, session: aiohttp.ClientSession) -> None:
        self._base_url = base_url
        self._session = session

    async def __call__(self, method: str, token: str = TOKEN, **given: Any) -> tuple[int, Any]:
        url = f"{self._base_url}{token}/{method}"
        async with self._session.post(url, json=given) as answer:
            body = await answer.json()
            return answer.status, body.get("result", body.get("description"))


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as server:
        yield server


@pytest.fixture
async def call(api: BotApi) -> AsyncIterator[Caller]:
    api.person(7)
    async with aiohttp.ClientSession() as session:
        yield Caller(api.base_url, session)


def _buttons(*rows: int, data: str = "a", **fields: str) -> dict[str, Any]:
    button = {"text": "好", "callback_data": data, **fields}
    return {"inline_keyboard": [[button] * count for count in rows]}


@pytest.mark.parametrize(
    ("method", "given", "refusal"),
    [
        ("sendMessage", {"chat_id": 7, "text": ""}, "message text is empty"),
        ("sendMessage", {"chat_id": 7, "text": "x" * 4097}, "message is too long"),
        ("sendMessage", {"chat_id": 8, "text": "x"}, "chat not found"),
        ("sendMessage", {"chat_id": 7}, "needs text"),
        ("sendMessage", {"chat_id": 7, "text": "x", "colour": 1}, "has no colour"),
        ("sendMessage", {"chat_id": 7, "text": "x", "protect_content": 3}, "is no Boolean"),
        ("sendMessage", {"reply_markup": _buttons(9)}, "reply markup is too long"),
        ("sendMessage", {"reply_markup": _buttons(*[8] * 13)}, "reply markup is too long"),
        ("sendMessage", {"reply_markup": _buttons(1, data="")}, "BUTTON_DATA_INVALID"),
        ("sendMessage", {"reply_markup": _buttons(1, data="山" * 22)}, "BUTTON_DATA_INVALID"),
        ("sendMessage", {"reply_markup": _buttons(1, style="pink")}, "invalid button style"),
        ("sendMessage", {"reply_markup": {"inline_keyboard": [[{"text": "好"}]]}}, "unallowed"),
        ("sendMessage", {"reply_markup": {"buttons": []}}, "reply_markup is no"),
        ("editMessageText", {"chat_id": 7, "message_id": 5, "text": "x"}, "to edit not found"),
        ("deleteMessage", {"chat_id": 7, "message_id": 5}, "to delete not found"),
        ("answerCallbackQuery", {"callback_query_id": "1"}, "query is too old"),
        ("answerCallbackQuery", {"callback_query_id": "1", "text": "x" * 201}, "TOO_LONG"),
        ("setMyCommands", {"commands": [{"command": "帮助", "description": "x"}]}, "INVALID"),
        ("setWebhook", {"url": "http://127.0.0.1:1/", "secret_token": "a b"}, "unallowed"),
    ],
)
async def test_what_telegram_refuses_is_refused(
    call: Caller, method: str, given: dict[str, Any], refusal: str
) -> None:
    if "reply_markup" in given:
        given = {"chat_id": 7, "text": "？", **given}
    status, description = await call(method, **given)
    assert status == 400
    assert refusal in description


async def test_the_limits_themselves_are_allowed(call: Caller) -> None:
    longest = _buttons(1, data="a" * 64)
    assert (await call("sendMessage", chat_id=7, text="？", reply_markup=longest))[0] == 200
    markup = _buttons(*[8] * 12, 4, data="a" * 30)
    status, message = await call("sendMessage", chat_id=7, text="x" * 4096, reply_markup=markup)
    assert status == 200
    same = {"chat_id": 7, "message_id": message["message_id"], "text": "x" * 4096}
    status, description = await call("editMessageText", **same, reply_markup=markup)
    assert (status, "message is not modified" in description) == (400, True)
    assert (await call("editMessageText", **same))[0] == 200


async def test_a_wrong_token_and_an_unknown_method_are_told_apart(call: Caller) -> None:
    assert (await call("getMe", token="1:no"))[0] == 401
    assert (await call("getYou"))[0] == 404


async def test_only_the_offset_confirms(api: BotApi, call: Caller) -> None:
    numbers = [api.person(7).say(str(n)) for n in range(3)]
    for _ in range(2):
        assert [u["update_id"] for u in (await call("getUpdates"))[1]] == numbers
    _, left = await call("getUpdates", offset=numbers[1])
    assert [update["update_id"] for update in left] == numbers[1:]
    assert api.world.confirmed == numbers[0]


async def test_a_long_poll_waits_for_the_next_update(api: BotApi, call: Caller) -> None:
    asking = asyncio.create_task(call("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    assert not asking.done()
    number = api.person(7).say("好")
    assert [update["update_id"] for update in (await asking)[1]] == [number]


async def test_a_second_reader_ends_the_first_and_a_webhook_ends_both(
    api: BotApi, call: Caller
) -> None:
    first = asyncio.create_task(call("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    second = asyncio.create_task(call("getUpdates", timeout=30))
    assert (await first)[0] == 409
    api.person(7).say("好")
    assert (await second)[0] == 200
    await call("setWebhook", url="http://127.0.0.1:1/")
    assert (await call("getUpdates"))[0] == 409


async def test_it_can_be_walked_by_hand_as_a_process_of_its_own() -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.fakes.bot_api", "--port", "0"),
        cwd=Path(__file__).parents[2],
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    base_url = (await process.stdout.readline()).decode().strip()
    control = base_url.removesuffix("/bot") + "/control"
    async with aiohttp.ClientSession() as session:
        call = Caller(base_url, session)
        await session.post(f"{control}/say", json={"chat": 7, "text": "你好"})
        await call("sendMessage", chat_id=7, text="？", reply_markup=_buttons(2))
        await session.post(f"{control}/press", json={"chat": 7, "label": "好"})
        async with session.get(f"{control}/chat/7") as answer:
            assert await answer.text() == "> 你好\n？\n[好] [好]\n"
        async with session.get(f"{control}/state") as answer:
            assert json.loads(await answer.text())["pending"] == 2
        async with session.post(f"{control}/press", json={"chat": 7, "label": "没有"}) as answer:
            assert answer.status == 400
    process.terminate()
    assert await process.wait() == 0
