"""Finding people of a county: whoever is meant, nobody else's, page by page; kept filters."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from conversations.followups import Filter
from conversations.searching import Search
from storage import finding, people, reports, roster, saved_filters, staff
from storage.database import Database
from storage.followups import Moments
from storage.projections import Projection
from storage.roster import Entry
from storage.saved_filters import SavedFilter
from storage.scope import Scope
from storage.submissions import submit
from tests.storage.made_up import COUNTY, NOW, STATION, begin, id_number, submission

OTHER = "township-0008"
ALL = Scope((COUNTY, STATION, OTHER))
# Of somebody born in 1985 who wants training in two trades.
CONDITIONS = [
    (Search(stage="submitted"), True),
    (Search(stage="verified"), False),
    (Search(cycle=2026), True),
    (Search(cycle=2025), False),
    (Search(standing="active"), True),
    (Search(standing="out_of_range"), False),
    (Search(exported="yes"), False),
    (Search(is_held=True), False),
    (Search(filter=Filter(training="1")), True),
    (Search(filter=Filter(trade="20")), True),
    (Search(filter=Filter(trade="2")), False),
    (Search(filter=Filter(sex="1", status="1")), True),
    (Search(filter=Filter(sex="2", status="1")), False),
    (Search(filter=Filter(age_from=40)), True),
    (Search(filter=Filter(age_from=42)), False),
    (Search(filter=Filter(unconfirmed=True)), False),
]
MOMENTS = Moments(date(2026, 11, 23), None, None, NOW - timedelta(days=14), NOW)


async def _report(database: Database, serial: int, **columns: object) -> str:
    """Let somebody report; return their id."""
    _, interview = await begin(database, str(serial))
    told = {"cycle": 2026, "county_id": COUNTY, "township_id": STATION, "birth_year": 1985}
    projection = Projection(**{**told, "sex": "1", **columns})  # type: ignore[arg-type]
    async with database.transaction() as tx:
        wanted = replace(submission(serial), projection=projection)
        await submit(tx, interview, wanted, NOW)
    return interview.person_id


async def _listed(database: Database, serial: int, township_id: str = STATION) -> str:
    """Put somebody on the roster; return their id."""
    entry = Entry(id_number(serial), "", {"name": f"李{serial}"}, township_id, COUNTY, 1990, "2")
    async with database.transaction() as tx:
        person_id, _ = await roster.add(tx, entry, NOW)
    return person_id


async def _found(
    database: Database, search: Search, scope: Scope = ALL, *, after: str = "", most: int = 50
) -> tuple[list[str], int]:
    async with database.reading() as reading:
        return await finding.page(reading, scope, COUNTY, search, MOMENTS, after=after, most=most)


async def test_whoever_is_only_on_the_roster_is_found_too(database: Database) -> None:
    reported, listed = await _report(database, 1), await _listed(database, 2)
    ids, total = await _found(database, Search())
    assert (set(ids), total) == ({reported, listed}, 2)
    assert await _found(database, Search(filter=Filter(not_started=True))) == ([listed], 1)


async def test_all_that_is_asked_holds(database: Database) -> None:
    person_id = await _report(
        database, 1, employment_status="1", training_intent="1", training_trade="02 20"
    )
    for search, fits in CONDITIONS:
        found = await _found(database, search)
        assert found == (([person_id], 1) if fits else ([], 0)), search


async def test_nobody_of_another_place_or_county_is_found(database: Database) -> None:
    own, beside = await _report(database, 1), await _report(database, 2, township_id=OTHER)
    await _report(database, 3, county_id="county-2", township_id="township-9")
    unplaced = await _report(database, 4, township_id=None)
    for search in (Search(), Search(stage="submitted")):
        assert await _found(database, search, Scope((STATION,))) == ([own], 1)
        assert set((await _found(database, search, Scope((STATION, COUNTY))))[0]) == {
            own,
            unplaced,
        }
        assert set((await _found(database, search))[0]) == {own, beside, unplaced}
        assert await _found(database, search, Scope(())) == ([], 0)


async def test_an_entry_that_somebody_elses_report_answered_is_that_somebody(
    database: Database,
) -> None:
    await _listed(database, 1)
    reported = await _report(database, 1)
    for search in (Search(), Search(standing="active")):
        assert await _found(database, search) == ([reported], 1)


async def test_pages_follow_each_other_without_a_gap(database: Database) -> None:
    everybody = sorted([await _listed(database, serial) for serial in range(1, 6)])
    for search in (Search(), Search(standing="active")):
        seen: list[str] = []
        while page := (await _found(database, search, after=seen[-1] if seen else "", most=2)):
            if not page[0]:
                break
            assert page[1] == 5
            seen += page[0]
        assert seen == everybody


async def test_what_was_exported_and_what_was_held_back_is_found(database: Database) -> None:
    person_id, other = await _report(database, 1), await _report(database, 2)
    async with database.transaction() as tx:
        ids = {}
        for one in (person_id, other):
            key = await people.key_of(tx, one)
            assert key is not None
            report = await reports.latest(tx, one, key)
            assert report is not None
            ids[one] = report.id
        await tx.run(
            "insert into batch (id, kind, who, reason, row_count, held_back, file_digest,"
            " created_at) values ('b', 'official', 'test', '', 1, 1, '', 0);"
        )
        await tx.run(
            "insert into batch_row (batch_id, part, line, key_id, digest, person_id, report_id)"
            f" values ('b', 1, 1, 'k', 'd', '{person_id}', '{ids[person_id]}');"
        )
        await tx.run(
            "insert into batch_held (batch_id, person_id, report_id, reasons, roles)"
            f" values ('b', '{other}', '{ids[other]}', 'missing', 'phone');"
        )
    assert await _found(database, Search(exported="yes")) == ([person_id], 1)
    assert await _found(database, Search(exported="no")) == ([other], 1)
    assert await _found(database, Search(is_held=True)) == ([other], 1)


async def test_what_is_shown_of_each_is_opened(database: Database) -> None:
    reported, listed = await _report(database, 1), await _listed(database, 2)
    async with database.reading() as reading:
        found = await finding.shown(reading, sorted((reported, listed)))
    by_id = {one.person_id: one for one in found}
    assert by_id[reported].answers["/data/name[1]"] == "王1"
    assert (by_id[reported].stage, by_id[reported].cycle) == ("submitted", 2026)
    assert by_id[listed].answers["name"] == "李2"
    assert (by_id[listed].stage, by_id[listed].form_hash) == (None, "")


async def test_a_kept_filter_is_its_accounts_alone_and_goes_when_nobody_named_it(
    database: Database,
) -> None:
    now = datetime(2026, 11, 23, tzinfo=UTC)
    async with database.transaction() as tx:
        mine, _ = await staff.invite(
            tx, role="station", scope_id=STATION, name="", expires_at=now, now=now
        )
        used = await saved_filters.add(tx, mine, '{"name": "王"}', now)
        named = await saved_filters.add(tx, mine, "{}", now)
        mine_now = SavedFilter(named, "我的", '{"at": "t1"}')
        assert await saved_filters.name_it(tx, mine_now, mine)
        assert not await saved_filters.name_it(tx, SavedFilter(named, "他的", "{}"), "another")
        found = await saved_filters.get(tx, used, mine)
        assert found is not None
        assert found.filter == '{"name": "王"}'
        assert await saved_filters.get(tx, used, "another") is None
        assert not await saved_filters.drop(tx, used, "another")
        await saved_filters.purge(tx, now + timedelta(days=1))
        assert await saved_filters.get(tx, used, mine) is None
        assert await saved_filters.of_staff(tx, mine) == [mine_now]
        assert await saved_filters.drop(tx, named, mine)
