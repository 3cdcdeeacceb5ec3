"""Talks at rest: who holds them, what is sealed, what an erasure and time leave."""

import asyncio
from datetime import timedelta

import pytest

from storage import chats, people, talks
from storage.database import Database
from storage.errors import DatabaseRefused
from storage.interviews import OpenInterview
from storage.staff import invite
from storage.submissions import submit
from storage.talks import Talk
from storage.transaction import Transaction
from tests.storage.made_up import NOW, STATION, begin, report, submission

MINUTE = timedelta(minutes=1)


async def _begin(
    database: Database, interview: OpenInterview, *, place: str | None = STATION
) -> Talk:
    async with database.transaction() as tx:
        return await talks.begin(
            tx,
            chat_id=interview.chat_id,
            was_in=None,
            channel="telegram",
            person_id=interview.person_id,
            place_id=place,
            now=NOW,
        )


async def _clerk(tx: Transaction, address: str) -> tuple[str, str]:
    chat, _ = await chats.load_turn(tx, "telegram", address, NOW)
    staff_id, _ = await invite(
        tx, role="station", scope_id=STATION, name="", expires_at=NOW + MINUTE, now=NOW
    )
    return staff_id, chat.id


async def _lines(database: Database, talk: Talk) -> list[tuple[bool, str]]:
    async with database.reading() as reading:
        return [(line.by_staff, line.words) for line in await talks.lines(reading, talk)]


async def test_a_chat_knows_its_talk_in_every_turn(database: Database) -> None:
    chat, interview = await begin(database)
    assert chat.talk_id is None
    talk = await _begin(database, interview)
    async with database.transaction() as tx:
        chat, _ = await chats.load_turn(tx, "telegram", "42", NOW)
        assert chat.talk_id == talk.id
        await chats.leave_talk(tx, chat.id, "another")
        await chats.leave_talk(tx, chat.id, talk.id)
        assert (await chats.load_turn(tx, "telegram", "42", NOW))[0].talk_id is None


async def test_only_one_of_two_takes_a_talk(database: Database) -> None:
    _, interview = await begin(database)
    talk = await _begin(database, interview)

    async def take(address: str) -> Talk | None:
        async with database.transaction() as tx:
            staff_id, chat_id = await _clerk(tx, address)
            return await talks.take(tx, talk.id, staff_id, chat_id, NOW)

    taken = await asyncio.gather(*(take(str(number)) for number in range(100, 106)))
    assert sum(one is not None for one in taken) == 1


async def test_a_chat_is_not_drawn_from_one_talk_into_another(database: Database) -> None:
    _, interview = await begin(database)
    talk = await _begin(database, interview)
    with pytest.raises(DatabaseRefused):
        await _begin(database, interview)
    async with database.reading() as reading:
        look = await chats.look(reading, "telegram", "42")
    assert look is not None
    assert look[0].talk_id == talk.id


async def test_lines_are_sealed_and_come_back_in_order(database: Database) -> None:
    _, interview = await begin(database)
    talk = await _begin(database, interview)
    async with database.transaction() as tx:
        for at in range(12):
            assert await talks.say(tx, talk, f"第{at}句", by_staff=at % 2 == 1, now=NOW)
        row = (await tx.all("talks.lines", talk_id=talk.id))[0]
    assert "第0句".encode() not in bytes(row["words"])
    assert await _lines(database, talk) == [(at % 2 == 1, f"第{at}句") for at in range(12)]


async def test_nothing_is_said_in_a_talk_that_is_over(database: Database) -> None:
    _, interview = await begin(database)
    talk = await _begin(database, interview)
    async with database.transaction() as tx:
        assert await talks.end(tx, talk.id, "worker", NOW)
        assert not await talks.end(tx, talk.id, "staff", NOW)
        assert await talks.say(tx, talk, "还有", by_staff=False, now=NOW) is None
        assert await talks.hold(tx, talk.id) is None
    assert await _lines(database, talk) == []


async def test_what_is_overdue_is_found_by_its_state(database: Database) -> None:
    _, first = await begin(database, "42")
    _, second = await begin(database, "43")
    waiting = await _begin(database, first)
    taken = await _begin(database, second)
    async with database.transaction() as tx:
        await talks.take(tx, taken.id, *await _clerk(tx, "100"), NOW)
    async with database.reading() as reading:
        late = NOW + MINUTE
        assert await talks.overdue(reading, NOW - MINUTE, NOW - MINUTE) == []
        assert [talk.id for talk in await talks.overdue(reading, late, NOW - MINUTE)] == [
            waiting.id
        ]
        assert {talk.id for talk in await talks.overdue(reading, late, late)} == {
            waiting.id,
            taken.id,
        }
        assert [talk.id for talk in await talks.waiting(reading, [STATION, "x"])] == [waiting.id]


async def test_a_talk_goes_with_its_person(database: Database) -> None:
    receipt = await report(database)
    async with database.transaction() as tx:
        chat, _ = await chats.load_turn(tx, "telegram", "42", NOW)
        for person_id in (receipt.person_id, None):
            talk = await talks.begin(
                tx,
                chat_id=chat.id,
                was_in=(await chats.load_turn(tx, "telegram", "42", NOW))[0].talk_id,
                channel="telegram",
                person_id=person_id,
                place_id=STATION,
                now=NOW,
            )
            await talks.say(tx, talk, "我叫王1", by_staff=False, now=NOW)
        await people.erase(tx, receipt.person_id, "chat", NOW)
        assert await talks.get(tx, talk.id) is None
        assert await talks.waiting(tx, [STATION]) == []


async def test_a_talk_follows_the_record_that_it_turns_out_to_be_about(
    database: Database,
) -> None:
    receipt = await report(database, 1)
    _, interview = await begin(database)
    talk = await _begin(database, interview)
    async with database.transaction() as tx:
        await talks.say(tx, talk, "您好", by_staff=False, now=NOW)
        await submit(tx, interview, submission(1), NOW)
        moved = await talks.get(tx, talk.id)
    assert moved is not None
    assert moved.person_id == receipt.person_id
    assert await _lines(database, moved) == [(False, "您好")]


async def test_old_talks_are_forgotten_live_ones_are_not(database: Database) -> None:
    _, first = await begin(database, "42")
    _, second = await begin(database, "43")
    over, live = await _begin(database, first), await _begin(database, second)
    async with database.transaction() as tx:
        await talks.say(tx, over, "您好", by_staff=False, now=NOW)
        await talks.end(tx, over.id, "worker", NOW)
        await talks.purge(tx, NOW + MINUTE)
        assert await talks.get(tx, over.id) is None
        assert await talks.get(tx, live.id) is not None
    assert over.number != live.number
