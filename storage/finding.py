"""Finding people of a county: by what stands in the clear, in one walk through the county.

People who are only on the roster are found too. What is sealed (name, number, village) is opened
afterwards, in bot/staff/finding.py.
"""

import asyncio
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from conversations.searching import Search
from storage.followups import Moments
from storage.reports import ANSWERS as REPORT
from storage.roster import ANSWERS as ROSTER
from storage.scope import Scope
from storage.times import maybe_from_micros, to_micros
from storage.transaction import Reading, Row
from storage.vault import Vault


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody who was found, with what is known of them.

    Args of the constructor, where not plain:
        stage, cycle, submitted_at: of the last report; None for whoever has sent none.
        form_hash: of the report that `answers` are from, by path; "" where they are the
            roster's, by role.
    """

    person_id: str
    state: str
    exit_reason: str | None
    township_id: str | None
    county_id: str | None
    birth_year: int | None
    sex: str | None
    stage: str | None
    cycle: int | None
    submitted_at: datetime | None
    form_hash: str
    answers: Mapping[str, str] = field(repr=False)


async def page(
    reading: Reading,
    scope: Scope,
    county_id: str,
    search: Search,
    moments: Moments,
    *,
    after: str,
    most: int,
) -> tuple[list[str], int]:
    """Return the ids of at most so many of those found, and how many there are in all.

    The count is 0 where nobody comes after `after`.

    Args:
        scope: whose people the account may see; only those of this county are looked at.
        after: id of the last one that was shown, "" to begin.
    """
    values = _values(scope, county_id, search, moments)
    name = "finding.page"
    if search == Search(at=search.at):
        values = {"county_id": county_id, "places": scope.as_json()}
        name = "finding.everybody"
    rows = await reading.all(name, **values, after=after, most=most)
    return [row["person_id"] for row in rows], rows[0]["total"] if rows else 0


async def ids(
    reading: Reading,
    scope: Scope,
    county_id: str,
    search: Search,
    moments: Moments,
    *,
    after: str,
) -> list[str]:
    """Return the ids of all of whom what stands in the clear holds, in order."""
    values = _values(scope, county_id, search, moments)
    return [row["person_id"] for row in await reading.all("finding.ids", **values, after=after)]


async def shown(reading: Reading, wanted: Sequence[str]) -> list[Found]:
    """Return what is known of these people, by their ids; of the erased nothing."""
    rows = await reading.all("finding.shown", ids=json.dumps(list(wanted)))
    return await asyncio.to_thread(_opened, reading.vault, rows)


def _values(scope: Scope, county_id: str, search: Search, moments: Moments) -> dict[str, Any]:
    """Return the values that both statements take."""
    filter, year = search.filter, moments.today.year
    return {
        "county_id": county_id,
        "places": scope.as_json(),
        "state": search.standing,
        "not_started": int(filter.not_started),
        "unconfirmed": year if filter.unconfirmed else 0,
        "stuck_before": _micros(moments.stuck_before),
        "training": filter.training,
        "trade": filter.trade,
        "job": filter.job,
        "industry": filter.industry,
        "place": filter.place,
        "born_from": year - filter.age_to if filter.age_to else 0,
        "born_to": year - filter.age_from if filter.age_from else 0,
        "answered_before": _micros(moments.answered_before),
        "sex": filter.sex,
        "status": filter.status,
        "stage": search.stage,
        "cycle": search.cycle,
        "held": int(search.is_held),
        "exported": int(search.exported == "yes"),
        "unexported": int(search.exported == "no"),
    }


def _micros(moment: datetime | None) -> int:
    return 0 if moment is None else to_micros(moment)


def _opened(vault: Vault, rows: Iterable[Row]) -> list[Found]:
    return [_found(vault, row) for row in rows]


def _found(vault: Vault, row: Row) -> Found:
    place, sealed = (ROSTER, row["roster_answers"])
    if row["answers"] is not None:
        place, sealed = (REPORT, row["answers"])
    text = b"{}"
    if sealed is not None:
        text = vault.unseal(row["person_id"], row["wrapped"], place, sealed)
    return Found(
        row["person_id"],
        row["state"],
        row["exit_reason"],
        row["township_id"],
        row["county_id"],
        row["birth_year"],
        row["sex"],
        row["stage"],
        row["cycle"],
        maybe_from_micros(row["submitted_at"]),
        row["form_hash"] or "",
        json.loads(text),
    )
