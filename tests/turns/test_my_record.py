"""One's own record: whole behind a PIN, a copy, who looked; the PIN leaves nothing behind."""

from datetime import timedelta
from typing import Final

import pytest

from bot.copying import take_copy
from bot.messages import Outgoing
from conversations.buttons import decode
from conversations.lobby.wishes import Wish, menu_press
from conversations.reply import Tap
from storage import audits, identities
from tests.forms import people
from tests.transcripts.stage import Stage
from tests.turns.chat import Chat, text_of
from tests.turns.tables import tables

NUMBER: Final = people.FARMING["id_number"]
CODE_AT: Final = "返回码："


@pytest.fixture
async def reported(chat: Chat) -> Chat:
    await chat.report(people.FARMING)
    await chat.write("我的信息")
    return chat


async def _press(chat: Chat, pin: str) -> Outgoing:
    outgoing = Outgoing()
    for digit in pin:
        outgoing = await chat.tap(digit)
    return outgoing


async def _with_pin(chat: Chat, pin: str = "2580") -> Outgoing:
    await chat.tap("看完整的号码")
    return await _press(chat, pin + pin)


def _code(outgoing: Outgoing) -> str:
    return text_of(outgoing).partition(CODE_AT)[2].split()[0]


async def test_the_record_is_masked_until_a_pin_of_ones_own_is_set(reported: Chat) -> None:
    assert NUMBER not in reported.shown[-1].text
    told = await _with_pin(reported)
    assert NUMBER in text_of(told)
    assert told.settle == "密码设好了。"
    assert all(message.protect for message in told.messages)
    await reported.write("我的信息")
    assert "请点您的4位密码" in text_of(await reported.tap("看完整的号码"))
    assert NUMBER in text_of(await _press(reported, "2580"))


async def test_no_digit_is_shown_and_the_pad_is_one_message(reported: Chat) -> None:
    first = await reported.tap("看完整的号码")
    assert len(first.messages) == 1
    for place, digit in enumerate("258", 1):
        drawn = await reported.tap(digit)
        assert drawn.messages == ()
        assert drawn.redraw is not None
        assert drawn.redraw.text.count("●") == place
        assert "258"[:place] not in drawn.redraw.text


async def test_a_wrong_pin_opens_nothing_and_five_an_hour_are_enough(
    stage: Stage, reported: Chat
) -> None:
    await _with_pin(reported)
    await reported.write("我的信息")
    await reported.tap("看完整的号码")
    for _ in range(5):
        told = await _press(reported, "1111")
        assert NUMBER not in text_of(told)
    assert "过一小时" in text_of(told) or "密码不对" in (told.redraw.text if told.redraw else "")
    await reported.write("我的信息")
    assert "过一小时" in text_of(await reported.tap("看完整的号码"))
    stage.clock.now += timedelta(hours=1)
    await reported.write("我的信息")
    await reported.tap("看完整的号码")
    assert NUMBER in text_of(await _press(reported, "2580"))


async def test_a_pad_from_before_the_pin_was_set_sets_none(reported: Chat) -> None:
    await reported.tap("看完整的号码")
    stale = reported.button("1")
    await _press(reported, "25802580")
    wire = stale.data[:-1] + "11111111"
    told = await reported.take(Tap(decode(wire)))
    assert NUMBER not in text_of(told)
    await reported.write("我的信息")
    await reported.tap("看完整的号码")
    assert NUMBER in text_of(await _press(reported, "2580"))


@pytest.mark.parametrize("choice", ["", "w", "we12345", "zs1", "ws2580258"])
async def test_a_forged_pad_opens_nothing(reported: Chat, choice: str) -> None:
    await _with_pin(reported)
    tag = decode(reported.button("看完整的号码").data)
    assert tag is not None
    person = tag.value.partition("-")[2]
    told = await reported.take(Tap(menu_press(Wish.PIN, f"{person}-{choice}")))
    assert NUMBER not in text_of(told)


async def test_a_pin_of_one_chat_opens_nothing_in_another(stage: Stage, reported: Chat) -> None:
    await _with_pin(reported)
    other = Chat(stage, "1002")
    press = decode(reported.button("看完整的号码").data)
    told = await other.take(Tap(press))
    assert "还没有填报" in text_of(told)
    assert len((await tables(stage.url))["pin"]) == 1


async def test_the_pin_itself_stands_nowhere(stage: Stage, reported: Chat) -> None:
    await _with_pin(reported, "7391")
    ((_, _, _, digest, _),) = (await tables(stage.url))["pin"]
    assert isinstance(digest, bytes)
    assert "7391" not in repr((await tables(stage.url))["audit"])


