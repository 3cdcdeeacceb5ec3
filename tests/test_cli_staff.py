"""`xiangwen staff` as an operator types it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli.main import main

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    settings = {
        "XIANGWEN_STORAGE__URL": f"sqlite:///{tmp_path / 'data' / 'xiangwen.db'}",
        "XIANGWEN_KEYS__FILE": str(tmp_path / "keys" / "key"),
    }
    return lambda *words: CliRunner().invoke(main, ["staff", *words], env=settings)


def test_somebody_is_invited_listed_and_suspended(run: Run) -> None:
    assert "No staff yet" in run("list").output
    invited = run("invite", "--station", "t0727", "--name", "赵站长")
    assert invited.exit_code == 0, invited.output
    assert re.search(r"/staff [2-9A-HJ-NP-Z]{10}\n", invited.output)
    account = re.search(r"Account: (\S+)", invited.output)
    assert account is not None
    listed = run("list").output
    assert account[1] in listed
    assert "invited" in listed
    assert "赵站长" in listed
    assert run("suspend", account[1]).exit_code == 0
    assert "suspended" in run("list").output
    again = run("suspend", account[1])
    assert again.exit_code == 2
    assert "suspended before" in again.output


def test_a_station_that_does_not_exist_is_named_in_one_line(run: Run) -> None:
    refused = run("invite", "--station", "999999999")
    assert refused.exit_code == 2
    assert refused.output.count("\n") == 1
    assert "999999999" in refused.output
    assert run("suspend", "nobody").exit_code == 2
