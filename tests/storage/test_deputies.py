"""Deputies and views: on their days, and until their time."""

from datetime import timedelta

from conversations.scope import Mandate
from storage import audits, chats, deputies, people, staff, views
from storage.database import Database
from storage.deputies import Deputy
from storage.scope import Scope
from storage.transaction import Transaction
from tests.storage.made_up import NOW, STATION

DAY = timedelta(days=1)
TODAY = NOW.date()


async def _account(tx: Transaction, address: str, scope: str = STATION) -> str:
    """Return an account with a device."""
    staff_id, code = await staff.invite(
        tx, role="station", scope_id=scope, name="", expires_at=NOW + DAY, now=NOW
    )
    chat, _ = await chats.load_turn(tx, "telegram", address, NOW)
    assert await staff.accept(tx, code, chat.id, NOW) is not None
    return staff_id


async def test_a_deputy_stands_in_from_the_first_to_the_last_day(database: Database) -> None:
    async with database.transaction() as tx:
        absent, deputy = await _account(tx, "1"), await _account(tx, "2", "elsewhere")
        agreed = Deputy(absent, deputy, TODAY, TODAY + DAY)
        await deputies.put(tx, agreed, "test", NOW)
        lent = (Mandate(absent, "station", STATION),)
        days = (TODAY - DAY, TODAY, TODAY + DAY, TODAY + 2 * DAY)
        found = [await deputies.lent_to(tx, deputy, day) for day in days]
        assert found == [(), lent, lent, ()]
        assert await deputies.of_staff(tx, absent, TODAY) == [agreed]
        assert await deputies.of_staff(tx, absent, TODAY + 2 * DAY) == []
        for day, who in ((TODAY, {absent, deputy}), (TODAY + 2 * DAY, {absent})):
            near = await staff.reachable(tx, [STATION], day)
            assert {one.staff_id for one in near} == who
        assert await deputies.drop(tx, absent, deputy)
        assert not await deputies.drop(tx, absent, deputy)
        assert await deputies.lent_to(tx, deputy, TODAY) == ()


async def test_whoever_works_there_and_stands_in_there_is_told_once(database: Database) -> None:
    async with database.transaction() as tx:
        absent, deputy = await _account(tx, "1"), await _account(tx, "2")
        await deputies.put(tx, Deputy(absent, deputy, TODAY, TODAY), "test", NOW)
        near = await staff.reachable(tx, [STATION], TODAY)
    assert sorted(one.staff_id for one in near) == sorted((absent, deputy))


async def test_a_suspended_account_lends_nothing(database: Database) -> None:
    async with database.transaction() as tx:
        absent, deputy = await _account(tx, "1"), await _account(tx, "2", "elsewhere")
        await deputies.put(tx, Deputy(absent, deputy, TODAY, TODAY), "test", NOW)
        await staff.suspend(tx, absent, NOW)
        assert await deputies.lent_to(tx, deputy, TODAY) == ()
        assert await staff.reachable(tx, [STATION], TODAY) == []


async def test_a_view_ends_by_itself_and_with_either_account(database: Database) -> None:
    async with database.transaction() as tx:
        clerk, chief = await _account(tx, "1"), await _account(tx, "2", "county")
        (device,) = await staff.devices(tx, chief)
        for stopped in (clerk, chief):
            await views.put(tx, device.chat_id, clerk, NOW + DAY)
            found = await views.get(tx, device.chat_id, NOW)
            assert found is not None
            assert found.staff_id == clerk
            assert await views.get(tx, device.chat_id, NOW + DAY) is None
            await staff.suspend(tx, stopped, NOW)
            assert await views.get(tx, device.chat_id, NOW) is None


async def test_devices_are_added_dropped_and_lost_with_the_account(database: Database) -> None:
    async with database.transaction() as tx:
        account = await _account(tx, "1")
        old = await staff.code_for(tx, account, NOW + DAY, NOW)
        code = await staff.code_for(tx, account, NOW + DAY, NOW)
        chat, _ = await chats.load_turn(tx, "telegram", "2", NOW)
        assert await staff.accept(tx, old, chat.id, NOW) is None
        assert await staff.accept(tx, code, chat.id, NOW + DAY / 2) is not None
        first, second = await staff.devices(tx, account)
        assert (first.since, second.since) == (NOW, NOW + DAY / 2)
        assert await staff.drop_device(tx, account, first.chat_id)
        assert not await staff.drop_device(tx, account, first.chat_id)
        assert await staff.devices(tx, account) == [second]
        await staff.suspend(tx, account, NOW)
        assert await staff.devices(tx, account) == []


async def test_who_comes_back_needs_a_new_code(database: Database) -> None:
    async with database.transaction() as tx:
        account = await _account(tx, "1")
        assert not await staff.resume(tx, account)
        await staff.suspend(tx, account, NOW)
        assert await staff.resume(tx, account)
        found = await staff.get(tx, account)
        assert found is not None
        assert (found.state, found.suspended_at) == ("invited", None)
        assert await staff.reachable(tx, [STATION], TODAY) == []


async def test_only_those_who_talk_to_workers_are_called(database: Database) -> None:
    async with database.transaction() as tx:
        for role in ("city", "province", "operator", "auditor"):
            _, code = await staff.invite(
                tx, role=role, scope_id=STATION, name="", expires_at=NOW + DAY, now=NOW
            )
            chat, _ = await chats.load_turn(tx, "telegram", role, NOW)
            await staff.accept(tx, code, chat.id, NOW)
        assert await staff.reachable(tx, [STATION], TODAY) == []
        assert not await staff.is_any_reachable(tx)


async def test_people_are_named_within_a_scope_only(database: Database) -> None:
    async with database.transaction() as tx:
        person_id, _ = await people.create(tx, NOW)
        await people.place(
            tx,
            person_id,
            township_id="t1",
            county_id="k1",
            birth_year=1980,
            sex="1",
            due=None,
            now=NOW,
        )
        tag = person_id[-12:]
        (found,) = await people.named(tx, Scope(("t1",)), tag)
        assert found.id == person_id
        for scope, other in (
            (Scope(("k1", "t2")), tag),
            (Scope(()), tag),
            (Scope(("t1",)), "_" * 12),
        ):
            assert await people.named(tx, scope, other) == []
        await people.erase(tx, person_id, "test", NOW)
        assert await people.named(tx, Scope(("t1",)), tag) == []
        assert [line.action for line in await audits.since(tx, NOW)] == ["erase"]
