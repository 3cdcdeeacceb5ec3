"""`xiangwen stats` as an operator types it."""

import asyncio
import csv
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli.main import main
from storage import api_tokens, staff
from storage.database import Database
from storage.keyfile import create_key_file
from storage.vault import Vault
from tests.statistics.crowd import crowd, keep, world_of

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    settings = {
        "XIANGWEN_STORAGE__URL": f"sqlite:///{tmp_path / 'data' / 'xiangwen.db'}",
        "XIANGWEN_KEYS__FILE": str(tmp_path / "keys" / "key"),
    }
    return lambda *words: CliRunner().invoke(main, ["stats", *words], env=settings)


async def fill(folder: Path) -> None:
    """Put a crowd into the database that the commands open."""
    create_key_file(folder / "keys" / "key")
    vault = Vault.open(folder / "keys" / "key")
    database = await Database.open(f"sqlite:///{folder / 'data' / 'xiangwen.db'}", vault)
    world = await world_of(database)
    await keep(database, crowd(150), world.shelf.hash)
    await database.close()


async def add_token_of_nobody(folder: Path) -> None:
    """Make a token of an account that is not in use."""
    vault = Vault.open(folder / "keys" / "key")
    database = await Database.open(f"sqlite:///{folder / 'data' / 'xiangwen.db'}", vault)
    now = datetime.now(UTC)
    async with database.transaction() as tx:
        staff_id, _ = await staff.invite(
            tx, role="county", scope_id="k065", name="", expires_at=now, now=now
        )
        await api_tokens.make(
            tx,
            scope_id="k065",
            name="就业平台",
            created_by=f"staff:{staff_id}",
            expires_at=now + timedelta(days=30),
            now=now,
        )
    await database.close()


def test_tables_are_counted_shown_and_written(run: Run, tmp_path: Path) -> None:
    asyncio.run(fill(tmp_path))
    refused = run("show", "employment")
    assert refused.exit_code == 2
    assert "stats count" in refused.output
    assert "3 counties counted" in run("count").output
    shown = run("show", "employment", "--place", "140800")
    assert shown.exit_code == 0, shown.output
    assert "运城市" in shown.output
    shared, whole = tmp_path / "shared.csv", tmp_path / "whole.csv"
    place = ("--place", "140800", "--keep", "sex:1")
    assert run("export", "income", *place, "--out", str(shared)).exit_code == 0
    options = ("--whole", "--reason", "核对", "--out", str(whole))
    assert run("export", "income", *place, *options).exit_code == 0
    rows = [list(csv.reader(path.read_text("utf-8-sig").splitlines())) for path in (shared, whole)]
    assert any("*" in row for row in rows[0])
    assert not any("*" in row for row in rows[1])
    assert run("export", "income", "--out", str(tmp_path / "t.xlsx")).exit_code == 0
    assert run("export", "income", *place, "--out", str(shared)).exit_code == 2


def test_what_is_wrong_is_told_in_one_line(run: Run, tmp_path: Path) -> None:
    asyncio.run(fill(tmp_path))
    run("count")
    for words in (
        ("show", "income", "--place", "999999"),
        ("show", "income", "--rows", "trade"),
        ("show", "income", "--month", "1999-01"),
        ("close", "2999-01"),
        ("tokens", "make", "--place", "999999", "--name", "x"),
        ("tokens", "revoke", "nobody"),
    ):
        refused = run(*words)
        assert refused.exit_code == 2, words
        assert refused.output.strip().count("\n") == 0, refused.output


def test_a_whole_table_needs_a_reason(run: Run, tmp_path: Path) -> None:
    refused = run("export", "income", "--whole", "--out", str(tmp_path / "t.csv"))
    assert refused.exit_code == 2
    assert "--reason" in refused.output


def test_a_token_is_made_listed_and_ended(run: Run) -> None:
    assert "No tokens yet" in run("tokens", "list").output
    made = run("tokens", "make", "--place", "140000", "--name", "就业平台")
    secret = re.search(r"xw_\S{43}", made.output)
    assert secret, made.output
    listed = run("tokens", "list").output
    assert "山西省" in listed
    assert "就业平台" in listed
    assert secret[0] not in listed
    assert run("tokens", "revoke", listed.split()[0]).exit_code == 0
    assert "ended;" in run("tokens", "list").output


def test_the_list_of_tokens_says_whose_ended_with_their_maker(run: Run, tmp_path: Path) -> None:
    asyncio.run(fill(tmp_path))
    asyncio.run(add_token_of_nobody(tmp_path))
    assert "ended with the account of its maker" in run("tokens", "list").output
