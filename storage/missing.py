"""Who has not confirmed this year: people with an older report, then the roster's entries.

What is known of them is sealed with the key of each, so a search opens them one after the other,
in a thread, inside the places that the account looks after.
"""

import asyncio
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from storage.reports import ANSWERS as REPORT
from storage.roster import ANSWERS as ROSTER
from storage.transaction import Reading, Row
from storage.vault import Vault

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


@dataclass(frozen=True, slots=True)
class Looked:
    """Some of those who are waited for: who of them fits, and how far it was looked.

    Args of the constructor, where not plain:
        cursor: of the last one that was looked at.
        is_end: nobody comes after that one.
    """

    people: tuple[Missing, ...]
    cursor: str
    is_end: bool


async def look(
    reading: Reading,
    places: Iterable[str],
    cursor: str,
    today: date,
    most: int,
    *,
    words: Collection[str] = (),
) -> Looked:
    """Look at the next so many of these places after a cursor.

    Args:
        cursor: START, or that of the last one that was looked at.
        today: the cycle is its year; whoever turns 16 later is not waited for yet.
        words: only people in whose answers one of these stands anywhere; () for everybody.
    """
    rows = await _rows(reading, places, cursor, today, most)
    people = await asyncio.to_thread(_opened, reading.vault, rows, words)
    end = _cursor(*rows[-1]) if rows else cursor
    return Looked(tuple(people), end, len(rows) < most)


async def _rows(
    reading: Reading, places: Iterable[str], cursor: str, today: date, most: int
) -> list[tuple[str, Row]]:
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
    return rows


def _opened(
    vault: Vault, rows: Iterable[tuple[str, Row]], words: Collection[str]
) -> list[Missing]:
    """Return those in whose answers the words stand; what is not them is not even taken apart."""
    wanted = [json.dumps(one, ensure_ascii=False)[1:-1].encode() for one in words]
    found = []
    for phase, row in rows:
        place = ROSTER if phase == _ROSTER else REPORT
        text = vault.unseal(row["person_id"], row["wrapped"], place, row["answers"])
        if not wanted or any(one in text for one in wanted):
            found.append(_missing(phase, row, text))
    return found


def _missing(phase: str, row: Row, text: bytes) -> Missing:
    cursor, form_hash = _cursor(phase, row), row["form_hash"] or ""
    return Missing(row["person_id"], cursor, row["birth_year"], form_hash, json.loads(text))


def _cursor(phase: str, row: Row) -> str:
    return f"{phase}{row['person_id']}"
