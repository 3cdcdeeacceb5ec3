"""A township full of people with reports, made straight in the database."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from storage import chats, interviews, people, preferences, reminders
from storage.people import Due
from storage.projections import Projection
from storage.reminder_rows import Outcome, Plan
from storage.submissions import Submission, submit
from tests.identities import id_number
from tests.transcripts.stage import Stage

TOWNSHIP, COUNTY = "t0727", "k065"


@dataclass
class Someone:
    """Who was made: the person and their chat."""

    person_id: str
    chat_id: str
    address: str


async def settle(
    stage: Stage,
    serial: int,
    *,
    address: str = "",
    channel: str = "telegram",
    cycle: int = 2025,
    relation: str = "0",
    township: str = TOWNSHIP,
    village: str = "东张村",
    **coded: Any,
) -> Someone:
    """Let somebody of the township have reported in a cycle, a year and more ago."""
    at = stage.clock() - timedelta(days=365 * (2026 - cycle) + 30)
    number = id_number("140729", date(1980, 1, 1) + timedelta(days=serial), serial % 1000)
    address = address or f"w{serial}"
    async with stage.database.transaction() as tx:
        chat, _ = await chats.load_turn(tx, channel, address, at)
        person_id, key = await people.create(tx, at)
        opened = await interviews.start(
            tx,
            chat.id,
            person_id,
            key,
            form_hash=stage.world.shelf.hash,
            purpose="first",
            state="{}",
            now=at,
        )
        form = stage.world.shelf.current
        values = {"name": f"王{serial}", "id_number": number, "village": village}
        submission = Submission(
            answers={form.roles[role]: value for role, value in values.items()},
            id_number=number,
            informant_relation=relation,
            collection_method="1",
            projection=Projection(
                cycle=cycle,
                county_id=COUNTY,
                township_id=township,
                birth_year=1980,
                sex="1",
                **coded,
            ),
            due=Due(at.date() + timedelta(days=365), 0),
            plans=(),
        )
        await submit(tx, opened, submission, at)
    return Someone(person_id, chat.id, address)


async def prompted(stage: Stage, one: Someone, *days_ago: int) -> None:
    """Let somebody have got prompts so many days ago."""
    async with stage.database.transaction() as tx:
        for step, days in enumerate(days_ago, 50):
            at = stage.clock() - timedelta(days=days, minutes=5)
            plan = Plan("yearly", 2026, step, at, at + timedelta(days=1))
            await reminders.plan(tx, one.person_id, one.chat_id, [plan])
            row = f"yearly:{one.person_id}:2026:{step}"
            await reminders.mark(tx, row, was="planned", state="claimed")
            await reminders.start_sending(tx, {row: "yearly"}, at)
            await reminders.settle(tx, [Outcome(row, "sent", "accepted by the channel", at)])


async def muted(stage: Stage, one: Someone) -> None:
    """Let somebody want no reminders."""
    async with stage.database.transaction() as tx:
        await preferences.pause(tx, one.person_id, date.max)


async def left(stage: Stage, one: Someone) -> None:
    """Let somebody have left the range."""
    async with stage.database.transaction() as tx:
        await people.leave_range(tx, one.person_id, "01", "", stage.clock())


async def blocked(stage: Stage, one: Someone) -> None:
    """Let a chat not take messages."""
    async with stage.database.transaction() as tx:
        await chats.set_blocked(tx, one.chat_id, stage.clock())
