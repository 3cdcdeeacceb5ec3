"""The fake server and the echo that most tests here talk to."""

from collections.abc import AsyncIterator

import pytest

from tests.fakes.bot_api import BotApi
from tests.telegram.echo import EchoTurns


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as server:
        yield server
        assert server.world.violations == []


@pytest.fixture
def turns() -> EchoTurns:
    return EchoTurns()
