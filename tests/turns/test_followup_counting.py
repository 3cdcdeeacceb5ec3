"""The preview of a follow-up is counted beside the turns, shown once, and only to its clerk."""

import asyncio

import pytest

from bot.channel import UpdateId
from bot.staff.followups_counting import counted
from conversations.buttons import decode
from conversations.reply import Tap
from storage import chats, desks, outbox, staff
from storage.outbox import Post
from tests.transcripts.stage import Stage
from tests.turns.chat import Chat, text_of
from tests.turns.crowd import settle
from tests.turns.station import Phone, Phones, staff_phone


@pytest.fixture
def phones() -> Phones:
    return Phones()


@pytest.fixture
async def clerk(stage: Stage, phones: Phones) -> Phone:
    phone = await staff_phone(stage, phones, "2001")
    await _to_texts(phone)
    phone.news()
    return phone


async def _to_texts(clerk: Chat) -> None:
    await clerk.command("start")
    await clerk.tap("提醒大家")
    await clerk.tap("选人发提醒")
    await clerk.tap("今年没更新")
    await clerk.tap("下一步：选一句话")


async def _only_tap(clerk: Phone, label: str, number: int) -> None:
    """Tap without what is left for chats being brought."""
    reply = Tap(decode(clerk.button(label).data))
    outgoing = await clerk.turns.take(clerk.address, UpdateId("count", number), reply)
    assert outgoing is not None
    clerk.shown += outgoing.messages


async def _asked(stage: Stage, clerk: Phone) -> tuple[str, Post]:
    """Return the chat, and what asks for the count of what it is putting together now."""
    async with stage.database.reading() as reading:
        found = await chats.look(reading, "telegram", clerk.address.address)
        assert found is not None
        state = await desks.get(reading, found[0].id)
        assert state is not None
        return found[0].id, Post("counted", state.values["number"], about=found[0].staff_id or "")


async def test_however_often_it_is_tapped_one_preview_comes(
    stage: Stage, phones: Phones, clerk: Phone
) -> None:
    await settle(stage, 1)
    await _only_tap(clerk, "用第1句", 1)
    await _only_tap(clerk, "再数一次", 2)
    await _only_tap(clerk, "再数一次", 3)
    await phones.bring(stage)
    (preview,) = clerk.news()
    assert "会收到提醒的：1人" in preview
    assert "开始了，1人" in text_of(await clerk.tap("发给1人"))


async def test_counting_goes_on_while_somebody_writes(stage: Stage, clerk: Phone) -> None:
    await settle(stage, 1)
    await _only_tap(clerk, "用第1句", 1)
    chat_id, post = await _asked(stage, clerk)
    async with stage.database.transaction() as tx:
        await tx.run("update staff set name = name;")
        async with asyncio.timeout(20):
            (preview,) = await counted(stage.database, stage.world, chat_id, post)
    assert preview.count == 1


async def test_what_died_while_it_was_counted_is_counted_again(
    stage: Stage, phones: Phones, clerk: Phone
) -> None:
    await settle(stage, 1)
    await _only_tap(clerk, "用第1句", 1)
    async with stage.database.transaction() as tx:
        assert len(await outbox.claim(tx, stage.clock(), 9)) == 1
    await phones.bring(stage)
    assert clerk.news() == []
    stage.clock.wait(1)
    async with stage.database.transaction() as tx:
        assert await outbox.settle_stale(tx, stage.clock()) == 1
    await phones.bring(stage)
    assert len(clerk.news()) == 1


async def test_a_suspended_account_gets_no_preview(
    stage: Stage, phones: Phones, clerk: Phone
) -> None:
    await settle(stage, 1)
    await _only_tap(clerk, "用第1句", 1)
    _, post = await _asked(stage, clerk)
    async with stage.database.transaction() as tx:
        assert await staff.suspend(tx, post.about, stage.clock())
    await phones.bring(stage)
    assert clerk.news() == []


async def test_on_the_page_the_preview_stands_under_the_answer(
    stage: Stage, phones: Phones
) -> None:
    await settle(stage, 1)
    telegram = await staff_phone(stage, phones, "2001")
    page = Chat(stage, "page", "web")
    async with stage.database.transaction() as tx:
        own = await chats.look(tx, "telegram", telegram.address.address)
        chat, _ = await chats.load_turn(tx, "web", "page", stage.clock())
        assert own is not None
        assert own[0].staff_id is not None
        await chats.make_staff(tx, chat.id, own[0].staff_id, stage.clock())
    await _to_texts(page)
    told = text_of(await page.tap("用第1句"))
    assert "正在数人" not in told
    assert "会收到提醒的：1人" in told
    assert "开始了，1人" in text_of(await page.tap("发给1人"))
