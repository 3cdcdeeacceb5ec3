"""`check` finds what would stop the start, says the cure, and changes nothing."""

import shutil
from pathlib import Path

from bot.check import (
    check_all,
    check_database,
    check_form,
    check_keys,
    check_notice,
    check_telegram,
)
from bot.config import load_settings
from bot.findings import Finding
from bot.settings import Settings
from storage.database import Database
from storage.keyfile import create_key_file
from storage.vault import Vault
from tests.fakes.bot_api import TOKEN, BotApi
from tests.postgres import free_port


def installed(folder: Path, **variables: str) -> Settings:
    """Return the settings of an installation in a folder of its own."""
    (folder / "config.toml").touch()
    environment = {
        "XIANGWEN_STORAGE__URL": f"sqlite:///{folder}/data/xiangwen.db",
        "XIANGWEN_KEYS__FILE": f"{folder}/keys/xiangwen.key",
        "XIANGWEN_NOTICE__CONTACT": "0354-0000000",
    } | {f"XIANGWEN_{name}": value for name, value in variables.items()}
    return load_settings(environment, folder / "config.toml")


async def start_once(settings: Settings) -> None:
    """Make the keys and the database, as the first start does."""
    create_key_file(settings.keys.file)
    vault = Vault.open(settings.keys.file)
    await (await Database.open(settings.storage.url.get_secret_value(), vault)).close()


def lines(findings: list[Finding]) -> str:
    return "\n".join(f"{finding.level} {finding}" for finding in findings)


async def test_an_empty_installation_can_start_and_nothing_is_made(tmp_path: Path) -> None:
    findings = await check_all(installed(tmp_path))
    assert {finding.level for finding in findings} == {"note"}, lines(findings)
    assert [path.name for path in tmp_path.iterdir()] == ["config.toml"]


async def test_a_used_installation_has_nothing_to_tell_but_the_absent_token(
    tmp_path: Path,
) -> None:
    settings = installed(tmp_path)
    await start_once(settings)
    assert [finding.where for finding in await check_all(settings)] == ["telegram.token"]


def test_a_notice_without_anybody_to_ask_is_a_warning(tmp_path: Path) -> None:
    assert check_notice(installed(tmp_path)) == []
    (finding,) = check_notice(installed(tmp_path, NOTICE__CONTACT=" "))
    assert (finding.level, finding.where) == ("warning", "notice.contact")


def test_a_broken_form_is_told_with_its_row(tmp_path: Path) -> None:
    form = tmp_path / "form.md"
    form.write_text(
        "| survey |\n| | type | name | label | relevant |\n| | text | a | A | ${nobody} = 1 |\n"
    )
    (finding,) = check_form(form)
    assert finding.level == "fault"
    assert "form.md" in finding.where
    assert "row" in finding.where
    assert "nobody" in str(finding)


def test_a_form_that_lacks_what_the_application_looks_for_is_a_fault(tmp_path: Path) -> None:
    form = tmp_path / "form.md"
    form.write_text("| survey |\n| | type | name | label |\n| | text | a | A |\n")
    (finding,) = check_form(form)
    assert "role" in finding.what


def test_a_form_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    (finding,) = check_form(tmp_path / "form.md")
    assert "no such file" in finding.what


async def test_keys_that_others_may_read_are_a_fault(tmp_path: Path) -> None:
    settings = installed(tmp_path)
    await start_once(settings)
    settings.keys.file.chmod(0o644)
    (finding,) = check_keys(settings)
    assert "chmod 600" in finding.cure
    assert await check_database(settings) == []


async def test_keys_in_the_folder_of_the_data_are_a_warning(tmp_path: Path) -> None:
    settings = installed(tmp_path, KEYS__FILE=f"{tmp_path}/data/xiangwen.key")
    await start_once(settings)
    (finding,) = check_keys(settings)
    assert (finding.level, finding.where) == ("warning", "keys.file")


async def test_lost_keys_of_a_database_in_use_are_a_fault(tmp_path: Path) -> None:
    settings = installed(tmp_path)
    await start_once(settings)
    shutil.rmtree(settings.keys.file.parent)
    finding, told = await check_all(settings)
    assert (finding.level, told.where) == ("fault", "telegram.token")
    assert "missing" in finding.what
    assert "backup" in finding.cure


async def test_keys_of_another_database_are_a_fault(tmp_path: Path) -> None:
    settings = installed(tmp_path)
    await start_once(settings)
    settings.keys.file.unlink()
    create_key_file(settings.keys.file)
    (finding,) = await check_database(settings)
    assert (finding.level, finding.where) == ("fault", "keys.file")


async def test_a_file_that_is_no_database_is_a_fault(tmp_path: Path) -> None:
    settings = installed(tmp_path)
    await start_once(settings)
    (tmp_path / "data" / "xiangwen.db").write_bytes(b"a letter to the bank" * 500)
    (finding,) = await check_database(settings)
    assert (finding.level, finding.where) == ("fault", "storage.url")


async def test_a_place_where_nothing_can_be_made_is_a_fault(tmp_path: Path) -> None:
    settings = installed(tmp_path, STORAGE__URL=f"sqlite:///{tmp_path}/config.toml/xiangwen.db")
    (finding,) = await check_database(settings)
    assert (finding.level, finding.where) == ("fault", "storage.url")


async def test_postgresql_is_opened_and_left_as_it_was(tmp_path: Path, postgres_url: str) -> None:
    settings = installed(tmp_path, STORAGE__URL=postgres_url)
    assert await check_database(settings) == []
    await start_once(settings)
    assert await check_database(settings) == []
    settings.keys.file.unlink()
    (finding,) = await check_database(settings)
    assert (finding.level, finding.where) == ("fault", "keys.file")


async def test_postgresql_that_does_not_answer_is_a_fault(tmp_path: Path) -> None:
    url = f"postgresql://somebody:hidden@127.0.0.1:{free_port()}/name"
    (finding,) = await check_database(installed(tmp_path, STORAGE__URL=url))
    assert (finding.level, finding.where) == ("fault", "storage.url")
    assert "hidden" not in str(finding)


async def test_a_token_that_telegram_knows_is_fine(tmp_path: Path) -> None:
    async with BotApi() as api:
        settings = installed(tmp_path, TELEGRAM__TOKEN=TOKEN, TELEGRAM__BASE_URL=api.base_url)
        assert await check_telegram(settings) == []


async def test_a_token_that_telegram_does_not_know_is_a_fault(tmp_path: Path) -> None:
    async with BotApi() as api:
        settings = installed(tmp_path, TELEGRAM__TOKEN="1:no", TELEGRAM__BASE_URL=api.base_url)
        (finding,) = await check_telegram(settings)
    assert (finding.level, finding.where) == ("fault", "telegram.token")


async def test_telegram_out_of_reach_is_only_a_warning(tmp_path: Path) -> None:
    address = f"http://127.0.0.1:{free_port()}/bot"
    settings = installed(tmp_path, TELEGRAM__TOKEN=TOKEN, TELEGRAM__BASE_URL=address)
    (finding,) = await check_telegram(settings)
    assert (finding.level, finding.where) == ("warning", "telegram.base_url")
    assert TOKEN not in str(finding)
