"""Drafts that nobody touches are deleted in time; records are not."""

from datetime import timedelta

from storage import chats, drafts, interviews, people
from storage.database import Database
from tests.storage.made_up import NOW, begin, report

LATER = NOW + timedelta(days=200)


async def test_a_draft_left_for_long_goes_with_its_person(database: Database) -> None:
    _, interview = await begin(database)
    async with database.transaction() as tx:
        assert await drafts.purge(tx, NOW - timedelta(days=1)) == 0
        assert await drafts.purge(tx, LATER) == 1
    async with database.transaction() as tx:
        assert await people.get(tx, interview.person_id) is None
        _, open_now = await chats.load_turn(tx, "telegram", "42", LATER)
        assert open_now is None


async def test_an_update_that_was_left_goes_and_the_record_stays(database: Database) -> None:
    receipt = await report(database)
    async with database.transaction() as tx:
        chat, _ = await chats.load_turn(tx, "telegram", "42", NOW)
        key = await people.key_of(tx, receipt.person_id)
        assert key is not None
        form = receipt.report.form_hash
        await interviews.start(
            tx,
            chat.id,
            receipt.person_id,
            key,
            form_hash=form,
            purpose="update",
            state="{}",
            now=NOW,
        )
    async with database.transaction() as tx:
        assert await drafts.purge(tx, LATER) == 1
        assert await people.get(tx, receipt.person_id) is not None
        _, open_now = await chats.load_turn(tx, "telegram", "42", LATER)
        assert open_now is None
