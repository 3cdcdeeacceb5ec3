"""One turn: the chat and its interview under a lock, done once, saved with a revision."""

import asyncio
import json
from datetime import timedelta

import pytest

from storage import chats, interviews, updates
from storage.database import Database
from storage.errors import StaleRevision
from storage.vault import Vault
from tests.storage.made_up import FORM, NOW, begin


async def test_a_new_chat_is_made_once_and_found_again(database: Database) -> None:
    async with database.transaction() as tx:
        first, nothing = await chats.load_turn(tx, "web", "a token", NOW)
    async with database.transaction() as tx:
        again, _ = await chats.load_turn(tx, "web", "a token", NOW + timedelta(days=1))
        other, _ = await chats.load_turn(tx, "telegram", "a token", NOW)
    assert nothing is None
    assert again == first
    assert other.id != first.id


async def test_a_saved_state_comes_back_with_the_next_revision(database: Database) -> None:
    _, begun = await begin(database, state='{"answers": {}}')
    state = json.dumps({"answers": {"/data/name[1]": "李四"}}, ensure_ascii=False)
    async with database.transaction() as tx:
        saved = await interviews.save(tx, begun, state, NOW, status="paused")
    async with database.transaction() as tx:
        _, loaded = await chats.load_turn(tx, "telegram", "42", NOW)
    assert loaded == saved
    assert (saved.revision, saved.status, saved.state) == (1, "paused", state)
    assert (saved.number, saved.form_hash) == (1, FORM)


async def test_a_stale_revision_is_refused(database: Database) -> None:
    _, begun = await begin(database)
    async with database.transaction() as tx:
        await interviews.save(tx, begun, "{}", NOW)
    with pytest.raises(StaleRevision):
        async with database.transaction() as tx:
            await interviews.save(tx, begun, "{}", NOW)


async def test_a_repeated_update_is_told_apart(database: Database) -> None:
    async with database.transaction() as tx:
        chat, _ = await chats.load_turn(tx, "telegram", "42", NOW)
        assert await updates.mark_done(tx, "bot", 7, chat.id, NOW)
        assert not await updates.mark_done(tx, "bot", 7, chat.id, NOW)
        assert await updates.mark_done(tx, "web", 7, chat.id, NOW)


async def test_a_turn_that_fails_leaves_nothing_behind(database: Database) -> None:
    _, begun = await begin(database)

    async def fail_half_way() -> None:
        async with database.transaction() as tx:
            await updates.mark_done(tx, "bot", 1, begun.chat_id, NOW)
            await interviews.save(tx, begun, "lost", NOW)
            raise LookupError

    with pytest.raises(LookupError):
        await fail_half_way()
    async with database.transaction() as tx:
        _, loaded = await chats.load_turn(tx, "telegram", "42", NOW)
        assert await updates.mark_done(tx, "bot", 1, begun.chat_id, NOW)
    assert loaded == begun


async def test_interviews_of_a_chat_are_numbered_and_only_one_is_open(database: Database) -> None:
    _, first = await begin(database)
    async with database.transaction() as tx:
        await interviews.close(tx, first, "stopped", NOW)
    async with database.transaction() as tx:
        assert (await chats.load_turn(tx, "telegram", "42", NOW))[1] is None
    _, second = await begin(database)
    assert (first.number, second.number) == (1, 2)


async def test_a_forgotten_interview_is_gone(database: Database) -> None:
    _, begun = await begin(database)
    async with database.transaction() as tx:
        await interviews.forget(tx, begun)
        assert (await chats.load_turn(tx, "telegram", "42", NOW))[1] is None


async def test_looking_finds_the_same_without_a_lock(database: Database) -> None:
    chat, begun = await begin(database)
    async with database.transaction() as tx, database.reading() as reading:
        await chats.load_turn(tx, "telegram", "42", NOW)
        assert await chats.look(reading, "telegram", "42") == (chat, begun)
        assert await chats.look(reading, "telegram", "43") is None
        assert await chats.get(reading, chat.id) == chat


async def test_language_and_blocking_are_kept_with_the_chat(database: Database) -> None:
    chat, _ = await begin(database)
    async with database.transaction() as tx:
        await chats.set_language(tx, chat.id, "en")
        await chats.set_blocked(tx, chat.id, NOW)
    async with database.transaction() as tx:
        changed, _ = await chats.load_turn(tx, "telegram", "42", NOW)
        await chats.set_blocked(tx, chat.id, None)
        back, _ = await chats.load_turn(tx, "telegram", "42", NOW)
    assert (changed.language, changed.blocked_at) == ("en", NOW)
    assert back.blocked_at is None


async def test_two_replicas_on_one_interview_lose_no_answer(url: str, vault: Vault) -> None:
    replicas = [await Database.open(url, vault) for _ in range(2)]
    await begin(replicas[0], state="[]")

    async def answer(database: Database, number: int) -> None:
        async with database.transaction() as tx:
            chat, interview = await chats.load_turn(tx, "telegram", "42", NOW)
            assert interview is not None
            assert await updates.mark_done(tx, "bot", number, chat.id, NOW)
            state = json.dumps([*json.loads(interview.state), number])
            await interviews.save(tx, interview, state, NOW)

    async def replica(database: Database, numbers: range) -> None:
        await asyncio.gather(*(answer(database, number) for number in numbers))

    await asyncio.gather(replica(replicas[0], range(60)), replica(replicas[1], range(60, 120)))
    async with replicas[0].transaction() as tx:
        _, loaded = await chats.load_turn(tx, "telegram", "42", NOW)
    for database in replicas:
        await database.close()
    assert loaded is not None
    assert sorted(json.loads(loaded.state)) == list(range(120))
    assert loaded.revision == 120


async def test_a_chat_is_owed_its_last_turn_until_that_was_shown(database: Database) -> None:
    chat, _ = await begin(database, "42")
    other, _ = await begin(database, "43")
    async with database.transaction() as tx:
        for number in (5, 6):
            await updates.mark_done(tx, "bot", number, chat.id, NOW + timedelta(seconds=number))
        await updates.mark_done(tx, "bot", 9, other.id, NOW + timedelta(seconds=9))
    owed = await updates.owed(database, "bot")
    assert [(one.channel, one.address, one.number) for one in owed] == [
        ("telegram", "42", 6),
        ("telegram", "43", 9),
    ]
    await updates.mark_shown(database, {("bot", 6): (), ("bot", 12345): ()}, NOW)
    assert [one.number for one in await updates.owed(database, "bot")] == [9]
    assert await updates.owed(database, "another bot") == []


async def test_a_later_turn_stays_owed_when_an_earlier_one_is_shown(database: Database) -> None:
    chat, _ = await begin(database)
    async with database.transaction() as tx:
        for number in (5, 6):
            await updates.mark_done(tx, "bot", number, chat.id, NOW + timedelta(seconds=number))
    await updates.mark_shown(database, {("bot", 5): ()}, NOW)
    assert [one.number for one in await updates.owed(database, "bot")] == [6]


async def test_old_updates_are_purged_and_recent_chats_are_known(database: Database) -> None:
    chat, _ = await begin(database)
    async with database.transaction() as tx:
        await updates.mark_done(tx, "bot", 1, chat.id, NOW - timedelta(days=8))
        await updates.mark_done(tx, "bot", 2, chat.id, NOW)
    assert await updates.purge(database, NOW - timedelta(days=7)) == 1
    assert await updates.active_since(database, "bot", NOW) == [("telegram", "42")]
    assert await updates.active_since(database, "bot", NOW + timedelta(seconds=1)) == []
