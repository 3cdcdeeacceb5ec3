"""Whoever subscribes is sent the bulletin: on their day, once, never at night, only theirs."""

from datetime import UTC, datetime

import pytest

from bot.channel import Address
from bot.progress.sending import send_due
from bot.telegram.outcomes import Delivery, RetryAt, Sent, Unknown
from storage import chats, staff, subscriptions
from storage.staff import Role
from storage.subscriptions import Subscription
from tests.transcripts.stage import Stage

# A Monday, nine in the morning and a bit.
MONDAY = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)


class Post:
    """Takes pictures, or says what it was told to say."""

    def __init__(self, answer: Delivery) -> None:
        self.answer = answer
        self.taken: list[tuple[str, str]] = []

    async def send(self, address: Address, picture: bytes, caption: str) -> Delivery:
        assert picture.startswith(b"\x89PNG")
        self.taken.append((address.address, caption))
        return self.answer


async def subscriber(stage: Stage, scope_id: str, role: Role = "county", chat: str = "7") -> str:
    now = stage.clock()
    async with stage.database.transaction() as tx:
        staff_id, code = await staff.invite(
            tx, role=role, scope_id=scope_id, name="", expires_at=now.replace(year=2030), now=now
        )
        own, _ = await chats.load_turn(tx, "telegram", chat, now)
        await staff.accept(tx, code, own.id, now)
        await subscriptions.put(tx, Subscription(staff_id, scope_id, 0, 9), now)
    return staff_id


async def test_it_comes_once_on_the_day_that_was_chosen(stage: Stage) -> None:
    stage.clock.now = MONDAY.replace(hour=0)
    await subscriber(stage, "k065")
    post = Post(Sent(3))
    counts = []
    for hour, day in ((0, 23), (1, 23), (2, 23), (1, 24), (1, 30)):
        stage.clock.now = MONDAY.replace(hour=hour, day=day)
        counts.append(await send_due(stage.database, stage.world, post.send))
    assert counts == [0, 1, 0, 0, 1]
    assert {address for address, _ in post.taken} == {"7"}
    assert "稷山县" in post.taken[0][1]


@pytest.mark.parametrize(("answer", "again"), [(Unknown(), 0), (RetryAt(MONDAY), 1)])
async def test_what_may_have_come_never_comes_again(
    stage: Stage, answer: Delivery, again: int
) -> None:
    stage.clock.now = MONDAY
    await subscriber(stage, "k065")
    await send_due(stage.database, stage.world, Post(answer).send)
    later = Post(Sent(4))
    assert await send_due(stage.database, stage.world, later.send) == again
    assert len(later.taken) == again


async def test_nobody_gets_what_is_not_theirs_any_more(stage: Stage) -> None:
    stage.clock.now = MONDAY
    suspended = await subscriber(stage, "k065")
    nosy = await subscriber(stage, "k066", chat="8")
    async with stage.database.transaction() as tx:
        await staff.suspend(tx, suspended, stage.clock())
        await subscriptions.drop(tx, nosy, "k066")
        await subscriptions.put(tx, Subscription(nosy, "k065", 0, 9), stage.clock())
    post = Post(Sent(5))
    assert await send_due(stage.database, stage.world, post.send) == 0
    assert post.taken == []


async def test_nobody_is_woken_at_night(stage: Stage) -> None:
    stage.clock.now = MONDAY
    await subscriber(stage, "k065")
    post = Post(Sent(6))
    stage.clock.now = MONDAY.replace(hour=15)
    assert await send_due(stage.database, stage.world, post.send) == 0
    assert post.taken == []
