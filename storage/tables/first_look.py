"""Which sheet of a file is meant, by what its first rows say."""

from collections.abc import Callable
from typing import Final

from storage.tables.opening import Table
from storage.tables.rows import Row

_SHEETS_TRIED: Final = 6


async def best_sheet(
    table: Table, most: int, known: Callable[[list[Row]], int]
) -> tuple[int, list[Row]]:
    """Return the shown sheet whose titles say most, with its first rows.

    Args:
        most: how many rows are looked at.
        known: tells how many of the columns that are looked for some rows have.
    """
    shown = [at for at, sheet in enumerate(table.sheets) if not sheet.is_hidden]
    best: tuple[int, int, list[Row]] = (-1, table.first, [])
    for at in shown[:_SHEETS_TRIED] or [table.first]:
        rows = await first_rows(table, at, most)
        said = known(rows)
        if said > best[0] or (said == best[0] and not best[2]):
            best = (said, at, rows)
    return best[1], best[2]


async def first_rows(table: Table, sheet: int, most: int) -> list[Row]:
    """Return the rows that a sheet begins with."""
    rows: list[Row] = []
    async for chunk in table.rows(sheet):
        rows += chunk
        if len(rows) >= most:
            break
    return rows[:most]
