"""A stage whose people live in the townships of tests/storage/walking.py."""

import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.storage.walking import Walk
from tests.transcripts.stage import Stage


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stage]:
    url = "" if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    stage = Stage(tmp_path, url)
    await stage.open()
    yield stage
    await stage.close()


@pytest.fixture
async def walk(stage: Stage) -> Walk:
    """Return a walk that was walked for a while, up to this moment of the stage."""
    walk = Walk(stage.database, random.Random(11), stage.clock())
    for _ in range(50):
        await walk.step()
    stage.clock.now = walk.now
    return walk
