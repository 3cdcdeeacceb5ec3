"""A county on each engine."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.platform.county import County
from tests.transcripts.stage import Stage


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def county(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[County]:
    url = "" if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    stage = Stage(tmp_path, url)
    await stage.open()
    yield County(stage)
    await stage.close()


@pytest.fixture
async def small(tmp_path: Path) -> AsyncIterator[County]:
    """The same on SQLite alone."""
    stage = Stage(tmp_path)
    await stage.open()
    yield County(stage)
    await stage.close()
