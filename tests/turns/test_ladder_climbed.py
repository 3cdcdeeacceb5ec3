"""A year's ladder in real chats: invitation, nudge, other words, a call; never too often."""

import asyncio
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.channel import Address
from bot.messages import Message
from bot.reminding.sender import Reminding
from bot.telegram.outcomes import Blocked, Delivery, Failed, RetryAt, Sent
from storage import cases, outbox, staff, switches
from storage import people as store
from storage.cases import Case
from tests.forms import people
from tests.identities import identity
from tests.storage import made_up
from tests.transcripts.stage import Stage
from tests.turns.chat import Chat
from tests.turns.station import TOWNSHIP
from tests.turns.tables import tables

NOON = datetime(2027, 11, 25, 4, tzinfo=UTC)
LATER = {**people.FARMING, "training_date": "2028-05", "monthly_income": "1800"}


class Post:
    """In the place of the channel: keeps what was sent to whom, and answers as it is told."""

    def __init__(self, *outcomes: Delivery) -> None:
        self.sent: list[tuple[str, Message]] = []
        self.outcomes = list(outcomes)

    async def __call__(self, address: Address, message: Message) -> Delivery:
        self.sent.append((address.address, message))
        await asyncio.sleep(0)
        return self.outcomes.pop(0) if self.outcomes else Sent()


def sender(stage: Stage, post: Post) -> Reminding:
    return Reminding(stage.database, stage.world, post, per_second=5000)


async def days_go_by(stage: Stage, post: Post, days: int) -> Counter[str]:
    """Let days go by with a round each noon."""
    counts: Counter[str] = Counter()
    for _ in range(days):
        stage.clock.now += timedelta(days=1)
        counts += await sender(stage, post).round()
    return counts


async def open_cases(stage: Stage) -> list[Case]:
    async with stage.database.reading() as reading:
        return await cases.of_station(reading, TOWNSHIP)


@pytest.fixture
async def reported(stage: Stage, chat: Chat) -> Chat:
    """Return a chat that reported a year ago."""
    await chat.report(people.FARMING)
    stage.clock.now = NOON
    return chat


async def test_who_opens_nothing_gets_other_words_and_then_a_call(
    stage: Stage, reported: Chat
) -> None:
    post = Post()
    await sender(stage, post).round()
    counts = await days_go_by(stage, post, 40)
    first, second = (message.text for _, message in post.sent)
    assert first.startswith("您好，又到一年一次更新的时候了")
    assert second.startswith("县里想知道您今年在哪儿干活")
    assert counts == {"cleared": 2, "sent": 1}
    assert [case.kind for case in await open_cases(stage)] == ["silent"]


async def test_who_opened_it_and_stopped_is_nudged_with_what_is_open(
    stage: Stage, reported: Chat
) -> None:
    post = Post()
    await sender(stage, post).round()
    reported.shown.append(post.sent[0][1])
    await reported.tap("更新今年的情况")
    await days_go_by(stage, post, 8)
    assert len(post.sent) == 2
    assert "接着填" in post.sent[1][1].text


async def test_an_answer_ends_the_ladder(stage: Stage, reported: Chat) -> None:
    post = Post()
    await sender(stage, post).round()
    await reported.report(LATER)
    assert await days_go_by(stage, post, 60) == {}
    assert len(post.sent) == 1
    assert await open_cases(stage) == []


async def test_an_answer_while_the_message_is_on_its_way_counts(
    stage: Stage, reported: Chat
) -> None:
    class Slow(Post):
        async def __call__(self, address: Address, message: Message) -> Delivery:
            await reported.report(LATER)
            return await super().__call__(address, message)

    post = Slow()
    await sender(stage, post).round()
    assert await days_go_by(stage, post, 60) == {}
    assert len(post.sent) == 1


@pytest.mark.parametrize("leaving", ["erase", "leave"])
async def test_who_leaves_while_the_message_is_on_its_way_hears_nothing_more(
    stage: Stage, reported: Chat, leaving: str
) -> None:
    class Slow(Post):
        async def __call__(self, address: Address, message: Message) -> Delivery:
            if leaving == "erase":
                await reported.write("删除我的信息")
                await reported.tap("确定删除")
            else:
                person_id = str((await tables(stage.url))["person"][0][0])
                async with stage.database.transaction() as tx:
                    await store.leave_range(tx, person_id, "died", "", stage.clock())
            return await super().__call__(address, message)

    post = Slow()
    await sender(stage, post).round()
    later = Post()
    await days_go_by(stage, later, 40)
    assert later.sent == []
    assert await open_cases(stage) == []


