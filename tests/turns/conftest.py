"""The real turns on a real database of each kind, with a clock of their own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.transcripts.stage import Stage
from tests.turns.chat import Chat


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/xiangwen.db"
    address: str = request.getfixturevalue("postgres_copy")(True)
    return address


@pytest.fixture
async def stage(url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    stage = Stage(tmp_path, url)
    await stage.open()
    yield stage
    await stage.close()


@pytest.fixture
def chat(stage: Stage) -> Chat:
    return Chat(stage)
