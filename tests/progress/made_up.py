"""Made-up figures of places, for what is drawn."""

import random
from collections import Counter
from datetime import date, timedelta

from bot.progress.bulletin import Bulletin
from bot.progress.overview import Figures, Overview
from bot.progress.tree import children_of, level_of
from bot.world import World
from conversations.progress import in_order
from conversations.targets import summed


def figures(place_id: str, target: int, chance: random.Random) -> Figures:
    """Return figures in which each step is a part of the one before."""
    done = int(target * chance.uniform(0.2, 1.05))
    verified = int(done * 0.8)
    exported = int(verified * 0.8)
    return Figures(
        place_id,
        target,
        target + 5,
        *(3, done, verified, exported, int(exported * 0.7), 12, 3, int(done * 0.03)),
    )


def bulletin(world: World, place_id: str, *, days: int = 90) -> Bulletin:
    """Return a bulletin of a place whose figures are made up."""
    chance = random.Random(place_id)
    below = [
        figures(one.id, chance.choice([420, 3000, 6100, 52_000]), chance)
        for one in children_of(world.places, place_id)
    ]
    own = figures(place_id, sum(one.target or 0 for one in below) or 6100, chance)
    order = in_order((one.place_id, one.submitted, one.target or 0) for one in below)
    known = {one.place_id: one for one in below}
    seen = Overview(
        *(place_id, level_of(world.places, place_id), 2026, world.clock(), "submitted", "target"),
        own,
        tuple(known[one.place_id] for one in order),
        tuple(order),
        summed(own.target, {one.place_id: one.target for one in below}),
        5,
    )
    first, each = date(2026, 7, 1), own.submitted // max(days, 1)
    trend = {
        (first + timedelta(days=number)).isoformat(): Counter({"submitted": each})
        for number in range(days)
    }
    return Bulletin(world, seen, trend)
