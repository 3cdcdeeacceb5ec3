"""A follow-up at the desk: people chosen, previewed, prompted, watched, stopped, resumed."""

import asyncio
from collections import Counter

import pytest

from bot.staff.followups_choosing import sweep
from bot.staff.followups_running import plan, plan_all
from conversations.followups import Filter, Reason
from conversations.reminders import LASTS
from conversations.sending import PUT_OFF
from storage import reminders, waves
from storage.reminder_rows import Outcome
from storage.waves import Wave
from tests.transcripts.stage import Stage
from tests.turns.chat import text_of
from tests.turns.crowd import COUNTY, TOWNSHIP, blocked, left, muted, prompted, settle
from tests.turns.station import Phone, Phones, previewed, staff_phone
from tests.turns.tables import tables

UNCONFIRMED = Filter(unconfirmed=True)
_COLUMN = {"person": 2, "state": 8, "reason": 9}


@pytest.fixture
async def clerk(stage: Stage) -> Phone:
    return await staff_phone(stage, Phones(), "2001")


async def _wave(stage: Stage) -> Wave:
    """Return the newest follow-up."""
    async with stage.database.reading() as reading:
        found = await waves.of_scopes(reading, [TOWNSHIP, COUNTY], 1)
    return found[0]


async def _rows(stage: Stage) -> dict[str, tuple[str, str]]:
    """Return state and reason of each prompt of a follow-up by person."""
    rows = (await tables(stage.url))["reminder"]
    return {
        str(row[_COLUMN["person"]]): (str(row[_COLUMN["state"]]), str(row[_COLUMN["reason"]]))
        for row in rows
        if row[1] == "follow_up"
    }


async def _choose_unconfirmed(clerk: Phone) -> str:
    """Choose whoever has not confirmed this year and the first text; return the preview."""
    await clerk.command("start")
    await clerk.tap("提醒大家")
    await clerk.tap("选人发提醒")
    await clerk.tap("今年没更新")
    await clerk.tap("下一步：选一句话")
    return await previewed(clerk, "用第1句")


async def _town(stage: Stage, ordinary: int) -> Counter[str]:
    """Fill the township with ordinary people, and with one for each reason against a prompt."""
    for serial in range(ordinary):
        await settle(stage, serial)
    await left(stage, await settle(stage, 900))
    await settle(stage, 901, cycle=2026)
    await settle(stage, 902, channel="web")
    await blocked(stage, await settle(stage, 903))
    await muted(stage, await settle(stage, 904))
    await prompted(stage, await settle(stage, 905), 3, 6, 9)
    await prompted(stage, await settle(stage, 906), 0)
    await settle(stage, 907, address="family")
    await settle(stage, 908, address="family", relation="1")
    await settle(stage, 909, township="t0728")
    return Counter(
        {
            Reason.LEFT: 1,
            Reason.ANSWERED: 1,
            Reason.NO_CHANNEL: 1,
            Reason.BLOCKED: 1,
            Reason.MUTED: 1,
            Reason.BUDGET: 1,
            Reason.TODAY: 1,
            Reason.SAME_CHAT: 1,
        }
    )


async def test_200_people_are_chosen_previewed_prompted_and_watched(
    stage: Stage, clerk: Phone
) -> None:
    expected = await _town(stage, 199)
    told = await _choose_unconfirmed(clerk)
    assert "会收到提醒的：200人" in told
    for line in ("离开登记范围 1人", "今年已经更新 1人", "还没来过）1人", "拉黑了机器人 1人"):
        assert line in told
    for line in ("不要提醒 1人", "提醒够了 1人", "今天已经提醒过 1人", "同一个手机 1人"):
        assert line in told
    assert "请您抽空更新2026年的就业情况" in told
    assert "{" not in told
    assert "2026年11月24日 10:00前后发完" in told
    async with stage.database.reading() as reading:
        sifted = await sweep(reading, stage.world, TOWNSHIP, UNCONFIRMED, stage.clock())
    assert sifted.excluded == expected
    assert "开始了，200人" in text_of(await clerk.tap("发给200人"))
    assert await plan_all(stage.database, stage.world, stage.clock()) == 200
    assert Counter(state for state, _ in (await _rows(stage)).values()) == {"planned": 200}
    watched = text_of(await clerk.tap("看第1条"))
    assert "发出0，点开0，填了0，等着发200" in watched
    assert (await _wave(stage)).state == "running"


