"""The same identity number twice: nobody learns anything, and nothing is overwritten."""

import re
from typing import Final

from bot.messages import Outgoing
from storage import transfers
from storage.extract import export_rows
from tests.forms import people
from tests.identities import identity
from tests.transcripts.stage import Stage
from tests.turns.chat import Chat
from tests.turns.tables import tables

CODE: Final = re.compile(r"\b[2-9A-HJ-NP-Z]{5}-[2-9A-HJ-NP-Z]{5}\b")
OTHER: Final = {**people.FARMING, "id_number": identity(901).id_number}


def _shape(outgoing: Outgoing) -> list[tuple[str, list[list[str]], bool]]:
    return [
        (
            CODE.sub("X", message.text),
            [[button.label for button in row] for row in message.rows],
            message.protect,
        )
        for message in outgoing.messages
    ]


async def test_from_another_chat_the_receipt_looks_the_same(stage: Stage) -> None:
    await Chat(stage, "1").report(people.EMPLOYED_AWAY)
    before = await tables(stage.url)
    unknown = await Chat(stage, "2").report(OTHER)
    known = await Chat(stage, "3").report(
        {**people.FARMING, "id_number": people.EMPLOYED_AWAY["id_number"]}
    )
    assert _shape(known) == _shape(unknown)
    after = await tables(stage.url)
    for table in ("report", "projection", "person_key", "return_code", "identity_index"):
        assert set(before[table]) <= set(after[table]), table


async def test_from_another_chat_a_case_is_opened_and_the_export_holds_the_first_only(
    stage: Stage,
) -> None:
    await Chat(stage, "1").report(people.EMPLOYED_AWAY)
    await Chat(stage, "3").report(
        {**people.FARMING, "id_number": people.EMPLOYED_AWAY["id_number"]}
    )
    async with stage.database.reading() as reading:
        cases = await transfers.of_station(reading, people.HOME["township"])
        assert len(cases) == 1
    async with stage.database.reading() as reading:
        found = [row async for rows in export_rows(reading, people.HOME["county"]) for row in rows]
    path = stage.world.shelf.current.roles["employment_status"]
    assert [row.answers[path] for row in found] == ["1"]


async def test_from_the_same_chat_it_is_a_new_version_of_the_same_record(stage: Stage) -> None:
    chat = Chat(stage, "1")
    await chat.report(people.EMPLOYED_AWAY)
    await chat.report({**people.FARMING, "id_number": people.EMPLOYED_AWAY["id_number"]})
    found = await tables(stage.url)
    assert len(found["person"]) == len(found["person_key"]) == len(found["identity_index"]) == 1
    assert len(found["report"]) == 2
    assert found["transfer_case"] == []
    async with stage.database.reading() as reading:
        rows = [row async for rows in export_rows(reading, people.HOME["county"]) for row in rows]
    assert [row.version for row in rows] == [2]


async def test_the_second_of_a_number_sees_their_own_answers_only(stage: Stage) -> None:
    await Chat(stage, "1").report(people.EMPLOYED_AWAY)
    second = Chat(stage, "3")
    mine = {**people.FARMING, "id_number": people.EMPLOYED_AWAY["id_number"]}
    await second.report(mine)
    told = await second.write("我的信息")
    text = "\n".join(message.text for message in told.messages)
    assert people.FARMING["name"] in text
    assert people.EMPLOYED_AWAY["name"] not in text
    assert "电子厂" not in text
    first = await Chat(stage, "1").write("我的信息")
    assert "电子厂" in "\n".join(message.text for message in first.messages)
