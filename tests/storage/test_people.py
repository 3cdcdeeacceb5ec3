"""Persons: erased without return, discarded without trace, out of range with a reason."""

from datetime import timedelta

from storage import (
    audits,
    chats,
    consents,
    identities,
    people,
    projections,
    reminders,
    reports,
    return_codes,
)
from storage.database import Database
from tests.storage.made_up import NOW, begin, id_number, report


async def test_erasing_destroys_the_key_and_every_word(database: Database) -> None:
    receipt = await report(database)
    async with database.transaction() as tx:
        await consents.give(tx, receipt.person_id, "1", NOW, sensitive=False)
        key = await people.key_of(tx, receipt.person_id)
    assert key is not None
    async with database.transaction() as tx:
        await people.erase(tx, receipt.person_id, "chat", NOW)
    await database.scrub()
    async with database.reading() as reading:
        person = await people.get(reading, receipt.person_id)
        assert person is not None
        assert (person.state, person.county_id, person.birth_year) == ("erased", None, None)
        assert await people.key_of(reading, receipt.person_id) is None
        assert await reports.latest(reading, receipt.person_id, key) is None
        assert await projections.get(reading, receipt.person_id) is None
        assert await identities.find(reading, id_number(1)) is None
        assert await return_codes.find(reading, receipt.return_code) is None
        rows = await reminders.of_person(reading, receipt.person_id)
        assert [(row.state, row.reason) for row in rows] == [("cleared", "erased")]
        (consent,) = await consents.of_person(reading, receipt.person_id)
        assert consent.withdrawn_at == NOW
        (entry,) = await audits.since(reading, NOW)
        assert (entry.action, entry.scope) == ("erase", f"person:{receipt.person_id}")


async def test_a_chat_goes_on_after_its_person_was_erased(database: Database) -> None:
    chat, interview = await begin(database)
    async with database.transaction() as tx:
        await people.erase(tx, interview.person_id, "chat", NOW)
    async with database.transaction() as tx:
        assert await chats.load_turn(tx, "telegram", "42", NOW) == (chat, None)
        assert await people.of_chat(tx, chat.id) == []


async def test_an_erased_person_can_report_anew(database: Database) -> None:
    before = await report(database, 1)
    async with database.transaction() as tx:
        await people.erase(tx, before.person_id, "chat", NOW)
    after = await report(database, 1)
    assert after.person_id != before.person_id
    assert after.report.version == 1


async def test_a_discarded_person_leaves_no_trace(database: Database) -> None:
    chat, interview = await begin(database)
    async with database.transaction() as tx:
        await consents.give(tx, interview.person_id, "1", NOW, sensitive=True)
        await people.discard(tx, interview.person_id)
    async with database.transaction() as tx:
        assert await people.get(tx, interview.person_id) is None
        assert await people.key_of(tx, interview.person_id) is None
        assert await chats.load_turn(tx, "telegram", "42", NOW) == (chat, None)


async def test_leaving_the_range_keeps_the_record_and_ends_the_reminders(
    database: Database,
) -> None:
    receipt = await report(database)
    async with database.transaction() as tx:
        await people.leave_range(tx, receipt.person_id, "04", "2026-11-23", NOW)
        person = await people.get(tx, receipt.person_id)
        rows = await reminders.of_person(tx, receipt.person_id)
    assert person is not None
    assert (person.state, person.exit_reason) == ("out_of_range", "04")
    assert [(row.state, row.reason) for row in rows] == [("cleared", "out_of_range")]


async def test_a_chat_knows_its_people_and_keeps_a_relation_it_was_told(
    database: Database,
) -> None:
    first = await report(database, 1)
    second = await report(database, 2, now=NOW + timedelta(seconds=1))
    async with database.transaction() as tx:
        chat, _ = await chats.load_turn(tx, "telegram", "42", NOW)
        await chats.link(tx, chat.id, first.person_id, "", NOW)
        assert await chats.relation_to(tx, chat.id, first.person_id) == "0"
        known = await people.of_chat(tx, chat.id)
    assert [person.id for person in known] == [first.person_id, second.person_id]
