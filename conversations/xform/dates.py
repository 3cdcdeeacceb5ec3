"""Dates in expressions: read, rounded, formatted, in the zone of the interview.

A date is an aware datetime at midnight of that zone. Years end at 9999.
"""

import math
import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Final

from conversations.xform.errors import EvaluationError
from conversations.xform.values import EPOCH_DAY, Value, to_int, to_number, to_text

DAY_SECONDS: Final = 86400.0
_INTEGER: Final = re.compile(r"[+-]?\d{1,9}")
_LARGEST: Final = 2.0**31
_MONTHS: Final = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_DAYS: Final = "Mon|Tue|Wed|Thu|Fri|Sat|Sun"


def parse_date(text: str) -> date | None:
    """Read year-month-day; None when it is not three numbers that make a day."""
    pieces = text.split("-")
    if len(pieces) != 3 or not all(_INTEGER.fullmatch(piece) for piece in pieces):
        return None
    try:
        return date(*map(int, pieces))
    except ValueError:
        return None


def midnight(day: date, zone: tzinfo) -> datetime:
    """Return the start of a day in a zone."""
    return _existing(datetime(day.year, day.month, day.day, tzinfo=zone))


def _existing(moment: datetime) -> datetime:
    """Return a moment that clocks showed: one that summer time left out is moved past the gap."""
    if not 1 < moment.year < 9999:
        return moment
    return moment.astimezone(UTC).astimezone(moment.tzinfo)


def parse_moment(text: str, zone: tzinfo) -> datetime | None:
    """Read a date, or a date and a time after a T; None when it is neither."""
    head, found, tail = text.partition("T")
    day = parse_date(head)
    if day is None or not found:
        return None if day is None else midnight(day, zone)
    return _at_time(day, tail, zone)


def _at_time(day: date, text: str, zone: tzinfo) -> datetime | None:
    """Read hours:minutes[:seconds] and an offset (Z, +8, +08:00); without one it is local."""
    found = re.fullmatch(
        r"(\d{1,2}):(\d{1,2})(?::(\d{1,2})(\.\d*)?)?\s*(Z|[+-]\d{1,2}(?::\d{1,2})?)?", text
    )
    if found is None:
        return None
    hour, minute, second = (int(part or 0) for part in found.group(1, 2, 3))
    micro = int(float(found[4] or 0) * 1000 + 1e-6) * 1000 if found[4] not in (None, ".") else 0
    try:
        local = datetime(day.year, day.month, day.day, hour, minute, second, micro, tzinfo=zone)
        return _existing(local) if not found[5] else _from_offset(local, found[5], zone)
    except (ValueError, OverflowError):
        return None


def _from_offset(local: datetime, offset: str, zone: tzinfo) -> datetime:
    """Take a time that was written with its own offset into the zone."""
    away = timedelta()
    if offset != "Z":
        hours, _, minutes = offset[1:].partition(":")
        away = timedelta(hours=int(hours), minutes=int(minutes or 0))
    sign = -1 if offset.startswith("-") else 1
    naive = local.replace(tzinfo=None) - sign * away
    return naive.replace(tzinfo=UTC).astimezone(zone)


def offset_of(moment: datetime) -> timedelta:
    """Return the offset from UTC; before 1900 today's standard time, as Java's TimeZone has it."""
    known = moment if moment.year >= 1900 else moment.replace(year=2000, month=1, day=1)
    return known.utcoffset() or timedelta()


def seconds_of(moment: datetime) -> float:
    """Return seconds since 1970-01-01T00:00Z."""
    epoch = datetime(1970, 1, 1)  # noqa: DTZ001
    return (moment.replace(tzinfo=None) - epoch - offset_of(moment)).total_seconds()


def to_date(value: Value, zone: tzinfo, *, with_time: bool) -> Value:
    """Return a value as a date; empty text and NaN stay as they are.

    Raises:
        EvaluationError: it cannot be a date.
    """
    if isinstance(value, datetime):
        return value if with_time else midnight(value, zone)
    if isinstance(value, bool):
        raise EvaluationError("A truth value cannot be a date.")
    if isinstance(value, float):
        return _from_number(value, zone, with_time=with_time)
    if value == "":
        return value
    moment = parse_moment(value, zone)
    if moment is None:
        raise EvaluationError("A text that is not year-month-day cannot be a date.")
    return moment


