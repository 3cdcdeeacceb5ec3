"""A county on a database of each kind."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.exporting.county import County, opened_county


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def county(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[County]:
    url = "" if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    county = await opened_county(tmp_path, url)
    yield county
    await county.stage.close()
