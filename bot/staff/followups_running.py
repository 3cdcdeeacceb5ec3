"""Starting, planning, watching and stopping follow-ups; who did it, when and why is kept.

Starting only notes what is wanted: planning goes batch by batch beside the turns, and goes on
where it was after a crash. Free of channels.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from bot.staff.followups_choosing import cycle_of, sweep
from bot.staff.followups_wordings import LASTS
from bot.world import World
from conversations.followups import Facts, Filter
from conversations.pacing import spread
from storage import audits, cases, waves
from storage.database import Database
from storage.transaction import Reading, Transaction
from storage.waves import Planned, Wave

BATCH: Final = 500
_CALL_PRIORITY: Final = 0
Change = Literal["stop", "pause", "resume"]


@dataclass(frozen=True, slots=True)
class Order:
    """A follow-up as it is to be started.

    Args of the constructor, where not plain:
        wording: name of the text.
        words: that text by language, with what is known put in.
        call_list: people whom no prompt can reach are put on the call list of their station.
    """

    scope_id: str
    filter: Filter
    wording: str
    words: Mapping[str, str]
    call_list: bool = False
    lasts: timedelta = LASTS


@dataclass(frozen=True, slots=True)
class Watched:
    """How a follow-up stands.

    Args of the constructor, where not plain:
        waiting: still to go out.
        failed: what will not, by state and reason of the ledger.
    """

    wave: Wave
    sent: int
    opened: int
    answered: int
    waiting: int
    failed: Mapping[tuple[str, str], int]


async def start(tx: Transaction, world: World, order: Order, by: str, now: datetime) -> str:
    """Note that a follow-up is wanted; return the id of its wave."""
    wave_id = await waves.begin(
        tx,
        scope_id=order.scope_id,
        cycle=cycle_of(world, now),
        wording=order.wording,
        words=order.words,
        filter=order.filter.model_dump_json(exclude_defaults=True),
        not_after=now + order.lasts,
        call_list=order.call_list,
        by=by,
        now=now,
    )
    await _audit(tx, "start", about=(order.scope_id, wave_id), by=by, reason="", now=now)
    return wave_id


async def change(
    tx: Transaction, wave: Wave, what: Change, *, by: str, reason: str, now: datetime
) -> bool:
    """Stop, pause or resume a follow-up; False when its state does not allow that any more."""
    if what == "stop":
        done = await waves.stop(tx, wave, by, reason, now) is not None
    elif what == "pause":
        done = await waves.pause(tx, wave, by, reason, now)
    else:
        done = await waves.resume(tx, wave, by, now)
    if done:
        await _audit(tx, what, about=(wave.scope_id, wave.id), by=by, reason=reason, now=now)
    return done


async def watch(reading: Reading, wave: Wave) -> Watched:
    """Return what became of a follow-up's prompts so far."""
    totals: Counter[str] = Counter()
    failed: Counter[tuple[str, str]] = Counter()
    for result in await waves.results(reading, wave.id):
        totals["sent"] += result.sent
        totals["opened"] += result.opened
        if result.state == "answered":
            totals["answered"] += result.total
        elif result.state in ("planned", "claimed", "sending"):
            totals["waiting"] += result.total
        elif result.state != "sent":
            failed[result.state, result.reason] += result.total
    return Watched(
        wave, totals["sent"], totals["opened"], totals["answered"], totals["waiting"], failed
    )


async def plan_all(database: Database, world: World, now: datetime, batch: int = BATCH) -> int:
    """Plan whatever was started and is not planned yet; return how many prompts are new."""
    async with database.reading() as reading:
        ids = await waves.to_plan(reading)
    total = sum([await plan(database, world, wave_id, now, batch) for wave_id in ids])
    async with database.transaction() as tx:
        await waves.finish(tx)
    return total


async def plan(
    database: Database, world: World, wave_id: str, now: datetime, batch: int = BATCH
) -> int:
    """Plan one follow-up from where planning stopped, batch by batch.

    Whoever stops or pauses it meanwhile is heard between two batches.
    """
    async with database.reading() as reading:
        wave = await waves.get(reading, wave_id)
        if wave is None or wave.state != "planning":
            return 0
        filter = Filter.model_validate_json(wave.filter)
        sifted = await sweep(reading, world, wave.scope_id, filter, now, wave_id=wave.id)
    rest = [facts for facts in sifted.chosen if facts.person_id > wave.planned_after]
    pace = world.follow_ups.per_second
    total, moments = 0, spread(now, len(rest), pace, world.hours, world.zone)
    for first in range(0, len(rest), batch):
        rows = [
            Planned(facts.person_id, facts.chat_id or "", next(moments))
            for facts in rest[first : first + batch]
        ]
        made = await _plan_batch(database, wave, rows)
        if made is None:
            return total
        total += made
    await _finish(database, wave, sifted.to_call if wave.call_list else (), now, batch)
    return total


async def _plan_batch(database: Database, wave: Wave, rows: Sequence[Planned]) -> int | None:
    """Plan so many and note how far it came, all or nothing; None when somebody stopped it."""
    async with database.transaction() as tx:
        if await waves.state_for_planning(tx, wave.id) != "planning":
            return None
        made = await waves.plan(tx, wave, rows)
        await waves.advance(tx, wave.id, made, rows[-1].person_id)
        return made


async def _finish(
    database: Database, wave: Wave, to_call: Sequence[Facts], now: datetime, batch: int
) -> None:
    """Put those on the call list whom no prompt reaches, then note that planning is through."""
    for first in range(0, len(to_call), batch):
        async with database.transaction() as tx:
            if await waves.state_for_planning(tx, wave.id) != "planning":
                return
            for facts in to_call[first : first + batch]:
                await cases.call_for(
                    tx,
                    kind="unreachable",
                    person_id=facts.person_id,
                    township_id=facts.township_id,
                    chat_id=None,
                    reminder_id=f"follow_up:{facts.person_id}:{wave.cycle}:{wave.id}",
                    cycle=wave.cycle,
                    priority=_CALL_PRIORITY,
                    now=now,
                )
    async with database.transaction() as tx:
        await waves.advance(tx, wave.id, 0, None)


async def _audit(
    tx: Transaction,
    what: str,
    *,
    about: tuple[str, str],
    by: str,
    reason: str,
    now: datetime,
) -> None:
    """Note who did what about a follow-up; `about` are its place and its id."""
    await audits.write(
        tx,
        actor=by,
        action=f"follow_up.{what}",
        scope=f"place:{about[0]}",
        now=now,
        detail=json.dumps({"wave": about[1], "reason": reason}, ensure_ascii=False),
    )
