"""A file in: who is new, the same, different, reported, withdrawn; undone, never by halves."""

import asyncio

import pytest

from bot.places import load_places
from storage import identities, people, personal_codes, reports, roster, roster_codes
from storage.people import erase
from storage.scope import Scope
from tests.rosters.conftest import Counter
from tests.rosters.files import PEOPLE, row
from tests.transcripts.stage import Stage
from tests.turns.chat import Chat, text_of
from tests.turns.office import KNOWN
from tests.turns.tables import tables
from tests.turns.test_known import MINE

ONE, TWO, THREE = PEOPLE[:3]
# Names of tables that remember a file although nothing of it was taken.
_NOTED = {
    *("audit", "lease", "upload", "upload_piece", "roster_import", "roster_import_row"),
    *("column_mapping", "progress_delta", "headcount_delta"),
}


async def entry(stage: Stage, id_number: str) -> dict[str, str] | None:
    """Return what the roster knows of a number."""
    async with stage.database.reading() as reading:
        person_id = await roster.find(reading, id_number)
        key = None if person_id is None else await people.key_of(reading, person_id)
        return None if key is None else await roster.prefill(reading, key.owner, key)


async def people_tables(stage: Stage) -> dict[str, list[tuple[object, ...]]]:
    """Return everything that is known of people."""
    found = await tables(stage.url)
    return {name: sorted(r, key=repr) for name, r in found.items() if name not in _NOTED}


async def test_the_same_file_twice_changes_nothing(at_counter: Counter) -> None:
    rows = [row(one) for one in PEOPLE[:5]]
    first = await at_counter.taken(*rows)
    assert await at_counter.counts(first) == {"new taken": 5}
    known = await entry(at_counter.stage, ONE.id_number)
    assert known is not None
    assert (known["name"], known["phone"], known["township"]) == (ONE.name, ONE.phone, "t0727")
    second = await at_counter.taken(*rows, rule="file")
    assert await at_counter.counts(second) == {"same waiting": 5}
    assert second.state == "done"
    assert second.upload_id is None
    third = await at_counter.looked(b"\xef\xbb\xbf" + "姓名,身份证号,乡镇".encode())
    assert third.state == "mapping"


async def test_other_values_are_kept_or_taken_by_the_rule_and_by_hand(
    at_counter: Counter,
) -> None:
    await at_counter.taken(*[row(one) for one in (ONE, TWO, THREE)])
    changed = [row(one, phone=other.phone) for one, other in ((ONE, TWO), (TWO, THREE))]
    kept = await at_counter.taken(*changed)
    assert await at_counter.counts(kept) == {"differs waiting": 2}
    assert (await entry(at_counter.stage, ONE.id_number) or {})["phone"] == ONE.phone
    by_hand = await at_counter.checked(*changed)
    await at_counter.rule(by_hand, "ask")
    async with at_counter.stage.database.transaction() as tx:
        assert await tx.one("roster_imports.choose", import_id=by_hand.id, line=3, choice="file")
    await at_counter.go(by_hand, "taking")
    assert (await entry(at_counter.stage, ONE.id_number) or {})["phone"] == ONE.phone
    assert (await entry(at_counter.stage, TWO.id_number) or {})["phone"] == THREE.phone
    undone = await at_counter.go(by_hand, "undoing")
    assert await at_counter.counts(undone) == {"differs undone": 1, "differs waiting": 1}
    assert (await entry(at_counter.stage, TWO.id_number) or {})["phone"] == TWO.phone


async def test_undoing_leaves_no_trace_of_who_was_new(at_counter: Counter) -> None:
    before = await people_tables(at_counter.stage)
    done = await at_counter.taken(*[row(one) for one in PEOPLE[:4]])
    async with at_counter.stage.database.transaction() as tx:
        now = at_counter.stage.clock()
        _, handed = await roster_codes.issue(tx, done.id, now, after=0, most=10)
        assert len(handed) == 4
        assert await personal_codes.find(tx, handed[0].code, now)
    undone = await at_counter.go(done, "undoing")
    assert await at_counter.counts(undone) == {"new undone": 4}
    assert await people_tables(at_counter.stage) == before


async def test_whoever_answered_or_began_meanwhile_stays(at_counter: Counter) -> None:
    stage = at_counter.stage
    done = await at_counter.taken(row(KNOWN), row(ONE), row(TWO))
    await Chat(stage).report(MINE)
    undone = await at_counter.go(done, "undoing")
    assert await at_counter.counts(undone) == {"new stayed": 1, "new undone": 2}
    async with stage.database.reading() as reading:
        person_id = await identities.find(reading, KNOWN.id_number)
        assert person_id is not None
        key = await people.key_of(reading, person_id)
        assert key is not None
        assert await reports.latest(reading, person_id, key) is not None
    again = await at_counter.checked(row(KNOWN, phone=ONE.phone), row(ONE))
    assert await at_counter.counts(again) == {"reported waiting": 1, "new waiting": 1}


