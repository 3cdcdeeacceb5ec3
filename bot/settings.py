"""What an operator may set: sections and keys, their defaults, what each accepts.

The description of a key is what the operator reads when its value is refused, and in
docs/configuration.md. How values are found is told in config.py.
"""

import re
from datetime import date, time
from pathlib import Path
from typing import Annotated, Final, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
)

from conversations.hours import read_weekdays

CHECKOUT: Final = Path(__file__).parent.parent
SHIPPED_FORM: Final = Path("conversations/forms/rural_labour.md")
_TOKEN: Final = re.compile(r"\d+:[A-Za-z0-9_-]+")
_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{0,256}")
_EVERYWHERE: Final = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 (told apart, not bound)


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


WebAddress = Annotated[str, AfterValidator(_web_address)]
Clock = Annotated[time, BeforeValidator(_clock_time)]


class Section(BaseModel):
    """One `[section]` of config.toml."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)


class TelegramSection(Section):
    """The Telegram bot; without a token only the web page is served."""

    token: Annotated[SecretStr, AfterValidator(_bot_token)] = Field(
        default=SecretStr(""), description="the token that @BotFather gave, or nothing"
    )
    base_url: WebAddress = Field(
        default="https://api.telegram.org/bot",
        description="address of the Bot API, before the token",
    )
    base_file_url: WebAddress = Field(
        default="https://api.telegram.org/file/bot", description="the same for files"
    )
    mode: Literal["polling", "webhook"] = Field(
        default="polling",
        description="polling, or webhook where a public https address leads here",
    )
    webhook_url: WebAddress = Field(
        default="", description="public https address with a path; needed for webhook"
    )
    webhook_secret: Annotated[SecretStr, AfterValidator(_webhook_secret)] = Field(
        default=SecretStr(""), description="1 to 256 letters, digits, _ or -; needed for webhook"
    )
    concurrency: int = Field(
        default=64, ge=1, le=1000, description="how many chats are answered at once, 1 to 1000"
    )


class WebSection(Section):
    """The web page."""

    host: str = Field(
        default="127.0.0.1",
        min_length=1,
        description="address to listen on; 0.0.0.0 is every one of this machine",
    )
    port: int = Field(default=8080, ge=1, le=65535, description="port to listen on, 1 to 65535")
    public_url: WebAddress = Field(
        default="", description="where people open the page, https://…; nothing for host and port"
    )


class StorageSection(Section):
    """Where records are kept."""

    url: Annotated[SecretStr, AfterValidator(_database_address)] = Field(
        default=SecretStr("sqlite:///data/xiangwen.db"),
        description="sqlite:///path/of/file.db or postgresql://user@host/name",
    )


class KeysSection(Section):
    """The keys that seal the records."""

    file: Path = Field(
        default=Path("keys/xiangwen.key"),
        description="the key file, in another folder than the data",
    )


class TimeSection(Section):
    """Where days begin and end."""

    zone: Annotated[str, AfterValidator(_known_zone)] = Field(
        default="Asia/Shanghai", description="time zone of the stations, such as Asia/Shanghai"
    )


class FormSection(Section):
    """The questionnaire."""

    file: Annotated[Path, AfterValidator(_found)] = Field(
        default=SHIPPED_FORM,
        description="the questionnaire, an XLSForm (.md, .xlsx, .csv) or an .xml",
    )


class RemindersSection(Section):
    """The yearly reminder."""

    every: int = Field(
        default=60,
        ge=1,
        le=86400,
        description="seconds between two looks for what is due, 1 to 86400",
    )
    quiet_from: Clock = Field(
        default=time(20), description='nobody is prompted from this time on, such as "20:00"'
    )
    quiet_until: Clock = Field(
        default=time(9), description='nobody is prompted before this time, such as "09:00"'
    )
    per_second: int = Field(
        default=25, ge=1, le=30, description="reminders sent in one second, 1 to 30 (Bot API)"
    )
    weekdays: Annotated[str, AfterValidator(_weekdays)] = Field(
        default="",
        description='own hours of weekdays, 1 is Monday, such as "6 10:00-18:00; 7 closed"',
    )
    holidays: Literal["closed", "open"] = Field(
        default="closed",
        description="closed or open: whether people are prompted on public holidays",
    )
    closed: tuple[date, ...] = Field(
        default=(), description='other days on which nobody is prompted, ["2027-02-05"]'
    )
    most: int = Field(
        default=3,
        ge=1,
        le=30,
        description="prompts for a person or chat within within_days, all together, 1 to 30",
    )
    within_days: int = Field(
        default=14, ge=1, le=365, description="days over which prompts are counted, 1 to 365"
    )
    age_limit: int = Field(
        default=0, ge=0, le=120, description="nobody this old is prompted, 0 for no limit"
    )
    wording_approval: bool = Field(
        default=True,
        description="true when a station's own texts wait for the county's approval, or false",
    )


class LogSection(Section):
    """What the running program says to its operator."""

    format: Literal["console", "json"] = Field(default="console", description="console or json")
    level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="debug, info, warning or error"
    )


class ConsoleSection(Section):
    """The console for the staff, beside the chat page."""

    enabled: bool = Field(default=True, description="true or false: whether there is a console")
    idle_minutes: int = Field(
        default=30,
        ge=5,
        le=240,
        description="minutes without a click after which one has to sign in again, 5 to 240",
    )
    absolute_hours: int = Field(
        default=12, ge=1, le=24, description="hours after which one has to sign in again, 1 to 24"
    )
    upload_mb: int = Field(
        default=64, ge=1, le=256, description="largest file that is taken, in MB, 1 to 256"
    )


class StatisticsSection(Section):
    """The monthly tables, and what leaves the house of them."""

    smallest: int = Field(
        default=5,
        ge=0,
        le=100,
        description="numbers below this are kept back where tables are shared, 0 for none",
    )
    small_station: int = Field(
        default=30,
        ge=1,
        le=1000,
        description="reports below which a station is too small to be compared, 1 to 1000",
    )
    api_per_minute: int = Field(
        default=60, ge=1, le=6000, description="requests a minute with one token, 1 to 6000"
    )


class ExportSection(Section):
    """The official spreadsheet."""

    style: Literal["labels", "codes"] = Field(
        default="labels", description="labels (words) or codes in the cells of coded answers"
    )
    row_limit: int = Field(
        default=50_000,
        ge=1,
        le=1_000_000,
        description="people in one file at most, as the platform takes them, 1 to 1000000",
    )
    second_person_rows: int = Field(
        default=5_000,
        ge=0,
        le=1_000_000,
        description="a batch with more people than this waits for a second person, 0 to 1000000",
    )
    kept_days: int = Field(
        default=7, ge=1, le=60, description="days that the files of a batch are kept, 1 to 60"
    )


class NoticeSection(Section):
    """Who answers for the data, as the notice on personal data names them (PIPL, article 17)."""

    handler: str = Field(
        default="县（市、区）人力资源和社会保障局",
        min_length=1,
        max_length=100,
        description="name of the office that answers for the data",
    )
    contact: str = Field(
        default="",
        max_length=200,
        description="phone or address at which that office answers questions about the data",
    )


class VoiceSection(Section):
    """What can be listened to."""

    folder: Annotated[Path, AfterValidator(_found)] = Field(
        default=Path("voice"), description="the folder that holds the voice packs"
    )
    pack: str = Field(
        default="",
        pattern=r"^[A-Za-z0-9_-]*$",
        description="name of the pack that people hear, such as mandarin, or nothing",
    )


class TalkSection(Section):
    """Talks of workers with the staff of a station."""

    take_within: int = Field(
        default=10, ge=1, le=240, description="minutes that a worker waits for staff, 1 to 240"
    )
    silence: int = Field(
        default=30,
        ge=5,
        le=1440,
        description="minutes without a word after which a talk is over, 5 to 1440",
    )
    office_days: str = Field(
        default="12345",
        pattern=r"^[1-7]{1,7}$",
        description='days on which stations are open, 1 is Monday, such as "12345"',
    )
    office_from: Clock = Field(default=time(9), description='opening time, such as "09:00"')
    office_until: Clock = Field(default=time(17, 30), description='closing time, such as "17:30"')
    contact: str = Field(
        default="",
        max_length=100,
        description="phone or address that workers are given when nobody of the staff is there",
    )


class Settings(Section):
    """Everything that can be set."""

    telegram: TelegramSection = TelegramSection()
    web: WebSection = WebSection()
    storage: StorageSection = StorageSection()
    keys: KeysSection = KeysSection()
    time: TimeSection = TimeSection()
    form: FormSection = FormSection()
    reminders: RemindersSection = RemindersSection()
    log: LogSection = LogSection()
    console: ConsoleSection = ConsoleSection()
    statistics: StatisticsSection = StatisticsSection()
    export: ExportSection = ExportSection()
    notice: NoticeSection = NoticeSection()
    talk: TalkSection = TalkSection()
    voice: VoiceSection = VoiceSection()

    @property
    def zone(self) -> ZoneInfo:
        """Return the time zone of the stations."""
        return ZoneInfo(self.time.zone)

    @property
    def page_url(self) -> str:
        """Return the address at which the page is opened."""
        if self.web.public_url:
            return self.web.public_url.rstrip("/")
        host = _EVERYWHERE.get(self.web.host, self.web.host)
        return (
            f"http://[{host}]:{self.web.port}" if ":" in host else f"http://{host}:{self.web.port}"
        )

    @property
    def database_file(self) -> Path | None:
        """Return the SQLite file, None for PostgreSQL."""
        url = self.storage.url.get_secret_value()
        scheme, _, path = url.partition(":///")
        return Path(path) if scheme == "sqlite" else None
