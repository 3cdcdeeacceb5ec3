"""A result file of the platform, from the upload to the last question."""

from datetime import timedelta

from bot.platform import deciding
from storage import answers, people, refused, staff
from storage.scope import Scope
from tests.identities import identity
from tests.platform.county import OTHER_COUNTY, County, result, told


async def test_what_the_platform_took_is_accepted_and_the_rest_is_asked_about(
    county: County,
) -> None:
    first, second, third, fourth = await county.reported(4)
    batch = await county.batch([first, second, third, fourth])
    one = await county.read(
        result(
            told(first),
            told(second, "失败", "文化程度不在字典中（3）"),
            told(third, "失败", "姓名与身份证号在公安人口库中不一致"),
            ("9", "某人", identity(99).id_number, "成功", ""),
        )
    )
    assert (one.state, one.accepted, one.rejected, one.unmatched) == ("checked", 1, 2, 1)
    assert (await county.states())[first.report_id] == "exported"
    done = await county.take(one)
    assert done.state == "done"
    states = await county.states()
    assert [states[p.report_id] for p in (first, second, third, fourth)] == [
        *("accepted", "rejected", "rejected", "exported")
    ]
    queries = await county.rows("report_query", "report_id, answered_at")
    assert [row["report_id"] for row in queries] == [second.report_id]
    posts = await county.rows("outbox", "person_id, state")
    assert [row["person_id"] for row in posts] == [second.person_id]
    cases = await county.rows("station_case", "person_id, kind, township_id, closed_at")
    assert [(row["person_id"], row["kind"]) for row in cases] == [(third.person_id, "rejected")]
    rows = await county.rows("batch_row", "batch_id, line, outcome, words")
    assert [row["outcome"] for row in sorted(rows, key=lambda r: r["line"])] == [
        *("accepted", "rejected", "rejected", "")
    ]
    assert {row["batch_id"] for row in rows} == {batch}
    words = [bytes(row["words"]) for row in rows if row["words"]]
    assert len(words) == 2
    assert not any(told.encode() in one for one in words for told in ("文化程度", "姓名"))


async def test_the_same_file_again_changes_nothing(county: County) -> None:
    people = await county.reported(3)
    await county.batch(people)
    content = result(
        *(told(one) for one in people[:2]), told(people[2], "失败", "系统异常，请稍后再试")
    )
    await county.take(await county.read(content))
    before = (await county.states(), await county.rows("batch_row", "line, outcome, answered_at"))
    county.stage.clock.now += timedelta(hours=1)
    again = await county.read(content)
    assert '"done_before": "2026' in again.head
    assert (again.accepted, again.rejected, again.known) == (0, 0, 3)
    assert (await county.take(again)).state == "done"
    after = (await county.states(), await county.rows("batch_row", "line, outcome, answered_at"))
    assert before == after
    assert len(await county.rows("station_case")) == 1


async def test_a_file_of_failures_lets_the_rest_of_the_batch_be_accepted(county: County) -> None:
    first, second, third = await county.reported(3)
    await county.batch([first, second, third])
    one = await county.read(
        result(
            ("", second.who.name, second.who.id_number, "手机号码为空号"),
            titles=(*("序号", "姓名", "身份证号码", "错误信息"),),
        )
    )
    assert '"how":"failures"' in one.mapping
    await county.take(one)
    states = await county.states()
    assert [states[p.report_id] for p in (first, second, third)] == [
        *("accepted", "rejected", "accepted")
    ]


async def test_a_file_of_failures_with_a_row_nobody_knows_is_not_taken(small: County) -> None:
    first, second = await small.reported(2)
    await small.batch([first, second])
    row = (
        "",
        first.who.name,
        f"{first.who.id_number[:6]}********{first.who.id_number[-4:]}",
        "错",
    )
    other = ("", second.who.name, second.who.id_number, "手机号错误")
    one = await small.read(result(other, row, titles=("序号", "姓名", "身份证号码", "错误信息")))
    assert one.unmatched == 1
    async with small.stage.database.transaction() as tx:
        assert await answers.unmatched(tx, one.id) == [(3, "masked")]
        assert await deciding.take(tx, one, "x", small.stage.clock()) == "unmatched"


async def test_rows_are_found_by_the_lines_of_a_batch(county: County) -> None:
    people = await county.reported(2)
    batch = await county.batch(people)
    one = await county.read(
        result(("第3行", "成功"), ("第4行", "失败"), ("说明", "失败"), titles=("行号", "状态")),
        batch_id=batch,
    )
    assert (one.accepted, one.rejected, one.unmatched) == (1, 1, 1)


async def test_the_rows_of_another_county_are_not_taken(county: County) -> None:
    own, other = identity(11), identity(12)
    here = await county.report(own, "801")
    there = await county.report(other, "802", county=OTHER_COUNTY)
    await county.batch([here])
    await county.batch([there], county=OTHER_COUNTY)
    one = await county.read(result(told(there), told(here)), batch_id="")
    async with county.stage.database.reading() as reading:
        assert await answers.unmatched(reading, one.id) == [(2, "foreign")]
    await county.take(one)
    assert (await county.states())[there.report_id] == "exported"
    lost = await county.read(result(told(there)), batch_id="")
    assert (lost.state, lost.fault) == ("failed", "foreign")


async def test_a_batch_that_nobody_took_gets_no_answer(small: County) -> None:
    people = await small.reported(1)
    await small.batch(people, is_taken=False)
    one = await small.read(result(told(people[0])), batch_id="")
    assert (one.state, one.fault) == ("failed", "nothing")


