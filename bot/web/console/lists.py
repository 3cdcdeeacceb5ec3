"""Long lists in pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.figures import figure

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page of a list, from 1."""

    rows: Sequence[Row]
    number: int
    pages: int


def page_of(found: Sequence[Row], asked: str, size: int) -> Page[Row]:
    """Return the page that an address asks for; the nearest there is for a number too high."""
    pages = max(1, -(-len(found) // size))
    number = min(figure(asked, 1), pages)
    number = max(1, number)
    return Page(found[(number - 1) * size : number * size], number, pages)
