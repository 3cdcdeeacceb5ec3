"""Assisted entry: the staff fill in for people in their own chat, one after the other."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.housekeeping import ASSISTED_KEPT, purge
from bot.staff.accounts import suspend
from conversations.buttons import Verb
from storage import cases, chats, identities, people, reminders, reports, roster, staff
from storage.people import Person
from storage.reports import Report
from tests.forms import people as forms
from tests.identities import Identity, identity
from tests.transcripts.stage import Stage
from tests.turns.calls import joined
from tests.turns.chat import text_of
from tests.turns.office import KNOWN, put_on_roster
from tests.turns.station import TOWNSHIP, Office, Phone, office
from tests.turns.tables import tables

NEXT_YEAR = datetime(2027, 11, 25, 2, tzinfo=UTC)
OTHER = identity(78, date(1975, 6, 1))
BY_PHONE = "打电话，本人说"


@pytest.fixture
async def place(stage: Stage) -> Office:
    return await office(stage)


def _answers(one: Identity) -> dict[str, str]:
    """Return what somebody says, who is farming at home."""
    own = {"name": one.name, "id_number": one.id_number, "phone": one.phone}
    return {**forms.FARMING, **own}


async def _person(stage: Stage, id_number: str) -> Person:
    async with stage.database.reading() as reading:
        found = await identities.find(reading, id_number)
        person = await people.get(reading, found or "")
    assert person is not None
    return person


async def _report(stage: Stage, id_number: str) -> Report:
    person = await _person(stage, id_number)
    async with stage.database.reading() as reading:
        key = await people.key_of(reading, person.id)
        assert key is not None
        report = await reports.latest(reading, person.id, key)
    assert report is not None
    return report


async def _accounts(stage: Stage) -> set[str]:
    async with stage.database.reading() as reading:
        return {one.id for one in await staff.everybody(reading)}


async def _begin(clerk: Phone, one: Identity) -> str:
    """Choose somebody of the list and begin."""
    await clerk.command("start")
    await clerk.tap("替人填报")
    await clerk.tap(
        next(label for label in clerk.labels() if label.startswith(f"{one.name[0]}某"))
    )
    return text_of(await clerk.tap(BY_PHONE))


async def _enter(clerk: Phone, one: Identity) -> str:
    """Answer what is asked and submit; return what is said then."""
    await clerk.fill(_answers(one))
    return text_of(await clerk.tap("都对，提交"))


async def test_three_people_in_a_row_from_the_list_and_a_new_one(place: Office) -> None:
    stage, clerk = place.stage, place.clerk
    await put_on_roster(stage)
    await put_on_roster(stage, OTHER)
    said = await _begin(clerk, KNOWN)
    assert "念给对方听" in said
    told = await _enter(clerk, KNOWN)
    assert "站里代填" in told
    assert "返回码" not in told
    await clerk.tap(next(label for label in clerk.labels() if label.startswith("下一位")))
    await _enter(clerk, OTHER)
    assert not any(label.startswith("下一位") for label in clerk.labels())
    await clerk.tap("看名单")
    assert "今年都填过了" in clerk.shown[-1].text
    third = identity(79, date(1990, 1, 1))
    await clerk.tap("填一个新的人")
    await clerk.tap(BY_PHONE)
    await _enter(clerk, third)
    found = await tables(stage.url)
    assert found["chat_person"] == []
    assert found["return_code"] == []
    assert len(found["report"]) == 3
    for one in (KNOWN, OTHER, third):
        report = await _report(stage, one.id_number)
        assert report.informant_relation == "0"
        assert report.collection_method == "5"
        assert any(" staff " in text for text in report.origins.values())


async def test_the_report_says_which_account_entered_it(place: Office) -> None:
    await put_on_roster(place.stage)
    await _begin(place.clerk, KNOWN)
    await _enter(place.clerk, KNOWN)
    (row,) = (await tables(place.stage.url))["report"]
    assert await _accounts(place.stage) & set(map(str, row))


async def test_the_staffs_chat_is_never_reminded_of_somebody_they_entered(place: Office) -> None:
    await put_on_roster(place.stage)
    await _begin(place.clerk, KNOWN)
    await _enter(place.clerk, KNOWN)
    person = await _person(place.stage, KNOWN.id_number)
    async with place.stage.database.reading() as reading:
        (row,) = await reminders.of_person(reading, person.id)
    assert row.chat_id is None
    assert row.state == "planned"


async def test_an_unchanged_update_is_told_to_the_persons_own_chat(place: Office) -> None:
    stage, clerk, worker = place.stage, place.clerk, place.worker
    await worker.report(forms.FARMING)
    stage.clock.now = NEXT_YEAR
    await clerk.command("start")
    await clerk.tap("替人填报")
    taps = 3
    await clerk.tap(next(label for label in clerk.labels() if "去年填过" in label))
    said = text_of(await clerk.tap(BY_PHONE))
    assert "更新" in said
    typed = 0
    later = {"training_date": "2028-05", "monthly_income": "1500"}
    for _ in range(20):
        if "都对，提交" in clerk.labels():
            break
        press = clerk.open_press()
        assert press is not None
        taps += 1
        if press.verb is Verb.COMPARE:
            await clerk.tap("还是这样")
            continue
        name = clerk.form.questions[press.question].path.rpartition("/")[2].partition("[")[0]
        if name == "remark":
            await clerk.tap("跳过")
            continue
        answer = later[name]
        taps, typed = taps - 1, typed + len(answer)
        await clerk.write(answer)
    told = text_of(await clerk.tap("都对，提交"))
    assert "本人的聊天里也说了一声" in told
    assert f"{forms.FARMING['name']} 今年的情况填好了" in "".join(worker.news())
    report = await _report(stage, forms.FARMING["id_number"])
    assert (report.version, report.cycle) == (2, 2027)
    assert taps + 1 <= 10
    assert typed <= 12
    async with stage.database.reading() as reading:
        found = await chats.look(reading, "telegram", "1001")
        assert found is not None
        rows = await reminders.of_person(reading, report.person_id)
    assert [row.chat_id for row in rows if row.state == "planned"] == [found[0].id]
    await worker.write("我的信息")
    assert forms.FARMING["name"] in worker.shown[-1].text


async def test_a_call_ends_with_the_report_and_leads_back_to_the_list(place: Office) -> None:
    stage, clerk = place.stage, place.clerk
    await place.worker.report(forms.FARMING)
    person = await _person(stage, forms.FARMING["id_number"])
    stage.clock.now = NEXT_YEAR
    async with stage.database.transaction() as tx:
        await cases.call_for(
            tx,
            kind="silent",
            person_id=person.id,
            township_id=TOWNSHIP,
            chat_id=None,
            reminder_id="",
            cycle=2027,
            priority=0,
            now=NEXT_YEAR,
        )
    await clerk.command("start")
    await clerk.tap("要办的事")
    await clerk.tap(next(label for label in clerk.labels() if "某" in label))
    await clerk.tap("电话里填好")
    await clerk.tap(BY_PHONE)
    await clerk.fill({**forms.FARMING, "training_date": "2028-05", "monthly_income": "1800"})
    await clerk.tap("都对，提交")
    await clerk.tap("回到要办的事")
    assert "现在没有" in clerk.shown[-1].text
    async with stage.database.reading() as reading:
        assert await cases.open_about(reading, "silent", person.id) is None


async def test_who_does_not_agree_leaves_nothing_but_stays_on_the_roster(place: Office) -> None:
    await put_on_roster(place.stage)
    await _begin(place.clerk, KNOWN)
    told = text_of(await place.clerk.fill({"consent": "no"}))
    assert "对方没同意" in told
    found = await tables(place.stage.url)
    assert found["interview"] == []
    assert found["report"] == []
    async with place.stage.database.reading() as reading:
        known = await roster.find(reading, KNOWN.id_number)
        assert known is not None
        assert await roster.is_waiting(reading, known)


async def test_a_student_of_the_roster_is_not_waited_for_any_more(place: Office) -> None:
    await put_on_roster(place.stage)
    await _begin(place.clerk, KNOWN)
    away = {**forms.AGREED, "hukou_kind": "rural", "situation": "student"}
    told = text_of(await place.clerk.fill(away))
    assert "不用填" in told
    await place.clerk.tap("看名单")
    assert "今年都填过了" in place.clerk.shown[-1].text


async def test_what_the_person_began_in_their_own_chat_stays(place: Office) -> None:
    code = await put_on_roster(place.stage)
    await place.worker.command("start", f"p_{code.replace('-', '')}")
    await _begin(place.clerk, KNOWN)
    await place.clerk.fill({"consent": "no"})
    assert len((await tables(place.stage.url))["interview"]) == 1
    assert place.worker.open_press() is not None
    await place.worker.fill(_answers(KNOWN))
    await place.worker.tap("都对，提交")
    assert len((await tables(place.stage.url))["report"]) == 1


async def test_the_clerks_own_interview_stays_apart(place: Office) -> None:
    clerk = place.clerk
    await put_on_roster(place.stage)
    await clerk.command("start")
    await clerk.tap("填我自己的")
    await clerk.fill(forms.RETURNEE, "employment_status")
    await clerk.tap("替人填报")
    await clerk.tap(next(label for label in clerk.labels() if "某" in label))
    await clerk.tap(BY_PHONE)
    await clerk.command("people")
    assert not any(KNOWN.name in message.text for message in clerk.shown[-1:])
    await clerk.tap("替人填报")
    await clerk.tap(next(label for label in clerk.labels() if label.startswith("接着填")))
    await _enter(clerk, KNOWN)
    await clerk.command("people")
    assert forms.RETURNEE["name"] in "".join([clerk.shown[-1].text, *clerk.labels()])
    await clerk.tap(next(label for label in clerk.labels() if forms.RETURNEE["name"] in label))
    await clerk.fill(forms.RETURNEE)
    await clerk.tap("都对，提交")
    links = (await tables(place.stage.url))["chat_person"]
    own = await _person(place.stage, forms.RETURNEE["id_number"])
    assert [own.id in row for row in links] == [True]


async def test_what_a_suspended_account_began_is_gone_at_once(place: Office) -> None:
    stage, clerk = place.stage, place.clerk
    await put_on_roster(stage)
    await _begin(clerk, KNOWN)
    await clerk.fill(_answers(KNOWN), "employment_status")
    (row,) = (await tables(stage.url))["interview"]
    (account,) = await _accounts(stage) & set(map(str, row))
    await suspend(stage.database, stage.world, account, "test", stage.clock())
    assert (await tables(stage.url))["interview"] == []
    told = text_of(await clerk.write("1"))
    assert KNOWN.name not in told


async def test_what_is_left_for_a_week_is_dropped(place: Office) -> None:
    await put_on_roster(place.stage)
    await _begin(place.clerk, KNOWN)
    await purge(place.stage.database, place.stage.clock() + ASSISTED_KEPT + timedelta(minutes=1))
    assert (await tables(place.stage.url))["interview"] == []


async def test_another_account_in_the_same_chat_finds_nothing_of_it(place: Office) -> None:
    await put_on_roster(place.stage)
    await _begin(place.clerk, KNOWN)
    await place.clerk.fill(_answers(KNOWN), "employment_status")
    await joined(place.stage, place.clerk, TOWNSHIP)
    assert (await tables(place.stage.url))["interview"] == []
    assert KNOWN.name not in text_of(await place.clerk.command("people"))


async def test_who_reported_meanwhile_stays_whole_when_the_staff_give_up(place: Office) -> None:
    code = await put_on_roster(place.stage)
    await _begin(place.clerk, KNOWN)
    await place.worker.command("start", f"p_{code.replace('-', '')}")
    await place.worker.fill(_answers(KNOWN))
    await place.worker.tap("都对，提交")
    before = await tables(place.stage.url)
    await place.clerk.fill({"consent": "no"})
    after = await tables(place.stage.url)
    assert len(after["interview"]) == len(before["interview"]) - 1
    for table in ("chat_person", "consent", "phone_index", "report"):
        assert after[table] == before[table]


async def test_what_the_staff_left_is_dropped_and_not_who_reported_meanwhile(
    place: Office,
) -> None:
    code = await put_on_roster(place.stage)
    await _begin(place.clerk, KNOWN)
    await place.worker.command("start", f"p_{code.replace('-', '')}")
    await place.worker.fill(_answers(KNOWN))
    await place.worker.tap("都对，提交")
    before = await tables(place.stage.url)
    await purge(place.stage.database, place.stage.clock() + ASSISTED_KEPT + timedelta(minutes=1))
    after = await tables(place.stage.url)
    for table in ("chat_person", "consent", "report"):
        assert after[table] == before[table]


async def test_who_gives_up_in_their_own_chat_keeps_what_the_staff_reported(
    place: Office,
) -> None:
    code = await put_on_roster(place.stage)
    await place.worker.command("start", f"p_{code.replace('-', '')}")
    await _begin(place.clerk, KNOWN)
    await _enter(place.clerk, KNOWN)
    before = await tables(place.stage.url)
    await place.worker.fill({"consent": "no"})
    after = await tables(place.stage.url)
    for table in ("consent", "report", "projection", "person_key"):
        assert after[table] == before[table]


async def test_the_word_shows_the_desk_in_the_middle_of_an_entry(stage: Stage) -> None:
    place = await office(stage)
    clerk = place.clerk
    await clerk.command("start")
    await clerk.tap("替人填报")
    await clerk.tap("填一个新的人")
    told = text_of(await clerk.tap("当面，本人说"))
    assert "现在填一个新的人" in told
    assert "打“工作台”" in told
    assert "【西社镇】工作台" in text_of(await clerk.write("工作台"))
    await clerk.tap("替人填报")
    assert any(label.startswith("接着填") for label in clerk.labels())
