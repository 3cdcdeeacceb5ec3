"""`xiangwen followups` as an operator types it."""

import asyncio
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli.main import main
from tests.transcripts.stage import Stage
from tests.turns.crowd import settle

Run = Callable[..., Result]
WHO = ("--place", "t0727", "--unconfirmed")


async def _town(folder: Path) -> None:
    """Fill a township with three people on Telegram and one on the page."""
    stage = Stage(folder)
    await stage.open()
    for serial in range(3):
        await settle(stage, serial, training_intent="1", training_trade="02")
    await settle(stage, 9, channel="web")
    await stage.close()


@pytest.fixture
def run(tmp_path: Path) -> Run:
    asyncio.run(_town(tmp_path))
    settings = {
        "XIANGWEN_STORAGE__URL": f"sqlite:///{tmp_path / 'xiangwen.db'}",
        "XIANGWEN_KEYS__FILE": str(tmp_path / "keys" / "key"),
    }
    return lambda *words: CliRunner().invoke(main, ["followups", *words], env=settings)


def test_a_follow_up_is_previewed_started_watched_paused_resumed_and_stopped(run: Run) -> None:
    assert "No follow-up yet" in run("list", "--place", "t0727").output
    seen = run("preview", *WHO)
    assert seen.exit_code == 0, seen.output
    assert "3 would get a prompt" in seen.output
    assert "no_channel: 1" in seen.output
    assert "请您抽空更新" in seen.output
    assert "Nothing was started" in run("start", *WHO).output
    started = run("start", *WHO, "--call-list", "--yes")
    assert "3 prompts are planned" in started.output
    found = re.search(r"Started as (\w+):", started.output)
    assert found is not None
    tag = found[1]
    assert tag in run("list", "--place", "140824").output
    assert "waiting 3" in run("show", tag).output
    assert "left out, in_wave: 3" in run("preview", *WHO).output
    assert run("pause", tag, "--reason", "harvest").exit_code == 0
    assert "because: harvest" in run("show", tag).output
    assert run("resume", tag).exit_code == 0
    assert run("stop", tag, "--reason", "wrong text").exit_code == 0
    assert "cleared: 3 (stopped by the station)" in run("show", tag).output
    again = run("resume", tag)
    assert again.exit_code == 2
    assert "it is stopped" in again.output


def test_people_who_want_a_trade_are_told_of_it(run: Run) -> None:
    seen = run("preview", "--place", "t0727", "--training", "--trade", "02", "--text", "training")
    assert "3 would get a prompt" in seen.output
    assert "想学手艺（电焊）" in seen.output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--place", "nowhere", "--unconfirmed"), "no county or township"),
        (("--place", "t0727"), "at least one"),
        (("--place", "t0727", "--age-from", "500"), "no such value"),
        (("--place", "t0727", "--answered-before", "soon"), "no such value"),
        ((*WHO, "--text", "nonsense"), "no such text"),
        ((*WHO, "--text", "training"), "put in for trade"),
    ],
    ids=["place", "nobody chosen", "age", "day", "text", "placeholder"],
)
def test_what_cannot_be_done_is_told_in_one_line(
    run: Run, words: tuple[str, ...], told: str
) -> None:
    refused = run("preview", *words)
    assert refused.exit_code == 2
    assert refused.output.count("\n") == 1
    assert told in refused.output


def test_the_texts_are_listed(run: Run) -> None:
    listed = run("texts", "--place", "t0727").output
    assert "nudge  您好" in listed


def test_an_unknown_tag_is_told(run: Run) -> None:
    assert "no follow-up has this tag" in run("show", "0123456789ab").output
