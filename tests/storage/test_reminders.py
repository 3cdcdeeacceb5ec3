"""Reminders: planned once, claimed once, never sent twice, every end with its reason."""

import asyncio
from datetime import timedelta

import pytest

from storage import reminders
from storage.database import Database
from storage.reminder_rows import Plan, State
from storage.vault import Vault
from tests.storage.made_up import NOW, begin, report

HOUR = timedelta(hours=1)


async def person_with_plan(database: Database, *plans: Plan) -> str:
    """Return a person for whom these prompts are planned, in a chat."""
    chat, interview = await begin(database, f"chat of {len(plans)}")
    async with database.transaction() as tx:
        await reminders.plan(tx, interview.person_id, chat.id, plans)
    return interview.person_id


def prompt(step: int = 1, *, in_hours: int = 0) -> Plan:
    due_at = NOW + HOUR * in_hours
    return Plan("yearly", 2026, step, due_at, due_at + HOUR * 24)


async def test_only_what_is_due_is_claimed_earliest_first(database: Database) -> None:
    await person_with_plan(database, prompt(1), prompt(2, in_hours=-1), prompt(3, in_hours=1))
    async with database.transaction() as tx:
        claimed = await reminders.claim_due(tx, NOW, 10)
        again = await reminders.claim_due(tx, NOW, 10)
    assert [(one.step, one.state, one.attempts) for one in claimed] == [
        (2, "claimed", 1),
        (1, "claimed", 1),
    ]
    assert again == []


async def test_planning_twice_keeps_one_row_on_the_newer_day(database: Database) -> None:
    person_id = await person_with_plan(database, prompt(1))
    async with database.transaction() as tx:
        await reminders.plan(tx, person_id, None, [prompt(1, in_hours=5)])
        (row,) = await reminders.of_person(tx, person_id)
    assert row.due_at == NOW + HOUR * 5


async def test_planning_again_does_not_bring_back_what_was_sent(database: Database) -> None:
    person_id = await person_with_plan(database, prompt(1))
    async with database.transaction() as tx:
        (row,) = await reminders.claim_due(tx, NOW, 1)
        await reminders.mark(tx, row.id, was="claimed", state="sending")
        await reminders.mark(tx, row.id, was="sending", state="sent")
        await reminders.plan(tx, person_id, None, [prompt(1)])
        assert await reminders.claim_due(tx, NOW, 1) == []


async def test_a_mark_from_a_state_that_passed_is_refused(database: Database) -> None:
    await person_with_plan(database, prompt(1))
    async with database.transaction() as tx:
        (row,) = await reminders.claim_due(tx, NOW, 1)
        assert await reminders.mark(tx, row.id, was="claimed", state="sending")
        assert not await reminders.mark(tx, row.id, was="claimed", state="sending")


@pytest.mark.parametrize("state", ["muted", "blocked", "failed", "expired", "cleared"])
async def test_every_non_send_is_kept_with_its_reason(database: Database, state: State) -> None:
    await person_with_plan(database, prompt(1))
    async with database.transaction() as tx:
        (row,) = await reminders.claim_due(tx, NOW, 1)
        await reminders.mark(tx, row.id, was="claimed", state=state, reason="why")
        assert await reminders.by_state(tx) == {(state, "why"): 1}


async def test_a_claimed_row_can_be_put_off(database: Database) -> None:
    await person_with_plan(database, prompt(1))
    async with database.transaction() as tx:
        (row,) = await reminders.claim_due(tx, NOW, 1)
        assert await reminders.put_off(tx, row.id, NOW + HOUR, "quiet hours")
        assert await reminders.claim_due(tx, NOW, 1) == []
        (later,) = await reminders.claim_due(tx, NOW + HOUR, 1)
    assert (later.reason, later.attempts) == ("quiet hours", 2)


async def test_a_stale_claim_is_planned_again_and_a_stale_sending_is_not(
    database: Database,
) -> None:
    await person_with_plan(database, prompt(1), prompt(2))
    async with database.transaction() as tx:
        first, _ = await reminders.claim_due(tx, NOW, 2, fencing=7)
        await reminders.mark(tx, first.id, was="claimed", state="sending")
        assert await reminders.settle_stale(tx, 7) == (0, [])
        released, given_up = await reminders.settle_stale(tx, 8)
        assert (released, [one.id for one in given_up]) == (1, [first.id])
        rows = await reminders.of_person(tx, first.person_id)
        assert [row.state for row in rows] == ["unknown", "planned"]


async def test_what_is_open_ends_when_the_person_mutes(database: Database) -> None:
    receipt = await report(database)
    async with database.transaction() as tx:
        await reminders.end_open(tx, receipt.person_id, 2027, "muted", "asked")
        (row,) = await reminders.of_person(tx, receipt.person_id)
    assert (row.state, row.reason) == ("muted", "asked")


async def test_two_senders_never_claim_the_same_row(url: str, vault: Vault) -> None:
    replicas = [await Database.open(url, vault) for _ in range(2)]
    await person_with_plan(replicas[0], *(prompt(step) for step in range(40)))

    async def claim(database: Database) -> list[str]:
        async with database.transaction() as tx:
            return [one.id for one in await reminders.claim_due(tx, NOW, 7)]

    rounds = await asyncio.gather(*(claim(replicas[number % 2]) for number in range(8)))
    for database in replicas:
        await database.close()
    claimed = [identity for ids in rounds for identity in ids]
    assert len(claimed) == len(set(claimed)) == 40
