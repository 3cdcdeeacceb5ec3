"""A stranger who types somebody's number learns nothing: the same statements run, one by one."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest

from bot.turns import ChatTurns
from conversations.reply import SharedPhone
from storage.database import PATIENCE, Database, open_engine
from storage.statements import Statement
from tests.forms import people
from tests.identities import identity
from tests.transcripts.stage import Stage
from tests.turns.chat import Chat, text_of
from tests.turns.office import KNOWN, after_expiry, hand_over, put_on_roster

STRANGERS = {**people.FARMING, "phone": "19900000055"}


class Overheard:
    """The real engine, which also notes the names of the statements that it is given."""

    def __init__(self, engine: Any) -> None:
        self._engine = engine
        self._names = {id(statement): name for name, statement in engine.statements.items()}
        self.heard: list[str] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    async def fetch(self, connection: Any, statement: Statement, values: Mapping[str, Any]) -> Any:
        """Note the statement and run it."""
        self.heard.append(self._names[id(statement)])
        return await self._engine.fetch(connection, statement, values)


@pytest.fixture
async def overheard(stage: Stage) -> AsyncIterator[Overheard]:
    async with stage.database.transaction() as tx:
        vault, system = tx.vault, tx.system
    engine = Overheard(await open_engine(stage.url))
    given: Any = engine
    stage.turns = ChatTurns(Database(given, vault, system, PATIENCE), stage.world)
    yield engine
    await stage.turns.close()
    await engine.close()


async def _heard(
    stage: Stage, overheard: Overheard, address: str, answers: Mapping[str, str]
) -> tuple[str, ...]:
    """Return all statements of somebody's way from the greeting to the receipt."""
    overheard.heard.clear()
    await Chat(stage, address).report(answers)
    return tuple(overheard.heard)


async def test_a_report_runs_the_same_statements_for_a_number_that_is_known(
    stage: Stage, overheard: Overheard
) -> None:
    await Chat(stage, "1").report(people.EMPLOYED_AWAY)
    await put_on_roster(stage)
    numbers = {
        "of nobody": identity(901).id_number,
        "of nobody either": identity(902).id_number,
        "of somebody who reported": people.EMPLOYED_AWAY["id_number"],
        "of somebody on the roster": KNOWN.id_number,
    }
    ways = {
        name: await _heard(stage, overheard, name, {**STRANGERS, "id_number": number})
        for name, number in numbers.items()
    }
    assert "identities.find" in ways["of nobody"]
    assert "transfers.open" in ways["of nobody"]
    assert ways["of nobody"] == ways["of nobody either"]
    assert ways["of nobody"] == ways["of somebody who reported"]
    assert ways["of nobody"] == ways["of somebody on the roster"]


async def test_a_typed_number_is_not_looked_up_before_the_report(
    stage: Stage, overheard: Overheard
) -> None:
    await Chat(stage, "1").report(people.EMPLOYED_AWAY)
    stranger = Chat(stage, "2")
    await stranger.write("开始")
    await stranger.fill(people.EMPLOYED_AWAY, "id_number")
    overheard.heard.clear()
    await stranger.write(people.EMPLOYED_AWAY["id_number"])
    await stranger.tap("对")
    touched = {name.partition(".")[0] for name in overheard.heard}
    assert touched <= {"chats", "interviews", "updates"}


async def test_a_code_that_opens_nothing_is_looked_up_like_any_other(
    stage: Stage, overheard: Overheard
) -> None:
    await Chat(stage, "1").report(people.PROXY)
    replaced = await hand_over(stage, people.PROXY["id_number"])
    expired = await put_on_roster(stage)
    stage.clock.now += after_expiry("roster")
    used = await hand_over(stage, people.PROXY["id_number"])
    await Chat(stage, "2").write(used)
    ways, said = set(), set()
    for typed in (replaced, expired, used, "22222-33333", "ABCDE-23456"):
        overheard.heard.clear()
        said.add(text_of(await Chat(stage, f"stranger {typed}").write(typed)))
        ways.add(tuple(overheard.heard))
    assert len(ways) == len(said) == 1
    assert {"return_codes.find", "personal_codes.find"} <= set(*ways)


async def test_a_phone_that_leads_to_nobody_is_looked_up_like_any_other(
    stage: Stage, overheard: Overheard
) -> None:
    await Chat(stage, "1").report(people.PROXY)
    ways = set()
    for number in (people.PROXY["informant_phone"], "19900000054", "19900000053"):
        overheard.heard.clear()
        await Chat(stage, f"stranger {number}").take(SharedPhone(number, own=True))
        ways.add(tuple(overheard.heard))
    assert len(ways) == 1
    overheard.heard.clear()
    await Chat(stage, "typed").write(people.EMPLOYED_AWAY["phone"])
    await Chat(stage, "card").take(SharedPhone(people.EMPLOYED_AWAY["phone"], own=False))
    assert not any(name.startswith("phones.") for name in overheard.heard)
