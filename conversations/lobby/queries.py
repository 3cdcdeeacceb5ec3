"""What came of the one question that the station returned a report with, for the worker."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class StationAsks:
    """What the station wants to know about an answer, and the name of that answer."""

    title: str
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class QueryOpened:
    """The question of the station is answered now."""

    asks: StationAsks


@dataclass(frozen=True, slots=True)
class QuerySettled:
    """The station asks nothing about this person any more."""


QueryEvent = QueryOpened | QuerySettled
