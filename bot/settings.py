"""What an operator may set: sections and keys, their defaults, what each accepts.

The description of a key is what the operator reads when its value is refused, and in
docs/configuration.md. How values are found is told in config.py.
"""

from datetime import date, time
from pathlib import Path
from typing import Final, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr

from bot.settings_staff import ConsoleSection, ExportSection, StatisticsSection, TalkSection
from bot.settings_values import (
    BotToken,
    Clock,
    DatabaseAddress,
    FoundPath,
    Section,
    WebAddress,
    WebhookSecret,
    Weekdays,
    ZoneName,
)

SHIPPED_FORM: Final = Path("conversations/forms/rural_labour.md")
_EVERYWHERE: Final = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 (told apart, not bound)


class TelegramSection(Section):
    """The Telegram bot; without a token only the web page is served."""

    token: BotToken = Field(
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
    webhook_secret: WebhookSecret = Field(
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

    url: DatabaseAddress = Field(
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

    zone: ZoneName = Field(
        default="Asia/Shanghai", description="time zone of the stations, such as Asia/Shanghai"
    )


class FormSection(Section):
    """The questionnaire."""

    file: FoundPath = Field(
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
    weekdays: Weekdays = Field(
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

    folder: FoundPath = Field(
        default=Path("voice"), description="the folder that holds the voice packs"
    )
    pack: str = Field(
        default="",
        pattern=r"^[A-Za-z0-9_-]*$",
        description="name of the pack that people hear, such as mandarin, or nothing",
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
