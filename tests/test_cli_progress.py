"""`xiangwen progress` as an operator types it."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli.main import main
from storage import roster
from storage.database import Database
from storage.vault import Vault
from tests.posters.paper import Paper
from tests.transcripts.stage import FORM, ON_ROSTER

Run = Callable[..., Result]


def url(folder: Path) -> str:
    return f"sqlite:///{folder}/data/xiangwen.db"


@pytest.fixture
def run(tmp_path: Path) -> Run:
    settings = {
        "XIANGWEN_STORAGE__URL": url(tmp_path),
        "XIANGWEN_KEYS__FILE": str(tmp_path / "keys" / "key"),
        "XIANGWEN_FORM__FILE": str(FORM),
        "XIANGWEN_CONFIG": None,
    }

    def progress(*words: str) -> Result:
        return CliRunner().invoke(main, ["progress", *words], env=settings)

    return progress


async def harm(folder: Path) -> None:
    """Put somebody on the roster, and a count that is wrong."""
    database = await Database.open(url(folder), Vault.open(folder / "keys" / "key"))
    async with database.transaction() as tx:
        await roster.add(tx, ON_ROSTER, datetime.now(UTC))
        await tx.each("headcounts.add", [{"place_id": "k065", "count": 4}])
    await database.close()


def test_targets_are_proposed_saved_and_shown(run: Run) -> None:
    assert run("targets", "list").output.endswith("own target -, below 0, without one 11\n")
    assert run("targets", "propose", "--save").exit_code == 2
    saved = run("targets", "propose", "--save", "--reason", "依通知")
    assert "8098000 in all, by notice; saved" in saved.output
    shown = run("show").output
    assert "8,098,000" in shown
    assert "Rates are of the targets." in shown
    assert run("targets", "set", "140824", "1.2万", "--reason", "试").output == "Set.\n"
    listed = run("targets", "list", "--place", "140800").output
    assert "140824  12000  稷山县" in listed
    assert "own target 1498000, below 12000, without one 12" in listed
    split = run("targets", "propose", "--place", "140824").output
    assert "12000 in all, by heads; not saved, see --save" in split


def test_what_cannot_be_is_refused_with_its_cure(run: Run) -> None:
    assert "no city, county or township" in run("show", "--place", "999999").output
    assert "a year from 2022" in run("show", "--cycle", "1999").output
    assert "a whole number" in run("targets", "set", "140824", "多", "--reason", "试").output
    assert "set that one first" in run("targets", "propose", "--place", "140824").output
    assert "its cities" in run("targets", "set", "province", "1", "--reason", "试").output
    assert run("bulletin", "--out", "bulletin.doc").exit_code == 2


def test_the_bulletin_is_written_once(run: Run, tmp_path: Path) -> None:
    pdf, png = tmp_path / "b.pdf", tmp_path / "b.png"
    assert run("bulletin", "--place", "140824", "--out", str(pdf)).exit_code == 0
    assert "稷山县" in Paper(pdf).words()
    assert run("bulletin", "--out", str(png)).exit_code == 0
    assert png.read_bytes().startswith(b"\x89PNG")
    assert run("bulletin", "--out", str(pdf)).exit_code == 2
    assert run("bulletin", "--out", str(pdf), "--force").exit_code == 0
    assert "山西省" in Paper(pdf).words()


def test_a_recount_says_what_was_wrong_and_mends_it(run: Run, tmp_path: Path) -> None:
    assert run("recount").output == "All kept counts were right.\n"
    asyncio.run(harm(tmp_path))
    told = run("recount").output
    assert "k065  headcount  kept 5, counted 1" in told
    assert "1 kept counts were wrong and are mended." in told
    assert run("recount").output == "All kept counts were right.\n"