async def test_a_second_follow_up_leaves_out_who_waits_for_the_first(
    stage: Stage, clerk: Phone
) -> None:
    for serial in range(3):
        await settle(stage, serial)
    await _choose_unconfirmed(clerk)
    await clerk.tap("发给3人")
    await plan_all(stage.database, stage.world, stage.clock())
    told = await _choose_unconfirmed(clerk)
    assert "别的提醒正在发 3人" in told
    assert "一个人也发不到" in told
    assert not any(label.startswith("发给") for label in clerk.labels())


async def test_a_follow_up_stopped_in_the_middle_plans_and_sends_nothing_more(
    stage: Stage, clerk: Phone
) -> None:
    for serial in range(20):
        await settle(stage, serial)
    await _choose_unconfirmed(clerk)
    await clerk.tap("发给20人")
    wave = await _wave(stage)
    await _plan_only(stage, wave, batches=2, batch=4)
    sent = sorted(await _rows(stage))[:3]
    await _send(stage, sent)
    await clerk.tap("看第1条")
    await clerk.tap("停下")
    told = text_of(await clerk.tap("话写错了"))
    assert "停了" in told
    assert "原因：话写错了" in told
    assert await plan_all(stage.database, stage.world, stage.clock()) == 0
    rows = await _rows(stage)
    assert len(rows) == 8
    assert {rows[person][0] for person in sent} == {"sent"}
    assert Counter(state for state, _ in rows.values()) == {"sent": 3, "cleared": 5}
    assert {why for state, why in rows.values() if state == "cleared"} == {waves.STOPPED}
    assert "接着发" not in clerk.labels()


async def test_a_paused_follow_up_goes_on_where_it_was(stage: Stage, clerk: Phone) -> None:
    for serial in range(10):
        await settle(stage, serial)
    await _choose_unconfirmed(clerk)
    await clerk.tap("发给10人")
    wave = await _wave(stage)
    await _plan_only(stage, wave, batches=1, batch=4)
    await clerk.tap("看第1条")
    await clerk.tap("暂停")
    await clerk.tap("时候不对")
    assert await plan_all(stage.database, stage.world, stage.clock()) == 0
    assert len(await _rows(stage)) == 4
    assert "正在安排" in text_of(await clerk.tap("接着发"))
    assert await plan_all(stage.database, stage.world, stage.clock(), batch=4) == 6
    assert Counter(state for state, _ in (await _rows(stage)).values()) == {"planned": 10}
    assert await plan(stage.database, stage.world, wave.id, stage.clock()) == 0


async def test_two_planners_at_once_plan_everybody_once(stage: Stage, clerk: Phone) -> None:
    for serial in range(30):
        await settle(stage, serial)
    await _choose_unconfirmed(clerk)
    await clerk.tap("发给30人")
    plans = (plan_all(stage.database, stage.world, stage.clock(), batch=4) for _ in range(3))
    assert sum(await asyncio.gather(*plans)) == 30
    assert len(await _rows(stage)) == 30
    wave = await _wave(stage)
    assert (wave.planned, wave.state) == (30, "running")


async def test_who_answered_or_left_meanwhile_is_told_apart_and_the_end_is_noticed(
    stage: Stage, clerk: Phone
) -> None:
    some = [await settle(stage, serial) for serial in range(3)]
    await _choose_unconfirmed(clerk)
    await clerk.tap("发给3人")
    await plan_all(stage.database, stage.world, stage.clock())
    await _send(stage, [some[0].person_id])
    await left(stage, some[1])
    await _settle_answered(stage, some[2].person_id)
    await plan_all(stage.database, stage.world, stage.clock())
    told = text_of(await clerk.tap("看第1条"))
    assert "发完了" in told
    assert "发出1，点开0，填了1，等着发0" in told
    assert "撤下了1" in told


