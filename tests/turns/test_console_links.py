"""The way from the desk to the console: one-time links, and whom a phone gives what."""

import re
from dataclasses import replace
from datetime import timedelta

from bot.turns import ChatTurns
from conversations.buttons import Press
from conversations.desk_errands import Area, desk_press
from conversations.reply import Tap
from storage import audits, console_links, logins, staff
from storage.console_links import Link
from storage.logins import Login
from tests.transcripts.stage import MORNING, Stage
from tests.turns.chat import text_of
from tests.turns.station import Phone, Phones, staff_phone

_ADDRESS = re.compile(r"https://xiangwen\.example/console/enter#([\w-]{43})")


def press(step: str = "") -> Tap:
    found: Press = desk_press(Area.CONSOLE, step)
    return Tap(found)


async def opened(stage: Stage, text: str) -> Link | None:
    found = _ADDRESS.search(text)
    assert found is not None, text
    async with stage.database.reading() as reading:
        return await console_links.find(reading, found[1], stage.clock())


async def at_desk(stage: Stage) -> Phone:
    clerk = await staff_phone(stage, Phones(), "2001")
    await clerk.write("工作台")
    return clerk


async def account_id(stage: Stage) -> str:
    async with stage.database.reading() as reading:
        (only,) = await staff.everybody(reading)
    return only.id


async def set_password(stage: Stage, staff_id: str) -> None:
    async with stage.database.transaction() as tx:
        await logins.put(tx, Login(staff_id, "站里人", "hash", "secret", 1, stage.clock()))


async def test_the_desk_gives_a_link_to_the_lists(stage: Stage) -> None:
    clerk = await at_desk(stage)
    said = await clerk.tap("网页工作台")
    link = await opened(stage, text_of(said))
    assert link is not None
    assert link.kind == "lists"
    assert link.expires_at - stage.clock() == timedelta(minutes=10)
    assert "到10:10为止" in text_of(said)
    assert all(message.protect for message in said.messages if "enter#" in message.text)


async def test_a_word_asks_for_it_too_and_an_older_link_works_no_more(stage: Stage) -> None:
    clerk = await at_desk(stage)
    first = text_of(await clerk.write("网页"))
    second = text_of(await clerk.write("后台。"))
    assert await opened(stage, first) is None
    assert await opened(stage, second) is not None


async def test_an_account_without_a_password_may_choose_one_from_its_chat(stage: Stage) -> None:
    clerk = await at_desk(stage)
    await clerk.tap("网页工作台")
    link = await opened(stage, text_of(await clerk.tap("设密码，能看全部")))
    assert link is not None
    assert link.kind == "setup"


async def test_a_phone_does_not_change_a_password(stage: Stage) -> None:
    clerk = await at_desk(stage)
    staff_id = await account_id(stage)
    await set_password(stage, staff_id)
    await clerk.tap("网页工作台")
    assert "设密码，能看全部" not in clerk.labels()
    assert "您的账号已经设过密码了" in text_of(await clerk.take(press("set")))
    async with stage.database.reading() as reading:
        assert await logins.of_staff(reading, staff_id) is not None


async def test_without_a_console_there_is_no_way_to_it(stage: Stage) -> None:
    stage.turns = ChatTurns(stage.database, replace(stage.world, console_url=""))
    clerk = await at_desk(stage)
    assert "网页工作台" not in clerk.labels()
    assert "enter#" not in text_of(await clerk.write("网页"))
    assert "enter#" not in text_of(await clerk.take(press()))


async def test_nobody_else_gets_a_link(stage: Stage) -> None:
    worker = Phone(stage, Phones(), "1001")
    said = text_of(await worker.take(press()))
    assert "enter#" not in said


async def test_each_link_stands_in_the_audit(stage: Stage) -> None:
    clerk = await at_desk(stage)
    staff_id = await account_id(stage)
    await clerk.tap("网页工作台")
    async with stage.database.reading() as reading:
        lines = await audits.since(reading, MORNING)
    found = [one for one in lines if one.action == "console.link"]
    assert [(one.actor, one.scope) for one in found] == [(f"staff:{staff_id}",) * 2]
