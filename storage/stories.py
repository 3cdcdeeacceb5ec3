"""One person's whole story, row by row: versions, cases, questions, batches, and who looked.

Everything is read about one person that the caller was granted; what is sealed is opened with that
person's key.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from storage.case_steps import NOTE, CaseStep
from storage.cases import Case, of_row
from storage.reports import Report
from storage.reports import of_row as report_of
from storage.reviews import PATH, WORDS
from storage.staff import NAME
from storage.times import from_micros, maybe_from_micros
from storage.transaction import Reading
from storage.vault import DataKey

# What the platform said of a row (storage/queries/stories.sql).
SAID: Final = "batch_row.words"
MOST_LOOKS: Final = 100


@dataclass(frozen=True, slots=True)
class Version:
    """A report with what became of it; accounts by their ids, "" for nobody."""

    report: Report
    state_at: datetime
    entered_by: str
    reviewed_by: str
    reviewed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Worked:
    """A case, open or closed, with what was tried, oldest first."""

    case: Case
    steps: tuple[CaseStep, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that a report was returned with; `path` is that of the answer in question."""

    report_id: str
    path: str = field(repr=False)
    words: str = field(repr=False)
    asked_by: str
    asked_at: datetime
    told_at: datetime | None
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Sent:
    """A row of a batch; `outcome` and `words` are the platform's."""

    batch_id: str
    report_id: str
    part: int
    line: int
    made_at: datetime
    outcome: str
    words: str = field(repr=False)
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A batch that a report was held back from, for which reasons and about which roles."""

    batch_id: str
    report_id: str
    made_at: datetime
    reasons: tuple[str, ...]
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """A line of the audit about the person: who did what, as the audit names them."""

    at: datetime
    actor: str
    action: str


@dataclass(frozen=True, slots=True)
class Colleague:
    """Whom an id of an account stands for; "" as the name where none was given."""

    name: str = field(repr=False)
    role: str
    scope_id: str


@dataclass(frozen=True, slots=True)
class Reached:
    """A chat that speaks for the person; `relation` is a code of the form."""

    channel: str
    relation: str
    since: datetime
    is_blocked: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """An interview that is not finished."""

    purpose: str
    is_paused: bool
    started_at: datetime
    updated_at: datetime
    entered_by: str


async def versions(reading: Reading, person_id: str, key: DataKey) -> list[Version]:
    """Return all versions of a person's report, oldest first."""
    return [
        Version(
            report_of(row, key),
            from_micros(row["state_at"]),
            row["entered_by"] or "",
            row["reviewed_by"] or "",
            maybe_from_micros(row["reviewed_at"]),
        )
        for row in await reading.all("stories.versions", person_id=person_id)
    ]


async def cases(reading: Reading, person_id: str, key: DataKey | None) -> list[Worked]:
    """Return all cases about a person, oldest first."""
    steps = defaultdict(list)
    for row in await reading.all("stories.steps", person_id=person_id):
        note = key.open(NOTE, row["note"]) if key and row["note"] else ""
        step = CaseStep(from_micros(row["at"]), row["made_by"], row["outcome"], note)
        steps[row["case_id"]].append(step)
    rows = await reading.all("stories.cases", person_id=person_id)
    return [Worked(of_row(row), tuple(steps[row["id"]])) for row in rows]


async def queries(reading: Reading, person_id: str, key: DataKey) -> list[Asked]:
    """Return what reports of a person were returned with, oldest first."""
    return [
        Asked(
            row["report_id"],
            key.open(PATH, row["path"]),
            key.open(WORDS, row["words"]),
            row["asked_by"],
            from_micros(row["asked_at"]),
            maybe_from_micros(row["told_at"]),
            maybe_from_micros(row["answered_at"]),
        )
        for row in await reading.all("stories.queries", person_id=person_id)
    ]


async def batches(reading: Reading, person_id: str, key: DataKey | None) -> list[Sent]:
    """Return the batches that a person's reports were in, oldest first."""
    return [
        Sent(
            row["batch_id"],
            row["report_id"],
            row["part"],
            row["line"],
            from_micros(row["created_at"]),
            row["outcome"],
            key.open(SAID, row["words"]) if key and row["words"] else "",
            maybe_from_micros(row["answered_at"]),
        )
        for row in await reading.all("stories.batches", person_id=person_id)
    ]


async def held(reading: Reading, person_id: str) -> list[HeldBack]:
    """Return the batches that a person's reports were held back from, oldest first."""
    return [
        HeldBack(
            row["batch_id"],
            row["report_id"],
            from_micros(row["created_at"]),
            tuple(filter(None, row["reasons"].split(","))),
            tuple(filter(None, row["roles"].split(","))),
        )
        for row in await reading.all("stories.held", person_id=person_id)
    ]


async def looks(reading: Reading, person_id: str) -> list[Look]:
    """Return who did what about a person, the latest first; refusals are among them."""
    rows = await reading.all("stories.looks", about=f"person:{person_id}", most=MOST_LOOKS)
    return [Look(from_micros(row["at"]), row["actor"], row["action"]) for row in rows]


async def chats(reading: Reading, person_id: str) -> list[Reached]:
    """Return the chats that speak for a person, oldest first."""
    return [
        Reached(
            row["channel"],
            row["relation"],
            from_micros(row["created_at"]),
            row["blocked_at"] is not None,
        )
        for row in await reading.all("stories.chats", person_id=person_id)
    ]


async def draft(reading: Reading, person_id: str) -> Draft | None:
    """Return the interview about a person that is not finished, if there is one."""
    row = await reading.one("stories.draft", person_id=person_id)
    if row is None:
        return None
    return Draft(
        row["purpose"],
        row["status"] == "paused",
        from_micros(row["started_at"]),
        from_micros(row["updated_at"]),
        row["entered_by"] or "",
    )


async def names(reading: Reading, ids: Iterable[str]) -> dict[str, Colleague]:
    """Return whom these ids of accounts stand for."""
    wanted = json.dumps(sorted(set(ids)))
    return {
        row["id"]: Colleague(
            reading.system.open(NAME, row["name"]) if row["name"] else "",
            row["role"],
            row["scope_id"],
        )
        for row in await reading.all("stories.names", ids=wanted)
    }
