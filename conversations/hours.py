"""When people may be prompted: the open hours of each weekday, and the days that are closed.

All days and hours are those of the stations (Asia/Shanghai), never UTC.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

# No station is closed for longer; whoever closes every day is refused at the start.
_LONGEST_CLOSED: Final = 60


@dataclass(frozen=True, slots=True)
class Span:
    """The open part of a day: from `opens`, before `closes`."""

    opens: time
    closes: time

    @property
    def seconds(self) -> int:
        """Return how long it is."""
        opens = timedelta(hours=self.opens.hour, minutes=self.opens.minute)
        closes = timedelta(hours=self.closes.hour, minutes=self.closes.minute)
        return max(1, int((closes - opens).total_seconds()))

    def holds(self, clock: time) -> bool:
        """Tell whether this time of day is inside."""
        return self.opens <= clock < self.closes


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours in which people may be prompted; all others are quiet.

    Args of the constructor:
        opens, closes: of every day that has no hours of its own.
        weekdays: own hours by weekday, 0 is Monday; None where that day is closed.
        closed: days on which nobody is prompted, public holidays above all.
    """

    opens: time = time(9)
    closes: time = time(20)
    weekdays: Mapping[int, Span | None] = field(default_factory=dict)
    closed: frozenset[date] = frozenset()

    def usual(self, day: date) -> Span:
        """Return the hours of this weekday for those who chose the day themselves."""
        return self.weekdays.get(day.weekday()) or Span(self.opens, self.closes)

    def on(self, day: date) -> Span | None:
        """Return the hours of this day, None when nobody is prompted on it."""
        if day in self.closed:
            return None
        return self.weekdays.get(day.weekday(), Span(self.opens, self.closes))

    def hold(self, local: datetime, *, is_promised: bool = False) -> bool:
        """Tell whether this local moment is inside.

        Args:
            is_promised: the person chose the day, so that only the time of day counts.
        """
        span = self.usual(local.date()) if is_promised else self.on(local.date())
        return span is not None and span.holds(local.timetz().replace(tzinfo=None))

    def open_day(self, day: date) -> date:
        """Return this day, or else the next one that is open."""
        for ahead in range(_LONGEST_CLOSED):
            if self.on(day + timedelta(days=ahead)) is not None:
                return day + timedelta(days=ahead)
        return day

    def next_opening(self, now: datetime, zone: tzinfo) -> datetime:
        """Return the next instant (UTC) at which a day opens, later than now."""
        local = now.astimezone(zone)
        day = self.open_day(local.date())
        span = self.on(day)
        if span is None or datetime.combine(day, span.opens, zone) <= local:
            day = self.open_day(local.date() + timedelta(days=1))
        opens = (self.on(day) or self.usual(day)).opens
        return datetime.combine(day, opens, zone).astimezone(UTC)


def read_weekdays(text: str) -> dict[int, Span | None]:
    """Return own hours by weekday, 0 is Monday, as an operator writes them.

    `6 10:00-18:00; 7 closed` is Saturday from ten to six, and nobody on Sundays; `67 10:00-18:00`
    is both days alike.

    Raises:
        ValueError: it cannot be read, or no day is left.
    """
    found: dict[int, Span | None] = {}
    for part in filter(None, (part.strip() for part in text.split(";"))):
        days, _, hours = part.partition(" ")
        if not days or set(days) - set("1234567"):
            raise ValueError("weekdays are digits from 1, Monday, to 7")
        span = _span(hours.strip())
        found |= {int(day) - 1: span for day in days}
    if len(found) == len("1234567") and not any(found.values()):
        raise ValueError("every day is closed")
    return found


def _span(text: str) -> Span | None:
    if text == "closed":
        return None
    opens, _, closes = text.partition("-")
    span = Span(time.fromisoformat(opens), time.fromisoformat(closes))
    if span.opens >= span.closes:
        raise ValueError("a day closes after it opens")
    return span


def full_hours(hours: Hours) -> tuple[int, ...]:
    """Return the hours of the day that people may choose: those that are open from end to end."""
    span = Span(hours.opens, hours.closes)
    return tuple(
        hour for hour in range(24) if span.holds(time(hour)) and span.holds(time(hour, 59))
    )
