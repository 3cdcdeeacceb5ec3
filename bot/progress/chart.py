"""Where the points of a line chart lie: in millimetres on paper, in units of an SVG."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import floor, log10

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Scale:
    """A line from day to day in a box.

    Args of the constructor:
        points: of the line, as steps would cross them: from one day straight to the next.
        bottom, size: of the box; `top` is the count at its upper edge.
    """

    points: Sequence[Point]
    bottom: float
    size: float
    top: int

    @classmethod
    def of(
        cls, counts: Sequence[tuple[date, int]], corner: Point, size: Point, top: int
    ) -> "Scale":
        """Return the scale of counts by day.

        Args:
            corner: the upper left one of the box.
            size: its width and height.
            top: the count that its upper edge stands for.
        """
        first, last = counts[0][0], counts[-1][0]
        span = max(1, (last - first).days)
        bottom = corner[1] + size[1]
        points = [
            (
                corner[0] + size[0] * (day - first).days / span,
                bottom - size[1] * max(0, count) / top,
            )
            for day, count in counts
        ]
        return cls(points, bottom, size[1], top)

    def height(self, count: int) -> float:
        """Return where a count lies."""
        return self.bottom - self.size * count / self.top


def nice_steps(top: int, most: int = 4) -> list[int]:
    """Return round counts from 0 to `top`, so many at most beside 0."""
    rough = max(1.0, top / most)
    magnitude = 10 ** floor(log10(rough))
    step = next(int(factor * magnitude) for factor in (1, 2, 5, 10) if factor * magnitude >= rough)
    return list(range(0, top + 1, step))
