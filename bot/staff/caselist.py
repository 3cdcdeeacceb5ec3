"""The work list as it is now: which cases there are, in which order, and what one looks like."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.desk import Desk
from bot.faces import Face, faces_of
from bot.staff.access import looked_after
from bot.world import World
from conversations.cases import TAKEN_FOR, masked_name, rank
from conversations.lobby.wishes import tag_of
from conversations.lobby.worklist import CaseLine, WorkListShown
from storage import cases, desks
from storage.cases import Listed
from storage.staff import Staff
from storage.transaction import Reading

PAGE: Final = 6
LIST: Final = "lst.list"


@dataclass(frozen=True, slots=True)
class Filter:
    """What of the list is shown: cases of a kind, of a village or surname; "" for all."""

    kind: str = ""
    words: str = ""
    page: int = 0


async def kept_filter(desk: Desk) -> Filter:
    """Return the filter that this chat chose last."""
    state = await desks.get(desk.tx, desk.chat.id)
    if state is None or not state.kind.startswith("lst."):
        return Filter()
    chosen = state.values.get("list", {})
    return Filter(chosen.get("kind", ""), chosen.get("words", ""), chosen.get("page", 0))


async def keep(desk: Desk, kind: str, shown: Filter, tag: str = "") -> None:
    """Keep what the chat is in the middle of, the filter with it."""
    chosen = {"kind": shown.kind, "words": shown.words, "page": shown.page}
    await desks.put(desk.tx, desk.chat.id, kind, {"list": chosen, "tag": tag}, desk.now)


async def list_shown(
    reading: Reading, world: World, who: Staff, now: datetime, chosen: Filter, *, size: int = PAGE
) -> WorkListShown:
    """Return a page of the list, the most urgent first; what is for another day is left out.

    Args:
        size: how many cases a page has.
    """
    found = await in_order(reading, world, who)
    due = [one for one in found if is_due(one, now)]
    fit = [one for one in due if chosen.kind in ("", one.case.kind)]
    faces: dict[str | None, Face] = {}
    if chosen.words:
        faces = await faces_of(reading, world, (one.case.person_id for one in fit))
        fit = [one for one in fit if _is_meant(_face(faces, one), chosen.words)]
    pages = max(1, -(-len(fit) // size))
    page = min(max(chosen.page, 0), pages - 1)
    shown = fit[page * size : (page + 1) * size]
    if not chosen.words:
        faces = await faces_of(reading, world, (one.case.person_id for one in shown))
    lines = [line_of(who, one, _face(faces, one), now) for one in shown]
    later = len(found) - len(due)
    return WorkListShown(tuple(lines), page, pages, len(fit), later, chosen.kind, chosen.words)


async def in_order(reading: Reading, world: World, who: Staff) -> list[Listed]:
    """Return all open cases of an account, the most urgent first."""
    found = await cases.listed(reading, looked_after(world.places, who))
    return sorted(found, key=lambda one: rank(one.weight))


async def kinds_of(reading: Reading, world: World, who: Staff, now: datetime) -> Counter[str]:
    """Return how many cases of each kind are to be looked at now."""
    found = await in_order(reading, world, who)
    return Counter(one.case.kind for one in found if is_due(one, now))


async def listed_named(reading: Reading, world: World, who: Staff, tag: str) -> Listed | None:
    """Return the open case that a button names, if it is on this account's list."""
    found = await in_order(reading, world, who)
    return next((one for one in found if tag_of(one.case.id) == tag), None)


def is_due(one: Listed, now: datetime) -> bool:
    """Tell whether a case is to be looked at now."""
    return one.case.look_at is None or one.case.look_at <= now


def line_of(who: Staff, one: Listed, face: Face, now: datetime) -> CaseLine:
    """Return how a case is shown, masked."""
    case = one.case
    held = case.taken_at is not None and now - case.taken_at < TAKEN_FOR
    return CaseLine(
        tag_of(case.id),
        case.kind,
        masked_name(face.name),
        face.village,
        one.birth_year,
        max(0, (now - case.created_at) // timedelta(days=1)),
        one.tries,
        is_visit=one.wrong_numbers > 0,
        is_taken=held and case.taken_by not in (None, who.id),
        case_id=case.id,
    )


def _is_meant(face: Face, words: str) -> bool:
    return words in face.village or face.name.startswith(words)


def _face(faces: Mapping[str | None, Face], one: Listed) -> Face:
    return faces.get(one.case.person_id, Face())
