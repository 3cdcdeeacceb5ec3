"""PINs, preferences, departures and visits: kept, found again, gone with the person."""

from datetime import date, datetime, timedelta

from conversations.reminders import ANY_TIME, NEVER, Preference
from storage import audits, chats, departures, people, pins, preferences, reminders
from storage.database import Database
from storage.reminder_rows import Reminder
from storage.transaction import Transaction
from tests.storage.made_up import NOW, report


async def test_a_pin_opens_for_its_person_and_chat_only(database: Database) -> None:
    first, second = await report(database, 1), await report(database, 2)
    async with database.transaction() as tx:
        chat, _ = await chats.load_turn(tx, "telegram", "42", NOW)
        await pins.put(tx, first.person_id, chat.id, "0042", NOW)
        assert await pins.opens(tx, first.person_id, chat.id, "0042", NOW)
        assert not await pins.opens(tx, second.person_id, chat.id, "0042", NOW)
        assert not await pins.opens(tx, first.person_id, chat.id, "42", NOW)
        assert await pins.drop(tx, first.person_id)
        assert not await pins.is_set(tx, first.person_id, chat.id)


async def test_wrong_pins_are_counted_by_the_hour(database: Database) -> None:
    receipt = await report(database)
    async with database.transaction() as tx:
        chat, _ = await chats.load_turn(tx, "telegram", "42", NOW)
        await pins.put(tx, receipt.person_id, chat.id, "2580", NOW)
        for _ in range(pins.TRIES_AN_HOUR):
            assert not await pins.is_limited(tx, receipt.person_id, chat.id, NOW)
            await pins.opens(tx, receipt.person_id, chat.id, "1111", NOW)
        assert await pins.is_limited(tx, receipt.person_id, chat.id, NOW)
        later = NOW + timedelta(hours=1)
        assert not await pins.is_limited(tx, receipt.person_id, chat.id, later)


async def test_day_hour_and_pause_are_kept_apart(database: Database) -> None:
    receipt = await report(database)
    async with database.transaction() as tx:
        assert await preferences.get(tx, receipt.person_id) == ANY_TIME
        await preferences.set_time(tx, receipt.person_id, 6, 19)
        await preferences.pause(tx, receipt.person_id, NEVER)
        assert await preferences.get(tx, receipt.person_id) == Preference(6, 19, NEVER)
        await preferences.set_time(tx, receipt.person_id, None, 9)
        await preferences.pause(tx, receipt.person_id, date(2028, 1, 29))
        kept = await preferences.get(tx, receipt.person_id)
        assert kept == Preference(None, 9, date(2028, 1, 29))
        await preferences.pause(tx, receipt.person_id, None)
        assert await preferences.get(tx, receipt.person_id) == Preference(None, 9)


async def test_leaving_and_coming_back_is_a_history(database: Database) -> None:
    receipt = await report(database)
    later = NOW + timedelta(days=400)
    async with database.transaction() as tx:
        assert await people.leave_range(tx, receipt.person_id, "04", "2026-09", NOW, by="2")
        assert not await people.leave_range(tx, receipt.person_id, "05", "2026", NOW)
        await departures.come_back(tx, receipt.person_id, later)
        (gone,) = await departures.of_person(tx, receipt.person_id)
    assert (gone.reason, gone.left_on, gone.told_by) == ("04", "2026-09", "2")
    assert (gone.told_at, gone.returned_at) == (NOW, later)


async def _move(tx: Transaction, row: Reminder, at: datetime) -> bool:
    chat_id = row.chat_id
    return await reminders.move(
        tx, row.id, due_at=at, not_after=at, reason="asked", chat_id=chat_id
    )


async def test_a_sent_reminder_is_planned_anew_and_an_answered_one_is_not(
    database: Database,
) -> None:
    receipt = await report(database)
    at = NOW + timedelta(days=3)
    async with database.transaction() as tx:
        (row,) = await reminders.of_person(tx, receipt.person_id)
        assert await _move(tx, row, at)
        (row,) = await reminders.of_person(tx, receipt.person_id)
        assert (row.due_at, row.not_after, row.reason) == (at, at, "asked")
        await reminders.end_open(tx, receipt.person_id, row.cycle, "answered")
        assert not await _move(tx, row, at)


async def test_a_person_sees_what_was_done_with_them_and_with_their_county_since(
    database: Database,
) -> None:
    async def note(action: str, scope: str, days: int) -> None:
        async with database.transaction() as tx:
            now = NOW + timedelta(days=days)
            await audits.write(tx, actor="command:x", action=action, scope=scope, now=now)

    first, second = await report(database, 1), await report(database, 2)
    await note("export", "county:140105", -1)
    await note("export", "county:140105", 1)
    await note("export", "county:140110", 2)
    await note("view", f"person:{second.person_id}", 3)
    await note("view", f"person:{first.person_id}", 4)
    async with database.reading() as reading:
        seen = await audits.visits(reading, first.person_id, "140105", 10)
    assert [(one.action, (one.at - NOW).days) for one in seen] == [("view", 4), ("export", 1)]


async def test_erasing_takes_all_of_it_along(database: Database) -> None:
    receipt = await report(database)
    async with database.transaction() as tx:
        chat, _ = await chats.load_turn(tx, "telegram", "42", NOW)
        await pins.put(tx, receipt.person_id, chat.id, "2580", NOW)
        await preferences.pause(tx, receipt.person_id, NEVER)
        await people.leave_range(tx, receipt.person_id, "01", "", NOW)
        await people.erase(tx, receipt.person_id, "system", NOW)
        assert not await pins.is_set(tx, receipt.person_id, chat.id)
        assert await preferences.get(tx, receipt.person_id) == ANY_TIME
        assert await departures.of_person(tx, receipt.person_id) == []
