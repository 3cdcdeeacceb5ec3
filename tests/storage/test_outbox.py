"""The outbox: at least once, in order for each chat, nothing left of what was said."""

import asyncio
from datetime import timedelta

from storage import outbox, people
from storage.database import Database
from storage.outbox import Letter, Post
from tests.storage.made_up import NOW, begin

MINUTE = timedelta(minutes=1)


async def _put(database: Database, chat_id: str, *said: str, person_id: str | None = None) -> None:
    async with database.transaction() as tx:
        for words in said:
            await outbox.put(tx, chat_id, person_id, Post("said_by_staff", 7, words), NOW)


async def _claim(database: Database, now_is_late: bool = False) -> list[Letter]:
    now = NOW + 2 * MINUTE if now_is_late else NOW
    async with database.transaction() as tx:
        return await outbox.claim(tx, now, 50)


def _words(letters: list[Letter]) -> list[str]:
    return [letter.post.words for letter in letters if letter.post]


async def test_posts_of_a_chat_are_claimed_in_order_and_by_one_only(database: Database) -> None:
    await _put(database, "a", "一", "二", "三")
    claimed = await asyncio.gather(*(_claim(database) for _ in range(4)))
    assert sorted(_words([letter for letters in claimed for letter in letters])) == sorted(
        "一二三"
    )
    assert max(len(letters) for letters in claimed) == 3
    (letters,) = [letters for letters in claimed if letters]
    assert _words(letters) == ["一", "二", "三"]


async def test_nothing_overtakes_what_is_being_sent_or_put_off(database: Database) -> None:
    await _put(database, "a", "一")
    await _put(database, "b", "甲")
    first = [letter for letter in await _claim(database) if letter.chat_id == "a"]
    await _put(database, "a", "二")
    assert await _claim(database) == []
    async with database.transaction() as tx:
        await outbox.put_off(tx, [first[0].number], NOW + MINUTE)
    assert await _claim(database) == []
    assert _words(await _claim(database, now_is_late=True)) == ["一", "二"]


async def test_what_died_while_it_was_sent_is_sent_again(database: Database) -> None:
    await _put(database, "a", "一")
    assert _words(await _claim(database)) == ["一"]
    async with database.transaction() as tx:
        assert await outbox.settle_stale(tx, NOW) == 0
        assert await outbox.settle_stale(tx, NOW + MINUTE) == 1
    (again,) = await _claim(database)
    assert again.attempts == 2


async def test_what_was_sent_keeps_no_words(database: Database) -> None:
    await _put(database, "a", "一", "二")
    one, two = await _claim(database)
    async with database.transaction() as tx:
        assert await outbox.is_waiting(tx, "a")
        await outbox.settle(tx, [one.number], "sent", NOW)
        await outbox.settle(tx, [two.number], "failed", NOW)
        assert not await outbox.is_waiting(tx, "a")
        assert await outbox.settle_stale(tx, NOW + MINUTE) == 0
        await outbox.purge(tx, NOW + MINUTE)


async def test_a_blocked_chat_is_given_up_as_a_whole(database: Database) -> None:
    await _put(database, "a", "一", "二")
    await _put(database, "b", "甲")
    async with database.transaction() as tx:
        await outbox.block(tx, "a", NOW)
    assert _words(await _claim(database)) == ["甲"]


async def test_posts_about_a_person_go_with_them(database: Database) -> None:
    _, interview = await begin(database)
    await _put(database, "a", "一", person_id=interview.person_id)
    await _put(database, "a", "二")
    async with database.transaction() as tx:
        await people.discard(tx, interview.person_id)
        await outbox.put(tx, "a", interview.person_id, Post("said_by_staff", 7, "三"), NOW)
    assert _words(await _claim(database)) == ["二"]