async def test_what_was_put_off_goes_out_after_the_follow_up_is_over(
    stage: Stage, clerk: Phone
) -> None:
    one = await settle(stage, 1)
    await _choose_unconfirmed(clerk)
    await clerk.tap("发给1人")
    await plan_all(stage.database, stage.world, stage.clock())
    await _send(stage, [one.person_id])
    await plan_all(stage.database, stage.world, stage.clock())
    assert (await _wave(stage)).state == "over"
    assert await _put_off(stage, one.person_id)
    async with stage.database.transaction() as tx:
        (row,) = await reminders.claim_due(tx, stage.clock(), 10)
    assert row.person_id == one.person_id


async def test_what_the_station_stopped_cannot_be_put_off(stage: Stage, clerk: Phone) -> None:
    one = await settle(stage, 1)
    await _choose_unconfirmed(clerk)
    await clerk.tap("发给1人")
    await plan_all(stage.database, stage.world, stage.clock())
    await _send(stage, [one.person_id])
    await _stop(stage)
    assert not await _put_off(stage, one.person_id)
    assert {state for state, _ in (await _rows(stage)).values()} == {"sent"}


async def test_what_the_channel_did_not_take_does_not_outlive_a_stop(
    stage: Stage, clerk: Phone
) -> None:
    one = await settle(stage, 1)
    await _choose_unconfirmed(clerk)
    await clerk.tap("发给1人")
    await plan_all(stage.database, stage.world, stage.clock())
    await _send(stage, [one.person_id])
    wave = await _wave(stage)
    row = f"follow_up:{one.person_id}:{wave.cycle}:{wave.id}"
    async with stage.database.transaction() as tx:
        await reminders.mark(tx, row, was="sent", state="sending")
    await _stop(stage)
    async with stage.database.transaction() as tx:
        assert await reminders.not_taken(tx, row, stage.clock(), "not taken, tried again later")
    await plan_all(stage.database, stage.world, stage.clock())
    assert (await _rows(stage))[one.person_id] == ("cleared", waves.STOPPED)


async def _stop(stage: Stage) -> None:
    """Let the station stop its follow-up."""
    async with stage.database.transaction() as tx:
        await waves.stop(tx, await _wave(stage), "test", "text", stage.clock())


async def _put_off(stage: Stage, person_id: str) -> bool:
    """Let somebody want the prompt again right now."""
    wave, now = await _wave(stage), stage.clock()
    async with stage.database.transaction() as tx:
        return await reminders.move(
            tx,
            f"follow_up:{person_id}:{wave.cycle}:{wave.id}",
            due_at=now,
            not_after=now + LASTS,
            reason=f"{PUT_OFF}tonight",
            chat_id=None,
        )


async def _settle_answered(stage: Stage, person_id: str) -> None:
    """Let a report answer what waits for somebody."""
    async with stage.database.transaction() as tx:
        await reminders.end_open(tx, person_id, 2026, "answered")


async def _plan_only(stage: Stage, wave: Wave, batches: int, batch: int) -> None:
    """Let planning die after so many batches."""
    async with stage.database.reading() as reading:
        sifted = await sweep(reading, stage.world, wave.scope_id, UNCONFIRMED, stage.clock())
    for number in range(batches):
        part = sifted.chosen[number * batch : (number + 1) * batch]
        rows = [waves.Planned(one.person_id, one.chat_id or "", stage.clock()) for one in part]
        async with stage.database.transaction() as tx:
            made = await waves.plan(tx, wave, rows)
            assert await waves.advance(tx, wave.id, made, rows[-1].person_id)


async def _send(stage: Stage, persons: list[str]) -> None:
    """Let the prompts of these people go out."""
    wave = await _wave(stage)
    async with stage.database.transaction() as tx:
        for person_id in persons:
            row = f"follow_up:{person_id}:{wave.cycle}:{wave.id}"
            assert await reminders.mark(tx, row, was="planned", state="claimed")
            await reminders.start_sending(tx, {row: "wave"}, stage.clock())
            outcome = Outcome(row, "sent", "accepted by the channel", stage.clock())
            assert await reminders.settle(tx, [outcome]) == {row}
