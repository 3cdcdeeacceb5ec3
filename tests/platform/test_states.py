"""No report is ever lost: random walks through everything that moves one."""

import random
import re
from pathlib import Path

import pytest

from bot.platform import deciding
from bot.staff.access import scope_of
from conversations.report_states import MOVES, STATES
from conversations.scope import Action
from storage import cases as all_cases
from storage import people, refused, reports, reviews, staff
from tests.platform.county import County, Reported, result, told

ROOT = Path(__file__).parent.parent.parent
QUERIES = ROOT / "storage" / "queries"
REASONS = (
    *("文化程度不正确", "实名核验不一致", "手机号格式错误", "看不懂", "该人员已存在", "系统异常"),
)
_ALLOWED: set[tuple[str, str]] = {(move.before, move.after) for move in MOVES}


def _statements() -> dict[str, str]:
    found = {}
    for file in QUERIES.glob("*.sql"):
        for part in re.split(r"^-- name: ", file.read_text("utf-8"), flags=re.M)[1:]:
            name = re.match(r"\w+", part)
            assert name
            found[f"{file.stem}.{name[0]}"] = part
    return found


def test_only_the_statements_of_the_table_move_a_report() -> None:
    moving = {
        name
        for name, text in _statements().items()
        if re.search(r"update report set\s+state\b", text)
    }
    assert moving - {"reports.set_state"} == {move.statement for move in MOVES}
    ours = [file for folder in ("bot", "storage") for file in (ROOT / folder).rglob("*.py")]
    calls = [file.name for file in ours if re.search(r"reports\.set_state\(", file.read_text())]
    assert calls == []


@pytest.mark.parametrize("statement", sorted({move.statement for move in MOVES}))
def test_a_statement_names_the_states_that_it_moves_from(statement: str) -> None:
    text = _statements()[statement]
    named = re.search(r"\bstate (?:in \(([^)]+)\)|= ('\w+'))", text.split("where", 1)[1])
    assert named
    befores = set(re.findall(r"'(\w+)'", named[0]))
    assert befores == {move.before for move in MOVES if move.statement == statement}


async def _step(county: County, chance: random.Random, clerk: str) -> None:
    """Do one of the things that happen to reports."""
    now, database = county.stage.clock(), county.stage.database
    one = chance.choice(county.people)
    state = (await county.states())[one.report_id]
    match chance.choice(["again", "judge", "return", "batch", "batch", "answer", "answer", "end"]):
        case "again":
            await county.report(one.who, one.address)
        case "judge":
            async with database.transaction() as tx:
                await reviews.judge(tx, one.report_id, "verified", clerk, now)
        case "return" if state == "submitted":
            await _return(county, one, clerk)
        case "batch":
            states = await county.states()
            ready = [p for p in county.people if states[p.report_id] in ("submitted", "verified")]
            if ready:
                await county.batch(chance.sample(ready, chance.randint(1, len(ready))))
        case "answer":
            await _answer(county, chance)
        case "end":
            await _end(county, chance, clerk)


async def _return(county: County, one: Reported, clerk: str) -> None:
    now = county.stage.clock()
    async with county.stage.database.transaction() as tx:
        key = await people.key_of(tx, one.person_id)
        assert key is not None
        report = await reports.latest(tx, one.person_id, key)
        assert report is not None
        assert await reviews.judge(tx, report.id, "returned", clerk, now)
        await reviews.ask(
            tx, report, key, path="/data", words="?", by=clerk, is_told=False, now=now
        )


async def _answer(county: County, chance: random.Random) -> None:
    """Let the platform answer some rows of some batch, also of one that was answered before."""
    rows = await county.rows("batch_row", "batch_id, person_id")
    batches = sorted({row["batch_id"] for row in rows})
    if not batches:
        return
    batch_id = chance.choice(batches)
    inside = {row["person_id"] for row in rows if row["batch_id"] == batch_id}
    lines = [
        told(one, *(("成功", "") if chance.random() < 0.4 else ("失败", chance.choice(REASONS))))
        for one in county.people
        if one.person_id in inside and chance.random() < 0.8
    ]
    if not lines:
        return
    read = await county.read(result(*lines), batch_id=batch_id)
    if read.state == "checked":
        await county.take(read, answer=chance.choice(["worker", "station", "county"]))


async def _end(county: County, chance: random.Random, clerk: str) -> None:
    """Send a refused row again, or give it up."""
    async with county.stage.database.transaction() as tx:
        office = county.office(tx)
        who = await staff.get(tx, clerk)
        assert who is not None
        scope = scope_of(county.stage.world.places, who, Action.CLOSE)
        found = await refused.page(tx, scope, most=50)
        if not found:
            return
        one = chance.choice(found)
        if chance.random() < 0.5:
            await deciding.send_again(office, who, one)
        else:
            await deciding.give_up(office, who, one, "本人不愿意")


async def _check(county: County, before: dict[str, str]) -> None:
    after = await county.states()
    assert set(before) <= set(after)
    assert set(after.values()) <= set(STATES)
    moved = {(before[one], after[one]) for one in before if before[one] != after[one]}
    assert moved <= _steps_of(_ALLOWED)
    latest = {one.report_id: one for one in county.people}
    queries = await county.rows("report_query", "report_id, answered_at")
    asked = {row["report_id"] for row in queries if row["answered_at"] is None}
    cases = await county.rows("station_case", "person_id, kind, closed_at, outcome")
    open_for = {row["person_id"] for row in cases if row["closed_at"] is None}
    given_up = {row["person_id"] for row in cases if row["outcome"] == "given_up"}
    for report_id, one in latest.items():
        if after[report_id] in ("rejected", "returned"):
            is_open = report_id in asked or one.person_id in open_for
            assert is_open or one.person_id in given_up, after[report_id]
        if after[report_id] in ("submitted", "exported", "accepted"):
            assert report_id not in asked


def _steps_of(allowed: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return what can be seen after one step, in which a report may move twice."""
    return allowed | {(a, d) for a, b in allowed for c, d in allowed if b == c}


@pytest.mark.parametrize("seed", range(3))
async def test_a_report_always_stands_somewhere_and_a_refused_one_waits_for_somebody(
    small: County, seed: int
) -> None:
    chance = random.Random(seed)
    await small.reported(4, seed=20 + seed)
    clerk = await small.clerk()
    for _ in range(35):
        before = await small.states()
        await _step(small, chance, clerk)
        await _check(small, before)
        small.stage.clock.now = small.stage.clock.now.replace(
            minute=(small.stage.clock.now.minute + 1) % 60
        )
    states = await small.states()
    assert {"rejected", "accepted"} & set(states.values())
    async with small.stage.database.reading() as reading:
        assert await all_cases.of_station(reading, "nowhere") == []
