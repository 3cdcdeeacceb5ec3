"""Finds the settings: environment before config.toml before defaults; says what is wrong.

A key of config.toml is `[section] key`, in the environment XIANGWEN_SECTION__KEY. Every fault is
one line with file or variable, key and cure. No value is ever repeated: it may be a secret.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from pydantic import ValidationError

from bot.findings import Finding
from bot.settings import Settings
from bot.settings_values import Section

PREFIX: Final = "XIANGWEN_"
DEFAULT_FILE: Final = Path("config.toml")
SECTIONS: Final[Mapping[str, type[Section]]] = {
    name: field.annotation
    for name, field in Settings.model_fields.items()
    if isinstance(field.annotation, type) and issubclass(field.annotation, Section)
}
_LOCAL: Final = frozenset(("127.0.0.1", "localhost", "::1"))


class ConfigError(Exception):
    """Settings cannot be used; the operator's to mend.

    Args:
        findings: one for each fault found.
    """

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("\n".join(map(str, findings)))
        self.findings = findings


@dataclass(frozen=True, slots=True)
class Given:
    """A value as the operator gave it, and where: `config.toml: web.port` or the variable."""

    section: str
    key: str
    value: object
    where: str


def load_settings(environment: Mapping[str, str], file: Path | None = None) -> Settings:
    """Return the settings.

    Args:
        environment: variables; XIANGWEN_CONFIG names the file when `file` does not.
        file: the file, which must then exist; None for ./config.toml, which may be absent.

    Raises:
        ConfigError: a file, key or value is wrong; all faults are named at once.
    """
    given = {(each.section, each.key): each for each in _from_file(environment, file)}
    given |= {(each.section, each.key): each for each in _from_environment(environment)}
    unknown = tuple(_unknown(each) for each in given.values() if not _is_known(each))
    sections: dict[str, dict[str, object]] = {}
    for each in given.values():
        if _is_known(each):
            sections.setdefault(each.section, {})[each.key] = each.value
    try:
        settings = Settings.model_validate(sections)
    except ValidationError as error:
        places = dict.fromkeys(part["loc"][:2] for part in error.errors(include_input=False))
        wrong = tuple(_refused(given[str(place[0]), str(place[1])]) for place in places)
        raise ConfigError(unknown + wrong) from None
    findings = unknown + tuple(_between(settings))
    if findings:
        raise ConfigError(findings)
    return settings


def keys() -> Iterator[tuple[str, str]]:
    """Yield every section and key that can be set."""
    for name, section in SECTIONS.items():
        for key in section.model_fields:
            yield name, key


def _from_environment(environment: Mapping[str, str]) -> Iterator[Given]:
    for name, value in sorted(environment.items()):
        section, separator, key = name.removeprefix(PREFIX).lower().partition("__")
        if name.startswith(PREFIX) and separator:
            yield Given(section, key, value, name)


def _from_file(environment: Mapping[str, str], file: Path | None) -> Iterator[Given]:
    variable = environment.get(f"{PREFIX}CONFIG")
    named = file or (Path(variable) if variable else None)
    path = named or DEFAULT_FILE
    try:
        tables = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        if named is None:
            return
        cure = "Make the file, or name another with --config or XIANGWEN_CONFIG."
        raise _unreadable(path, "there is no such file", cure) from None
    except (OSError, UnicodeDecodeError) as error:
        cure = "Let this user read the file, and save it as UTF-8."
        raise _unreadable(path, f"cannot be read ({type(error).__name__})", cure) from None
    except tomllib.TOMLDecodeError as error:
        # Of its text only the place, because the rest may quote a value.
        at = str(error).rpartition("(")[2].rstrip(")")
        cure = 'Write [section] lines and key = "value" lines (TOML).'
        raise _unreadable(path, f"is not TOML {at}", cure) from None
    for section, table in tables.items():
        if not isinstance(table, dict):
            yield Given(section, "", table, f"{path}: {section}")
            continue
        for key, value in table.items():
            yield Given(section, key, value, f"{path}: {section}.{key}")


def _unreadable(path: Path, what: str, cure: str) -> ConfigError:
    return ConfigError((Finding(str(path), what, cure),))


def _is_known(given: Given) -> bool:
    return given.section in SECTIONS and given.key in SECTIONS[given.section].model_fields


def _unknown(given: Given) -> Finding:
    what, names = "no such section", ", ".join(SECTIONS)
    if given.section in SECTIONS:
        what, names = "no such key", ", ".join(SECTIONS[given.section].model_fields)
    return Finding(given.where, what, f"Take it out, or write one of: {names}.")


def _refused(given: Given) -> Finding:
    accepted = SECTIONS[given.section].model_fields[given.key].description
    return Finding(given.where, "this value is not accepted", f"Write {accepted}.")


def _between(settings: Settings) -> Iterator[Finding]:
    """Find what is wrong between values that are right by themselves."""
    hours = settings.reminders
    if hours.quiet_until >= hours.quiet_from:
        what = "quiet_until is not before quiet_from, so nobody could ever be prompted"
        yield Finding("reminders", what, 'Write quiet_until = "09:00", quiet_from = "20:00".')
    telegram = settings.telegram
    if telegram.mode == "polling":
        return
    for key in ("token", "webhook_url", "webhook_secret"):
        if not _plain(getattr(telegram, key)):
            cure = f"Set telegram.{key} (XIANGWEN_TELEGRAM__{key.upper()}), or mode polling."
            yield Finding(f"telegram.{key}", "mode webhook needs it", cure)
    address = urlsplit(telegram.webhook_url)
    if telegram.webhook_url and address.path in {"", "/"}:
        cure = "Write https://…/telegram or another path."
        yield Finding("telegram.webhook_url", "it has no path, and / is the page", cure)
    if address.scheme == "http" and address.hostname not in _LOCAL:
        cure = "Write https://… (Bot API, setWebhook)."
        yield Finding("telegram.webhook_url", "Telegram calls https only", cure)


def _plain(value: object) -> str:
    reveal = getattr(value, "get_secret_value", None)
    return str(reveal() if reveal else value)
