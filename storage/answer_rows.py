"""What the platform's answers do: rows of batches are found again, and reports move on.

Every move of a report is one of conversations/report_states.py, held by the statement itself.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

from conversations.report_states import State
from storage.answers import CONTENT, Choice, Import
from storage.manifests import USE
from storage.times import to_micros
from storage.transaction import Reading, Row, Transaction
from storage.vault import DataKey

WORDS: Final = "batch_row.words"
_STEP: Final = 5_000
Ended = Literal["resent", "given_up", "accepted"]


@dataclass(frozen=True, slots=True)
class Match:
    """A row of a batch that a line of the platform's file is about."""

    batch_id: str
    part: int
    line: int
    outcome: str
    county_id: str | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row that is to be taken, with the report that it is about.

    Args of the constructor:
        state: of the report. is_last: nothing newer took its place.
        key: None for somebody who is erased.
        words: what the platform says.
        place_id: where the person is looked after.
    """

    line: int
    verdict: Literal["accepted", "rejected"]
    batch_id: str
    part: int
    batch_line: int
    words: str = field(repr=False)
    person_id: str
    report_id: str
    state: State | None
    is_last: bool
    is_in_range: bool
    key: DataKey | None = field(repr=False)
    place_id: str | None
    county_id: str | None
    reason_key: str
    roles: tuple[str, ...]
    choice: Choice


async def find(reading: Reading, id_numbers: Iterable[str]) -> dict[str, list[Match]]:
    """Return the rows of batches that numbers went out in, the latest batch first, by number."""
    by_digest = {
        digest.hex(): number
        for number in id_numbers
        for digest in reading.vault.digests(USE, number.upper()).values()
    }
    found: defaultdict[str, list[Match]] = defaultdict(list)
    for row in await reading.all("answers.match", digests=json.dumps(list(by_digest))):
        found[by_digest[row["digest"]]].append(_match(row))
    return found


async def find_lines(
    reading: Reading, batch_id: str, part: int, lines: Iterable[int]
) -> dict[int, Match]:
    """Return the rows of one file by its lines."""
    rows = await reading.all(
        "answers.match_lines", batch_id=batch_id, part=part, lines=json.dumps(list(lines))
    )
    return {row["line"]: _match(row) for row in rows}


async def seen(reading: Reading, import_id: str) -> set[tuple[str, int, int]]:
    """Return which rows of batches the lines read so far are about."""
    rows = await reading.all("answers.seen", import_id=import_id)
    return {(row["batch_id"], row["part"], row["batch_line"]) for row in rows}


async def next_rows(reading: Reading, import_id: str, *, asks: bool, most: int) -> list[Waiting]:
    """Return what is to be taken next.

    Args:
        asks: whether people may be written to now; otherwise those that are asked stay behind.
    """
    rows = await reading.all("answers.next_rows", import_id=import_id, asks=int(asks), most=most)
    return [_waiting(reading, row) for row in rows]


async def count_left(reading: Reading, import_id: str) -> int:
    """Return how many rows are still to be taken."""
    row = await reading.the("answers.left", import_id=import_id)
    total: int = row["total"]
    return total


async def accept(tx: Transaction, one: Import, rows: Sequence[Waiting], now: datetime) -> None:
    """Note that the platform took these rows; what was asked about them before is settled."""
    at = to_micros(now)
    await tx.each("answers.answer_row", [_answer(row, "accepted", None, at) for row in rows])
    await tx.each("answers.accept_report", [{"id": row.report_id, "now": at} for row in rows])
    for row in rows:
        if row.state == "rejected":
            await settle(
                tx, row.report_id, row.person_id, outcome="accepted", by="system", now=now
            )
    await took(tx, one.id, {row.line: "accepted" for row in rows})


async def reject(tx: Transaction, row: Waiting, now: datetime, *, stays: bool) -> bool:
    """Note that the platform refused a row, in its words; return whether the report moved on.

    Args:
        stays: the report stays where it stands, for the platform has it already.
    """
    sealed = None if row.key is None or not row.words else row.key.seal(WORDS, row.words)
    at = to_micros(now)
    await tx.each("answers.answer_row", [_answer(row, "rejected", sealed, at)])
    if stays:
        return False
    return await tx.one("answers.reject_report", id=row.report_id, now=at) is not None


async def took(tx: Transaction, import_id: str, came: Mapping[int, str]) -> None:
    """Note by line what became of rows."""
    values = [{"import_id": import_id, "line": line, "came": what} for line, what in came.items()]
    if values:
        await tx.each("answers.took", values)


async def accept_rest(tx: Transaction, batch_id: str, only_part: int, now: datetime) -> None:
    """Note that the platform took all rows of a batch of which it said nothing else.

    Args:
        only_part: of one file; 0 for the whole batch.
    """
    for row in await tx.all("answers.batch_parts", batch_id=batch_id):
        if only_part not in (0, row["part"]):
            continue
        for first in range(row["first_line"], row["last_line"] + 1, _STEP):
            step = {
                "batch_id": batch_id,
                "part": row["part"],
                "first_line": first,
                "last_line": first + _STEP - 1,
            }
            await tx.each("answers.accept_rest_rows", [{**step, "now": to_micros(now)}])
            await tx.each("answers.accept_rest", [step])


async def settle(
    tx: Transaction,
    report_id: str,
    person_id: str,
    *,
    outcome: Ended,
    by: str,
    now: datetime,
) -> None:
    """End what is open about a refused report."""
    at = to_micros(now)
    await tx.each("answers.settle_query", [{"report_id": report_id, "now": at}])
    await tx.each(
        "answers.settle_cases",
        [{"person_id": person_id, "by": by, "outcome": outcome, "now": at}],
    )


async def send_again(tx: Transaction, report_id: str, now: datetime) -> bool:
    """Let a refused report go out once more as it is; False when it is not refused any more."""
    return await tx.one("answers.send_again", id=report_id, now=to_micros(now)) is not None


def _answer(row: Waiting, outcome: str, words: bytes | None, at: int) -> dict[str, object]:
    return {
        "batch_id": row.batch_id,
        "part": row.part,
        "line": row.batch_line,
        "outcome": outcome,
        "words": words,
        "now": at,
    }


def _match(row: Row) -> Match:
    return Match(row["batch_id"], row["part"], row["line"], row["outcome"], row["county_id"])


def _waiting(reading: Reading, row: Row) -> Waiting:
    wrapped = row["wrapped"]
    return Waiting(
        line=row["line"],
        verdict=row["verdict"],
        batch_id=row["batch_id"],
        part=row["part"],
        batch_line=row["batch_line"],
        words=reading.system.open(CONTENT, row["content"]) if row["content"] else "",
        person_id=row["person_id"],
        report_id=row["report_id"],
        state=row["state"],
        is_last=row["last_report_id"] == row["report_id"],
        is_in_range=row["person_state"] == "active",
        key=reading.vault.unwrap(row["person_id"], wrapped) if wrapped is not None else None,
        place_id=row["township_id"] or row["county_id"],
        county_id=row["county_id"],
        reason_key=row["reason_key"] or "",
        roles=tuple(filter(None, (row["roles"] or "").split(","))),
        choice=row["choice"] or "station",
    )
