"""The small tables: forms, consents, attempts, tallies, batches, audit."""

from datetime import date, timedelta

import pytest

from storage import attempts, audits, consents, forms, interviews, people, tallies
from storage.database import Database
from storage.errors import DatabaseRefused
from tests.storage.made_up import NOW, begin


async def test_a_published_form_is_found_by_digest_and_by_source(database: Database) -> None:
    async with database.transaction() as tx:
        for number in (1, 2):
            assert await forms.publish(
                tx,
                hash=f"hash {number}",
                form_id="survey",
                version=str(number),
                xml=f"<h>{number}</h>",
                source_digest="source",
                now=NOW + timedelta(seconds=number),
            )
    async with database.reading() as reading:
        first = await forms.find(reading, "hash 1")
        assert first is not None
        assert (first.version, first.xml) == ("1", "<h>1</h>")
        latest = await forms.by_source(reading, "source")
        assert latest is not None
        assert latest.hash == "hash 2"
        assert await forms.find(reading, "nothing") is None
        assert [form.version for form in await forms.versions(reading, "survey")] == ["1", "2"]


async def test_a_published_form_is_never_changed(database: Database) -> None:
    async with database.transaction() as tx:
        made = [
            await forms.publish(
                tx, hash="h", form_id="f", version="1", xml=xml, source_digest="s", now=NOW
            )
            for xml in ("<old/>", "<new/>")
        ]
        kept = await forms.find(tx, "h")
    assert made == [True, False]
    assert kept is not None
    assert kept.xml == "<old/>"


async def test_an_interview_needs_a_published_form(database: Database) -> None:
    chat, _ = await begin(database)
    async with database.transaction() as tx:
        person_id, key = await people.create(tx, NOW)

    async def start() -> None:
        async with database.transaction() as tx:
            await interviews.start(
                tx,
                chat.id,
                person_id,
                key,
                form_hash="unknown",
                purpose="first",
                state="{}",
                now=NOW,
            )

    with pytest.raises(DatabaseRefused) as refused:
        await start()
    assert refused.value.statement == "interviews.add"


async def test_consents_keep_version_parts_and_withdrawal(database: Database) -> None:
    _, interview = await begin(database)
    async with database.transaction() as tx:
        await consents.give(tx, interview.person_id, "1", NOW, sensitive=False)
        await consents.give(tx, interview.person_id, "2", NOW + timedelta(days=1), sensitive=True)
        first, second = await consents.of_person(tx, interview.person_id)
    assert (first.version, first.given_at, first.sensitive_given_at) == ("1", NOW, None)
    assert second.sensitive_given_at == NOW + timedelta(days=1)
    assert second.withdrawn_at is None


async def test_attempts_are_counted_by_kind_subject_and_hour(database: Database) -> None:
    async with database.transaction() as tx:
        counts = [await attempts.count_up(tx, "code", "chat 1", NOW) for _ in range(3)]
        assert await attempts.count_up(tx, "code", "chat 2", NOW) == 1
        assert await attempts.count_up(tx, "number", "chat 1", NOW) == 1
        assert await attempts.count(tx, "code", "chat 1", NOW) == 3
        assert await attempts.count(tx, "code", "chat 1", NOW + timedelta(hours=1)) == 0
        await attempts.purge(tx, NOW + timedelta(hours=1))
        assert await attempts.count(tx, "code", "chat 1", NOW) == 0
    assert counts == [1, 2, 3]


async def test_tallies_add_up_by_day_and_reason(database: Database) -> None:
    today = date(2026, 11, 23)
    async with database.transaction() as tx:
        await tallies.add(tx, "out_of_range", "school", today)
        await tallies.add(tx, "out_of_range", "school", today, 2)
        await tallies.add(tx, "out_of_range", "young", today)
        counts = await tallies.of_kind(tx, "out_of_range")
    assert counts == {(today, "school"): 3, (today, "young"): 1}


async def test_the_audit_keeps_details_sealed_and_in_order(database: Database) -> None:
    async with database.transaction() as tx:
        await audits.write(tx, actor="system", action="one", scope="all", now=NOW, detail="旧值")
        await audits.write(
            tx, actor="system", action="two", scope="all", now=NOW + timedelta(seconds=1)
        )
        entries = await audits.since(tx, NOW)
    assert [(entry.action, entry.detail) for entry in entries] == [("one", "旧值"), ("two", "")]
