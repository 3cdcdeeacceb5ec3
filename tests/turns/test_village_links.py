"""Links of posters: whoever scans one is asked whether they are from there, and helped there."""

import pytest

from bot.places import Village
from tests.forms import people
from tests.transcripts.stage import Stage
from tests.turns.chat import Chat, text_of
from tests.turns.station import TOWNSHIP, office
from tests.turns.tables import tables

KEEP = "不改："


def village_of(stage: Stage, name: str) -> Village:
    places = stage.world.places
    found = places.villages_of(places.by_id[TOWNSHIP])
    return next(village for village in found if village.name == name)


async def _kept(chat: Chat, question: str) -> str:
    """Walk to a question that the link has answered, and confirm it; return what was offered."""
    await chat.fill(people.FARMING, question)
    (label,) = [label for label in chat.labels() if label.startswith(KEEP)]
    await chat.tap(label)
    return label.removeprefix(KEEP)


async def test_a_villages_link_offers_everything_down_to_the_village(
    stage: Stage, chat: Chat
) -> None:
    await chat.command("start", village_of(stage, "高渠村").code)
    asked = ("city", "county", "township", "village")
    told = [await _kept(chat, question) for question in asked]
    assert told == ["运城市", "稷山县", "西社镇", "高渠村"]


async def test_the_report_of_a_stranger_is_the_stations_of_the_poster(
    stage: Stage, chat: Chat
) -> None:
    await chat.command("start", village_of(stage, "高渠村").code)
    for question in ("city", "county", "township", "village"):
        await _kept(chat, question)
    await chat.fill(people.FARMING)
    receipt = await chat.tap("都对，提交")
    assert "回执号" in text_of(receipt)
    (person,) = (await tables(stage.url))["person"]
    assert TOWNSHIP in person
    async with stage.database.reading() as reading:
        (row,) = await reading.all("people.of_chat", chat_id=await _chat_id(stage))
    assert (row["township_id"], row["county_id"]) == (TOWNSHIP, "k065")


async def _chat_id(stage: Stage) -> str:
    (row,) = (await tables(stage.url))["chat_person"]
    return str(row[0])


@pytest.mark.parametrize("name", ["", "高渠村"])
async def test_who_scans_and_asks_for_somebody_reaches_the_station_of_the_poster(
    stage: Stage, name: str
) -> None:
    place = await office(stage)
    township = stage.world.places.by_id[TOWNSHIP]
    await place.worker.command("start", village_of(stage, name).code if name else township.code)
    await place.worker.write("找人工")
    (brought,) = place.clerk.news()
    assert "有人找人工：1号" in brought


@pytest.mark.parametrize("code", ["140824101999", "999999999999", "１４０８２４１０１２０１"])
async def test_a_code_that_no_village_has_fills_in_nothing(chat: Chat, code: str) -> None:
    await chat.command("start", code)
    await chat.fill(people.FARMING, "city")
    assert not any(label.startswith(KEEP) for label in chat.labels())
