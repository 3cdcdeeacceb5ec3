"""Targets: how many people a place is to record in a cycle, who said so, when and why."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from storage.times import from_micros, to_micros
from storage.transaction import Reading, Transaction


@dataclass(frozen=True, slots=True)
class Target:
    """What is set for a place; `set_by` is `staff:ID` or `command:USER`."""

    people: int
    set_by: str
    set_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Signed:
    """For which cycle targets are set, by whom, and why: all may read it."""

    cycle: int
    by: str
    reason: str


async def of(reading: Reading, cycle: int, places: Iterable[str]) -> dict[str, Target]:
    """Return the targets of a cycle that are set for these places."""
    rows = await reading.all("targets.of", cycle=cycle, places=json.dumps(list(places)))
    return {
        row["place_id"]: Target(
            row["people"], row["set_by"], from_micros(row["set_at"]), row["reason"]
        )
        for row in rows
    }


async def put(tx: Transaction, people: Mapping[str, int], signed: Signed, now: datetime) -> None:
    """Set targets of places."""
    await tx.each(
        "targets.put",
        [
            {
                "place_id": place_id,
                "cycle": signed.cycle,
                "people": number,
                "set_by": signed.by,
                "set_at": to_micros(now),
                "reason": signed.reason,
            }
            for place_id, number in people.items()
        ],
    )


async def drop(tx: Transaction, cycle: int, place_id: str) -> None:
    """Take a target back."""
    await tx.all("targets.drop", place_id=place_id, cycle=cycle)
