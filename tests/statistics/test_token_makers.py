"""A token of a staff member's ends with what they may do."""

from datetime import timedelta

from bot.desk import Office
from bot.staff.access import active
from bot.staff.accounts import resume_in, suspend
from bot.statistics.tokens import State, made, state_of
from storage import api_tokens, deputies, staff
from storage.api_tokens import Made
from storage.database import Database
from storage.deputies import Deputy
from tests.statistics.caller import Caller, calling
from tests.statistics.crowd import NOW

COUNTY, OTHER_COUNTY = "k065", "k001"
DAY = timedelta(days=1)
LATER = NOW + timedelta(minutes=5)
BY = "command:tests"


async def account(database: Database, scope_id: str = COUNTY) -> str:
    """Make somebody of a county; return the account's id."""
    async with database.transaction() as tx:
        staff_id, _ = await staff.invite(
            tx, role="county", scope_id=scope_id, name="", expires_at=NOW + DAY, now=NOW
        )
        await staff.activate(tx, staff_id)
    return staff_id


async def made_by(caller: Caller, staff_id: str, place_id: str = COUNTY) -> Made:
    """Let somebody make a token for a place."""
    async with caller.database.transaction() as tx:
        who = await active(tx, staff_id, caller.world.today(NOW))
        assert who is not None
        token = await made(Office(tx, caller.world, NOW), who, place_id, "就业平台", 30)
    assert token is not None
    return token


async def opens(caller: Caller, token: Made) -> bool:
    """Tell whether the interface answers to a token."""
    answer = await caller.get("/tables", Authorization=f"Bearer {token.secret}")
    assert answer.status_code in {200, 401}
    return answer.status_code == 200


async def states(caller: Caller, days: int = 0) -> dict[str, State]:
    """Return in which state each token is, today or so many days later."""
    now = LATER + days * DAY
    async with caller.database.reading() as reading:
        return {
            one.id: await state_of(reading, caller.world, one, now)
            for one in await api_tokens.everywhere(reading)
        }


async def test_a_token_ends_with_its_maker_and_stays_ended(database: Database) -> None:
    async with calling(database, people=5) as caller:
        maker, other = await account(database), await account(database)
        ends, stays = await made_by(caller, maker), await made_by(caller, other)
        assert await opens(caller, ends)
        assert await suspend(database, caller.world, maker, BY, LATER)
        expected = {ends.id: "maker_stopped", stays.id: "good", caller.token_id: "good"}
        assert await states(caller) == expected
        assert (await opens(caller, ends), await opens(caller, stays)) == (False, True)
        async with database.transaction() as tx:
            assert await resume_in(tx, maker, DAY, BY, LATER)
            await staff.activate(tx, maker)
        assert await states(caller) == expected
        assert not await opens(caller, ends)
        assert await opens(caller, await made_by(caller, maker))


async def test_a_token_that_a_suspension_missed_opens_nothing(database: Database) -> None:
    async with calling(database, people=5) as caller:
        maker = await account(database)
        token = await made_by(caller, maker)
        async with database.transaction() as tx:
            await staff.suspend(tx, maker, LATER)
        assert not await opens(caller, token)
        assert (await states(caller))[token.id] == "maker_stopped"
        async with database.transaction() as tx:
            assert await resume_in(tx, maker, DAY, BY, LATER)
            await staff.activate(tx, maker)
        assert not await opens(caller, token)
        assert (await states(caller))[token.id] == "maker_stopped"


async def test_what_was_revoked_or_expired_before_says_so_after_a_suspension(
    database: Database,
) -> None:
    async with calling(database, people=5) as caller:
        maker = await account(database)
        revoked, expired = await made_by(caller, maker), await made_by(caller, maker)
        async with database.transaction() as tx:
            await api_tokens.revoke(tx, revoked.id, NOW)
        assert await suspend(database, caller.world, maker, BY, NOW + 40 * DAY)
        found = await states(caller, days=40)
    assert (found[revoked.id], found[expired.id]) == ("revoked", "expired")


async def test_a_token_of_a_deputy_opens_nothing_when_they_are_none(database: Database) -> None:
    async with calling(database, people=5) as caller:
        absent, deputy = await account(database), await account(database, OTHER_COUNTY)
        today = caller.world.today(NOW)
        async with database.transaction() as tx:
            await deputies.put(tx, Deputy(absent, deputy, today, today), BY, NOW)
        token = await made_by(caller, deputy)
        own = await made_by(caller, deputy, OTHER_COUNTY)
        assert await opens(caller, token)
        found = await states(caller, days=1)
        assert (found[token.id], found[own.id]) == ("maker_left", "good")
        async with database.transaction() as tx:
            assert await deputies.drop(tx, absent, deputy)
        assert (await opens(caller, token), await opens(caller, own)) == (False, True)
