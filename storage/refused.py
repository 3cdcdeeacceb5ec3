"""Reports that the platform refused and that are not mended yet, whoever is at it."""

import json
from dataclasses import dataclass, field
from datetime import datetime

from conversations.cases import HANDED
from conversations.report_states import State
from storage.answer_rows import WORDS
from storage.scope import Scope
from storage.times import maybe_from_micros
from storage.transaction import Reading, Row
from storage.vault import DataKey


@dataclass(frozen=True, slots=True)
class Refused:
    """A refused report, the last one of its person.

    Args of the constructor, where not plain:
        place_id: where it is worked on, or else where the person is looked after.
        words: what the platform says.
        case_id: of the case of whoever works on it, "" for none; `case_at` is since when.
        said: how the last try about it ended, "" for none; `said_at` is when.
        asked_at: since when a question about it waits for an answer.
        told_at: when a chat was told of the question.
        call_at: since when the station is to call, because no chat could be told.
    """

    report_id: str
    person_id: str
    place_id: str
    state: State
    words: str = field(repr=False)
    key: DataKey = field(repr=False)
    case_id: str
    case_at: datetime | None
    said: str
    said_at: datetime | None
    asked_at: datetime | None
    told_at: datetime | None
    call_at: datetime | None


async def page(reading: Reading, scope: Scope, *, after: str = "", most: int) -> list[Refused]:
    """Return those of a scope, in the order in which they were reported.

    Args:
        after: id of the last report that was read.
    """
    rows = await reading.all(
        "refused.page", places=scope.as_json(), only="", after=after, most=most
    )
    return [_refused(reading, row) for row in rows]


async def get(reading: Reading, scope: Scope, report_id: str) -> Refused | None:
    """Return one of them, if it is of this scope and still not mended."""
    rows = await reading.all(
        "refused.page", places=scope.as_json(), only=report_id, after="", most=1
    )
    return _refused(reading, rows[0]) if rows else None


async def count_handed(reading: Reading, scope: Scope) -> int:
    """Return how many of them a station left for the county to decide."""
    row = await reading.the(
        "refused.handed", places=scope.as_json(), outcomes=json.dumps(list(HANDED))
    )
    total: int = row["total"]
    return total


def _refused(reading: Reading, row: Row) -> Refused:
    key = reading.vault.unwrap(row["person_id"], row["wrapped"])
    return Refused(
        report_id=row["report_id"],
        person_id=row["person_id"],
        place_id=row["place_id"],
        state=row["state"],
        words=key.open(WORDS, row["words"]) if row["words"] is not None else "",
        key=key,
        case_id=row["case_id"] or "",
        case_at=maybe_from_micros(row["case_at"]),
        said=row["said"] or "",
        said_at=maybe_from_micros(row["said_at"]),
        asked_at=maybe_from_micros(row["asked_at"]),
        told_at=maybe_from_micros(row["told_at"]),
        call_at=maybe_from_micros(row["call_at"]),
    )
