"""What an operator may set about the work of the staff: console, tables, exports, talks."""

from datetime import time
from typing import Literal

from pydantic import Field

from bot.settings_values import Clock, Section


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
