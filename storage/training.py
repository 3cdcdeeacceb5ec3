"""Who wants which training: the people of a scope, for those who organise it."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from storage.reports import ANSWERS
from storage.scope import Scope
from storage.transaction import Reading, Row


@dataclass(frozen=True, slots=True)
class Wish:
    """What is looked for; "" asks for nothing. `month` is ISO, `2027-03`."""

    trade: str = ""
    month: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Wanting:
    """Somebody who wants training; `answers` are those of their last report, by path."""

    person_id: str
    place_id: str
    birth_year: int | None
    sex: str
    trades: tuple[str, ...]
    month: str
    place: str
    form_hash: str
    answers: Mapping[str, str] = field(repr=False)


async def wanting(
    reading: Reading, scope: Scope, wish: Wish, start: int, most: int
) -> list[Wanting]:
    """Return so many people of a scope, from a place in the list on."""
    rows = await reading.all(
        "training.wanting",
        places=scope.as_json(),
        trade=wish.trade,
        month=wish.month,
        place=wish.place,
        start=start,
        most=most,
    )
    return await asyncio.to_thread(_opened, reading, rows)


async def months(reading: Reading, scope: Scope, wish: Wish) -> dict[str, int]:
    """Return how many want it in each month, "" for those who named none."""
    rows = await reading.all(
        "training.months", places=scope.as_json(), trade=wish.trade, place=wish.place
    )
    return {row["month"]: row["count"] for row in rows}


def _opened(reading: Reading, rows: Sequence[Row]) -> list[Wanting]:
    return [_wanting(reading, row) for row in rows]


def _wanting(reading: Reading, row: Row) -> Wanting:
    key = reading.vault.unwrap(row["person_id"], row["wrapped"])
    return Wanting(
        row["person_id"],
        row["township_id"] or row["county_id"],
        row["birth_year"],
        row["sex"] or "",
        tuple((row["training_trade"] or "").split()),
        row["training_month"] or "",
        row["training_place"] or "",
        row["form_hash"],
        json.loads(key.open(ANSWERS, row["answers"])),
    )
