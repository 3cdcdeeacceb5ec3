"""Cases of a station: listed until closed, gone with the person, moved with a merged record."""

from datetime import timedelta

from storage import case_steps, cases, people
from storage.database import Database
from storage.submissions import submit
from storage.transaction import Transaction
from tests.storage.made_up import NOW, STATION, begin, report, submission


async def test_a_case_stands_on_its_stations_list_until_it_is_closed(database: Database) -> None:
    chat, interview = await begin(database)
    async with database.transaction() as tx:
        later = NOW + timedelta(minutes=1)
        second = await cases.open(
            tx, kind="human", township_id=STATION, person_id=interview.person_id, now=later
        )
        first = await cases.open(tx, kind="voice", township_id=STATION, chat_id=chat.id, now=NOW)
        await cases.open(tx, kind="voice", township_id="another", chat_id=chat.id, now=NOW)
    async with database.reading() as reading:
        listed = await cases.of_station(reading, STATION)
        assert [(case.id, case.kind) for case in listed] == [(first, "voice"), (second, "human")]
    async with database.transaction() as tx:
        assert await cases.close(tx, first, by="staff:1", now=NOW)
        assert not await cases.close(tx, first, by="staff:2", outcome="late", now=NOW)
        found = await cases.get(tx, first)
        assert [case.id for case in await cases.of_station(tx, STATION)] == [second]
    assert found is not None
    assert (found.closed_by, found.outcome, found.closed_at) == ("staff:1", "done", NOW)


async def test_a_chat_has_one_open_case_of_a_kind_that_is_opened_once(database: Database) -> None:
    chat, _ = await begin(database)

    async def ask(tx: Transaction) -> bool:
        return await cases.open_once(
            tx, kind="many_people", township_id=STATION, chat_id=chat.id, now=NOW
        )

    async with database.transaction() as tx:
        assert await ask(tx)
        assert not await ask(tx)
        (case,) = await cases.of_station(tx, STATION)
        await cases.close(tx, case.id, by="system", now=NOW)
        assert await ask(tx)


async def test_a_case_goes_with_its_person(database: Database) -> None:
    _, left = await begin(database)
    receipt = await report(database, 1, "43")
    async with database.transaction() as tx:
        for person_id in (left.person_id, receipt.person_id):
            await cases.open(tx, kind="human", township_id=STATION, person_id=person_id, now=NOW)
        await people.discard(tx, left.person_id)
        await people.erase(tx, receipt.person_id, "chat", NOW)
        assert await cases.of_station(tx, STATION) == []


async def test_a_case_follows_the_record_that_it_turns_out_to_be_about(database: Database) -> None:
    receipt = await report(database, 1)
    _, interview = await begin(database)
    async with database.transaction() as tx:
        await cases.open(
            tx, kind="voice", township_id=STATION, person_id=interview.person_id, now=NOW
        )
        await submit(tx, interview, submission(1), NOW)
        (case,) = await cases.of_station(tx, STATION)
    assert case.person_id == receipt.person_id


async def test_closed_cases_are_forgotten_after_a_while(database: Database) -> None:
    async with database.transaction() as tx:
        closed = await cases.open(tx, kind="human", township_id=STATION, now=NOW)
        waiting = await cases.open(tx, kind="human", township_id=STATION, now=NOW)
        await cases.close(tx, closed, by="system", now=NOW)
        await cases.purge(tx, NOW + timedelta(seconds=1))
        assert await cases.get(tx, closed) is None
        assert await cases.get(tx, waiting) is not None


async def test_tries_stay_in_order_and_sealed_and_go_with_the_person(database: Database) -> None:
    _, interview = await begin(database)
    async with database.transaction() as tx:
        case_id = await cases.open(
            tx, kind="silent", township_id=STATION, person_id=interview.person_id, now=NOW
        )
        case = await cases.get(tx, case_id)
        assert case is not None
        for minutes, outcome in enumerate(("out", "note", "out")):
            at = NOW + timedelta(minutes=minutes)
            await case_steps.add(
                tx, case, by="staff:1", outcome=outcome, note="before New Year", now=at
            )
        steps = await case_steps.of_case(tx, case)
        assert [(step.outcome, step.note) for step in steps] == [
            ("out", "before New Year"),
            ("note", "before New Year"),
            ("out", "before New Year"),
        ]
        await people.erase(tx, interview.person_id, "test", NOW)
        assert await tx.all("case_steps.of_case", case_id=case_id) == []


async def test_a_case_is_held_by_one_account_for_a_while(database: Database) -> None:
    _, interview = await begin(database)
    held = timedelta(minutes=30)
    async with database.transaction() as tx:
        case_id = await cases.open(
            tx, kind="silent", township_id=STATION, person_id=interview.person_id, now=NOW
        )
        assert await cases.take(tx, case_id, "one", held, NOW)
        assert await cases.take(tx, case_id, "one", held, NOW)
        assert not await cases.take(tx, case_id, "other", held, NOW + held)
        late = NOW + held + timedelta(seconds=1)
        assert await cases.take(tx, case_id, "other", held, late)
        await cases.release(tx, case_id, "one")
        assert not await cases.take(tx, case_id, "one", held, late)
        await cases.release(tx, case_id, "other")
        assert await cases.take(tx, case_id, "one", held, late)
