"""`xiangwen cases` as somebody of a station types it."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli.main import main
from storage import cases, roster
from storage.database import Database
from storage.vault import Vault
from tests.turns.office import KNOWN, TOWNSHIP, entry

Run = Callable[..., Result]
NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    settings = {
        "XIANGWEN_STORAGE__URL": f"sqlite:///{tmp_path / 'xiangwen.db'}",
        "XIANGWEN_KEYS__FILE": str(tmp_path / "keys" / "key"),
    }
    return lambda *words: CliRunner().invoke(
        main, ["cases", *words, "--station", TOWNSHIP], env=settings
    )


async def _open_case(folder: Path, kind: str = "silent") -> str:
    database = await Database.open(
        f"sqlite:///{folder / 'xiangwen.db'}", Vault.open(folder / "keys" / "key")
    )
    try:
        async with database.transaction() as tx:
            person_id, _ = await roster.add(tx, entry(), NOW)
            case_id = await cases.open(
                tx, kind=kind, township_id=TOWNSHIP, person_id=person_id, now=NOW
            )
    finally:
        await database.close()
    return case_id[-12:]


def test_cases_are_listed_shown_masked_and_closed(run: Run, tmp_path: Path) -> None:
    assert "No open cases" in run("list").output
    tag = asyncio.run(_open_case(tmp_path))
    listed = run("list").output
    assert tag in listed
    assert f"{KNOWN.name[0]}某" in listed
    shown = run("show", tag).output
    assert KNOWN.phone not in shown
    assert KNOWN.phone[:3] in shown
    assert KNOWN.name not in shown
    assert "Closed" in run("close", tag).output
    assert "No open cases" in run("list").output
    refused = run("close", tag)
    assert refused.exit_code == 2
    assert "no open case" in refused.output


def test_what_the_platform_refused_is_not_closed_here(run: Run, tmp_path: Path) -> None:
    assert "No open cases" in run("list").output
    tag = asyncio.run(_open_case(tmp_path, "rejected"))
    refused = run("close", tag)
    assert refused.exit_code == 2
    assert "/console/answers/open" in refused.output
    assert tag in run("list").output
