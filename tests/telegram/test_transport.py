"""HTTP to the Bot API: where a proxy stands in the way, it is used."""

import asyncio
from datetime import timedelta

import pytest
from telegram.error import TelegramError

from bot.telegram.calls import Calls
from bot.telegram.settings import TelegramSettings
from bot.telegram.transport import AiohttpRequest
from tests.fakes.bot_api import TOKEN


async def test_calls_go_through_the_proxy_of_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[bytes] = []

    async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readline())
        writer.write(b"HTTP/1.1 404 Not Found\r\ncontent-length: 2\r\n\r\n{}")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(proxy, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{port}")
    monkeypatch.delenv("no_proxy", raising=False)
    settings = TelegramSettings(
        TOKEN, "http://api.test.invalid/bot", answer_within=timedelta(seconds=5)
    )
    request = AiohttpRequest(settings)
    await request.initialize()
    with pytest.raises(TelegramError):
        await Calls(f"{settings.base_url}{TOKEN}", request).make("getMe")
    await request.shutdown()
    server.close()
    await server.wait_closed()
    assert asked[0].startswith(b"POST http://api.test.invalid/bot")