async def test_whoever_erased_their_record_is_never_brought_back(at_counter: Counter) -> None:
    stage = at_counter.stage
    await at_counter.taken(row(KNOWN))
    chat = Chat(stage)
    await chat.report(MINE)
    async with stage.database.transaction() as tx:
        person_id = await identities.find(tx, KNOWN.id_number)
        assert person_id is not None
        await erase(tx, person_id, "chat", stage.clock())
    again = await at_counter.checked(row(KNOWN))
    assert await at_counter.faults(again) == {"withdrawn": 1}
    await chat.report(MINE)
    back = await at_counter.checked(row(KNOWN))
    assert await at_counter.counts(back) == {"reported waiting": 1}


async def test_who_is_on_the_roster_of_another_county_is_not_taken_from_it(
    at_counter: Counter,
) -> None:
    await at_counter.taken(row(ONE))
    elsewhere = row(ONE, county="万荣县", township="解店镇", village="")
    one = await at_counter.checked(elsewhere, scope="k064")
    found = await at_counter.faults(one)
    assert set(found) <= {"elsewhere", "wrong_scope"}
    assert sum(found.values()) == 1


async def test_who_became_known_between_check_and_taking_is_not_overwritten(
    at_counter: Counter,
) -> None:
    slow = await at_counter.checked(row(ONE), row(TWO))
    await at_counter.taken(row(ONE, village="东庄村"))
    done = await at_counter.go(slow, "taking")
    assert await at_counter.counts(done) == {"same waiting": 1, "new taken": 1}
    assert (await entry(at_counter.stage, ONE.id_number) or {})["village"] == "东庄村"


async def test_who_came_onto_another_county_s_roster_meanwhile_is_left_to_it(
    at_counter: Counter,
) -> None:
    slow = await at_counter.checked(row(ONE))
    await at_counter.rule(slow, "file")
    there = next(one for one in load_places().by_id.values() if one.parent_id == "k064")
    county = load_places().by_id["k064"].name
    elsewhere = row(ONE, county=county, township=there.name, village="")
    other = await at_counter.checked(elsewhere, scope="k064")
    await at_counter.go(other, "taking")
    done = await at_counter.go(slow, "taking")
    assert await at_counter.counts(done) == {"same waiting": 1}
    stage = at_counter.stage
    assert (await entry(stage, ONE.id_number) or {})["county"] == "k064"
    async with stage.database.transaction() as tx:
        _, handed = await roster_codes.issue(tx, done.id, stage.clock(), after=0, most=10)
        own, far = Scope(("t0727",)), None
        for scope, people_ in ((own, 0), (far, 1)):
            _, told = await roster_codes.issue(
                tx, other.id, stage.clock(), after=0, most=10, renew=True, scope=scope
            )
            assert len(told) == people_
    assert handed == []


async def test_what_a_later_file_changed_is_left_to_that_file(at_counter: Counter) -> None:
    first = await at_counter.taken(row(ONE))
    await at_counter.taken(row(ONE, phone=TWO.phone), rule="file")
    undone = await at_counter.go(first, "undoing")
    assert await at_counter.counts(undone) == {"new stayed": 1}
    assert (await entry(at_counter.stage, ONE.id_number) or {})["phone"] == TWO.phone


async def test_the_interview_begins_with_what_the_file_said(at_counter: Counter) -> None:
    stage = at_counter.stage
    done = await at_counter.taken(row(ONE))
    async with stage.database.transaction() as tx:
        _, handed = await roster_codes.issue(tx, done.id, stage.clock(), after=0, most=10)
    told = await Chat(stage).write(handed[0].code)
    assert "同意" in text_of(told)


async def test_nothing_of_a_file_stands_in_the_clear(at_counter: Counter) -> None:
    await at_counter.checked(row(ONE), row(TWO, name="", township="没有这个"))
    await at_counter.taken(row(THREE), row(PEOPLE[4], phone="12"))
    shown = repr({n: r for n, r in (await tables(at_counter.stage.url)).items() if n != "form"})
    for one in (ONE, TWO, THREE, PEOPLE[4]):
        for word in (one.name, one.id_number, one.phone, "名单.xlsx", "西社村"):
            assert word not in shown


@pytest.mark.parametrize("state", ["taking", "undoing"])
async def test_two_workers_do_not_do_a_file_twice(at_counter: Counter, state: str) -> None:
    one = await at_counter.checked(*[row(each) for each in PEOPLE[:3]])
    if state == "undoing":
        await at_counter.go(one, "taking")
    first, second = await asyncio.gather(
        at_counter.go(one, state), _later(at_counter, one.id), return_exceptions=True
    )
    assert not isinstance(first, BaseException)
    assert not isinstance(second, BaseException)
    wanted = "new taken" if state == "taking" else "new undone"
    assert await at_counter.counts(one) == {wanted: 3}


async def _later(at_counter: Counter, import_id: str) -> None:
    await asyncio.sleep(0.02)
    one = await at_counter.get(import_id)
    if one.state in ("taking", "undoing"):
        await at_counter.work(import_id)
