"""Settings: where values are found, and what an operator is told about a wrong one."""

import re
import tomllib
from datetime import time
from pathlib import Path

import pytest

from bot.config import ConfigError, keys, load_settings
from bot.settings import Settings
from bot.settings_values import CHECKOUT

SECRET = "1234567:not-a-real-token-but-secret"


def written(folder: Path, text: str) -> Path:
    file = folder / "config.toml"
    file.write_text(text, "utf-8")
    return file


def told(environment: dict[str, str], file: Path | None = None) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load_settings(environment, file)
    return str(caught.value).splitlines()


def test_everything_has_a_default() -> None:
    settings = load_settings({}, CHECKOUT / "config.toml")
    assert settings == Settings()
    assert settings.time.zone == "Asia/Shanghai"
    assert settings.page_url == "http://127.0.0.1:8080"
    assert settings.form.file.is_file()


def test_the_shipped_file_shows_every_key_with_its_default(tmp_path: Path) -> None:
    shipped = (CHECKOUT / "config.toml").read_text("utf-8")
    shown = re.sub(r"^# (\w+ = )", r"\1", shipped, flags=re.MULTILINE)
    tables = tomllib.loads(shown)
    assert [(section, key) for section in tables for key in tables[section]] == list(keys())
    assert load_settings({}, written(tmp_path, shown)) == Settings()


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    file = written(tmp_path, '[web]\nport = 9000\nhost = "0.0.0.0"\n')
    settings = load_settings({"XIANGWEN_WEB__PORT": "9100"}, file)
    assert (settings.web.port, settings.web.host) == (9100, "0.0.0.0")
    assert settings.page_url == "http://127.0.0.1:9100"


def test_a_variable_names_the_file_and_the_option_goes_before_it(tmp_path: Path) -> None:
    file = written(tmp_path, "[web]\nport = 9000\n")
    (tmp_path / "other.toml").write_text("[web]\nport = 9001\n")
    environment = {"XIANGWEN_CONFIG": str(file)}
    assert load_settings(environment).web.port == 9000
    assert load_settings(environment, tmp_path / "other.toml").web.port == 9001


def test_times_can_be_written_in_both_ways_of_toml(tmp_path: Path) -> None:
    file = written(tmp_path, '[reminders]\nquiet_from = "21:30"\nquiet_until = 08:00:00\n')
    reminders = load_settings({}, file).reminders
    assert (reminders.quiet_from, reminders.quiet_until) == (time(21, 30), time(8))


@pytest.mark.parametrize(
    ("variable", "value", "cure"),
    [
        ("WEB__PORT", "70000", "port to listen on, 1 to 65535"),
        ("WEB__PORT", "http", "port to listen on, 1 to 65535"),
        ("WEB__PUBLIC_URL", "report.example", "https://…"),
        ("STORAGE__URL", "mysql://somebody@host/name", "postgresql://user@host/name"),
        ("STORAGE__URL", "sqlite:///", "sqlite:///path"),
        ("TELEGRAM__TOKEN", "secret words", "@BotFather"),
        ("TELEGRAM__MODE", "pushing", "polling, or webhook"),
        ("TELEGRAM__WEBHOOK_SECRET", "a b", "letters, digits"),
        ("TELEGRAM__CONCURRENCY", "0", "1 to 1000"),
        ("TIME__ZONE", "Mars/Base", "such as Asia/Shanghai"),
        ("TIME__ZONE", "../etc", "such as Asia/Shanghai"),
        ("REMINDERS__QUIET_FROM", "evening", 'such as "20:00"'),
        ("LOG__LEVEL", "loud", "debug, info, warning or error"),
        ("EXPORT__STYLE", "pretty", "codes"),
        ("NOTICE__HANDLER", "", "name of the office"),
        ("NOTICE__CONTACT", "0" * 201, "phone or address"),
        ("WEB__PROT", "8080", "host, port, public_url"),
        ("WBE__PORT", "8080", "telegram, web, storage"),
    ],
)
def test_a_wrong_variable_is_named_with_its_cure(
    tmp_path: Path, variable: str, value: str, cure: str
) -> None:
    (line,) = told({f"XIANGWEN_{variable}": value}, written(tmp_path, ""))
    assert line.startswith(f"XIANGWEN_{variable}: ")
    assert cure in line


def test_every_fault_of_a_file_is_named_in_a_line_of_its_own(tmp_path: Path) -> None:
    text = f'port = 1\n[web]\nport = "x"\n[telegram]\ntokn = "{SECRET}"\n[storage]\nurl = 5\n'
    file = written(tmp_path, text)
    lines = told({}, file)
    places = {line.split(": ")[1] for line in lines}
    assert places == {"port", "web.port", "telegram.tokn", "storage.url"}
    assert all(line.startswith(f"{file}: ") for line in lines)
    assert SECRET not in "".join(lines)


def test_a_file_that_is_named_and_missing_is_a_fault(tmp_path: Path) -> None:
    (line,) = told({"XIANGWEN_CONFIG": str(tmp_path / "none.toml")})
    assert "there is no such file" in line


def test_a_file_that_is_no_toml_is_told_with_its_line(tmp_path: Path) -> None:
    (line,) = told({}, written(tmp_path, f'[telegram]\ntoken = "{SECRET}\n'))
    assert "line 2" in line
    assert SECRET not in line


def test_webhook_needs_its_address_secret_and_token(tmp_path: Path) -> None:
    lines = told({"XIANGWEN_TELEGRAM__MODE": "webhook"}, written(tmp_path, ""))
    assert [line.split(":")[0] for line in lines] == [
        "telegram.token",
        "telegram.webhook_url",
        "telegram.webhook_secret",
    ]


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("https://report.example/", "it has no path"),
        ("http://report.example/telegram", "Telegram calls https only"),
    ],
)
def test_a_webhook_address_that_cannot_work_is_refused(
    tmp_path: Path, address: str, what: str
) -> None:
    environment = {
        "XIANGWEN_TELEGRAM__MODE": "webhook",
        "XIANGWEN_TELEGRAM__TOKEN": SECRET,
        "XIANGWEN_TELEGRAM__WEBHOOK_SECRET": "secret",
        "XIANGWEN_TELEGRAM__WEBHOOK_URL": address,
    }
    (line,) = told(environment, written(tmp_path, ""))
    assert what in line


def test_hours_in_which_nobody_can_be_prompted_are_refused(tmp_path: Path) -> None:
    (line,) = told({"XIANGWEN_REMINDERS__QUIET_FROM": "08:00"}, written(tmp_path, ""))
    assert "nobody could ever be prompted" in line


def test_secrets_do_not_show_in_the_settings_themselves() -> None:
    environment = {
        "XIANGWEN_TELEGRAM__TOKEN": f" {SECRET}\n",
        "XIANGWEN_STORAGE__URL": "postgresql://somebody:password@host/name",
    }
    settings = load_settings(environment, CHECKOUT / "config.toml")
    assert settings.telegram.token.get_secret_value() == SECRET
    assert SECRET not in repr(settings)
    assert "password" not in repr(settings)
