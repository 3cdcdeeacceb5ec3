"""Who has not confirmed this year: people with an older report, then the roster's entries.

What is known of them is sealed with the key of each, so a search opens them one after the other,
in a thread, inside the places that the account looks after.
"""

import asyncio
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from storage.reports import ANSWERS as REPORT
from storage.roster import ANSWERS as ROSTER
from storage.transaction import Reading, Row

START: Final = "reported:"
_ROSTER: Final = "roster:"


@dataclass(frozen=True, slots=True)
class Missing:
    """Somebody who is waited for.

    Args of the constructor, where not plain:
        cursor: where to go on after them.
        form_hash: of the report that `answers` are from, by path; "" where they are the
            roster's, by role.
    """

    person_id: str
    cursor: str
    birth_year: int | None
    form_hash: str
    answers: Mapping[str, str] = field(repr=False)


async def after(
    reading: Reading, places: Iterable[str], cursor: str, today: date, most: int
) -> list[Missing]:
    """Return at most so many of these places who come after a cursor; none at the end.

    Args:
        cursor: START, or that of the last one that was looked at.
        today: the cycle is its year; whoever turns 16 later is not waited for yet.
    """
    wanted, found = json.dumps(list(places)), []
    if cursor.startswith(START):
        found = await reading.all(
            "missing.reported",
            places=wanted,
            after=cursor.removeprefix(START),
            cycle=today.year,
            most=most,
        )
    rows = [(START, row) for row in found]
    if len(rows) < most:
        listed = await reading.all(
            "missing.listed",
            places=wanted,
            after=cursor.removeprefix(_ROSTER) if cursor.startswith(_ROSTER) else "",
            today=today.isoformat(),
            most=most - len(rows),
        )
        rows += [(_ROSTER, row) for row in listed]
    return await asyncio.to_thread(_opened, reading, rows)


def _opened(reading: Reading, rows: Sequence[tuple[str, Row]]) -> list[Missing]:
    return [_missing(reading, phase, row) for phase, row in rows]


def _missing(reading: Reading, phase: str, row: Row) -> Missing:
    key = reading.vault.unwrap(row["person_id"], row["wrapped"])
    text = key.open(ROSTER if phase == _ROSTER else REPORT, row["answers"])
    return Missing(
        row["person_id"],
        f"{phase}{row['person_id']}",
        row["birth_year"],
        row["form_hash"] or "",
        json.loads(text),
    )
