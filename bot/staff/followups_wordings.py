"""The texts of follow-ups: what ships, what a station wrote, and what is known to put in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.prompts import SHIPPED, place_values, shipped_words
from bot.render.words import day_in_words
from bot.staff.followups_choosing import covered, cycle_of
from bot.staff.followups_lists import label_of
from bot.world import World
from conversations.followups import Filter
from conversations.wordings import WordingFault, faults, fill, missing, tidied
from storage import audits, wordings
from storage.transaction import Reading, Transaction
from storage.waves import LANGUAGE
from storage.wordings import Wording

LASTS: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Ready:
    """A text by language with all put in that is known before it is known for whom; or faults."""

    words: Mapping[str, str]
    faults: tuple[WordingFault, ...] = ()


async def offered(reading: Reading, world: World, scope_id: str) -> list[Wording]:
    """Return the approved texts of a scope and of the county above it."""
    place = world.places.by_id.get(scope_id)
    above = [one.id for one in world.places.above(place)] if place else []
    found = await wordings.of_scopes(reading, [scope_id, *above])
    return [wording for wording in found if wording.state == "approved"]


async def written_in(reading: Reading, world: World, scope_id: str) -> list[Wording]:
    """Return the texts of a scope and of the townships in it, whatever their state."""
    return await wordings.of_scopes(reading, covered(world.places, scope_id))


async def words_named(reading: Reading, world: World, scope_id: str, name: str) -> dict[str, str]:
    """Return a text by language; {} when there is none, or it may not be sent from this scope."""
    if name in SHIPPED:
        return shipped_words(world.texts, name)
    usable = {wording.name: wording.text for wording in await offered(reading, world, scope_id)}
    return {LANGUAGE: usable[name]} if name in usable else {}


def ready(
    world: World,
    scope_id: str,
    filter: Filter,
    words: Mapping[str, str],
    *,
    now: datetime,
    lasts: timedelta = LASTS,
) -> Ready:
    """Return the text with what is known put in; a placeholder that stays empty is a fault."""
    found: list[WordingFault] = []
    filled = {}
    shared = _values(world, scope_id, now) | {"days": str(lasts.days)}
    until = (now + lasts).astimezone(world.zone).date()
    for language, template in words.items():
        values = shared | {
            "deadline": day_in_words(world.texts.speaking(language), until),
            "trade": label_of(world, "trade", filter.trade, now, language=language),
        }
        found += missing(template, values)
        filled[language] = fill(template, values)
    return Ready(filled, tuple(dict.fromkeys(found)))


async def write(
    tx: Transaction,
    world: World,
    scope_id: str,
    text: str,
    *,
    by: str,
    is_approved: bool,
    now: datetime,
    key: str = "",
) -> Wording | tuple[WordingFault, ...]:
    """Keep a text as it was written, or return what is wrong with it.

    Args:
        is_approved: it may be sent at once; else it waits for the county.
        key: of the text that this is the next version of.
    """
    found = faults(text, world.follow_ups.own_hosts)
    if found:
        return found
    kept = await wordings.add(
        tx,
        scope_id=scope_id,
        text=tidied(text),
        state="approved" if is_approved else "draft",
        by=by,
        now=now,
        key=key,
    )
    await audits.write(
        tx, actor=by, action="wording.write", scope=f"place:{scope_id}", now=now, detail=kept.name
    )
    return kept


async def judge(
    tx: Transaction, wording: Wording, *, approve: bool, by: str, now: datetime
) -> bool:
    """Let a text be sent, or not; False when somebody judged it before."""
    state: wordings.State = "approved" if approve else "refused"
    if wording.state != "draft" or not await wordings.judge(tx, wording, state, by, now):
        return False
    action = "wording.approve" if approve else "wording.refuse"
    await audits.write(
        tx,
        actor=by,
        action=action,
        scope=f"place:{wording.scope_id}",
        now=now,
        detail=wording.name,
    )
    return True


def _values(world: World, scope_id: str, now: datetime) -> dict[str, str]:
    """Return what the placeholders are that are the same for everybody of a scope."""
    place = world.places.by_id.get(scope_id)
    is_station = place is not None and place.level == "township"
    values = place_values(world.texts, world.places, scope_id) if is_station else {}
    return values | {
        "year": str(cycle_of(world, now)),
        "contact": world.talks.contact,
    }
