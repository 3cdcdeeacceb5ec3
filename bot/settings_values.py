"""Of what kind a value of the settings is, and when it is refused."""

import re
from datetime import time
from pathlib import Path
from typing import Annotated, Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, SecretStr

from conversations.hours import read_weekdays

CHECKOUT: Final = Path(__file__).parent.parent
_TOKEN: Final = re.compile(r"\d+:[A-Za-z0-9_-]+")
_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{0,256}")


def _known_zone(name: str) -> str:
    # A name that no time zone can have is a KeyError or a ValueError, by its shape.
    try:
        ZoneInfo(name)
    except (KeyError, OSError) as error:
        raise ValueError("no such time zone") from error
    return name


def _web_address(address: str) -> str:
    parts = urlsplit(address)
    if address and (parts.scheme not in {"http", "https"} or not parts.hostname):
        raise ValueError("not a web address")
    return address


def _database_address(address: SecretStr) -> SecretStr:
    shown = address.get_secret_value()
    if shown.removeprefix("sqlite:///") in {shown, ""} and not shown.startswith(
        ("postgresql://", "postgres://")
    ):
        raise ValueError("not a database address")
    return address


def _bot_token(token: SecretStr) -> SecretStr:
    shown = token.get_secret_value().strip()
    if shown and not _TOKEN.fullmatch(shown):
        raise ValueError("not a bot token")
    return SecretStr(shown)


def _webhook_secret(secret: SecretStr) -> SecretStr:
    if not _SECRET.fullmatch(secret.get_secret_value()):
        raise ValueError("not a webhook secret")
    return secret


def _found(path: Path) -> Path:
    """A relative path is looked for where the command was called, then in the checkout."""
    return path if path.is_absolute() or path.exists() else CHECKOUT / path


def _weekdays(text: str) -> str:
    read_weekdays(text)
    return text


def _clock_time(given: object) -> object:
    """A bare number would be read as seconds after midnight."""
    if isinstance(given, str | time):
        return given
    raise ValueError("not a time of day")


ZoneName = Annotated[str, AfterValidator(_known_zone)]
DatabaseAddress = Annotated[SecretStr, AfterValidator(_database_address)]
BotToken = Annotated[SecretStr, AfterValidator(_bot_token)]
WebhookSecret = Annotated[SecretStr, AfterValidator(_webhook_secret)]
FoundPath = Annotated[Path, AfterValidator(_found)]
Weekdays = Annotated[str, AfterValidator(_weekdays)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
Clock = Annotated[time, BeforeValidator(_clock_time)]


class Section(BaseModel):
    """One `[section]` of config.toml."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)
