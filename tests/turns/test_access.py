"""The one door, on a real database: every role, action and place, and the line each leaves."""

from datetime import date, timedelta
from itertools import product

import pytest

from bot.desk import Desk
from bot.staff.access import is_granted, scope_of, staff_of
from conversations.scope import Action
from storage import chats, deputies, staff, views
from storage.deputies import Deputy
from storage.staff import Role
from storage.transaction import Transaction
from tests.staff.matrix import ALLOWED, BESIDE, FAR, OWN, PLACES, REACHED, ROLES, SCOPES
from tests.transcripts.stage import Stage
from tests.turns.ladder import audit

DAY = timedelta(days=1)


async def _account(stage: Stage, tx: Transaction, role: Role, scope: str, address: str) -> str:
    """Return an account with a chat."""
    now = stage.clock()
    staff_id, code = await staff.invite(
        tx, role=role, scope_id=scope, name="", expires_at=now + DAY, now=now
    )
    chat, _ = await chats.load_turn(tx, "telegram", address, now)
    assert await staff.accept(tx, code, chat.id, now) is not None
    return staff_id


async def _desk(stage: Stage, tx: Transaction, address: str = "1") -> Desk:
    now = stage.clock()
    chat, interview = await chats.load_turn(tx, "telegram", address, now)
    return Desk(tx, stage.world, now, chat, interview)


@pytest.mark.parametrize("role", ROLES)
async def test_every_decision_is_that_of_the_table_and_leaves_its_line(
    stage: Stage, role: Role
) -> None:
    async with stage.database.transaction() as tx:
        staff_id = await _account(stage, tx, role, SCOPES[role], "1")
        desk = await _desk(stage, tx)
        who = await staff_of(desk)
        assert who is not None
        for action, place in product(Action, PLACES):
            granted = await is_granted(desk, who, action, place, f"place:{place}")
            assert granted == ((role, action) in ALLOWED and place in REACHED[role])
        assert not await is_granted(desk, who, Action.TALK, None, "chat:1")
    lines = [line for line in await audit(stage) if line.actor == f"staff:{staff_id}"]
    left = {(line.action, line.scope) for line in lines}
    for action, place in product(Action, PLACES):
        yes = (role, action) in ALLOWED and place in REACHED[role]
        assert ((str(action), f"place:{place}") in left) == yes
        assert ((f"{action}.refused", f"place:{place}") in left) == (not yes)
    assert ("talk.refused", "chat:1") in left


async def test_who_is_suspended_has_no_rights_left(stage: Stage) -> None:
    async with stage.database.transaction() as tx:
        staff_id = await _account(stage, tx, "station", OWN, "1")
        before = await _desk(stage, tx)
        await staff.suspend(tx, staff_id, stage.clock())
        # Neither by what was read before, nor by what is read now.
        assert await staff_of(before) is None
        assert await staff_of(await _desk(stage, tx)) is None


@pytest.mark.parametrize(
    ("first", "last", "stands_in"),
    [(0, 0, True), (-1, 1, True), (1, 2, False), (-2, -1, False)],
)
async def test_a_deputy_has_the_rights_on_these_days_only(
    stage: Stage, first: int, last: int, *, stands_in: bool
) -> None:
    today = stage.world.today(stage.clock())
    async with stage.database.transaction() as tx:
        absent = await _account(stage, tx, "station", FAR, "2")
        deputy = await _account(stage, tx, "station", OWN, "1")
        days = (today + first * DAY, today + last * DAY)
        await deputies.put(tx, Deputy(absent, deputy, *days), "test", stage.clock())
        desk = await _desk(stage, tx)
        who = await staff_of(desk)
        assert who is not None
        assert (FAR in scope_of(stage.world.places, who)) is stands_in
        assert await is_granted(desk, who, Action.ENTER, FAR, "person:1") is stands_in
        assert await is_granted(desk, who, Action.ENTER, OWN, "person:2")
        assert not await is_granted(desk, who, Action.ENTER, BESIDE, "person:3")
    details = {line.scope: line.detail for line in await audit(stage)}
    assert details["person:1"] == (f"for staff:{absent}" if stands_in else "")
    assert details["person:2"] == ""


async def test_the_day_of_a_deputy_is_the_local_one(stage: Stage) -> None:
    # Ten past midnight of the 25th in Shanxi is still the 24th in UTC.
    stage.clock.now = stage.clock.now.replace(hour=16, minute=10)
    async with stage.database.transaction() as tx:
        absent = await _account(stage, tx, "station", FAR, "2")
        deputy = await _account(stage, tx, "station", OWN, "1")
        day = date(2026, 11, 25)
        await deputies.put(tx, Deputy(absent, deputy, day, day), "test", stage.clock())
        who = await staff_of(await _desk(stage, tx))
        assert who is not None
        assert [one.staff_id for one in who.lent] == [absent]
        assert who.seen_on == ""
        again = await staff_of(await _desk(stage, tx))
    assert again is not None
    assert again.seen_on == "2026-11-25"


LOOKS = (Action.SEE_LIST, Action.SEE_MASKED, Action.SEE_PROGRESS, Action.SEE_VILLAGES)


async def test_whoever_looks_on_is_granted_nothing_but_looks(stage: Stage) -> None:
    async with stage.database.transaction() as tx:
        clerk = await _account(stage, tx, "station", OWN, "2")
        chief = await _account(stage, tx, "county", "k065", "1")
        desk = await _desk(stage, tx)
        await views.put(tx, desk.chat.id, clerk, stage.clock() + DAY)
        who = await staff_of(desk)
        assert who is not None
        assert (who.id, who.viewer_id) == (clerk, chief)
        for action, place in product(Action, PLACES):
            granted = await is_granted(desk, who, action, place, f"place:{place}")
            looks = action in LOOKS
            assert granted == (looks and place in REACHED["station"])
    lines = [line for line in await audit(stage) if line.scope.startswith("place:")]
    assert {line.actor for line in lines} == {f"staff:{chief}"}
    assert {line.detail for line in lines} == {f"viewing staff:{clerk}"}


async def test_lists_are_of_the_own_scope(stage: Stage) -> None:
    for role in ROLES:
        async with stage.database.transaction() as tx:
            await _account(stage, tx, role, SCOPES[role], "1")
            who = await staff_of(await _desk(stage, tx))
        assert who is not None
        found = scope_of(stage.world.places, who)
        listed = (role, "list.see") in ALLOWED
        for place in (OWN, BESIDE, "k065", "t0733", FAR):
            assert (place in found) == (listed and place in REACHED[role]), (role, place)
        assert len(set(found)) == len(tuple(found))
