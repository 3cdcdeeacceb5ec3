"""Whole interviews, word for word: a change of any sentence shows here before people see it."""

from pathlib import Path

import pytest

from tests.transcripts.stage import FOLDER, play

FILES = sorted(FOLDER.glob("*.txt"))


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
async def test_the_interview_goes_as_written(file: Path, tmp_path: Path) -> None:
    assert await play(file, tmp_path) == file.read_text("utf-8")


def test_the_six_standard_people_are_all_there() -> None:
    assert {file.stem for file in FILES} >= {
        "employed_away",
        "farming_at_home",
        "out_of_work",
        "self_employed_returnee",
        "out_of_range",
        "proxy_for_a_parent",
    }
