"""What somebody picked on the page of tables, read generously: what does not fit is left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from bot.definitions import load_definitions
from bot.places import Places
from bot.statistics.asking import DEPTHS, Ask, Unreadable, below, layout_of, named
from conversations.scope import PROVINCE
from conversations.statistics.definitions import MEASURES, PLACE, Measure
from conversations.statistics.tables import Layout

FIRST: Final = "employment"
ALL: Final = "*"
_KEEP: Final = "keep_"
_MEASURES: Final[dict[str, Measure]] = {measure: measure for measure in MEASURES}

Choices = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Picked:
    """A table and how it is shown."""

    ask: Ask
    measure: Measure = "count"
    is_shared: bool = False

    def query(self, **other: str) -> str:
        """Return this as a query of an address, with some of it changed."""
        layout = self.ask.layout
        given = {
            "name": self.ask.name,
            "place": self.ask.place_id,
            "month": self.ask.month,
            "rows": layout.rows,
            "columns": layout.columns,
            "depth": str(self.ask.depth),
            "measure": self.measure,
            **{f"{_KEEP}{dimension}": code for dimension, code in layout.keep},
            **({"shared": "1"} if self.is_shared else {}),
        }
        return urlencode(given | other)


def read_picked(
    places: Places, given: Mapping[str, str], place_id: str, months: list[str]
) -> Picked:
    """Return what was picked; the latest month and the first table where nothing fits.

    Args:
        place_id: the place, checked before.
        months: those that there are, the oldest first.
    """
    name = given.get("name", "")
    name = name if name in load_definitions().tables else FIRST
    month = given.get("month", "")
    month = month if month in months else months[-1]
    depth = 2 if given.get("depth") == str(DEPTHS[-1]) else 1
    lines = PLACE if below(places, place_id) else load_definitions().tables[name].dimensions[0]
    ask = Ask(name, place_id, month, _layout(name, given, lines), depth)
    measure = _MEASURES.get(given.get("measure", ""), "count")
    return Picked(ask, measure, given.get("shared") == "1")


def _layout(name: str, given: Mapping[str, str], lines: str) -> Layout:
    """Return the layout as far as it fits the table: the table may have been changed just now.

    Args:
        lines: what the lines are where nothing was picked.
    """
    dimensions = load_definitions().tables[name].dimensions
    keep = {one: given[f"{_KEEP}{one}"] for one in dimensions if f"{_KEEP}{one}" in given}
    rows = given.get("rows", "")
    rows = rows if rows in (PLACE, *dimensions) else lines
    columns = given.get("columns", "")
    try:
        return layout_of(name, rows, columns if columns in dimensions else "", keep)
    except Unreadable:
        return layout_of(name, "", "", keep)


def tables() -> Choices:
    """Return all tables."""
    return [(name, one.title) for name, one in load_definitions().tables.items()]


def rows_of(name: str) -> Choices:
    """Return what the lines of a table can be."""
    return [(PLACE, load_definitions().dimensions[PLACE]), *columns_of(name)]


def columns_of(name: str) -> Choices:
    """Return what the columns of a table can be."""
    definitions = load_definitions()
    return [(one, definitions.dimensions[one]) for one in definitions.tables[name].dimensions]


def narrowings(ask: Ask, every: str) -> list[tuple[str, str, Choices, str]]:
    """Return of each dimension that is neither line nor column its name, choices and choice.

    Args:
        every: the words for not narrowing it.
    """
    definitions, kept = load_definitions(), dict(ask.layout.keep)
    return [
        (
            f"{_KEEP}{one}",
            definitions.dimensions[one],
            [(ALL, every), *definitions.lists.get(one, {}).items()],
            kept.get(one, ALL),
        )
        for one in definitions.tables[ask.name].dimensions
        if one not in (ask.layout.rows, ask.layout.columns)
        and (definitions.lists.get(one) or one in kept)
    ]


def places_near(places: Places, top: str, place_id: str) -> Choices:
    """Return the way down from the highest place to this one, and what is right below it."""
    chain = [PROVINCE]
    place = places.by_id.get(place_id)
    if place is not None:
        chain += [one.id for one in reversed([place, *places.above(place)])]
    way = chain[chain.index(top) :] if top in chain else [place_id]
    near = [*way, *(one.id for one in below(places, place_id))]
    return [(one, named(places, one)[1]) for one in dict.fromkeys(near)]


def goes_deeper(places: Places, ask: Ask) -> bool:
    """Tell whether the parts of a place have parts of their own that are counted."""
    place = places.by_id.get(ask.place_id)
    return ask.layout.rows == PLACE and (place is None or place.level == "city")
