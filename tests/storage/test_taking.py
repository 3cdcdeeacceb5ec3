"""Taking a turn: one step, committed once, whoever else is at the same chat."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import timedelta

import asyncpg
import pytest

from storage import chats, interviews, turns, updates
from storage.chats import Chat
from storage.database import Database
from storage.errors import DatabaseUnavailable
from storage.interviews import OpenInterview
from storage.transaction import Transaction
from storage.turns import Arrival
from storage.vault import Vault
from tests.storage.counting import Counting
from tests.storage.made_up import NOW, begin

Step = Callable[[Transaction, Chat, OpenInterview | None], Awaitable[str]]


def arrival(number: int, address: str = "42") -> Arrival:
    """Return what starts a turn in that chat."""
    return Arrival("telegram", address, "bot", number, NOW)


def saying(word: str) -> Step:
    """Return a step that adds a word to the list that the state is."""

    async def step(tx: Transaction, _chat: Chat, interview: OpenInterview | None) -> str:
        assert interview is not None
        state = json.dumps([*json.loads(interview.state), word])
        return (await interviews.save(tx, interview, state, NOW)).state

    return step


async def state(database: Database) -> tuple[list[str], int]:
    """Return the words that were kept, and the revision."""
    async with database.reading() as reading:
        found = await chats.look(reading, "telegram", "42")
    assert found is not None
    assert found[1] is not None
    return json.loads(found[1].state), found[1].revision


async def counted(database: Database) -> tuple[Database, Counting]:
    """Return the same database with every call counted."""
    counting = Counting(database._engine)
    patience = timedelta(seconds=10)
    return Database(counting, database.vault, database._system, patience), counting


async def test_an_answer_costs_one_look_and_one_commit(database: Database) -> None:
    await begin(database, state="[]")
    seen, counting = await counted(database)
    assert await turns.take(seen, arrival(1), saying("one")) == '["one"]'
    assert counting.calls == {"chats.look": 1, "interviews.advance": 1}
    assert await state(database) == (["one"], 1)
    assert [one.number for one in await updates.owed(database, "bot")] == [1]


async def test_what_needs_more_than_a_save_is_taken_once_under_the_lock(
    database: Database,
) -> None:
    await begin(database, state="[]")
    seen, counting = await counted(database)

    async def step(tx: Transaction, chat: Chat, interview: OpenInterview | None) -> str:
        said = await saying("one")(tx, chat, interview)
        await chats.set_language(tx, chat.id, "en")
        return said

    assert await turns.take(seen, arrival(1), step) == '["one"]'
    assert counting.calls == {
        "chats.look": 1,
        "begin": 1,
        "chats.load_turn": 1,
        "updates.mark_done": 1,
        "interviews.save": 1,
        "chats.set_language": 1,
        "commit": 1,
    }
    assert await state(database) == (["one"], 1)


async def test_a_step_that_only_looks_is_done_as_well(database: Database) -> None:
    await begin(database, state="[]")

    async def step(_tx: Transaction, _chat: Chat, _interview: OpenInterview | None) -> str:
        return "looked"

    assert await turns.take(database, arrival(1), step) == "looked"
    assert await turns.take(database, arrival(1), step) is None


async def test_the_first_word_of_a_chat_that_was_never_seen_counts(database: Database) -> None:
    async def step(_tx: Transaction, chat: Chat, interview: OpenInterview | None) -> str:
        assert interview is None
        return chat.address

    assert await turns.take(database, arrival(1, "new"), step) == "new"
    assert await turns.take(database, arrival(1, "new"), step) is None


async def test_a_repeated_arrival_changes_nothing(database: Database) -> None:
    await begin(database, state="[]")
    assert await turns.take(database, arrival(1), saying("one")) is not None
    assert await turns.take(database, arrival(1), saying("two")) is None
    assert await state(database) == (["one"], 1)


async def test_a_step_that_fails_leaves_nothing_behind(database: Database) -> None:
    await begin(database, state="[]")

    async def step(tx: Transaction, chat: Chat, interview: OpenInterview | None) -> str:
        await saying("lost")(tx, chat, interview)
        raise LookupError

    with pytest.raises(LookupError):
        await turns.take(database, arrival(1), step)
    assert await turns.take(database, arrival(1), saying("kept")) is not None
    assert await state(database) == (["kept"], 1)


async def test_a_step_that_was_overtaken_is_taken_again_on_what_is_there_now(
    url: str, vault: Vault
) -> None:
    replicas = [await Database.open(url, vault) for _ in range(2)]
    await begin(replicas[0], state="[]")
    tries = []

    async def step(tx: Transaction, chat: Chat, interview: OpenInterview | None) -> str:
        tries.append("slow")
        if len(tries) == 1:
            await turns.take(replicas[1], arrival(2), saying("fast"))
        return await saying("slow")(tx, chat, interview)

    assert await turns.take(replicas[0], arrival(1), step) == '["fast", "slow"]'
    assert tries == ["slow", "slow"]
    assert await state(replicas[0]) == (["fast", "slow"], 2)
    assert not await done_again(replicas[0], 1)
    for database in replicas:
        await database.close()


async def test_an_interview_that_is_not_the_open_one_any_more_is_not_saved(
    url: str, vault: Vault
) -> None:
    replicas = [await Database.open(url, vault) for _ in range(2)]
    _, first = await begin(replicas[0], state="[]")
    seen: list[str] = []

    async def step(tx: Transaction, chat: Chat, interview: OpenInterview | None) -> str:
        assert interview is not None
        seen.append(interview.id)
        if len(seen) == 1:
            await begin(replicas[1], state='["another"]')
        return await saying("mine")(tx, chat, interview)

    assert await turns.take(replicas[0], arrival(1), step) == '["another", "mine"]'
    assert seen[0] == first.id
    assert seen[1] != first.id
    for database in replicas:
        await database.close()


async def done_again(database: Database, number: int) -> bool:
    """Try to note an update as done a second time."""
    chat, _ = await begin(database)
    async with database.transaction() as tx:
        return await updates.mark_done(tx, "bot", number, chat.id, NOW)


async def test_a_cancelled_step_holds_nobody_up(database: Database) -> None:
    await begin(database, state="[]")
    has_begun = asyncio.Event()

    async def linger(_tx: Transaction, _chat: Chat, _interview: OpenInterview | None) -> str:
        has_begun.set()
        await asyncio.sleep(60)
        return "never"

    task = asyncio.create_task(turns.take(database, arrival(1), linger))
    await has_begun.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert await turns.take(database, arrival(1), saying("kept")) == '["kept"]'


async def test_a_step_that_takes_too_long_is_given_up(url: str, vault: Vault) -> None:
    hasty = await Database.open(url, vault, patience=timedelta(seconds=0.3))
    await begin(hasty, state="[]")

    async def linger(tx: Transaction, chat: Chat, interview: OpenInterview | None) -> str:
        await asyncio.sleep(60)
        return await saying("late")(tx, chat, interview)

    with pytest.raises(DatabaseUnavailable):
        await turns.take(hasty, arrival(1), linger)
    assert await turns.take(hasty, arrival(1), saying("kept")) == '["kept"]'
    await hasty.close()


@pytest.mark.postgres
async def test_a_connection_lost_in_a_step_is_reported_and_replaced(
    postgres_url: str, vault: Vault
) -> None:
    database = await Database.open(postgres_url, vault)
    await begin(database, state="[]")
    killer: asyncpg.Connection[asyncpg.Record] = await asyncpg.connect(postgres_url)

    async def step(tx: Transaction, chat: Chat, interview: OpenInterview | None) -> str:
        await killer.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where pid <> pg_backend_pid() and datname = current_database()"
        )
        return await saying("lost")(tx, chat, interview)

    with pytest.raises(DatabaseUnavailable):
        await turns.take(database, arrival(1), step)
    await killer.close()
    assert await turns.take(database, arrival(1), saying("kept")) == '["kept"]'
    await database.close()


async def test_two_replicas_that_hear_everything_twice_keep_it_once(
    url: str, vault: Vault
) -> None:
    replicas = [await Database.open(url, vault) for _ in range(2)]
    await begin(replicas[0], state="[]")

    async def slow(tx: Transaction, chat: Chat, interview: OpenInterview | None) -> str:
        # Some turns take the way with the lock, beside those that do not.
        await chats.set_language(tx, chat.id, "en")
        return await saying("locked")(tx, chat, interview)

    async def hear(database: Database, number: int) -> bool:
        step = slow if number % 5 == 0 else saying(str(number))
        return await turns.take(database, arrival(number), step) is not None

    taken = await asyncio.gather(
        *(hear(database, number) for number in range(60) for database in replicas)
    )
    assert sum(taken) == 60
    words, revision = await state(replicas[0])
    for database in replicas:
        await database.close()
    assert revision == len(words) == 60
    assert len(set(words)) == 49
