"""Filters of accounts: what somebody looked for just now, and what they saved by a name.

An address carries only the random id, so that no village or surname stands in a history or log.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from storage.ids import new_id
from storage.times import to_micros
from storage.transaction import Reading, Row, Transaction

FILTER: Final = "saved_filter.filter"
NAME: Final = "saved_filter.name"


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A filter as JSON text; `name` is "" for one that was only used."""

    id: str
    name: str = field(repr=False)
    filter: str = field(repr=False)


async def add(tx: Transaction, staff_id: str, filter: str, now: datetime) -> str:
    """Keep what an account looks for and return its id."""
    row = await tx.the(
        "saved_filters.add",
        id=new_id(now),
        staff_id=staff_id,
        filter=tx.system.seal(FILTER, filter),
        now=to_micros(now),
    )
    kept: str = row["id"]
    return kept


async def get(reading: Reading, filter_id: str, staff_id: str) -> SavedFilter | None:
    """Return a filter of this account; None for anybody else's and for one long gone."""
    row = await reading.one("saved_filters.get", id=filter_id, staff_id=staff_id)
    return None if row is None else _saved(reading, row)


async def name_it(tx: Transaction, kept: SavedFilter, staff_id: str) -> bool:
    """Save a filter by a name, as it stands now; False when the account has none of this id."""
    row = await tx.one(
        "saved_filters.name_it",
        id=kept.id,
        staff_id=staff_id,
        name=tx.system.seal(NAME, kept.name),
        filter=tx.system.seal(FILTER, kept.filter),
    )
    return row is not None


async def of_staff(reading: Reading, staff_id: str) -> list[SavedFilter]:
    """Return what an account saved by a name, oldest first."""
    rows = await reading.all("saved_filters.of_staff", staff_id=staff_id)
    return [_saved(reading, row) for row in rows]


async def drop(tx: Transaction, filter_id: str, staff_id: str) -> bool:
    """Let go of a filter; False when the account has none of this id."""
    return await tx.one("saved_filters.drop", id=filter_id, staff_id=staff_id) is not None


async def purge(tx: Transaction, before: datetime) -> None:
    """Forget the filters that were used before then and that nobody named."""
    await tx.all("saved_filters.purge", before=to_micros(before))


def _saved(reading: Reading, row: Row) -> SavedFilter:
    name = "" if row["name"] is None else reading.system.open(NAME, row["name"])
    return SavedFilter(row["id"], name, reading.system.open(FILTER, row["filter"]))
