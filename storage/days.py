"""Local days of instants that the database tells by quarters of an hour.

The days of a count are those of the stations, and a local day of any zone begins with a quarter.
"""

from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Final

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_QUARTER: Final = timedelta(minutes=15)
_QUARTER_MICROS: Final = 900_000_000


class LocalDays:
    """Tells the local day of an instant as ISO text; a fold asks again and again."""

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone
        self._known: dict[int, str] = {}

    def of_quarter(self, quarter: int) -> str:
        """Return the day of a quarter of an hour, counted from 1970."""
        day = self._known.get(quarter)
        if day is None:
            at = _EPOCH + quarter * _QUARTER
            day = self._known[quarter] = at.astimezone(self._zone).date().isoformat()
        return day

    def of(self, stored: int) -> str:
        """Return the day of an instant as the database keeps it."""
        return self.of_quarter(stored // _QUARTER_MICROS)


def day_of_number(number: int) -> str:
    """Return the day so many days after 1 January 1970."""
    return (date(1970, 1, 1) + timedelta(days=number)).isoformat()
