"""The webhook's door: the right secret, one update of sensible size, open until the stop."""

from datetime import timedelta
from io import BytesIO

import aiohttp
import pytest

from tests.fakes.bot_api import BotApi
from tests.telegram.echo import EchoTurns
from tests.telegram.harness import SECRET, polling, webhook

HEADER = "X-Telegram-Bot-Api-Secret-Token"


async def _post(url: str, body: bytes, secret: str | None = SECRET) -> int:
    headers = {} if secret is None else {HEADER: secret}
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, data=BytesIO(body), headers=headers) as answer,
    ):
        return answer.status


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", "\u00e9"])
async def test_a_wrong_secret_is_turned_away(
    api: BotApi, turns: EchoTurns, secret: str | None
) -> None:
    async with webhook(api, turns):
        assert await _post(api.world.hook.url, b'{"update_id": 1}', secret) == 403


@pytest.mark.parametrize(
    "body", [b"", b"no json", b"[]", b'{"update_id": "x"}', b"\xff\xfe", b"[" * 9999]
)
async def test_a_delivery_that_cannot_be_read_is_not_asked_for_again(
    api: BotApi, turns: EchoTurns, body: bytes
) -> None:
    async with webhook(api, turns):
        assert await _post(api.world.hook.url, body) == 200
    assert turns.committed == []


async def test_a_huge_body_is_refused(api: BotApi, turns: EchoTurns) -> None:
    async with webhook(api, turns):
        assert await _post(api.world.hook.url, b" " * 1_100_000) == 413


async def test_after_the_stop_deliveries_are_to_come_again(api: BotApi, turns: EchoTurns) -> None:
    async with webhook(api, turns) as channel:
        await channel.stop(timedelta(0))
        assert await _post(api.world.hook.url, b'{"update_id": 1}') == 503


async def test_polling_serves_no_route_and_takes_the_webhook_away(
    api: BotApi, turns: EchoTurns
) -> None:
    async with webhook(api, turns) as channel:
        assert [route.path for route in channel.routes()] == ["/telegram/hook"]
        assert api.world.hook.secret == SECRET
    async with polling(api, turns) as channel:
        assert channel.routes() == []
        assert api.world.hook.url == ""
