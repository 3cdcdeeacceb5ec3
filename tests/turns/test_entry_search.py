"""Assisted entry: whom the staff find, and whom they do not."""

from datetime import date

import pytest

from conversations.buttons import decode
from conversations.reply import Tap
from tests.identities import identity
from tests.transcripts.stage import Stage
from tests.turns.calls import phone_at
from tests.turns.chat import text_of
from tests.turns.office import KNOWN, put_on_roster
from tests.turns.station import Office, office
from tests.turns.tables import tables

OTHER = identity(78, date(1975, 6, 1))
BY_PHONE = "打电话，本人说"


@pytest.fixture
async def place(stage: Stage) -> Office:
    return await office(stage)


async def test_people_are_found_by_village_name_and_last_digits(place: Office) -> None:
    await put_on_roster(place.stage)
    await put_on_roster(place.stage, OTHER)
    clerk = place.clerk
    await clerk.command("start")
    await clerk.tap("替人填报")
    for words in (KNOWN.name, KNOWN.phone[-4:], KNOWN.id_number[-4:]):
        told = text_of(await clerk.write(words))
        assert "有这些人" in told
        found = [label for label in clerk.labels() if "某" in label]
        assert [label[:1] for label in found] == [KNOWN.name[:1]]
    assert "没有找到" in text_of(await clerk.write("不在这里"))


async def test_another_township_neither_finds_nor_enters_the_person(place: Office) -> None:
    await put_on_roster(place.stage)
    clerk = place.clerk
    await clerk.command("start")
    await clerk.tap("替人填报")
    await clerk.tap(next(label for label in clerk.labels() if "某" in label))
    press = decode(clerk.button(BY_PHONE).data)
    stranger = await phone_at(place.stage, place.phones, "t0728", "2009")
    await stranger.command("start")
    await stranger.tap("替人填报")
    assert "今年都填过了" in stranger.shown[-1].text
    assert "没有找到" in text_of(await stranger.write(KNOWN.name))
    await stranger.take(Tap(press))
    assert (await tables(place.stage.url))["interview"] == []
