"""Choosing people by a filter inside a scope: who gets a prompt, who does not, and what it says.

Free of channels: the desk, the command line and the console call the same functions.
"""

import asyncio
import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final

from bot.places import Places
from bot.prompts import follow_up_message, place_values
from bot.staff.followups_lists import group_name
from bot.whereabouts import within
from bot.world import World
from conversations.followups import Facts, Filter, Reason, Sifted, sift
from conversations.lobby.wishes import tag_of
from conversations.pacing import finish_at
from conversations.record import by_role
from conversations.xform import Form
from storage import followups
from storage.followups import Moments, Opened
from storage.transaction import Reading
from storage.waves import LANGUAGE

_SAMPLES: Final = 3


@dataclass(frozen=True, slots=True)
class Preview:
    """What would happen if it were started now.

    Args of the constructor, where not plain:
        samples: prompts exactly as they would go out.
        to_call: how many only a call reaches.
        could_get_more: how many of the chosen would still have contact budget after it.
    """

    count: int
    excluded: Mapping[Reason, int]
    to_call: int
    could_get_more: int
    samples: tuple[str, ...]
    finish_at: datetime


def townships_of(places: Places, scope_id: str) -> list[str]:
    """Return the townships of a scope: itself, or those of a county; none of anything else."""
    place = places.by_id.get(scope_id)
    if place is None:
        return []
    return [place.id] if place.level == "township" else within(places, place.id)


def covered(places: Places, scope_id: str) -> list[str]:
    """Return the places whose follow-ups belong to a scope: itself and its townships."""
    return list(dict.fromkeys((scope_id, *townships_of(places, scope_id))))


def cycle_of(world: World, now: datetime) -> int:
    """Return the cycle that a moment lies in."""
    return now.astimezone(world.zone).year


async def sweep(
    reading: Reading,
    world: World,
    scope_id: str,
    filter: Filter,
    now: datetime,
    *,
    wave_id: str = "",
) -> Sifted:
    """Return who of a scope is chosen, and who is left out for which reason.

    Args:
        wave_id: the wave that is being planned, whose own rows speak against nothing.
    """
    moments = moments_of(world, filter, now)
    townships = townships_of(world.places, scope_id)
    ids: list[str] = []
    for township in townships:
        ids += await followups.chosen(reading, township, filter, moments)
    if filter.stuck_in:
        ids = await _stuck_in(reading, ids, filter.stuck_in, moments)
    if filter.village:
        ids = await _of_village(reading, world, ids, filter.village)
    ids += await _unplaced(reading, world, frozenset(townships), filter, moments)
    found: list[Facts] = []
    async for chunk in followups.facts(reading, ids, moments, wave_id):
        found += chunk
    cycle, today = cycle_of(world, now), moments.today
    return await asyncio.to_thread(sift, filter, found, cycle, today, world.follow_ups)


def preview_of(world: World, sifted: Sifted, words: Mapping[str, str], now: datetime) -> Preview:
    """Return what a sweep comes to: counts, samples and when the last prompt would go out."""
    rules, chosen = world.follow_ups, sifted.chosen
    last = finish_at(now, len(chosen), rules.per_second, world.hours, world.zone)
    return Preview(
        count=len(chosen),
        excluded=dict(
            sorted(sifted.excluded.items(), key=lambda item: list(Reason).index(item[0]))
        ),
        to_call=len(sifted.to_call),
        could_get_more=sifted.could_get_more,
        samples=_samples(world, chosen, words),
        finish_at=last,
    )


def moments_of(world: World, filter: Filter, now: datetime) -> Moments:
    """Return the instants that a filter and the contact budget are counted from."""
    today = now.astimezone(world.zone).date()
    midnight = datetime.combine(today, time(), world.zone).astimezone(UTC)
    before = filter.answered_before
    stuck = filter.stuck_for or (1 if filter.stuck_in else 0)
    return Moments(
        today=today,
        stuck_before=now - timedelta(days=stuck) if stuck else None,
        answered_before=datetime.combine(before, time(), world.zone) if before else None,
        since=now - world.follow_ups.within,
        midnight=midnight,
    )


def _samples(world: World, chosen: tuple[Facts, ...], words: Mapping[str, str]) -> tuple[str, ...]:
    """Return the texts of the first, a middle and the last prompt; what is the same, once."""
    places = Counter((facts.township_id, facts.language) for facts in chosen)
    texts = []
    for (township, language), _ in places.most_common():
        said = words.get(language) or words.get(LANGUAGE, "")
        speaking = world.texts.speaking(language)
        values = place_values(speaking, world.places, township)
        texts.append(follow_up_message(speaking, said, values, tag_of("")).text)
    return tuple(dict.fromkeys(texts))[:_SAMPLES]


async def _stuck_in(reading: Reading, ids: list[str], group: str, moments: Moments) -> list[str]:
    """Return those whose unfinished interview stopped in a group of the form."""
    found = set()
    async for chunk in followups.unfinished(reading, ids, moments):
        found |= {one.person_id for one in chunk if _group_in(one) == group}
    return [person_id for person_id in ids if person_id in found]


async def _of_village(reading: Reading, world: World, ids: list[str], village: str) -> list[str]:
    """Return those whose village has these words in its name."""
    found = set()
    async for chunk in followups.answers(reading, ids):
        forms = await _forms(reading, world, chunk)
        found |= await asyncio.to_thread(_in_village, chunk, forms, village)
    return [person_id for person_id in ids if person_id in found]


async def _unplaced(
    reading: Reading,
    world: World,
    townships: Collection[str],
    filter: Filter,
    moments: Moments,
) -> list[str]:
    """Return those who began in this scope and never sent a report: only their answers tell."""
    others = filter.but(not_started=False, stuck_for=0, stuck_in="", unconfirmed=False, village="")
    is_asked = filter.not_started or filter.stuck_for or filter.stuck_in or filter.unconfirmed
    if not is_asked or not others.is_empty:
        return []
    opened = await followups.unplaced(reading, moments)
    forms = await _forms(reading, world, opened)
    found = []
    for one in opened:
        values = by_role(forms[one.form_hash], json.loads(one.text)["answers"])
        fits = values.get("township") in townships and filter.village in values.get("village", "")
        if fits and filter.stuck_in in ("", _group_in(one)):
            found.append(one.person_id)
    return list(dict.fromkeys(found))


async def _forms(reading: Reading, world: World, opened: Iterable[Opened]) -> dict[str, Form]:
    hashes = {one.form_hash for one in opened if one.form_hash}
    return {hash: await world.shelf.get(reading, hash) for hash in hashes}


def _group_in(one: Opened) -> str:
    return group_name(json.loads(one.text)["at"])


def _in_village(chunk: Iterable[Opened], forms: Mapping[str, Form], village: str) -> set[str]:
    found = set()
    for one in chunk:
        values = followups.values_of(one)
        known = by_role(forms[one.form_hash], values) if one.form_hash else values
        if village in known.get("village", ""):
            found.add(one.person_id)
    return found
