"""The roster: one entry a number, answered by whoever reports it, tidied when nobody needs it."""

from datetime import date, timedelta

from storage import identities, interviews, people, personal_codes, phones, roster
from storage.database import Database
from storage.roster import Entry
from tests.storage.made_up import COUNTY, FORM, NOW, STATION, begin, id_number, publish, report

PHONE = "19900000001"


def entry(serial: int = 1, *, ripe_on: date | None = None) -> Entry:
    """Return an entry for somebody made up."""
    answers = {"name": f"王{serial}", "id_number": id_number(serial)}
    return Entry(id_number(serial), PHONE, answers, STATION, COUNTY, 1985, "1", ripe_on)


async def test_a_number_is_taken_over_once_and_opened_by_its_own_key(database: Database) -> None:
    async with database.transaction() as tx:
        person_id, is_new = await roster.add(tx, entry(), NOW)
        assert is_new
        assert await roster.add(tx, entry(), NOW) == (person_id, False)
    async with database.reading() as reading:
        key = await people.key_of(reading, person_id)
        assert key is not None
        known = await roster.prefill(reading, person_id, key)
        assert known == {"name": "王1", "id_number": id_number(1)}
        assert await identities.find(reading, id_number(1)) is None
        (match,) = await phones.find(reading, PHONE)
        assert (match.person_id, match.source, match.birth_year) == (person_id, "roster", 1985)


async def test_a_number_that_was_reported_is_not_put_on_the_roster(database: Database) -> None:
    receipt = await report(database, 1)
    async with database.transaction() as tx:
        assert await roster.add(tx, entry(), NOW) == (receipt.person_id, False)
    async with database.reading() as reading:
        assert await roster.waiting(reading, NOW.date()) == []


async def test_who_is_being_filled_in_is_not_tidied_away(database: Database) -> None:
    chat, _ = await begin(database, "9")
    async with database.transaction() as tx:
        await publish(tx)
        person_id, _ = await roster.add(tx, entry(), NOW)
        key = await people.key_of(tx, person_id)
        assert key is not None
        draft = await interviews.start(
            tx, chat.id, person_id, key, form_hash=FORM, purpose="first", state="{}", now=NOW
        )
    await report(database, 1)
    async with database.transaction() as tx:
        assert await roster.tidy(tx) == 0
        await interviews.forget(tx, draft)
        assert await roster.tidy(tx) == 1
        assert await people.get(tx, person_id) is None
        assert await phones.find(tx, PHONE) == []


async def test_the_waiting_are_counted_by_township_and_age(database: Database) -> None:
    today = NOW.date()
    ages = (None, today - timedelta(days=1), today + timedelta(days=40))
    async with database.transaction() as tx:
        for serial, ripe_on in enumerate(ages, start=1):
            await roster.add(tx, entry(serial, ripe_on=ripe_on), NOW)
    async with database.reading() as reading:
        (waiting,) = await roster.waiting(reading, today)
    assert (waiting.township_id, waiting.total, waiting.due) == (STATION, 3, 2)
    assert (waiting.newly_ripe, waiting.too_young) == (1, 1)
    await report(database, 1)
    async with database.reading() as reading:
        (waiting,) = await roster.waiting(reading, today)
    assert (waiting.due, waiting.newly_ripe) == (1, 1)


async def test_of_two_who_bring_a_code_at_once_one_gets_it(database: Database) -> None:
    receipt = await report(database, 1)
    async with database.transaction() as tx:
        typed = await personal_codes.issue(tx, "take_over", receipt.person_id, NOW)
        code = await personal_codes.find(tx, typed, NOW)
        assert code is not None
        assert [await personal_codes.use(tx, code, NOW) for _ in range(2)] == [True, False]
        assert await personal_codes.find(tx, typed, NOW) is None


async def test_the_slips_of_a_township_are_for_those_who_can_be_asked_now(
    database: Database,
) -> None:
    tomorrow, today = NOW.date() + timedelta(days=1), NOW.date()
    async with database.transaction() as tx:
        of_age, _ = await roster.add(tx, entry(1), NOW)
        await roster.add(tx, entry(2, ripe_on=tomorrow), NOW)
        just, _ = await roster.add(tx, entry(3, ripe_on=today), NOW)
        answered, _ = await roster.add(tx, entry(4), NOW)
        await roster.settle(tx, id_number(4), answered, NOW)
    async with database.reading() as reading:
        found = await roster.of_township(reading, STATION, today)
        assert found == {
            of_age: {"name": "王1", "id_number": id_number(1)},
            just: {"name": "王3", "id_number": id_number(3)},
        }
        assert await roster.of_township(reading, "t0001", today) == {}


async def test_a_code_that_nobody_was_given_is_taken_back(database: Database) -> None:
    async with database.transaction() as tx:
        person_id, _ = await roster.add(tx, entry(), NOW)
        code = await roster.code_for(tx, person_id, NOW)
        assert code is not None
        await personal_codes.withdraw(tx, "roster", person_id)
        assert await personal_codes.find(tx, code, NOW) is None
        assert await roster.code_for(tx, person_id, NOW) not in (None, code)