def _from_number(days: float, zone: tzinfo, *, with_time: bool) -> Value:
    """Return the date that is so many days after 1970-01-01."""
    if math.isnan(days):
        return days
    if math.isinf(days) or abs(days) > _LARGEST:
        raise EvaluationError("The number is out of range for a date.")
    try:
        if with_time:
            span = timedelta(milliseconds=math.trunc(days * DAY_SECONDS * 1000))
            return (datetime(1970, 1, 1, tzinfo=UTC) + span).astimezone(zone)
        return midnight(date.fromordinal(EPOCH_DAY + int(to_int(days))), zone)
    except (ValueError, OverflowError) as error:
        raise EvaluationError("The number is out of range for a date.") from error


def decimal_days(value: Value, zone: tzinfo) -> Value:
    """Return days since 1970-01-01T00:00Z with their fraction (decimal-date-time)."""
    moment = _days_or_moment(value, zone)
    return seconds_of(moment) / DAY_SECONDS if isinstance(moment, datetime) else moment


def decimal_time(value: Value, zone: tzinfo, now: datetime) -> Value:
    """Return the part of the day that has passed (decimal-time); the offset is that of now."""
    days = _days_or_moment(value, zone)
    if isinstance(days, datetime):
        days = (seconds_of(days) + offset_of(now).total_seconds()) / DAY_SECONDS
    if isinstance(days, str) or math.isnan(days):
        return days
    return days - math.floor(days)


def _days_or_moment(value: Value, zone: tzinfo) -> float | str | datetime:
    """Return a number of days as it is, anything else as a date; empty text stays."""
    if isinstance(value, float):
        if math.isinf(value) or abs(value) > _LARGEST:
            raise EvaluationError("The number is out of range for a date.")
        return value
    moment = to_date(value, zone, with_time=True)
    return moment if isinstance(moment, datetime) else to_text(moment)


def fractional_number(value: Value) -> float:
    """Return a number; a date keeps its time of day (used by abs, pow and their kind)."""
    if isinstance(value, datetime):
        start = midnight(date(1970, 1, 1), value.tzinfo or UTC)
        return (seconds_of(value) - seconds_of(start)) / DAY_SECONDS
    return to_number(value)


def format_date(value: Value, pattern: Value, zone: tzinfo) -> str:
    """Return a date in a pattern of %Y %y %m %n %b %d %e %H %h %M %S %3 %a %W.

    Raises:
        EvaluationError: no date, or a pattern that is not known.
    """
    moment = to_date(value, zone, with_time=True)
    if not isinstance(moment, datetime):
        return ""
    text = to_text(pattern)
    return re.sub(r"%(.?)", lambda found: _part(found[1], moment), text, flags=re.DOTALL)


def _part(sign: str, moment: datetime) -> str:
    """Return one part of a date."""
    match sign:
        case "Y":
            return f"{moment.year:04}"
        case "y":
            return f"{moment.year:04}"[2:]
        case "m" | "d" | "H" | "M" | "S":
            number = {"m": moment.month, "d": moment.day, "H": moment.hour, "M": moment.minute}
            return f"{number.get(sign, moment.second):02}"
        case "n" | "e" | "h":
            return str({"n": moment.month, "e": moment.day, "h": moment.hour}[sign])
        case "3":
            return f"{moment.microsecond // 1000:03}"
        case "b":
            return _MONTHS.split("|")[moment.month - 1]
        case "a":
            return _DAYS.split("|")[moment.weekday()]
        case "W":
            return str(_week(moment))
        case "%":
            return "%"
        case _:
            raise EvaluationError("The pattern of format-date() is not known.")


def _week(moment: date) -> int:
    """Return the week of the year as Java counts it in the US: from Sunday, 1 January is in 1."""
    weekday = moment.isoweekday() % 7
    if moment.month == 12 and moment.day + 6 - weekday > 31:
        return 1
    return (moment.timetuple().tm_yday - 1 + date(moment.year, 1, 1).isoweekday() % 7) // 7 + 1
