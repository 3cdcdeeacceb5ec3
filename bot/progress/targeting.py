"""Targets are set by the level above: proposed, corrected, summed, saved with who and why."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass

from bot.desk import Office
from bot.places import FOLDER
from bot.progress.tree import children_of, counting_of
from bot.world import World
from conversations.scope import PROVINCE
from conversations.targets import MOST, split
from storage import audits, headcounts, targets
from storage.targets import Signed
from storage.transaction import Reading


@dataclass(frozen=True, slots=True)
class Proposal:
    """Targets that might be set.

    Args of the constructor:
        way: `notice` as the notice has it, `last` those of the last cycle, `heads` the upper
            target split by who is looked after, `none` nothing to go by.
    """

    way: str
    people: Mapping[str, int]


def notice_targets() -> tuple[int, Mapping[str, int]]:
    """Return the year of the notice and what it asks of each city."""
    with (FOLDER / "targets.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return int(rows[0]["year"]), {row["city_id"]: int(row["people"]) for row in rows}


async def proposal(reading: Reading, world: World, place_id: str, cycle: int) -> Proposal:
    """Return what the places right below one might be set.

    The notice's figures for its year; else last cycle's, where all of them are set; else the
    place's own target by who is looked after, or the notice's again where nobody is known.
    """
    below = [one.id for one in children_of(world.places, place_id)]
    if not below:
        return Proposal("none", {})
    year, notice = notice_targets()
    if place_id == PROVINCE and cycle == year:
        return Proposal("notice", notice)
    last = await targets.of(reading, cycle - 1, below)
    if len(last) == len(below):
        return Proposal("last", {one: its.people for one, its in last.items()})
    if place_id == PROVINCE:
        return Proposal("notice", notice)
    return await by_heads(reading, world, place_id, cycle)


async def by_heads(reading: Reading, world: World, place_id: str, cycle: int) -> Proposal:
    """Return a place's own target, split among those below by who is looked after there."""
    below = [one.id for one in children_of(world.places, place_id)]
    own = (await targets.of(reading, cycle, [place_id])).get(place_id)
    if own is None:
        return Proposal("none", {})
    heads = await headcounts.counts(reading, counting_of(world), below)
    return Proposal("heads", split(own.people, heads))


async def set_targets(
    office: Office, place_id: str, wished: Mapping[str, int], signed: Signed
) -> None:
    """Keep targets of the places below one; whether somebody may is decided before.

    Raises:
        ValueError: a place is not right below this one, or a figure is none.
    """
    below = {one.id for one in children_of(office.world.places, place_id)}
    if not set(wished) <= below or not all(0 <= one <= MOST for one in wished.values()):
        raise ValueError("not a target of a place below this one")
    await targets.put(office.tx, wished, signed, office.now)
    await audits.write(
        office.tx,
        actor=signed.by,
        action="target.set",
        scope=f"place:{place_id}",
        now=office.now,
        detail=f"{signed.cycle}; {len(wished)}; {signed.reason}",
    )
