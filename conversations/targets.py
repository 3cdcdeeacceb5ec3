"""Targets of a cycle: how one of a place is split among those below it, and whether it adds up."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

# No place has more people; a larger figure is a slip of the finger.
MOST: Final = 100_000_000


@dataclass(frozen=True, slots=True)
class Sum:
    """A target against those right below it.

    Args of the constructor:
        upper: of the place itself, None for none.
        lower: of all below it together.
        missing: so many of those below have none.
    """

    upper: int | None
    lower: int
    missing: int

    @property
    def is_right(self) -> bool:
        """Tell whether those below add up to exactly the one above, none missing."""
        return not self.missing and self.upper == self.lower

    @property
    def difference(self) -> int:
        """Return by how many those below exceed the one above."""
        return self.lower - (self.upper or 0)


def split(total: int, weights: Mapping[str, int]) -> dict[str, int]:
    """Return a target in parts by weight, exactly (largest remainders); equal without any weight.

    Args:
        weights: how many people each place looks after.
    """
    if not weights:
        return {}
    known = weights if sum(weights.values()) > 0 else dict.fromkeys(weights, 1)
    whole = sum(known.values())
    parts = {place: total * weight // whole for place, weight in known.items()}
    left = total - sum(parts.values())
    by_remainder = sorted(known, key=lambda place: (-(total * known[place] % whole), place))
    for place in by_remainder[:left]:
        parts[place] += 1
    return parts


def summed(upper: int | None, lower: Mapping[str, int | None]) -> Sum:
    """Return a target against those right below it."""
    given = [people for people in lower.values() if people is not None]
    return Sum(upper, sum(given), len(lower) - len(given))


def read_people(text: str) -> int | None:
    """Return a number of people as somebody types it: 12,000 or 1.2万; None for anything else."""
    plain = text.strip().replace(",", "").replace("，", "").removesuffix("人")
    factor = 10_000 if plain.endswith("万") else 1
    try:
        number = float(plain.removesuffix("万")) * factor
    except ValueError:
        return None
    whole = round(number) if abs(number) <= MOST else -1
    return whole if whole >= 0 and abs(number - whole) < 1e-6 else None
