"""The work list in pages: only what is on a page is read, all else is counted by the database."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from conversations.cases import WEIGHTS
from storage.cases import Case, Listed, listed_in, of_row
from storage.times import to_micros
from storage.transaction import Reading


@dataclass(frozen=True, slots=True)
class Counted:
    """How many open cases of each kind there are to be looked at now, and how many later."""

    due: Mapping[str, int]
    later: int


async def page(
    reading: Reading, places: Iterable[str], now: datetime, kind: str, *, most: int, skip: int
) -> list[Listed]:
    """Return so many of the cases that are to be looked at now, the most urgent first.

    Args:
        kind: only cases of this kind, "" for all.
        skip: how many come before them.
    """
    rows = await reading.all(
        "case_lists.page",
        places=json.dumps(list(places)),
        weights=json.dumps(WEIGHTS),
        now=to_micros(now),
        kind=kind,
        most=most,
        skip=skip,
    )
    return [listed_in(row) for row in rows]


async def counted(reading: Reading, places: Iterable[str], now: datetime) -> Counted:
    """Count the open cases of these places."""
    rows = await reading.all(
        "case_lists.counts", places=json.dumps(list(places)), now=to_micros(now)
    )
    due = {row["kind"]: int(row["due"]) for row in rows if row["due"]}
    return Counted(due, sum(row["total"] for row in rows) - sum(due.values()))


async def of_kinds(reading: Reading, places: Iterable[str], kinds: Iterable[str]) -> list[Case]:
    """Return the open cases of these kinds, oldest first."""
    rows = await reading.all(
        "case_lists.of_kinds", places=json.dumps(list(places)), kinds=json.dumps(list(kinds))
    )
    return [of_row(row) for row in rows]


async def named(reading: Reading, places: Iterable[str], tag: str) -> Listed | None:
    """Return the open case of these places whose id ends like this."""
    row = await reading.one("case_lists.named", places=json.dumps(list(places)), tag=tag)
    return None if row is None else listed_in(row)
