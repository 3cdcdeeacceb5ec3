"""A held-back record becomes one question in the person's chat, or a case at their station."""

import pytest

from bot.exporting import holding
from bot.staff.asking_back import Way
from storage import cases, chats, reviews
from storage.scope import Scope
from tests.export.people import records
from tests.exporting.county import COUNTY, STATION, County, at_home

SCOPE = Scope((COUNTY, STATION))


async def held_back(county: County, **changes: str) -> tuple[str, str]:
    """Hold somebody back; return the ids of the batch and the person."""
    person, _ = await county.report({**at_home(records(1))[0], **changes})
    batch = await county.made()
    assert batch.held_back == 1
    return batch.id, person


async def turned(county: County, batch_id: str, person_id: str) -> Way | None:
    who = await county.who()
    async with county.stage.database.transaction() as tx:
        return await holding.turn_into_question(county.office(tx), who, batch_id, person_id)


async def test_who_has_a_chat_is_asked_in_it(county: County) -> None:
    batch, person = await held_back(county, ethnicity="")
    now = county.stage.clock()
    async with county.stage.database.transaction() as tx:
        chat, _ = await chats.load_turn(tx, "telegram", "42", now)
        await chats.link(tx, chat.id, person, "0", now)
    assert await turned(county, batch, person) is Way.ASKED
    assert await county.state(person) == "returned"
    async with county.stage.database.transaction() as tx:
        posts = await tx.all("outbox.claim", now=10**18, most=10)
        assert len(posts) == 1
        assert await cases.open_about(tx, reviews.CASE, person) is None
    assert await turned(county, batch, person) is Way.NOT_THERE


async def test_who_has_no_chat_is_a_case_of_the_station(county: County) -> None:
    batch, person = await held_back(county, phone_listed="1391234567")
    assert await turned(county, batch, person) is Way.CASE
    async with county.stage.database.reading() as reading:
        assert await cases.open_about(reading, reviews.CASE, person) is not None


@pytest.mark.parametrize("changes", [{"education": "99"}])
async def test_what_only_the_county_can_settle_is_asked_of_nobody(
    county: County, changes: dict[str, str]
) -> None:
    batch, person = await held_back(county, **changes)
    who = await county.who()
    async with county.stage.database.transaction() as tx:
        (line,) = await holding.lines(tx, county.stage.world, batch, SCOPE)
    assert (line.reasons[0][0], line.can_ask) == ("county", False)
    assert await turned(county, batch, person) is Way.NOT_THERE
    assert who.id in county.clerks


async def test_a_newer_report_is_not_returned_for_what_an_older_one_said(county: County) -> None:
    batch, person = await held_back(county, ethnicity="")
    await county.report(at_home(records(1))[0], person_id=person)
    assert await turned(county, batch, person) is Way.NOT_THERE
    assert await county.state(person) == "verified"


async def test_people_of_other_places_are_not_listed(county: County) -> None:
    batch, _ = await held_back(county, ethnicity="")
    world = county.stage.world
    async with county.stage.database.reading() as tx:
        assert await holding.lines(tx, world, batch, Scope(("t0001",))) == []
        assert await holding.lines(tx, world, batch, SCOPE, reason="phone_wrong") == []
        assert len(await holding.lines(tx, world, batch, SCOPE, reason="missing")) == 1
