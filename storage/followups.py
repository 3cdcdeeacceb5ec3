"""Choosing people of a place by a filter, with the facts that may speak against a prompt.

One township after the other, for the index on townships answers that without sorting; facts are
read in chunks, sealed values are opened in a thread. Nothing is read without a scope.
"""

import asyncio
import json
from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from conversations.followups import Facts, Filter
from storage.interviews import STATE
from storage.reports import ANSWERS as REPORT
from storage.roster import ANSWERS as ROSTER
from storage.times import to_micros
from storage.transaction import Reading, Row
from storage.vault import Vault

CHUNK: Final = 1_000


@dataclass(frozen=True, slots=True)
class Moments:
    """The instants that a filter and the contact budget are counted from.

    Args of the constructor:
        today: local day of the stations.
        stuck_before: an interview untouched since before then is stuck, None for no matter.
        answered_before: the last report is older, None for no matter.
        since: where the span of the contact budget begins.
        midnight: where the local day begins.
    """

    today: date
    stuck_before: datetime | None
    answered_before: datetime | None
    since: datetime
    midnight: datetime


@dataclass(frozen=True, slots=True)
class Opened:
    """What somebody answered so far, opened: as JSON text, or by role of a roster entry."""

    person_id: str
    form_hash: str
    text: str = field(repr=False)


async def chosen(
    reading: Reading, township_id: str, filter: Filter, moments: Moments
) -> list[str]:
    """Return the persons of a township for whom all coded conditions hold.

    The conditions on sealed values (`village`, `stuck_in`) and `unconfirmed` are the caller's.
    """
    year = moments.today.year
    rows = await reading.all(
        "followups.chosen",
        township_id=township_id,
        today=moments.today.isoformat(),
        not_started=int(filter.not_started),
        stuck_before=_micros(moments.stuck_before),
        training=filter.training,
        trade=filter.trade,
        job=filter.job,
        industry=filter.industry,
        place=filter.place,
        born_from=year - filter.age_to if filter.age_to else 0,
        born_to=year - filter.age_from if filter.age_from else 0,
        answered_before=_micros(moments.answered_before),
        sex=filter.sex,
        status=filter.status,
    )
    return [row["person_id"] for row in rows]


async def unplaced(reading: Reading, moments: Moments) -> list[Opened]:
    """Return the unfinished interviews of people whose township no report has told yet."""
    rows = await reading.all("followups.unplaced", stuck_before=_micros(moments.stuck_before))
    return await asyncio.to_thread(_states, reading.vault, rows)


async def unfinished(
    reading: Reading, ids: Sequence[str], moments: Moments
) -> AsyncGenerator[list[Opened], None]:
    """Yield the unfinished interviews of these people in chunks."""
    stuck_before = _micros(moments.stuck_before)
    for chunk in _chunks(ids):
        rows = await reading.all(
            "followups.unfinished", ids=json.dumps(chunk), stuck_before=stuck_before
        )
        yield await asyncio.to_thread(_states, reading.vault, rows)


async def answers(reading: Reading, ids: Sequence[str]) -> AsyncGenerator[list[Opened], None]:
    """Yield the last reports of these people in chunks, or what the roster knows of them.

    What comes from the roster has no form: its values stand by role.
    """
    for chunk in _chunks(ids):
        rows = await reading.all("followups.answers", ids=json.dumps(chunk))
        yield await asyncio.to_thread(_answers, reading.vault, rows)


async def facts(
    reading: Reading, ids: Sequence[str], moments: Moments, wave_id: str = ""
) -> AsyncGenerator[list[Facts], None]:
    """Yield what may speak against a prompt to these people, in chunks.

    Args:
        wave_id: the wave that is being planned, whose own rows speak against nothing.
    """
    for chunk in _chunks(ids):
        rows = await reading.all(
            "followups.facts",
            ids=json.dumps(chunk),
            wave_id=wave_id,
            since=to_micros(moments.since),
            midnight=to_micros(moments.midnight),
        )
        yield [_facts(row) for row in rows]


def _chunks(ids: Sequence[str]) -> Iterable[list[str]]:
    return (list(ids[first : first + CHUNK]) for first in range(0, len(ids), CHUNK))


def _micros(moment: datetime | None) -> int:
    return 0 if moment is None else to_micros(moment)


def _states(vault: Vault, rows: Iterable[Row]) -> list[Opened]:
    """Return the states of interviews, opened."""
    return [
        Opened(
            row["person_id"],
            row["form_hash"],
            vault.unseal(row["person_id"], row["wrapped"], STATE, row["state"]).decode(),
        )
        for row in rows
    ]


def _answers(vault: Vault, rows: Iterable[Row]) -> list[Opened]:
    """Return reports or entries of the roster, opened; who has neither is left out."""
    found = []
    for row in rows:
        place, sealed = REPORT, row["answers"]
        if sealed is None:
            place, sealed = ROSTER, row["roster_answers"]
        if sealed is not None:
            text = vault.unseal(row["person_id"], row["wrapped"], place, sealed).decode()
            found.append(Opened(row["person_id"], row["form_hash"] or "", text))
    return found


def values_of(opened: Opened) -> Mapping[str, str]:
    """Return the answers of a report or roster entry."""
    values: dict[str, str] = json.loads(opened.text)
    return values


def _facts(row: Row) -> Facts:
    """Return the facts of a row."""
    paused = row["paused_until"]
    return Facts(
        person_id=row["person_id"],
        township_id=row["township_id"],
        is_active=row["state"] == "active",
        reported_cycle=row["reported_cycle"] or 0,
        chat_id=row["chat_id"],
        is_own=row["relation"] == "0",
        is_blocked=row["blocked_at"] is not None,
        paused_until=date.fromisoformat(paused) if paused else None,
        in_wave=row["waiting"] > 0,
        sent=max(row["sent_to_person"], row["sent_to_chat"]),
        sent_today=row["sent_today"],
        language=row["language"] or "",
    )