@pytest.mark.parametrize("outcome", [Blocked(), Failed("BadRequest")])
async def test_who_cannot_be_reached_is_called(
    stage: Stage, reported: Chat, outcome: Delivery
) -> None:
    post = Post(outcome)
    await sender(stage, post).round()
    assert len(await open_cases(stage)) == 1
    assert await days_go_by(stage, post, 40) == {}
    assert len(post.sent) == 1


async def test_a_family_on_one_phone_is_asked_one_a_day_and_three_a_fortnight(
    stage: Stage, chat: Chat
) -> None:
    await chat.report(people.FARMING)
    for number in range(1, 5):
        one = identity(number, date(1966, 1, 3))
        await chat.report({**people.FARMING, "id_number": one.id_number, "name": one.name})
    stage.clock.now = NOON
    post = Post()
    days: Counter[int] = Counter()
    for day in range(40):
        stage.clock.now = NOON + timedelta(days=day)
        before = len(post.sent)
        await sender(stage, post).round()
        days[day] = len(post.sent) - before
    assert max(days.values()) == 1
    for day in range(40):
        assert sum(days[other] for other in range(day - 13, day + 1)) <= 3
    assert len(post.sent) >= 5


async def test_a_burst_of_blocks_stops_everything_and_tells_the_operator(
    stage: Stage, chat: Chat
) -> None:
    async with stage.database.transaction() as tx:
        _, code = await staff.invite(
            tx,
            role="operator",
            scope_id="p",
            name="",
            expires_at=stage.clock() + timedelta(days=1),
            now=stage.clock(),
        )
    watch = Chat(stage, "9001")
    await watch.command("staff", code)
    for number in range(35):
        await made_up.report(stage.database, number, str(5000 + number))
    stage.clock.now = NOON
    post = Post(*[Blocked()] * 35)
    await sender(stage, post).round()
    async with stage.database.transaction() as tx:
        pause = await switches.pause_of(tx)
        assert pause is not None
        assert pause.by == "system"
        letters = await outbox.claim(tx, stage.clock(), 10)
    assert [letter.post.kind for letter in letters if letter.post] == ["bulk_stopped"]
    stage.clock.now += timedelta(days=1)
    assert await sender(stage, post).round() == {}
    assert len(post.sent) < 60


async def test_a_pause_by_somebody_keeps_what_is_planned(stage: Stage, reported: Chat) -> None:
    async with stage.database.transaction() as tx:
        await switches.set_state(
            tx, is_on=False, by="command:root", reason="a mistake in the text", now=NOON
        )
    post = Post()
    assert await sender(stage, post).round() == {}
    async with stage.database.transaction() as tx:
        await switches.set_state(tx, is_on=True, by="command:root", reason="mended", now=NOON)
    assert await sender(stage, post).round() == {"sent": 1}


async def test_while_the_channel_is_away_nothing_is_lost_and_nobody_gets_a_burst(
    stage: Stage, reported: Chat
) -> None:
    post = Post(*[RetryAt(NOON + timedelta(seconds=30))] * 20)
    for minute in range(0, 20 * 60, 60):
        stage.clock.now = NOON + timedelta(minutes=minute / 60)
        await sender(stage, post).round()
    post.outcomes.clear()
    before = len(post.sent)
    stage.clock.now = NOON + timedelta(days=1)
    assert await sender(stage, post).round() == {"sent": 1}
    assert len(post.sent) == before + 1


async def test_replies_go_before_prompts(stage: Stage, reported: Chat) -> None:
    post, waiting = Post(), [True]
    held = Reminding(
        stage.database, stage.world, post, per_second=5000, is_busy=lambda: waiting[0]
    )
    going = asyncio.create_task(held.round())
    await asyncio.sleep(0.3)
    assert post.sent == []
    waiting[0] = False
    assert await going == {"sent": 1}