async def test_a_new_return_code_needs_the_pin_where_there_is_one(reported: Chat) -> None:
    await _with_pin(reported)
    await reported.write("我的信息")
    await reported.tap("更多")
    assert CODE_AT not in text_of(await reported.tap("换一个返回码"))
    assert CODE_AT in text_of(await _press(reported, "2580"))


async def test_a_forgotten_pin_is_set_anew_with_a_return_code_that_is_a_day_old(
    stage: Stage, chat: Chat
) -> None:
    code = _code(await chat.report(people.FARMING))
    await chat.write("我的信息")
    await _with_pin(chat)
    assert "不到一天" in text_of(await chat.write(code))
    stage.clock.now += timedelta(days=1)
    assert "旧密码作废" in text_of(await chat.write(code))
    await chat.write("我的信息")
    assert "给自己设一个" in text_of(await chat.tap("看完整的号码"))


async def test_a_pin_is_changed_by_whoever_knows_it(reported: Chat) -> None:
    await _with_pin(reported)
    await reported.write("我的信息")
    await reported.tap("更多")
    await reported.tap("换个密码")
    assert "给自己设一个" in text_of(await _press(reported, "2580"))
    assert NUMBER in text_of(await _press(reported, "13791379"))
    await reported.write("我的信息")
    await reported.tap("看完整的号码")
    assert NUMBER not in text_of(await _press(reported, "2580"))


async def test_a_copy_holds_everything_and_is_written_down(stage: Stage, reported: Chat) -> None:
    await reported.tap("更多")
    await reported.tap("给我一份")
    told = await _press(reported, "25802580")
    assert NUMBER in text_of(told)
    assert people.FARMING["name"] in text_of(told)
    assert "同意填写" in text_of(told)
    assert all(message.protect for message in told.messages)
    await reported.write("我的信息")
    await reported.tap("更多")
    seen = text_of(await reported.tap("谁看过"))
    assert "本人（这里）：拿了一份副本" in seen
    assert "2026年11月24日" in seen


async def test_what_the_staff_did_is_told_in_words_of_its_own(
    stage: Stage, reported: Chat
) -> None:
    async with stage.database.reading() as reading:
        person_id = await identities.find(reading, people.FARMING["id_number"])
    deeds = {
        "person.see": "看了您填的内容，号码遮着",
        "report.verify": "核对了您填的内容",
        "report.return": "有一处没弄清，退回来问您",
        "enter": "开始替您填",
        "list.other": "处理过",
    }
    async with stage.database.transaction() as tx:
        for action in deeds:
            await audits.write(
                tx,
                actor="staff:1",
                action=action,
                scope=f"person:{person_id}",
                now=stage.clock(),
            )
    await reported.write("我的信息")
    await reported.tap("更多")
    seen = text_of(await reported.tap("谁看过"))
    for words in deeds.values():
        assert f"就业服务站：{words}" in seen


async def test_the_page_hands_out_a_copy_for_a_few_minutes_and_to_this_chat_only(
    stage: Stage,
) -> None:
    page = Chat(stage, "token", "web")
    await page.report(people.FARMING)
    await page.write("我的信息")
    await page.tap("更多")
    await page.tap("给我一份")
    told = await _press(page, "25802580")
    grant = told.messages[-1].grant
    assert NUMBER not in text_of(told)
    text = await page.turns.copy(page.address, grant)
    assert text is not None
    assert NUMBER in text
    other = Chat(stage, "another", "web")
    await other.write("开始")
    assert await page.turns.copy(other.address, grant) is None
    assert await page.turns.copy(page.address, "0" * 64) is None
    stage.clock.now += timedelta(minutes=21)
    assert await take_copy(stage.database, stage.world, page.address, grant) is None


async def test_withdrawing_consent_takes_the_pin_and_the_wishes_along(
    stage: Stage, reported: Chat
) -> None:
    await _with_pin(reported)
    await reported.write("不要再发")
    await reported.tap("先不要提醒")
    await reported.tap("不要再发")
    told = await reported.write("撤回同意")
    assert "撤回同意" in text_of(told)
    assert "只留两样" in text_of(await reported.tap("确定删除"))
    left = await tables(stage.url)
    assert left["pin"] == left["reminder_preference"] == left["departure"] == []


async def test_of_many_people_the_list_is_shown(stage: Stage, chat: Chat) -> None:
    for answers in (people.FARMING, people.EMPLOYED_AWAY, people.PROXY):
        await chat.report(answers)
    told = await chat.write("我的信息")
    assert "您要看谁的" in text_of(told)
    assert people.FARMING["name"] in chat.labels()
    name = people.FARMING["name"]
    assert f"{name} 的信息" in text_of(await chat.tap(name))
