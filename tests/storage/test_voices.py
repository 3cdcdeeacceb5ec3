"""Voice notes: sealed with the person's key, fetched once, gone with the person."""

from datetime import timedelta

from storage import people, voices
from storage.database import Database
from storage.interviews import OpenInterview
from storage.submissions import submit
from tests.storage.made_up import NOW, begin, report, submission

MINUTE = timedelta(minutes=1)
SOUND = b"OggS" + bytes(range(256))


async def _add(database: Database, interview: OpenInterview) -> str:
    async with database.transaction() as tx:
        return await voices.add(
            tx,
            interview.key,
            chat_id=interview.chat_id,
            case_id=None,
            path="/data/name[1]",
            file_id="telegram-7",
            now=NOW,
        )


async def test_a_note_is_wanted_until_it_is_kept(database: Database) -> None:
    _, interview = await begin(database)
    note_id = await _add(database, interview)
    async with database.transaction() as tx:
        (note,) = await voices.wanted(tx, NOW, NOW + MINUTE, 10)
        assert (note.id, note.path, note.file_id) == (note_id, "/data/name[1]", "telegram-7")
        assert await voices.wanted(tx, NOW, NOW + MINUTE, 10) == []
        assert await voices.content_of(tx, note) is None
        (note,) = await voices.wanted(tx, NOW + MINUTE, NOW + 2 * MINUTE, 10)
        await voices.keep(tx, note, SOUND)
        assert await voices.wanted(tx, NOW + 9 * MINUTE, NOW + 10 * MINUTE, 10) == []
        assert await voices.content_of(tx, note) == SOUND
        row = await tx.the("voices.content", id=note_id)
    assert SOUND not in bytes(row["content"])


async def test_a_note_that_is_lost_is_not_looked_for_again(database: Database) -> None:
    _, interview = await begin(database)
    note_id = await _add(database, interview)
    async with database.transaction() as tx:
        await voices.lose(tx, note_id)
        assert await voices.wanted(tx, NOW, NOW + MINUTE, 10) == []
        note = await voices.get(tx, note_id)
    assert note is not None
    assert note.state == "lost"


async def test_a_note_goes_with_its_person_and_after_its_time(database: Database) -> None:
    _, first = await begin(database)
    _, second = await begin(database, "43")
    gone, old = await _add(database, first), await _add(database, second)
    async with database.transaction() as tx:
        await people.discard(tx, first.person_id)
        assert await voices.get(tx, gone) is None
        await voices.purge(tx, NOW + MINUTE)
        assert await voices.get(tx, old) is None


async def test_a_note_opens_with_the_key_of_the_record_it_turns_out_to_be_about(
    database: Database,
) -> None:
    receipt = await report(database, 1)
    _, interview = await begin(database)
    note_id = await _add(database, interview)
    async with database.transaction() as tx:
        (note,) = await voices.wanted(tx, NOW, NOW + MINUTE, 10)
        await voices.keep(tx, note, SOUND)
        await submit(tx, interview, submission(1), NOW)
        moved = await voices.get(tx, note_id)
        assert moved is not None
        assert moved.person_id == receipt.person_id
        assert await voices.content_of(tx, moved) == SOUND
