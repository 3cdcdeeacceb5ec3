"""Instants as the database keeps them: whole microseconds since 1970, UTC."""

from datetime import UTC, datetime, timedelta
from typing import Final

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


def to_micros(moment: datetime) -> int:
    """Return the stored form of an aware instant.

    Raises:
        TypeError: the instant is naive (from the subtraction).
    """
    return (moment - _EPOCH) // _MICROSECOND


def from_micros(stored: int) -> datetime:
    """Return the aware UTC instant."""
    return _EPOCH + timedelta(microseconds=stored)


def maybe_from_micros(stored: int | None) -> datetime | None:
    """Return the instant, or None for a column that is empty."""
    return None if stored is None else from_micros(stored)
