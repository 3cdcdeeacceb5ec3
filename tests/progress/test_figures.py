"""What a page is told of a place: the same as a plain model counts, and it adds up."""

from dataclasses import replace
from datetime import date

import pytest

from bot.desk import Office
from bot.progress.folding import FoldingElsewhere, fold_all, recount_all
from bot.progress.overview import ledger_of, overview
from bot.progress.targeting import proposal, set_targets
from bot.progress.tree import children_of
from bot.progress.villages import villages_of
from conversations.scope import PROVINCE
from storage import leases, roster
from storage.targets import Signed
from tests.identities import id_number
from tests.storage.walking import CYCLE, Walk
from tests.transcripts.stage import ON_ROSTER, Stage


async def set_below(stage: Stage, place_id: str, people: dict[str, int]) -> None:
    async with stage.database.transaction() as tx:
        office = Office(tx, stage.world, stage.clock())
        await set_targets(office, place_id, people, Signed(CYCLE, "staff:1", "按通知"))


async def test_a_place_has_what_those_below_it_have_together(stage: Stage, walk: Walk) -> None:
    for _ in range(2):
        async with stage.database.reading() as reading:
            for place_id in (PROVINCE, "c01", "k001"):
                seen = await overview(reading, stage.world, place_id, CYCLE)
                assert seen.own.heads == walk.heads(place_id)
                for name in ("heads", "submitted", "verified", "exported", "accepted", "fresh"):
                    below = sum(getattr(one, name) for one in seen.below)
                    assert getattr(seen.own, name) == below, name
        assert await fold_all(stage.database, stage.world) >= 0
    assert await recount_all(stage.database, stage.world) == []


async def test_the_ledger_adds_up_to_who_is_looked_after(stage: Stage, walk: Walk) -> None:
    async with stage.database.reading() as reading:
        ledger, young = await ledger_of(reading, stage.world, "k001", stage.clock().year)
        seen = await overview(reading, stage.world, "k001", stage.clock().year)
    assert ledger.total - young == seen.own.heads
    assert ledger.base + sum(ledger.changes.values()) == ledger.total


async def test_who_is_not_yet_16_is_no_part_of_a_rate(stage: Stage) -> None:
    today = stage.world.today(stage.clock())
    ripe = today.replace(year=today.year + 1)
    number = id_number("140824", date(today.year - 15, 3, 15), 2)
    young = replace(ON_ROSTER, id_number=number, birth_year=today.year - 15, ripe_on=ripe)
    async with stage.database.transaction() as tx:
        await roster.add(tx, ON_ROSTER, stage.clock())
        await roster.add(tx, young, stage.clock())
    async with stage.database.reading() as reading:
        seen = await overview(reading, stage.world, "t0727", today.year)
        ledger, too_young = await ledger_of(reading, stage.world, "t0727", today.year)
        villages = await villages_of(reading, stage.world, "t0727", today.year)
    assert sum(one.heads for one in villages) == 1
    assert (ledger.total, too_young, seen.own.heads) == (2, 1, 1)


async def test_the_villages_of_a_township_are_opened(stage: Stage) -> None:
    async with stage.database.transaction() as tx:
        await roster.add(tx, ON_ROSTER, stage.clock())
    async with stage.database.reading() as reading:
        found = await villages_of(reading, stage.world, "t0727", 2026)
    assert [(one.name, one.heads, one.done("submitted")) for one in found if one.heads] == [
        ("东城村", 1, 0)
    ]
    assert len(found) > 1


async def test_targets_are_proposed_from_above_and_rates_go_by_them(stage: Stage) -> None:
    async with stage.database.reading() as reading:
        notice = await proposal(reading, stage.world, PROVINCE, 2022)
        nothing = await proposal(reading, stage.world, "c01", CYCLE)
        before = await overview(reading, stage.world, PROVINCE, CYCLE)
    assert (notice.way, sum(notice.people.values())) == ("notice", 8_098_000)
    assert (nothing.way, before.basis) == ("none", "heads")
    await set_below(stage, PROVINCE, dict(notice.people))
    async with stage.database.reading() as reading:
        split = await proposal(reading, stage.world, "c01", CYCLE)
        after = await overview(reading, stage.world, PROVINCE, CYCLE)
        next_year = await proposal(reading, stage.world, PROVINCE, CYCLE + 1)
    assert (split.way, sum(split.people.values())) == ("heads", 370_000)
    assert (after.basis, after.own.target, after.sum.is_right) == ("target", 8_098_000, True)
    assert (next_year.way, next_year.people) == ("last", notice.people)
    with pytest.raises(ValueError, match="below"):
        await set_below(stage, PROVINCE, {"k001": 1})


async def test_a_target_that_is_split_by_hand_is_held_against_the_one_above(stage: Stage) -> None:
    counties = [one.id for one in children_of(stage.world.places, "c03")]
    await set_below(stage, PROVINCE, {"c03": 234_000})
    await set_below(stage, "c03", dict.fromkeys(counties, 50_000))
    async with stage.database.reading() as reading:
        seen = await overview(reading, stage.world, "c03", CYCLE)
    assert (seen.sum.lower, seen.sum.difference) == (250_000, 16_000)


async def test_two_processes_do_not_fold_at_once(stage: Stage, walk: Walk) -> None:
    async with stage.database.transaction() as tx:
        lease = await leases.acquire(
            tx, "progress", "another", walk.now - walk.now.replace(hour=0)
        )
    assert lease is not None
    assert await fold_all(stage.database, stage.world) == 0
    with pytest.raises(FoldingElsewhere):
        await recount_all(stage.database, stage.world)