async def test_an_answer_about_an_older_version_asks_nobody(small: County) -> None:
    (first,) = await small.reported(1)
    await small.batch([first])
    newer = await small.report(first.who, first.address)
    one = await small.read(result(told(first, "失败", "手机号错误")))
    await small.take(one)
    states = await small.states()
    assert states == {first.report_id: "rejected", newer.report_id: "submitted"}
    assert await small.rows("report_query") == []
    assert await small.rows("station_case") == []


async def test_a_corrected_report_ends_the_question_and_the_case(small: County) -> None:
    asked, called = await small.reported(2)
    await small.batch([asked, called])
    one = await small.read(
        result(told(asked, "失败", "文化程度不正确"), told(called, "失败", "实名核验不一致"))
    )
    await small.take(one)
    for person in (asked, called):
        await small.report(person.who, person.address)
    assert all(row["answered_at"] for row in await small.rows("report_query", "answered_at"))
    assert all(row["closed_at"] for row in await small.rows("station_case", "closed_at"))


async def test_nobody_is_written_to_at_night(small: County) -> None:
    asked, called = await small.reported(2)
    await small.batch([asked, called])
    one = await small.read(
        result(told(asked, "失败", "文化程度不正确"), told(called, "失败", "实名核验不一致"))
    )
    small.stage.clock.now += timedelta(hours=12)
    waits = await small.take(one)
    assert waits.state == "taking"
    assert await small.rows("outbox") == []
    assert len(await small.rows("station_case")) == 1
    small.stage.clock.now += timedelta(hours=12)
    await small.work()
    assert (await small.get(one.id)).state == "done"
    assert len(await small.rows("outbox")) == 1


async def test_whoever_cannot_be_written_to_is_called_by_the_station(small: County) -> None:
    silent = await small.report(identity(31))
    await small.batch([silent])
    one = await small.read(result(told(silent, "失败", "文化程度不正确")))
    await small.take(one)
    assert [row["kind"] for row in await small.rows("station_case", "kind")] == ["rejected"]


async def test_who_mends_a_reason_is_the_clerks_choice(small: County) -> None:
    (first,) = await small.reported(1)
    await small.batch([first])
    one = await small.read(result(told(first, "失败", "文化程度不正确")))
    await small.take(one, answer="county")
    cases = await small.rows("station_case", "township_id, kind")
    assert [(row["township_id"], row["kind"]) for row in cases] == [("k065", "rejected")]
    assert await small.rows("report_query") == []


async def test_a_repeat_of_what_was_accepted_before_changes_nothing(small: County) -> None:
    (first,) = await small.reported(1)
    await small.batch([first])
    await small.take(await small.read(result(told(first))))
    small.stage.clock.now += timedelta(hours=1)
    await small.batch([first])
    one = await small.read(result(told(first, "失败", "该人员已存在，请勿重复导入")))
    await small.take(one)
    assert (await small.states())[first.report_id] == "accepted"
    assert await small.rows("station_case") == []


async def test_result_words_that_nobody_knows_are_asked_for(small: County) -> None:
    first, second = await small.reported(2)
    await small.batch([first, second])
    content = result(told(first, "入围"), told(second, "甲"), told(first, "成功"))
    one = await small.read(content)
    assert (one.state, one.accepted, one.unmatched) == ("checked", 1, 2)
    again = await small.read(content, words={"入围": "accepted", "甲": "rejected"})
    assert (again.accepted, again.rejected, again.unmatched) == (1, 1, 1)


async def test_what_is_open_can_be_sent_again_or_given_up_and_old_files_are_forgotten(
    county: County,
) -> None:
    first, second = await county.reported(2)
    await county.batch([first, second])
    reason = "实名核验不一致（140824）"
    one = await county.read(result(told(first, "失败", reason), told(second, "失败", reason)))
    await county.take(one)
    clerk = await county.clerk()
    scope = Scope(("t0727", "k065"))
    async with county.stage.database.transaction() as tx:
        who, office = await staff.get(tx, clerk), county.office(tx)
        assert who is not None
        found = await refused.page(tx, scope, most=5)
        assert {each.words for each in found} == {reason}
        assert await refused.get(tx, Scope(("t0001",)), found[0].report_id) is None
        by_person = {each.person_id: each for each in found}
        assert await deciding.send_again(office, who, by_person[first.person_id])
        assert not await deciding.give_up(office, who, by_person[second.person_id], " ")
        assert await deciding.give_up(office, who, by_person[second.person_id], "去世")
        assert await refused.page(tx, scope, most=5) == []
    states = await county.states()
    assert (states[first.report_id], states[second.report_id]) == ("verified", "rejected")
    left = await county.give(result(told(first)))
    await county.work()
    now = county.stage.clock()
    async with county.stage.database.transaction() as tx:
        assert await answers.purge(tx, now) == 0
        assert await answers.purge(tx, now + timedelta(days=1)) == 2
        listed = await answers.of_places(tx, scope)
        assert [each.state for each in listed] == ["done"]
    assert (await county.get(left)).state == "dropped"
    assert await county.rows("upload") == []


async def test_somebody_who_is_erased_meanwhile_is_left_out(small: County) -> None:
    first, second = await small.reported(2)
    await small.batch([first, second])
    one = await small.read(result(told(first, "失败", "文化程度不正确"), told(second)))
    async with small.stage.database.transaction() as tx:
        await people.erase(tx, first.person_id, "test", small.stage.clock())
    done = await small.take(one)
    assert done.state == "done"
    assert await small.rows("report_query") == []
    assert (await small.states())[second.report_id] == "accepted"
