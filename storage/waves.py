"""Waves: many prompts started together by a station or county, planned in batches.

planning → running → over, and from either paused or stopped by a decision that is kept with who
and why. Planning can die at any point: each batch is all or nothing and notes how far it came.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

from storage.ids import new_id
from storage.times import from_micros, to_micros
from storage.transaction import Reading, Row, Transaction

State = Literal["draft", "planning", "running", "paused", "stopped", "over"]
WORDS: Final = "wave.words"
FILTER: Final = "wave.filter"
STOPPED: Final = "stopped by the station"
LANGUAGE: Final = "zh"
# Comes after every id of a person: planning is through.
_THROUGH: Final = "~"


@dataclass(frozen=True, slots=True)
class Wave:
    """One wave.

    Args of the constructor, where not plain:
        wording: key of the text; `own:KEY:VERSION` for one that a station wrote.
        words: the text by language, with the placeholders that are each person's own.
        filter: JSON of `conversations.followups.Filter`.
        planned_after: the last person that was planned for.
        call_list: people whom no prompt can reach are put on the call list.
    """

    id: str
    state: State
    scope_id: str
    cycle: int
    wording: str
    words: Mapping[str, str] = field(repr=False)
    filter: str = field(repr=False)
    not_after: datetime
    planned_after: str
    planned: int
    call_list: bool
    created_by: str
    created_at: datetime
    changed_by: str
    changed_at: datetime
    reason: str

    @property
    def is_planned(self) -> bool:
        """Tell whether everybody who was chosen is planned for."""
        return self.planned_after == _THROUGH


@dataclass(frozen=True, slots=True)
class Planned:
    """A prompt of a wave that is to be planned."""

    person_id: str
    chat_id: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Result:
    """How many prompts of a wave ended in one state for one reason; `opened`, `sent` of these."""

    state: str
    reason: str
    total: int
    opened: int
    sent: int


async def begin(
    tx: Transaction,
    *,
    scope_id: str,
    cycle: int,
    wording: str,
    words: Mapping[str, str],
    filter: str,
    not_after: datetime,
    call_list: bool,
    by: str,
    now: datetime,
) -> str:
    """Keep a wave that is to be planned; return its id."""
    wave_id = new_id(now)
    await tx.the(
        "waves.add",
        id=wave_id,
        kind="follow_up",
        state="planning",
        scope_id=scope_id,
        cycle=cycle,
        wording=wording,
        words=tx.system.seal(WORDS, json.dumps(dict(words), ensure_ascii=False)),
        filter=tx.system.seal(FILTER, filter),
        not_after=to_micros(not_after),
        call_list=int(call_list),
        by=by,
        now=to_micros(now),
    )
    return wave_id


async def get(reading: Reading, wave_id: str) -> Wave | None:
    """Return a wave by its id."""
    row = await reading.one("waves.get", id=wave_id)
    return None if row is None else _wave(reading, row)


async def of_scopes(reading: Reading, scopes: Iterable[str], most: int) -> list[Wave]:
    """Return the latest follow-ups of these places, newest first."""
    rows = await reading.all("waves.of_scopes", scopes=json.dumps(list(scopes)), most=most)
    return [_wave(reading, row) for row in rows]


async def yearly_of(reading: Reading, scopes: Iterable[str], most: int) -> list[Wave]:
    """Return the latest yearly waves of these places, newest first; they have no words."""
    rows = await reading.all("waves.yearly_of", scopes=json.dumps(list(scopes)), most=most)
    return [_wave(reading, row) for row in rows]


async def to_plan(reading: Reading) -> list[str]:
    """Return the ids of waves whose planning is not through, oldest first."""
    return [row["id"] for row in await reading.all("waves.to_plan")]


async def words_of(reading: Reading, wave_id: str, language: str = LANGUAGE) -> str:
    """Return the text of a wave in a language, in Chinese where there is no other; "" for none."""
    wave = await get(reading, wave_id)
    if wave is None:
        return ""
    return wave.words.get(language) or wave.words.get(LANGUAGE, "")


async def state_for_planning(tx: Transaction, wave_id: str) -> str:
    """Hold a wave until the transaction ends and return its state; "" for none."""
    row = await tx.one("waves.hold", id=wave_id)
    return "" if row is None else row["state"]


async def plan(tx: Transaction, wave: Wave, batch: Iterable[Planned]) -> int:
    """Plan a batch in one statement; return how many rows are new."""
    rows = [[one.person_id, one.chat_id, to_micros(one.due_at)] for one in batch]
    if not rows:
        return 0
    made = await tx.all(
        "waves.plan",
        rows=json.dumps(rows),
        wave_id=wave.id,
        cycle=wave.cycle,
        wording=wave.wording,
        not_after=to_micros(wave.not_after),
    )
    return len(made)


async def advance(tx: Transaction, wave_id: str, planned: int, after: str | None) -> bool:
    """Note how far planning came; None as `after` when it is through.

    Returns:
        False when somebody stopped or paused the wave meanwhile.
    """
    row = await tx.one(
        "waves.advance",
        id=wave_id,
        planned=planned,
        planned_after=_THROUGH if after is None else after,
        state="running" if after is None else "planning",
    )
    return row is not None


async def pause(tx: Transaction, wave: Wave, by: str, reason: str, now: datetime) -> bool:
    """Hold a wave back; False when it is not under way."""
    return await _change(
        tx, wave, ("planning", "running"), "paused", by=by, reason=reason, now=now
    )


async def resume(tx: Transaction, wave: Wave, by: str, now: datetime) -> bool:
    """Let a paused wave go on where it was; False when it is not paused."""
    state: State = "running" if wave.is_planned else "planning"
    return await _change(tx, wave, ("paused",), state, by=by, now=now)


async def stop(tx: Transaction, wave: Wave, by: str, reason: str, now: datetime) -> int | None:
    """End a wave for good: what was not sent is called off.

    Returns:
        How many prompts were called off, None when it was over or stopped before.
    """
    before: tuple[State, ...] = ("planning", "running", "paused")
    if not await _change(tx, wave, before, "stopped", by=by, reason=reason, now=now):
        return None
    return len(await tx.all("waves.clear", wave_id=wave.id, reason=STOPPED))


async def finish(tx: Transaction) -> None:
    """Note which waves are over: nothing of them is under way any more.

    What was on its way when its wave was stopped, and did not go out, is called off.
    """
    await tx.all("waves.clear_left", reason=STOPPED)
    await tx.all("waves.finish")


async def results(reading: Reading, wave_id: str) -> list[Result]:
    """Return what became of the prompts of a wave."""
    rows = await reading.all("waves.results", wave_id=wave_id)
    return [
        Result(row["state"], row["reason"], row["total"], row["opened"], row["sent"])
        for row in rows
    ]


async def _change(
    tx: Transaction,
    wave: Wave,
    was: tuple[State, ...],
    state: State,
    *,
    by: str,
    reason: str = "",
    now: datetime,
) -> bool:
    found = await state_for_planning(tx, wave.id)
    if found not in was:
        return False
    row = await tx.one(
        "waves.set_state",
        id=wave.id,
        was=found,
        state=state,
        by=by,
        now=to_micros(now),
        reason=reason,
    )
    return row is not None


def _wave(reading: Reading, row: Row) -> Wave:
    """Return the wave of a row."""
    words = row["words"]
    return Wave(
        id=row["id"],
        state=row["state"],
        scope_id=row["scope_id"],
        cycle=row["cycle"],
        wording=row["wording"],
        words={} if words is None else json.loads(reading.system.open(WORDS, words)),
        filter="" if row["filter"] is None else reading.system.open(FILTER, row["filter"]),
        not_after=from_micros(row["not_after"]),
        planned_after=row["planned_after"],
        planned=row["planned"],
        call_list=bool(row["call_list"]),
        created_by=row["created_by"],
        created_at=from_micros(row["created_at"]),
        changed_by=row["changed_by"],
        changed_at=from_micros(row["changed_at"]),
        reason=row["reason"],
    )
