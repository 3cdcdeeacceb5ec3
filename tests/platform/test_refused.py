"""The county's list of what the platform refused: everybody once, and who is at it."""

from datetime import timedelta

from bot.platform import deciding
from bot.staff.casework import end_case
from bot.web.console.answers_open import ways_of
from conversations.cases import Outcome
from storage import cases, chats, people, refused, reports, reviews, staff
from storage.refused import Refused
from storage.scope import Scope
from tests.identities import identity
from tests.platform.county import County, Reported, result, told
from tests.turns.office import COUNTY, TOWNSHIP

HERE = Scope((COUNTY, TOWNSHIP))
ASKED, CALLED, OURS = "文化程度不正确", "实名核验不一致", "系统异常，请稍后再试"


async def listed(county: County, scope: Scope = HERE) -> dict[str, Refused]:
    """Return what stands on the list, by report; each once."""
    async with county.stage.database.reading() as reading:
        found = await refused.page(reading, scope, most=50)
    assert len({one.report_id for one in found}) == len(found)
    return {one.report_id: one for one in found}


async def ways(county: County) -> dict[str, list[str]]:
    """Return who is at each report."""
    found = await listed(county)
    places = county.stage.world.places
    return {one.report_id: [way for way, _ in ways_of(places, one)] for one in found.values()}


async def refuse(county: County, *rows: tuple[Reported, str]) -> None:
    """Let the platform refuse these, for a reason each; faults of its own stay with the county."""
    content = result(*(told(one, "失败", why) for one, why in rows))
    await county.take(await county.read(content), system="county")


async def block(county: County, one: Reported) -> None:
    """Let somebody's chat take no messages any more."""
    now = county.stage.clock()
    async with county.stage.database.transaction() as tx:
        chat, _ = await chats.load_turn(tx, "telegram", one.address, now)
        await chats.set_blocked(tx, chat.id, now)
        await reviews.call_instead(tx, chat.id, now)


async def test_everybody_who_is_not_mended_stands_there_once_with_who_is_at_it(
    county: County,
) -> None:
    asked, called, ours, taken = await county.reported(4)
    silent = await county.report(identity(41))
    await county.batch([asked, called, ours, taken, silent])
    at = county.stage.clock()
    await refuse(county, (asked, ASKED), (called, CALLED), (ours, OURS), (silent, ASKED))
    county.stage.clock.now += timedelta(hours=1)
    assert await ways(county) == {
        asked.report_id: ["asked"],
        called.report_id: ["station"],
        ours.report_id: ["county"],
        silent.report_id: ["station"],
    }
    found = await listed(county)
    assert found[asked.report_id].words == ASKED
    assert (found[asked.report_id].told_at, found[called.report_id].case_at) == (at, at)
    assert set(await listed(county, Scope((COUNTY,)))) == {ours.report_id}
    assert await listed(county, Scope(("t0001",))) == {}
    for one in (asked, called, silent):
        await county.report(one.who, one.address)
    assert set(await ways(county)) == {ours.report_id}


async def test_whom_no_chat_reaches_any_more_is_called_and_stands_there_once(
    county: County,
) -> None:
    (one,) = await county.reported(1)
    await county.batch([one])
    await refuse(county, (one, ASKED))
    await block(county, one)
    assert await ways(county) == {one.report_id: ["call"]}


async def test_a_question_of_the_station_alone_is_no_refusal(county: County) -> None:
    (one,) = await county.reported(1)
    clerk = await county.clerk()
    async with county.stage.database.transaction() as tx:
        key = await people.key_of(tx, one.person_id)
        assert key is not None
        report = await reports.latest(tx, one.person_id, key)
        assert report is not None
        assert await reviews.judge(tx, report.id, "returned", clerk, county.stage.clock())
        await reviews.ask(
            tx,
            report,
            key,
            path="/data",
            words="?",
            by=clerk,
            is_told=True,
            now=report.submitted_at,
        )
    assert await listed(county) == {}


async def test_what_was_refused_and_then_returned_stays_on_the_list(small: County) -> None:
    (one,) = await small.reported(1)
    await small.batch([one])
    await refuse(small, (one, ASKED))
    clerk, now = await small.clerk(), small.stage.clock()
    async with small.stage.database.transaction() as tx:
        assert await reviews.give_back(tx, one.report_id, clerk, now)
    found = (await listed(small))[one.report_id]
    assert (found.state, found.words) == ("returned", ASKED)


async def test_the_county_ends_what_the_person_was_asked(county: County) -> None:
    again, given_up = await county.reported(2)
    await county.batch([again, given_up])
    await refuse(county, (again, ASKED), (given_up, ASKED))
    await block(county, again)
    found, clerk = await listed(county), await county.clerk()
    async with county.stage.database.transaction() as tx:
        who, office = await staff.get(tx, clerk), county.office(tx)
        assert who is not None
        assert await deciding.send_again(office, who, found[again.report_id])
        assert await deciding.give_up(office, who, found[given_up.report_id], "本人去世")
    assert await listed(county) == {}
    states = await county.states()
    assert (states[again.report_id], states[given_up.report_id]) == ("verified", "rejected")
    assert all(row["answered_at"] for row in await county.rows("report_query", "answered_at"))
    closed = await county.rows("station_case", "person_id, kind, outcome")
    assert {(row["person_id"], row["kind"], row["outcome"]) for row in closed} == {
        (again.person_id, "returned", "resent"),
        (given_up.person_id, "rejected", "given_up"),
    }
    assert [row["outcome"] for row in await county.rows("case_step", "outcome")] == ["note"]


async def test_what_a_station_hands_on_waits_for_the_county_until_it_decides(
    county: County,
) -> None:
    wrong, will_not = await county.reported(2)
    await county.batch([wrong, will_not])
    await refuse(county, (wrong, CALLED), (will_not, CALLED))
    clerk, found = await county.clerk(), await listed(county)
    county.stage.clock.now += timedelta(minutes=5)
    async with county.stage.database.transaction() as tx:
        who, office = await staff.get(tx, clerk), county.office(tx)
        assert who is not None
        for one, outcome in ((wrong, Outcome.COUNTY), (will_not, Outcome.REFUSES)):
            case = await cases.get(tx, found[one.report_id].case_id)
            assert case is not None
            assert await end_case(office, who, case, outcome)
    assert await ways(county) == {
        wrong.report_id: ["platform_wrong"],
        will_not.report_id: ["will_not"],
    }
    found = await listed(county)
    assert found[wrong.report_id].said_at == county.stage.clock()
    async with county.stage.database.transaction() as tx:
        assert await refused.count_handed(tx, HERE) == 2
        assert await refused.count_handed(tx, Scope(("t0001",))) == 0
        office = county.office(tx)
        assert await deciding.send_again(office, who, found[wrong.report_id])
        assert await deciding.give_up(office, who, found[will_not.report_id], "本人不愿意")
        assert await refused.count_handed(tx, HERE) == 0
    assert await listed(county) == {}
