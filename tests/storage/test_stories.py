"""One person's whole story: each kind of row comes back opened, oldest first."""

from datetime import timedelta

from storage import audits, case_steps, cases, people, reports, reviews, staff, stories
from storage.database import Database
from storage.submissions import submit
from storage.vault import DataKey
from tests.storage.made_up import NOW, STATION, begin, id_number, submission

LATER = NOW + timedelta(hours=1)


async def _somebody(database: Database) -> str:
    _, interview = await begin(database)
    async with database.transaction() as tx:
        await submit(tx, interview, submission(1), NOW)
    return interview.person_id


async def _key(database: Database, person_id: str) -> DataKey:
    async with database.reading() as reading:
        key = await people.key_of(reading, person_id)
    assert key is not None
    return key


async def test_a_version_tells_who_reviewed_it_and_what_was_asked(database: Database) -> None:
    person_id = await _somebody(database)
    key = await _key(database, person_id)
    async with database.transaction() as tx:
        report = await reports.latest(tx, person_id, key)
        assert report is not None
        assert await reviews.judge(tx, report.id, "returned", "s1", LATER)
        await reviews.ask(
            tx,
            report,
            key,
            path="/data/name[1]",
            words="对吗？",
            by="s1",
            is_told=False,
            now=LATER,
        )
    async with database.reading() as reading:
        (version,) = await stories.versions(reading, person_id, key)
        (asked,) = await stories.queries(reading, person_id, key)
    assert version.report.answers["/data/id_number[1]"] == id_number(1)
    assert (version.reviewed_by, version.reviewed_at) == ("s1", LATER)
    assert (version.report.state, version.state_at) == ("returned", LATER)
    assert (asked.path, asked.words, asked.asked_by) == ("/data/name[1]", "对吗？", "s1")
    assert (asked.told_at, asked.answered_at) == (None, None)


async def test_open_and_closed_cases_come_with_what_was_tried(database: Database) -> None:
    person_id = await _somebody(database)
    async with database.transaction() as tx:
        ids = [
            await cases.open(tx, kind=kind, township_id=STATION, person_id=person_id, now=at)
            for kind, at in (("silent", NOW), ("returned", LATER))
        ]
        one = await cases.get(tx, ids[0])
        assert one is not None
        await case_steps.add(tx, one, by="staff:s1", outcome="note", note="过年回来", now=LATER)
        await cases.close(tx, ids[0], by="staff:s1", now=LATER)
    key = await _key(database, person_id)
    async with database.reading() as reading:
        worked = await stories.cases(reading, person_id, key)
        listed = await cases.listed_one(reading, ids[1])
        assert await cases.listed_one(reading, ids[0]) is None
    assert [(one.case.kind, one.case.closed_at) for one in worked] == [
        ("silent", LATER),
        ("returned", None),
    ]
    assert [step.note for step in worked[0].steps] == ["过年回来"]
    assert listed is not None
    assert listed.is_confirmed


async def test_batches_tell_what_the_platform_said_and_why_a_row_was_held_back(
    database: Database,
) -> None:
    person_id = await _somebody(database)
    key = await _key(database, person_id)
    async with database.transaction() as tx:
        report = await reports.latest(tx, person_id, key)
        assert report is not None
        await tx.run(
            "insert into batch (id, kind, who, reason, row_count, held_back, file_digest,"
            " created_at) values ('b', 'official', 'test', '', 1, 1, '', 0);"
        )
        await tx.run(
            "insert into batch_row (batch_id, part, line, key_id, digest, person_id, report_id,"
            f" outcome) values ('b', 2, 7, 'k', 'd', '{person_id}', '{report.id}', 'rejected');"
        )
        await tx.run(
            "insert into batch_held (batch_id, person_id, report_id, reasons, roles)"
            f" values ('b', '{person_id}', '{report.id}', 'missing,too_young', 'phone');"
        )
    async with database.reading() as reading:
        (sent,) = await stories.batches(reading, person_id, key)
        (held,) = await stories.held(reading, person_id)
    assert (sent.part, sent.line, sent.outcome, sent.words) == (2, 7, "rejected", "")
    assert (held.reasons, held.roles) == (("missing", "too_young"), ("phone",))


async def test_who_looked_comes_latest_first_with_whom_the_ids_stand_for(
    database: Database,
) -> None:
    person_id = await _somebody(database)
    async with database.transaction() as tx:
        mine, _ = await staff.invite(
            tx, role="station", scope_id=STATION, name="李站长", expires_at=NOW, now=NOW
        )
        for at, action in ((LATER, "person.see"), (LATER + timedelta(1), "person.see.refused")):
            await audits.write(
                tx, actor=f"staff:{mine}", action=action, scope=f"person:{person_id}", now=at
            )
    async with database.reading() as reading:
        looks = await stories.looks(reading, person_id)
        names = await stories.names(reading, [mine, "nobody"])
        (chat,) = await stories.chats(reading, person_id)
        assert await stories.draft(reading, person_id) is None
    assert [one.action for one in looks][:2] == ["person.see.refused", "person.see"]
    assert {key: one.name for key, one in names.items()} == {mine: "李站长"}
    assert (chat.channel, chat.relation, chat.is_blocked) == ("telegram", "0", False)


async def test_an_unfinished_interview_is_told(database: Database) -> None:
    _, interview = await begin(database)
    async with database.reading() as reading:
        draft = await stories.draft(reading, interview.person_id)
    assert draft is not None
    assert (draft.purpose, draft.is_paused, draft.entered_by) == ("first", False, "")
