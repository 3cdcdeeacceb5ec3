"""What the console takes in and makes leaves nothing that is sealed in any file or log."""

import logging
import tempfile
from pathlib import Path

import pytest

from tests.console.house import opened_house
from tests.console.planted import planted
from tests.storage.test_secrets import found_in


async def test_no_byte_on_disk_or_in_the_log_tells_of_anybody(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    # Where this process puts its temporary files.
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    caplog.set_level(logging.DEBUG)
    async with opened_house(tmp_path) as house:
        plant = await planted(house)
        # With its write-ahead log, before anything is tidied up.
        assert found_in(tmp_path, [*plant.secrets]) == []
    assert found_in(tmp_path, [*plant.secrets]) == []
    assert not [one for one in plant.secrets if one in caplog.text]
