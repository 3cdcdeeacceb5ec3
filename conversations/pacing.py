"""When each of many prompts goes out: one after the other at a pace, inside the open hours."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo

from conversations.hours import Hours


def opening(at: datetime, hours: Hours, zone: tzinfo) -> datetime:
    """Return the moment itself (UTC) when it is inside the open hours, else the next opening."""
    if hours.hold(at.astimezone(zone)):
        return at.astimezone(UTC)
    return hours.next_opening(at, zone)


def spread(
    start: datetime, count: int, per_second: float, hours: Hours, zone: tzinfo
) -> Iterator[datetime]:
    """Yield `count` moments (UTC) from `start` on; quiet hours are jumped over."""
    step = timedelta(seconds=1) / per_second
    at = opening(start, hours, zone)
    for _ in range(count):
        at = opening(at, hours, zone)
        yield at
        at += step


def finish_at(
    start: datetime, count: int, per_second: float, hours: Hours, zone: tzinfo
) -> datetime:
    """Return when the last of `count` prompts goes out; the first opening for none."""
    step = timedelta(seconds=1) / per_second
    at, left = opening(start, hours, zone), max(0, count - 1)
    while left:
        fits = min(left, _fitting(at, step, hours, zone))
        at, left = opening(at + fits * step, hours, zone), left - fits
        if not left:
            return at
    return at


def _fitting(at: datetime, step: timedelta, hours: Hours, zone: tzinfo) -> int:
    """Return how many steps lead from an open moment to the first one behind the closing."""
    day = at.astimezone(zone).date()
    closes = datetime.combine(day, (hours.on(day) or hours.usual(day)).closes, zone)
    return max(1, -((at - closes) // step))
