"""A table as a file: the same numbers as on the page, with the definitions beside them."""

from datetime import datetime
from typing import Final

from bot.definitions import load_definitions
from bot.statistics.asking import Answer
from bot.statistics.showing import HIDDEN, NOTHING, Grid, Number, grid_of
from bot.world import World
from conversations.statistics.definitions import MEASURES, PLACE, Measure
from storage.statistic_files import Cell, Kind, NumberSheet, csv_of, workbook_of

_KINDS: Final[dict[Measure, Kind]] = {
    "count": "count",
    "share": "share",
    "month": "change",
    "year": "change",
}
_NOTES: Final = ("age_note", "change_note", "late_note", "hidden_note")
_INDENT: Final = "\u3000"


def csv_file(world: World, found: Answer, measure: Measure) -> bytes:
    """Return one measure of a table as CSV; the first column is the official code."""
    return csv_of(_sheet(world, found, measure))


def workbook(world: World, found: Answer) -> bytes:
    """Return all measures of a table, a sheet each, and what its words mean."""
    sheets = [_sheet(world, found, measure) for measure in MEASURES]
    return workbook_of([*sheets, _definitions(world, found)])


def title_of(world: World, found: Answer) -> str:
    """Return what stands over a table: place, month and what it is about."""
    return world.texts(
        "console.statistics.title",
        place=found.table.total.label,
        month=load_definitions().label("month", found.ask.month),
        title=found.table.title,
    )


def notes_of(world: World, found: Answer) -> tuple[str, ...]:
    """Return what has to be known to read it: who is counted, since when, what is kept back."""
    definitions = load_definitions()
    about = definitions.tables[found.ask.name].about
    kept = [
        f"{definitions.dimensions[dimension]}：{definitions.label(dimension, code)}"
        for dimension, code in found.ask.layout.keep
    ]
    state = "closed" if found.is_closed else "open"
    at = found.month.since if found.is_closed else found.counted_at or found.month.since
    lines = [about, *kept, world.texts(f"console.statistics.{state}", at=local(world, at))]
    if found.table.is_shared:
        lines.append(world.texts("console.statistics.shared", hidden=str(found.table.hidden)))
    return tuple(lines)


def local(world: World, at: datetime) -> str:
    """Return a moment by the clock of the stations."""
    return at.astimezone(world.zone).strftime("%Y-%m-%d %H:%M")


def _sheet(world: World, found: Answer, measure: Measure) -> NumberSheet:
    grid = grid_of(found, measure, world.texts("console.statistics.total"))
    name = world.texts(f"console.statistics.measure.{measure}")
    return NumberSheet(
        name,
        f"{title_of(world, found)}（{name}）",
        notes_of(world, found),
        (world.texts("console.statistics.code"), *grid.heading),
        _rows(world, grid, found),
        _KINDS[measure],
        (1,),
    )


def _rows(world: World, grid: Grid, found: Answer) -> list[list[Cell]]:
    gone = HIDDEN if found.table.is_shared and grid.measure in ("count", "share") else NOTHING
    by_place = found.ask.layout.rows == PLACE
    return [
        [
            row.code,
            f"{_INDENT * max(0, row.depth - 1)}{row.label}"
            if by_place or row.depth
            else world.texts("console.statistics.total"),
            *(gone if number is None else _plain(number) for number in row.numbers),
        ]
        for row in grid.rows
    ]


def _plain(number: Number) -> Cell:
    return round(number, 6) if isinstance(number, float) else number or 0


def _definitions(world: World, found: Answer) -> NumberSheet:
    """Return the sheet that says what was counted, and lists the codes."""
    definitions, ask = load_definitions(), found.ask
    table = definitions.tables[ask.name]
    rows: list[list[Cell]] = [[definitions.dimensions[PLACE], "", table.about]]
    for dimension in table.dimensions:
        for code, label in definitions.lists.get(dimension, {}).items():
            rows.append([definitions.dimensions[dimension], code, label])
    return NumberSheet(
        world.texts("console.statistics.definitions"),
        world.texts("console.statistics.definitions"),
        tuple(world.texts(f"console.statistics.{key}") for key in _NOTES),
        tuple(
            world.texts(f"console.statistics.definition.{one}")
            for one in ("what", "code", "words")
        ),
        rows,
        "words",
        (0, 2),
    )
