"""`xiangwen answers` on a real database."""

import asyncio
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli.main import main
from tests.platform.county import County, result, told
from tests.transcripts.stage import FORM, Stage


async def _set_up(folder: Path) -> tuple[bytes, bytes]:
    """Let two people's reports go out; return a result file, and one of nobody."""
    stage = Stage(folder)
    await stage.open()
    county = County(stage)
    first, second, third = await county.reported(3)
    await county.batch([first, second])
    await stage.close()
    good = result(told(first), told(second, "失败", "实名核验不一致"))
    return good, result(told(third))


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    good, bad = asyncio.run(_set_up(tmp_path))
    (tmp_path / "good.xlsx").write_bytes(good)
    (tmp_path / "bad.xlsx").write_bytes(bad)
    return tmp_path / "good.xlsx", tmp_path / "bad.xlsx"


def _run(folder: Path, *words: str) -> Result:
    environment = {
        "XIANGWEN_STORAGE__URL": f"sqlite:///{folder}/xiangwen.db",
        "XIANGWEN_KEYS__FILE": str(folder / "keys" / "key"),
        "XIANGWEN_FORM__FILE": str(FORM),
        "XIANGWEN_CONFIG": None,
    }
    return CliRunner().invoke(main, ["answers", *words], env=environment)


def test_a_file_is_looked_at_first_and_taken_once(files: tuple[Path, Path]) -> None:
    good, bad = files
    words = ("add", str(good), "--county", "140824", "--reason", "回执")
    seen = _run(good.parent, *words)
    assert seen.exit_code == 0, seen.output
    assert "1 accepted, 1 rejected, 0 known before, 0 not found." in seen.output
    assert "Nothing was changed." in seen.output
    taken = _run(good.parent, *words, "--yes")
    # In the quiet hours nobody is asked, but here nobody has to be.
    assert "Done." in taken.output, taken.output
    again = _run(good.parent, *words, "--yes")
    assert "0 accepted, 0 rejected, 2 known before" in again.output
    lost = _run(good.parent, "add", str(bad), "--county", "140824", "--reason", "回执")
    assert lost.exit_code == 2
    assert "no line of it was found in a batch that went out" in lost.output
    listed = _run(good.parent, "list")
    assert listed.output.count("稷山县  done") == 2


def test_what_is_no_table_and_what_is_no_county_is_said(files: tuple[Path, Path]) -> None:
    good, bad = files
    bad.write_bytes(b"%PDF-1.7 \x00")
    refused = _run(good.parent, "add", str(bad), "--county", "140824", "--reason", "回执")
    assert "it is a PDF. Ask for the table itself" in refused.output
    unknown = _run(good.parent, "add", str(good), "--county", "140000", "--reason", "回执")
    assert "there is no such county" in unknown.output
    title = ("--column", "reason=没有这一列")
    column = _run(good.parent, "add", str(good), "--county", "140824", "--reason", "回执", *title)
    assert "no such title in the file" in column.output
