"""Submitting: one transaction leaves a report with all that goes with it, or nothing."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from storage import (
    cases,
    chats,
    consents,
    identities,
    people,
    projections,
    reminders,
    reports,
    return_codes,
    transfers,
)
from storage.database import Database
from storage.errors import StaleRevision
from storage.people import Due
from storage.submissions import submit
from tests.storage.made_up import COUNTY, NOW, STATION, begin, id_number, report, submission


async def test_a_submitted_interview_leaves_a_whole_record(database: Database) -> None:
    chat, interview = await begin(database)
    async with database.transaction() as tx:
        receipt = await submit(tx, interview, submission(), NOW)
    async with database.reading() as reading:
        person = await people.get(reading, receipt.person_id)
        kept = await reports.latest(reading, receipt.person_id, interview.key)
        projection = await projections.get(reading, receipt.person_id)
        planned = await reminders.of_person(reading, receipt.person_id)
        owner = await identities.find(reading, id_number(1))
        returned = await return_codes.find(reading, receipt.return_code.lower())
        looked = await chats.look(reading, "telegram", "42")
        relation = await chats.relation_to(reading, chat.id, receipt.person_id)
    assert person is not None
    assert (person.county_id, person.township_id) == (COUNTY, STATION)
    assert person.due == Due(date(2027, 11, 23), 42)
    assert kept == receipt.report
    assert projection == submission().projection
    assert [one.id for one in planned] == [f"yearly:{receipt.person_id}:2027:1"]
    assert planned[0].chat_id == chat.id
    assert owner == returned == receipt.person_id == interview.person_id
    assert looked is not None
    assert looked[1] is None
    assert relation == "0"


async def test_who_moved_is_looked_after_by_the_new_station(database: Database) -> None:
    receipt = await report(database)
    opened = {}
    async with database.transaction() as tx:
        for kind in ("voice", "not_me", "human"):
            opened[kind] = await cases.open(
                tx, kind=kind, township_id=STATION, person_id=receipt.person_id, now=NOW
            )
    _, interview = await begin(database)
    there = submission()
    moved = replace(there, projection=replace(there.projection, township_id="township-0008"))
    async with database.transaction() as tx:
        await submit(tx, interview, moved, NOW + timedelta(days=1))
    async with database.reading() as reading:
        here = {case.id for case in await cases.of_station(reading, STATION)}
        elsewhere = {case.id for case in await cases.of_station(reading, "township-0008")}
    # Whom somebody asked for, they asked for.
    assert here == {opened["human"]}
    assert elsewhere == {opened["voice"], opened["not_me"]}


async def test_a_stale_submission_leaves_nothing(database: Database) -> None:
    _, interview = await begin(database)
    with pytest.raises(StaleRevision):
        async with database.transaction() as tx:
            await submit(tx, replace(interview, revision=9), submission(), NOW)
    async with database.reading() as reading:
        assert await identities.find(reading, id_number(1)) is None
        assert await reports.latest(reading, interview.person_id, interview.key) is None


async def test_a_number_of_another_chat_opens_a_case_and_changes_nothing(
    database: Database,
) -> None:
    first = await report(database, 1, address="42")
    second = await report(database, 1, address="99")
    assert second.person_id != first.person_id
    assert len(second.return_code) == len(first.return_code)
    async with database.reading() as reading:
        assert await identities.find(reading, id_number(1)) == first.person_id
        cases = await transfers.of_station(reading, STATION)
        mine = await projections.get(reading, first.person_id)
        theirs = await projections.get(reading, second.person_id)
        assert await transfers.is_open(reading, second.person_id)
        assert not await transfers.is_open(reading, first.person_id)
        assert await return_codes.find(reading, first.return_code) == first.person_id
    assert [(case.person_id, case.known_person_id) for case in cases] == [
        (second.person_id, first.person_id)
    ]
    assert mine is not None
    assert theirs is not None
    assert (mine.in_export, theirs.in_export) == (True, False)


async def test_the_same_chat_reports_the_same_person_again_as_a_new_version(
    database: Database,
) -> None:
    first = await report(database, 1)
    chat, interview = await begin(database)
    async with database.transaction() as tx:
        await consents.give(tx, interview.person_id, "2", NOW, sensitive=True)
        second = await submit(tx, interview, submission(1), NOW)
    assert (second.person_id, second.report.version) == (first.person_id, 2)
    async with database.reading() as reading:
        assert await people.get(reading, interview.person_id) is None
        assert [person.id for person in await people.of_chat(reading, chat.id)] == [
            first.person_id
        ]
        assert [one.version for one in await consents.of_person(reading, first.person_id)] == ["2"]


async def test_a_yearly_update_keeps_the_old_report_and_answers_the_reminder(
    database: Database,
) -> None:
    first = await report(database, 1)
    next_year = NOW + timedelta(days=365)
    _, interview = await begin(database, purpose="update")
    async with database.transaction() as tx:
        second = await submit(
            tx, interview, submission(1, cycle=2027, answers={"/data/new[1]": "1"}), next_year
        )
    async with database.reading() as reading:
        key = await people.key_of(reading, first.person_id)
        assert key is not None
        versions = await reports.of_person(reading, first.person_id, key)
        rows = await reminders.of_person(reading, first.person_id)
        current = await projections.get(reading, first.person_id)
    assert versions == [first.report, second.report]
    assert [(row.cycle, row.state) for row in rows] == [(2027, "answered"), (2028, "planned")]
    assert current is not None
    assert current.cycle == 2027


async def test_a_corrected_number_takes_the_place_of_the_wrong_one(database: Database) -> None:
    wrong = await report(database, 1)
    async with database.transaction() as tx:
        assert await identities.claim(tx, id_number(2), wrong.person_id) == wrong.person_id
        assert await identities.find(tx, id_number(1)) is None
        assert await identities.find(tx, id_number(2).lower()) == wrong.person_id


async def test_a_new_return_code_replaces_the_old_one(database: Database) -> None:
    receipt = await report(database)
    async with database.transaction() as tx:
        code = await return_codes.issue(tx, receipt.person_id, NOW)
        assert await return_codes.find(tx, receipt.return_code) is None
        assert await return_codes.find(tx, f" {code[:5]}-{code[5:]} ") == receipt.person_id
        assert await return_codes.find(tx, "short") is None
