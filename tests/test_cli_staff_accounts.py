"""`xiangwen staff` for every role: invite, come back, devices, deputies."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import SecretStr

from bot.settings import TelegramSection
from bot.telegram.introduction import UNNAMED, name_of_bot
from tests.fakes.bot_api import TOKEN, BotApi
from tests.postgres import free_port
from tests.test_cli_staff import Run, run

__all__ = ("run",)

LAST = f"{datetime.now(UTC) + timedelta(days=3):%Y-%m-%d}"


def _account(run: Run, *words: str) -> str:
    """Invite somebody and return their tag."""
    invited = run("invite", *words)
    assert invited.exit_code == 0, invited.output
    found = re.search(r"Account: (\S+)", invited.output)
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    ("words", "where"),
    [
        (("--role", "county", "--scope", "140824"), "County: 稷山县 (140824)"),
        (("--role", "city", "--scope", "c08"), "City: 运城市 (140800)"),
        (("--role", "province"), "Province: the whole province"),
        (("--role", "operator"), "Operator: the whole province"),
        (("--role", "auditor", "--scope", "140824"), "Auditor: 稷山县 (140824)"),
    ],
)
def test_the_operator_invites_anybody(run: Run, words: tuple[str, ...], where: str) -> None:
    invited = run("invite", *words)
    assert invited.output.splitlines()[0] == where
    assert f"https://t.me/{UNNAMED}?start=staff_" in invited.output
    assert words[1] in run("list").output


@pytest.mark.parametrize(
    "words",
    [
        ("--role", "station"),
        ("--role", "county", "--scope", "140824101"),
        ("--role", "station", "--scope", "140824"),
        ("--role", "province", "--scope", "140824"),
    ],
)
def test_a_role_works_at_a_place_of_its_level(run: Run, words: tuple[str, ...]) -> None:
    refused = run("invite", *words)
    assert refused.exit_code == 2
    assert "--scope" in refused.output
    assert "No staff yet" in run("list").output


def test_who_was_suspended_comes_back_by_a_new_code(run: Run) -> None:
    account = _account(run, "--station", "t0727")
    assert run("resume", account).exit_code == 2
    run("suspend", account)
    assert run("devices", account, "--add").exit_code == 2
    assert "/staff " in run("resume", account).output
    assert "invited" in run("list").output


def test_devices_are_listed_and_added(run: Run) -> None:
    account = _account(run, "--station", "t0727")
    assert run("devices", account).output == "No devices.\n"
    assert "/staff " in run("devices", account, "--add").output
    assert run("devices", account, "--drop", "nothing").exit_code == 2


def test_a_deputy_is_of_the_same_role_or_a_higher_one(run: Run) -> None:
    clerk, other = _account(run, "--station", "t0727"), _account(run, "--station", "t0726")
    chief = _account(run, "--role", "county", "--scope", "k065")
    assert LAST in run("deputy", clerk, "--by", other, "--until", LAST).output
    assert run("deputy", clerk, "--by", chief, "--until", LAST).exit_code == 0
    for words in (
        (chief, "--by", clerk, "--until", LAST),
        (clerk, "--by", clerk, "--until", LAST),
        (clerk, "--by", other),
        (clerk, "--by", other, "--until", "2020-01-01"),
        (clerk, "--by", other, "--until", "2999-01-01"),
    ):
        assert run("deputy", *words).exit_code == 2, words
    assert run("deputy", clerk, "--by", other, "--end").exit_code == 0
    assert run("deputy", clerk, "--by", other, "--end").exit_code == 2


async def test_links_carry_the_name_that_telegram_tells() -> None:
    async with BotApi() as api:
        known = TelegramSection(token=SecretStr(TOKEN), base_url=api.base_url)
        assert await name_of_bot(known) == "xiangwen_test_bot"
    away = TelegramSection(token=SecretStr(TOKEN), base_url=f"http://127.0.0.1:{free_port()}/bot")
    assert await name_of_bot(away) == UNNAMED
    assert await name_of_bot(TelegramSection()) == UNNAMED


def test_a_link_to_set_up_signing_in_is_printed_once_and_not_for_the_suspended(run: Run) -> None:
    account = _account(run, "--role", "auditor")
    printed = run("console", account).output
    assert re.search(r"http://127\.0\.0\.1:8080/console/enter#[\w-]{43}\n", printed), printed
    assert "It works once, until" in printed
    assert run("suspend", account).exit_code == 0
    refused = run("console", account)
    assert refused.exit_code == 2
    assert "the account is suspended" in refused.output
