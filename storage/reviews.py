"""Reviews: reports that the staff look at, and the one question that a report is returned for.

submitted → verified, or returned with a question → (a new version, submitted again). A report that
a newer one took the place of, or that somebody else judged, can be judged no more.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

from storage import cases
from storage.ids import new_id
from storage.reports import Report, of_row
from storage.times import from_micros, to_micros
from storage.transaction import Reading, Transaction
from storage.vault import DataKey

PATH: Final = "report_query.path"
WORDS: Final = "report_query.words"
# The kind of a case about somebody who could not be asked in a chat.
CASE: Final = "returned"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A report that nobody has looked at, with the person's key and place."""

    report: Report
    key: DataKey = field(repr=False)
    place_id: str


@dataclass(frozen=True, slots=True)
class Query:
    """A question about one answer of a report; `path` is the place of that answer."""

    id: str
    report_id: str
    path: str = field(repr=False)
    words: str = field(repr=False)
    asked_at: datetime


async def waiting(reading: Reading, places: Iterable[str], most: int) -> list[Waiting]:
    """Return the reports of these places that nobody has looked at, oldest first."""
    rows = await reading.all("reviews.waiting", places=json.dumps(list(places)), most=most)
    found = []
    for row in rows:
        key = reading.vault.unwrap(row["person_id"], row["wrapped"])
        place = row["township_id"] or row["county_id"] or ""
        found.append(Waiting(of_row(row, key), key, place))
    return found


async def count(reading: Reading, places: Iterable[str]) -> int:
    """Return how many reports of these places nobody has looked at."""
    row = await reading.one("reviews.count", places=json.dumps(list(places)))
    return 0 if row is None else row["total"]


async def judge(
    tx: Transaction,
    report_id: str,
    state: Literal["verified", "returned"],
    by: str,
    now: datetime,
) -> bool:
    """Note what somebody made of a report; False when it was judged or replaced meanwhile.

    Args:
        by: id of the account.
    """
    row = await tx.one("reviews.judge", id=report_id, state=state, by=by, now=to_micros(now))
    return row is not None


async def give_back(tx: Transaction, report_id: str, by: str, now: datetime) -> bool:
    """Return a report that was verified or rejected; False when it was replaced or is out.

    Args:
        by: id of the account.
    """
    row = await tx.one("reviews.give_back", id=report_id, by=by, now=to_micros(now))
    return row is not None


async def ask(
    tx: Transaction,
    report: Report,
    key: DataKey,
    *,
    path: str,
    words: str,
    by: str,
    is_told: bool,
    now: datetime,
) -> str:
    """Keep the question that a report is returned for, sealed; return its id.

    Args:
        is_told: whether a chat is told of it; otherwise somebody has to call.
    """
    row = await tx.the(
        "reviews.ask",
        id=new_id(now),
        report_id=report.id,
        person_id=report.person_id,
        path=key.seal(PATH, path),
        words=key.seal(WORDS, words),
        asked_by=by,
        asked_at=to_micros(now),
        told_at=to_micros(now) if is_told else None,
    )
    query_id: str = row["id"]
    return query_id


async def open_query(reading: Reading, person_id: str, key: DataKey) -> Query | None:
    """Return the question that waits for an answer about somebody, if there is one."""
    row = await reading.one("reviews.open_query", person_id=person_id)
    if row is None:
        return None
    return Query(
        row["id"],
        row["report_id"],
        key.open(PATH, row["path"]),
        key.open(WORDS, row["words"]),
        from_micros(row["asked_at"]),
    )


async def answer(tx: Transaction, person_id: str, now: datetime) -> None:
    """Note that a new report came in: what was asked about the last one is settled."""
    await tx.all("reviews.answer", person_id=person_id, now=to_micros(now))
    await tx.all("reviews.settle_case", person_id=person_id, now=to_micros(now))


async def chat_to_ask(reading: Reading, person_id: str) -> str | None:
    """Return the chat that is asked about somebody; None where none can be written to."""
    row = await reading.one("reviews.chat_to_ask", person_id=person_id)
    return None if row is None else row["id"]


async def call_instead(tx: Transaction, chat_id: str, now: datetime) -> None:
    """Let the station call whoever was asked something in a chat that takes no messages now."""
    for row in await tx.all("reviews.asked_in", chat_id=chat_id):
        if await chat_to_ask(tx, row["person_id"]) is None:
            place = row["township_id"] or row["county_id"]
            await cases.open(tx, kind=CASE, township_id=place, person_id=row["person_id"], now=now)
