"""How a station's reports came about, against the middle of its county; nobody is ranked by it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

# By proxy, entered by staff, everything as last year, minutes, held back, returned, rejected.
POINTS: Final = ("proxy", "entered", "unchanged", "minutes", "held", "returned", "rejected")
# What stands out: twice the middle and five in a hundred more; half the time, and two minutes.
_TWICE, _MORE = 2.0, 0.05
_HALF, _MINUTES = 0.5, 2.0


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted at a station in a cycle.

    Args of the constructor, where not plain:
        updates: reports that began with last year's answers.
        unchanged: those of them that said of everything that it is as last year.
        minutes: the middle time from the first answer to the submission; None for none.
        held: people who were held back from an export.
    """

    place_id: str
    reports: int
    proxy: int = 0
    entered: int = 0
    updates: int = 0
    unchanged: int = 0
    minutes: float | None = None
    held: int = 0
    returned: int = 0
    rejected: int = 0


@dataclass(frozen=True, slots=True)
class Point:
    """One number of a card; `stands_out` where it is far from the middle, for the worse."""

    value: float | None
    stands_out: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A station's card; a small one is not compared, for a few reports say little."""

    place_id: str
    reports: int
    is_small: bool
    points: Mapping[str, Point]


def cards_of(tallies: Sequence[Tally], small: int) -> tuple[list[Card], dict[str, float | None]]:
    """Return the cards of a county's stations, and the middle of each point.

    Args:
        small: stations with fewer reports neither make the middle nor are held against it.
    """
    values = {one.place_id: _values(one) for one in tallies}
    large = [values[one.place_id] for one in tallies if one.reports >= small]
    middles = {
        point: median(found) if (found := _given(large, point)) else None for point in POINTS
    }
    cards = []
    for one in tallies:
        is_small = one.reports < small
        points = {
            point: Point(value, not is_small and _stands_out(point, value, middles[point]))
            for point, value in values[one.place_id].items()
        }
        cards.append(Card(one.place_id, one.reports, is_small, points))
    return cards, middles


def _given(many: Sequence[Mapping[str, float | None]], point: str) -> list[float]:
    return [value for one in many if (value := one[point]) is not None]


def _values(one: Tally) -> dict[str, float | None]:
    def of(part: int, whole: int) -> float | None:
        return part / whole if whole else None

    return {
        "proxy": of(one.proxy, one.reports),
        "entered": of(one.entered, one.reports),
        "unchanged": of(one.unchanged, one.updates),
        "minutes": one.minutes,
        "held": of(one.held, one.reports),
        "returned": of(one.returned, one.reports),
        "rejected": of(one.rejected, one.reports),
    }


def _stands_out(point: str, value: float | None, middle: float | None) -> bool:
    if value is None or middle is None:
        return False
    if point == "minutes":
        return value <= middle * _HALF and middle - value >= _MINUTES
    return value >= middle * _TWICE and value - middle >= _MORE
