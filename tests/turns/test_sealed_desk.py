"""What is said and typed at a desk about people stands in no table in the open."""

import json
from datetime import timedelta

from bot.housekeeping import purge
from conversations.desk_errands import Area, desk_press
from conversations.lobby.wishes import tag_of
from conversations.reply import Tap
from storage import identities, people
from tests.forms import people as forms
from tests.transcripts.stage import Stage
from tests.turns.calls import Call, called, open_first
from tests.turns.office import KNOWN, put_on_roster
from tests.turns.tables import tables

NOTE, REASON, VILLAGE = "儿子说腊月回来", "本人托我核对电话", "石圪塔沟"
QUESTION, SEARCHED = "您媳妇还在砖瓦厂吗", "翠翠"


async def test_nothing_typed_at_a_desk_stands_in_the_open_or_outlives_the_person(
    stage: Stage,
) -> None:
    call = await called(stage)
    clerk = call.office.clerk
    await put_on_roster(stage)
    await _live_through(call)
    before = await tables(stage.url)
    assert [len(before[table]) for table in ("report_query", "case_step", "desk_state")] == [
        1,
        2,
        1,
    ]
    typed = [NOTE, REASON, VILLAGE, QUESTION, SEARCHED]
    known = [forms.FARMING[name] for name in ("name", "id_number", "phone")]
    assert await _found(stage, [*typed, *known, KNOWN.name, KNOWN.id_number, KNOWN.phone]) == []
    async with stage.database.transaction() as tx:
        await people.erase(tx, call.person_id, "chat", stage.clock())
    left = await tables(stage.url)
    assert left["case_step"] == left["station_case"] == left["report_query"] == []
    assert left["report"] == left["outbox"] == left["interview"] == []
    stage.clock.now += timedelta(hours=19)
    await purge(stage.database, stage.clock())
    assert (await tables(stage.url))["desk_state"] == []
    await clerk.command("start")
    await clerk.tap("要办的事")
    assert "现在没有" in clerk.shown[-1].text


async def _live_through(call: Call) -> None:
    """Type words about people wherever a desk takes them."""
    stage, clerk = call.office.stage, call.office.clerk
    await open_first(clerk)
    await clerk.write(NOTE)
    await clerk.tap("没人接")
    await clerk.take(Tap(desk_press(Area.ACCOUNTS, "see", tag_of(call.person_id))))
    await clerk.write(REASON)
    await clerk.command("start")
    await clerk.tap("待核实")
    await clerk.tap(next(label for label in clerk.labels() if label.startswith("看1")))
    await clerk.tap("退回问一句")
    await clerk.tap(clerk.labels()[0])
    await clerk.tap(clerk.labels()[0])
    await clerk.write(QUESTION)
    await clerk.command("start")
    await clerk.tap("提醒大家")
    await clerk.tap("选人发提醒")
    await clerk.tap("哪个村")
    await clerk.write(VILLAGE)
    await clerk.command("start")
    await clerk.tap("替人填报")
    await clerk.write(SEARCHED)
    async with stage.database.reading() as reading:
        assert await identities.find(reading, forms.FARMING["id_number"]) == call.person_id


async def _found(stage: Stage, secrets: list[str]) -> list[tuple[str, str]]:
    """Return table and secret wherever one stands in the open."""
    return [
        (table, secret)
        for table, rows in (await tables(stage.url)).items()
        for row in rows
        for value in row
        for secret in secrets
        if any(
            form in _bytes(value) for form in (secret.encode(), json.dumps(secret)[1:-1].encode())
        )
    ]


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()
