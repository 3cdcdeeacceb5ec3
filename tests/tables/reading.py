"""Reads a whole table, for tests."""

import pytest

from storage.tables.faults import TableFault
from storage.tables.limits import Limits
from storage.tables.opening import open_table
from storage.tables.rows import Note, Row


async def read(content: bytes, limits: Limits | None = None) -> tuple[list[Row], list[Note]]:
    """Return the rows of the first shown sheet and what is said."""
    async with open_table(content, limits) as table:
        rows = [row async for chunk in table.rows(table.first) for row in chunk]
        return rows, table.notes


async def refused(content: bytes, limits: Limits | None = None) -> TableFault:
    """Return why a table is refused."""
    with pytest.raises(TableFault) as fault:
        await read(content, limits)
    return fault.value
