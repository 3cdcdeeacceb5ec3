"""Staff accounts: in by a code that works once, out at once."""

from datetime import datetime, timedelta

from storage import chats, staff
from storage.database import Database
from tests.storage.made_up import NOW, STATION

DAY = timedelta(days=1)
TODAY = NOW.date()


async def _invite(database: Database, name: str = "") -> tuple[str, str]:
    async with database.transaction() as tx:
        return await staff.invite(
            tx, role="station", scope_id=STATION, name=name, expires_at=NOW + DAY, now=NOW
        )


async def _accept(
    database: Database, code: str, address: str = "1", now: datetime = NOW
) -> staff.Staff | None:
    async with database.transaction() as tx:
        chat, _ = await chats.load_turn(tx, "telegram", address, NOW)
        return await staff.accept(tx, code, chat.id, now)


async def test_a_code_lets_one_chat_in_once(database: Database) -> None:
    staff_id, code = await _invite(database, "赵站长")
    async with database.reading() as reading:
        assert not await staff.is_any_reachable(reading)
    joined = await _accept(database, f"{code[:5]}-{code[5:].lower()}")
    assert joined is not None
    assert (joined.id, joined.state, joined.name) == (staff_id, "active", "赵站长")
    assert await _accept(database, code, "2") is None
    async with database.reading() as reading:
        (chat,) = await staff.reachable(reading, ["elsewhere", STATION], TODAY)
        assert chat.staff_id == staff_id
        assert await staff.is_any_reachable(reading)
        look = await chats.look(reading, "telegram", "1")
    assert look is not None
    assert look[0].staff_id == staff_id


async def test_a_code_does_not_work_for_ever(database: Database) -> None:
    _, code = await _invite(database)
    assert await _accept(database, code, now=NOW + DAY) is None
    assert await _accept(database, "2222222222") is None


async def test_who_is_suspended_is_not_reached_and_not_let_in_again(database: Database) -> None:
    staff_id, code = await _invite(database)
    assert await _accept(database, code) is not None
    async with database.transaction() as tx:
        assert await staff.suspend(tx, staff_id, NOW)
        assert not await staff.suspend(tx, staff_id, NOW)
        assert await staff.reachable(tx, [STATION], TODAY) == []
        (found,) = await staff.everybody(tx)
    assert (found.state, found.suspended_at) == ("suspended", NOW)
    assert await _accept(database, code, "2") is None


async def test_blocked_chats_of_staff_are_left_out(database: Database) -> None:
    _, code = await _invite(database)
    await _accept(database, code)
    async with database.transaction() as tx:
        (chat,) = await staff.reachable(tx, [STATION], TODAY)
        await chats.set_blocked(tx, chat.chat_id, NOW)
        assert await staff.reachable(tx, [STATION], TODAY) == []
