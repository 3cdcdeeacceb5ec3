"""The work list in pages: the database puts it in the same order as the rule does."""

import random
from dataclasses import replace
from datetime import timedelta
from typing import Final

from conversations.cases import KINDS, rank
from storage import case_lists, case_steps, cases, people
from storage.database import Database
from storage.projections import Projection
from storage.submissions import submit
from storage.transaction import Transaction
from tests.storage.made_up import NOW, STATION, begin, submission

PLACES: Final = (STATION, "k065")


async def _listed(database: Database) -> None:
    """Fill the lists of two places: all kinds, with and without a report and a wish for work."""
    chance = random.Random(7)
    _, wants = await begin(database, "wants")
    _, silent = await begin(database, "silent")
    async with database.transaction() as tx:
        for serial, interview, job in ((1, wants, "1"), (2, silent, "0")):
            projection = Projection(cycle=2025, township_id=STATION, job_intent=job)
            await submit(tx, interview, replace(submission(serial), projection=projection), NOW)
        unknown, _ = await people.create(tx, NOW)
        for number in range(60):
            case_id = await cases.open(
                tx,
                kind=chance.choice(KINDS),
                township_id=chance.choice((*PLACES, "elsewhere")),
                person_id=chance.choice((wants.person_id, silent.person_id, unknown, None)),
                now=NOW - timedelta(minutes=chance.randrange(3), milliseconds=number),
            )
            await _worked_on(tx, case_id, number)


async def _worked_on(tx: Transaction, case_id: str, number: int) -> None:
    case = await cases.get(tx, case_id)
    assert case is not None
    if number % 5 == 0:
        await cases.look_later(tx, case_id, at=NOW + timedelta(days=1), outcome="again")
    if number % 7 == 0 and case.person_id is not None:
        await case_steps.add(tx, case, by="staff:1", outcome="wrong", now=NOW)
    if number % 11 == 0:
        await cases.close(tx, case_id, by="staff:1", now=NOW)


async def test_pages_are_in_the_order_of_the_rule(database: Database) -> None:
    await _listed(database)
    async with database.reading() as reading:
        found = await cases.listed(reading, PLACES)
        due = [one for one in found if one.case.look_at is None]
        expected = sorted(due, key=lambda one: (rank(one.weight), one.case.id))
        pages = [
            await case_lists.page(reading, PLACES, NOW, "", most=6, skip=skip)
            for skip in range(0, len(due) + 6, 6)
        ]
        kind = expected[0].case.kind
        of_kind = await case_lists.page(reading, PLACES, NOW, kind, most=99, skip=0)
    assert len(due) > 20
    assert [one for page in pages for one in page] == expected
    assert of_kind == [one for one in expected if one.case.kind == kind]


async def test_what_is_for_another_day_is_counted_apart(database: Database) -> None:
    await _listed(database)
    async with database.reading() as reading:
        found = await cases.listed(reading, PLACES)
        now = await case_lists.counted(reading, PLACES, NOW)
        later = await case_lists.counted(reading, PLACES, NOW + timedelta(days=2))
    due = [one.case.kind for one in found if one.case.look_at is None]
    assert now.due == {kind: due.count(kind) for kind in set(due)}
    assert now.later == len(found) - len(due) > 0
    assert (sum(later.due.values()), later.later) == (len(found), 0)


async def test_a_case_is_found_by_the_end_of_its_id_in_its_own_place_only(
    database: Database,
) -> None:
    await _listed(database)
    async with database.reading() as reading:
        (first, *_) = await cases.listed(reading, [STATION])
        tag = first.case.id[-12:]
        assert await case_lists.named(reading, [STATION], tag) == first
        assert await case_lists.named(reading, ["elsewhere"], tag) is None
        assert await case_lists.named(reading, [STATION], "_" * 12) is None
        assert await case_lists.named(reading, [STATION], "") is None
