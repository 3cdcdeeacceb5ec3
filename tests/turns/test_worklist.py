"""The work list: a case appears, is called, and each outcome leads where it should."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from bot.staff.accounts import invite
from storage import case_steps, cases, chats, people, reminders
from storage.cases import Case
from storage.people import Person
from storage.reminders import Reminder
from tests.forms import people as forms
from tests.transcripts.stage import Stage
from tests.turns.chat import text_of
from tests.turns.office import KNOWN, put_on_roster
from tests.turns.station import TOWNSHIP, Office, Phone, Phones, office
from tests.turns.tables import tables

# A year after the standard morning, at ten in the morning.
NOON = datetime(2027, 11, 25, 2, tzinfo=UTC)
NAME = f"{forms.FARMING['name'][0]}某"


@dataclass
class Call:
    """A station with somebody on its call list, who reported last year."""

    office: Office
    person_id: str
    case_id: str

    async def case(self) -> Case:
        """Return the case as it is now."""
        async with self.office.stage.database.reading() as reading:
            found = await cases.get(reading, self.case_id)
        assert found is not None
        return found

    async def person(self) -> Person:
        """Return the person as they are now."""
        async with self.office.stage.database.reading() as reading:
            found = await people.get(reading, self.person_id)
        assert found is not None
        return found

    async def rows(self) -> list[Reminder]:
        """Return what the ledger says."""
        async with self.office.stage.database.reading() as reading:
            return await reminders.of_person(reading, self.person_id)

    async def tries(self) -> list[str]:
        """Return how each try ended."""
        async with self.office.stage.database.reading() as reading:
            return [step.outcome for step in await case_steps.of_case(reading, await self.case())]


@pytest.fixture
async def call(stage: Stage) -> Call:
    place = await office(stage)
    await place.worker.report(forms.FARMING)
    stage.clock.now = NOON
    async with stage.database.transaction() as tx:
        found = await chats.look(tx, "telegram", "1001")
        assert found is not None
        (person,) = await people.of_chat(tx, found[0].id)
    await _was_sent(stage, person.id)
    case_id = await _put_on_list(stage, person.id, found[0].id)
    return Call(place, person.id, case_id)


async def _was_sent(stage: Stage, person_id: str) -> None:
    """Let the ledger have a prompt that went out and was not answered."""
    async with stage.database.transaction() as tx:
        (row,) = await reminders.of_person(tx, person_id)
        await reminders.mark(tx, row.id, was="planned", state="sending", now=NOON)
        await reminders.mark(tx, row.id, was="sending", state="sent", now=NOON)


async def _put_on_list(stage: Stage, person_id: str, chat_id: str | None) -> str:
    async with stage.database.transaction() as tx:
        await cases.call_for(
            tx,
            kind="silent",
            person_id=person_id,
            township_id=TOWNSHIP,
            chat_id=chat_id,
            reminder_id=f"yearly:{person_id}:2027:1",
            cycle=2027,
            priority=0,
            now=stage.clock(),
        )
        case_id = await cases.open_about(tx, "silent", person_id)
    assert case_id is not None
    return case_id


async def _open(clerk: Phone) -> str:
    """Open the first case of the list and return what it says."""
    await clerk.command("start")
    await clerk.tap("要办的事")
    label = next(label for label in clerk.labels() if "某" in label)
    return text_of(await clerk.tap(label))


async def test_a_case_says_who_and_why_and_hides_the_number(call: Call) -> None:
    clerk = call.office.clerk
    said = await _open(clerk)
    assert NAME in said
    assert "1966年生" in said
    assert "东张村" in said
    assert "提醒过1次" in said
    assert forms.FARMING["phone"] not in said
    assert forms.FARMING["name"] not in said


async def test_the_whole_number_takes_a_reason_and_is_audited(call: Call) -> None:
    clerk = call.office.clerk
    await _open(clerk)
    await clerk.tap("看完整号码")
    told = await clerk.tap("打电话")
    assert forms.FARMING["phone"] in text_of(told)
    assert told.messages[-1].protect
    audit = repr((await tables(call.office.stage.url))["audit"])
    assert "phone.reveal" in audit
    assert f"person:{call.person_id}" in audit


async def test_who_promised_tonight_is_reminded_tonight_and_comes_up_tomorrow(
    call: Call,
) -> None:
    clerk = call.office.clerk
    await _open(clerk)
    told = text_of(await clerk.tap("答应今晚填"))
    assert "今晚再提醒本人一次" in told
    assert NAME not in told
    (row,) = await call.rows()
    assert row.state == "planned"
    assert row.due_at == datetime(2027, 11, 25, 11, tzinfo=UTC)
    call.office.stage.clock.now = NOON + timedelta(days=1)
    assert "答应当晚填" in await _open(clerk)


async def test_nobody_at_home_comes_up_in_the_evening_with_both_tries(call: Call) -> None:
    clerk, clock = call.office.clerk, call.office.stage.clock
    await _open(clerk)
    await clerk.tap("没人接")
    assert (await call.case()).look_at == datetime(2027, 11, 25, 11, tzinfo=UTC)
    clock.now = NOON + timedelta(hours=10)
    await _open(clerk)
    await clerk.tap("没人接")
    assert await call.tries() == ["out", "out"]
    clock.now = NOON + timedelta(days=2)
    assert "已经试过2次" in await _open(clerk)


async def test_a_day_is_typed_or_tapped_and_one_that_is_past_is_asked_again(call: Call) -> None:
    clerk = call.office.clerk
    await _open(clerk)
    await clerk.tap("约个日子")
    assert "没看懂" in text_of(await clerk.write("11月1号"))
    assert "没看懂" in text_of(await clerk.write("等等看"))
    told = text_of(await clerk.write("12月5号"))
    assert "2027年12月5日" in told
    assert (await call.case()).look_at == datetime(2027, 12, 5, 1, tzinfo=UTC)
    call.office.stage.clock.now = datetime(2027, 12, 5, 2, tzinfo=UTC)
    assert "约在2027年12月5日再打" in await _open(clerk)
    await clerk.tap("约个日子")
    await clerk.tap("15号")
    assert (await call.case()).look_at == datetime(2027, 12, 15, 1, tzinfo=UTC)


async def test_a_second_tap_on_the_same_outcome_is_not_another_try(call: Call) -> None:
    await _open(call.office.clerk)
    await call.office.clerk.tap("没人接")
    assert "刚才记过" in text_of(await call.office.clerk.tap("没人接"))
    assert await call.tries() == ["out"]


async def test_who_is_abroad_comes_up_after_the_spring_festival(call: Call) -> None:
    await _open(call.office.clerk)
    await call.office.clerk.tap("在国外")
    assert (await call.case()).look_at == datetime(2028, 1, 29, 1, tzinfo=UTC)


async def test_a_wrong_number_stays_on_the_list_for_a_visit(call: Call) -> None:
    clerk = call.office.clerk
    await _open(clerk)
    await clerk.tap("号码不对")
    assert (await call.case()).closed_at is None
    assert any("要上门" in label for label in clerk.labels())


async def test_who_refuses_hears_nothing_this_year_and_stays_in_the_count(call: Call) -> None:
    await _open(call.office.clerk)
    await call.office.clerk.tap("不愿意填")
    case = await call.case()
    assert case.closed_at is not None
    assert case.outcome == "no"
    assert [row.state for row in await call.rows()] == ["muted"]
    assert (await call.person()).state == "active"
    async with call.office.stage.database.transaction() as tx:
        assert not await cases.call_for(
            tx,
            kind="unreachable",
            person_id=call.person_id,
            township_id=TOWNSHIP,
            chat_id=None,
            reminder_id="",
            cycle=2027,
            priority=0,
            now=NOON,
        )


async def test_who_moved_away_leaves_the_range_with_the_reason(call: Call) -> None:
    await _open(call.office.clerk)
    await call.office.clerk.tap("不在范围了")
    await call.office.clerk.tap("户口迁走了")
    person = await call.person()
    assert (person.state, person.exit_reason) == ("out_of_range", "02")
    assert (await call.case()).outcome == "moved"


async def test_a_death_is_asked_twice(call: Call) -> None:
    clerk = call.office.clerk
    await _open(clerk)
    await clerk.tap("去世了")
    assert (await call.person()).state == "active"
    await clerk.tap("是，去世了")
    person = await call.person()
    assert (person.state, person.exit_reason) == ("out_of_range", "01")
    assert not any(row.state in ("planned", "claimed") for row in await call.rows())


async def test_a_colleague_cannot_call_the_same_person_for_half_an_hour(call: Call) -> None:
    await _open(call.office.clerk)
    said = await _open(call.office.other)
    assert "同事正在办" in said
    assert "答应今晚填" not in call.office.other.labels()
    call.office.stage.clock.now = NOON + timedelta(minutes=31)
    await _open(call.office.other)
    assert "答应今晚填" in call.office.other.labels()
    told = text_of(await call.office.clerk.tap("没人接"))
    assert "单子上没有这一件了" in told
    assert await call.tries() == []


async def test_words_typed_at_a_case_are_kept_sealed(call: Call) -> None:
    clerk = call.office.clerk
    await _open(clerk)
    assert "这句话记下了" in text_of(await clerk.write("儿子说腊月回来"))
    assert "儿子说腊月回来" in await _open(clerk)
    assert "腊月回来" not in repr((await tables(call.office.stage.url))["case_step"])


async def test_the_list_is_filtered_by_kind_and_by_village(call: Call) -> None:
    clerk = call.office.clerk
    await clerk.command("start")
    await clerk.tap("要办的事")
    assert "这里面没有" in text_of(await clerk.write("西张村"))
    assert "现在有1件" in text_of(await clerk.write("东张"))
    await clerk.tap("看全部")
    await clerk.tap("只看一类")
    told = await clerk.tap("提醒了没回音 1")
    assert "现在有1件" in text_of(told)


async def test_six_are_on_a_page_and_who_never_confirmed_comes_first(call: Call) -> None:
    stage, clerk = call.office.stage, call.office.clerk
    await put_on_roster(stage)
    rows = (await tables(stage.url))["roster_entry"]
    async with stage.database.reading() as reading:
        known = [
            p
            for row in rows
            for v in row
            if isinstance(v, str) and (p := await people.get(reading, v))
        ]
    await _put_on_list(stage, known[0].id, None)
    stage.clock.now += timedelta(minutes=1)
    for _ in range(6):
        async with stage.database.transaction() as tx:
            person_id, _ = await people.create(tx, stage.clock())
        await _put_on_list(stage, person_id, None)
    await clerk.command("start")
    await clerk.tap("要办的事")
    assert KNOWN.name[:1] in clerk.labels()[0]
    await clerk.tap("下一页 ›")
    assert any(NAME in label for label in clerk.labels())


async def test_another_township_neither_sees_nor_opens_the_case(call: Call) -> None:
    stage = call.office.stage
    await _open(call.office.clerk)
    taken = next(
        button
        for message in call.office.clerk.shown
        for row in message.rows
        for button in row
        if NAME in button.label
    )
    stranger = await phone_at(stage, call.office.phones, "t0728", "2009")
    await stranger.command("start")
    assert "现在没有" in text_of(await stranger.tap("要办的事"))
    stranger.shown[-1] = call.office.clerk.shown[0]
    stranger.shown += [m for m in call.office.clerk.shown if any(taken in row for row in m.rows)]
    assert "单子上没有这一件了" in text_of(await stranger.tap(taken.label))


async def phone_at(stage: Stage, phones: Phones, place: str, address: str) -> Phone:
    """Return a chat of the staff of another place."""
    invitation = await invite(
        stage.database,
        stage.world.places.by_id[place],
        name="",
        valid=timedelta(days=7),
        actor="test",
        now=stage.clock(),
    )
    phone = Phone(stage, phones, address)
    await phone.command("staff", invitation.code)
    return phone
