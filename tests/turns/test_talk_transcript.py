"""A talk, word for word: a change of any sentence shows here before people see it."""

from pathlib import Path

from tests.turns.talk import play

FILE = Path(__file__).with_name("talk.txt")


async def test_the_talk_goes_as_written(tmp_path: Path) -> None:
    assert await play(FILE, tmp_path) == FILE.read_text("utf-8")
