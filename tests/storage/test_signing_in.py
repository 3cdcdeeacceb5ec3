"""Logins, sessions, one-time links and pages of the audit, on both engines."""

from datetime import UTC, datetime, timedelta

import pytest

from storage import audits, console_links, console_sessions, logins, staff
from storage.audits import Wanted
from storage.console_sessions import Lifetime
from storage.database import Database
from storage.errors import DatabaseRefused
from storage.logins import Login

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
LIFETIME = Lifetime(timedelta(minutes=30), timedelta(hours=12))


async def somebody(database: Database, scope_id: str = "k065") -> str:
    async with database.transaction() as tx:
        staff_id, _ = await staff.invite(
            tx, role="county", scope_id=scope_id, name="", expires_at=NOW, now=NOW
        )
    return staff_id


def login(staff_id: str, name: str = "县里", step: int = 5) -> Login:
    return Login(staff_id, name, "hash", "SECRET", step, NOW)


async def test_a_login_is_found_by_its_name_and_by_no_other(database: Database) -> None:
    staff_id = await somebody(database)
    async with database.transaction() as tx:
        await logins.put(tx, login(staff_id, "Jishan"))
        assert await logins.named(tx, " ＪＩＳＨＡＮ ") == login(staff_id, "Jishan")
        assert await logins.named(tx, "jishan2") is None
        assert await logins.with_login(tx, [staff_id, "other"]) == {staff_id}
        assert await logins.drop(tx, staff_id)
        assert await logins.of_staff(tx, staff_id) is None


async def test_a_name_belongs_to_one_account(database: Database) -> None:
    first, second = await somebody(database), await somebody(database)
    async with database.transaction() as tx:
        await logins.put(tx, login(first, "县里"))
        await logins.put(tx, login(first, "县里", 6))
    with pytest.raises(DatabaseRefused):
        async with database.transaction() as tx:
            await logins.put(tx, login(second, "县里"))


async def test_a_step_is_used_once_and_never_an_earlier_one(database: Database) -> None:
    staff_id = await somebody(database)
    async with database.transaction() as tx:
        await logins.put(tx, login(staff_id, step=5))
        used = [await logins.use_step(tx, staff_id, step) for step in (5, 7, 6, 7, 8)]
    assert used == [False, True, False, False, True]


async def test_failures_are_counted_by_name_until_forgiven(database: Database) -> None:
    async with database.transaction() as tx:
        for count in (1, 2):
            await logins.fail(tx, "谁", NOW, NOW)
            found = await logins.failures(tx, "谁")
            assert found is not None
            assert found.count == count
        await logins.purge_failures(tx, NOW)
        assert await logins.failures(tx, "谁") is not None
        await logins.purge_failures(tx, NOW + timedelta(seconds=1))
        assert await logins.failures(tx, "谁") is None


async def test_a_session_is_found_while_it_lasts(database: Database) -> None:
    staff_id = await somebody(database)
    async with database.transaction() as tx:
        token = await console_sessions.begin(tx, staff_id, "full", NOW, LIFETIME)
        for minutes, holds in ((29, True), (30, False)):
            at = NOW + timedelta(minutes=minutes)
            found = await console_sessions.find(tx, token, at, LIFETIME)
            assert (found is not None) == holds
        row = await console_sessions.find(tx, token, NOW, LIFETIME)
        assert row is not None
        for hour in range(1, 12):
            await console_sessions.touch(tx, row.digest, NOW + timedelta(hours=hour))
        late = NOW + timedelta(hours=12)
        await console_sessions.touch(tx, row.digest, late)
        assert await console_sessions.find(tx, token, late, LIFETIME) is None
        await console_sessions.purge(tx, late + timedelta(seconds=1))
        assert await console_sessions.of_staff(tx, staff_id, NOW, LIFETIME) == []


async def test_sessions_end_all_or_all_but_one(database: Database) -> None:
    staff_id = await somebody(database)
    async with database.transaction() as tx:
        tokens = [
            await console_sessions.begin(tx, staff_id, "link", NOW, LIFETIME) for _ in range(3)
        ]
        kept = await console_sessions.find(tx, tokens[1], NOW, LIFETIME)
        assert kept is not None
        await console_sessions.end_of_staff(tx, staff_id, but=kept.digest)
        assert await console_sessions.of_staff(tx, staff_id, NOW, LIFETIME) == [kept]
        await console_sessions.end_of_staff(tx, staff_id)
        assert await console_sessions.of_staff(tx, staff_id, NOW, LIFETIME) == []


async def test_a_link_is_used_once_and_the_newest_counts(database: Database) -> None:
    staff_id, minutes = await somebody(database), timedelta(minutes=10)
    async with database.transaction() as tx:
        first = await console_links.issue(tx, staff_id, "lists", NOW, minutes)
        other = await console_links.issue(tx, staff_id, "setup", NOW, minutes)
        second = await console_links.issue(tx, staff_id, "lists", NOW, minutes)
        assert await console_links.find(tx, first, NOW) is None
        assert await console_links.find(tx, other, NOW) is not None
        assert await console_links.use(tx, second, NOW + minutes) is None
        assert await console_links.use(tx, second, NOW) is not None
        assert await console_links.use(tx, second, NOW) is None
        await console_links.drop_of_staff(tx, staff_id)
        assert await console_links.find(tx, other, NOW) is None


async def test_a_page_of_the_audit_holds_what_concerns_the_places(database: Database) -> None:
    here, far = await somebody(database, "k065"), await somebody(database, "k001")
    lines = [
        (f"staff:{here}", "a", "console"),
        (f"staff:{far}", "b", f"staff:{here}"),
        ("command:root", "c.refused", "place:k065"),
        (f"staff:{far}", "d", "place:k001"),
    ]
    async with database.transaction() as tx:
        for number, (actor, action, scope) in enumerate(lines):
            at = NOW + timedelta(seconds=number)
            await audits.write(tx, actor=actor, action=action, scope=scope, now=at)
        until = NOW + timedelta(days=1)
        all_of_it = Wanted(NOW, until)
        county = Wanted(NOW, until, places=("k065",), abouts=("place:k065",))
        found = [
            "".join(one.action[0] for one in await audits.page(tx, wanted, 10))
            for wanted in (
                all_of_it,
                county,
                Wanted(NOW, until, actor=f"staff:{far}"),
                Wanted(NOW, until, action="c"),
                Wanted(NOW, until, scope="place:k001"),
                Wanted(NOW, NOW + timedelta(seconds=1)),
            )
        ]
        assert found == ["dcba", "cba", "db", "c", "d", "a"]
        first = await audits.page(tx, all_of_it, 2)
        rest = await audits.page(tx, all_of_it, 2, (first[-1].at, first[-1].id))
        assert [one.action[0] for one in (*first, *rest)] == ["d", "c", "b", "a"]
