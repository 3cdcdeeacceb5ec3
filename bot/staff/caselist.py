"""The work list as it is now: which cases there are, in which order, and what one looks like."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.desk import Desk, Step
from bot.errands.opening import open_state
from bot.faces import Face, faces_of
from bot.staff.access import looked_after
from bot.world import World
from conversations.cases import TAKEN_FOR, masked_name, rank
from conversations.lobby.events import Event
from conversations.lobby.wishes import tag_of
from conversations.lobby.worklist import CaseLine, WorkListShown
from storage import case_lists, cases, desks
from storage.cases import Listed
from storage.database import Database
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


@dataclass(frozen=True, slots=True)
class _Eyes:
    """Who looks at the list, when, and how much of it fits on a page."""

    staff_id: str
    now: datetime
    size: int


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


async def list_step(desk: Desk, who: Staff, chosen: Filter, *before: Event) -> Step:
    """Show a page of the list; a village is looked for beside the writers: all must be opened."""
    if not chosen.words:
        shown = await list_shown(desk.tx, desk.world, who, desk.now, chosen)
        return Step((*before, shown), open_state(desk))
    world, now, places = desk.world, desk.now, looked_after(desk.world.places, who)

    async def look(database: Database) -> tuple[Event, ...]:
        async with database.reading() as reading:
            return (await _searched(reading, world, places, chosen, _Eyes(who.id, now, PAGE)),)

    return Step(before, open_state(desk), later=look)


async def list_shown(
    reading: Reading, world: World, who: Staff, now: datetime, chosen: Filter, *, size: int = PAGE
) -> WorkListShown:
    """Return a page of the list, the most urgent first; what is for another day is left out.

    Args:
        size: how many cases a page has.
    """
    places, eyes = looked_after(world.places, who), _Eyes(who.id, now, size)
    if chosen.words:
        return await _searched(reading, world, places, chosen, eyes)
    counted = await case_lists.counted(reading, places, now)
    total = counted.due.get(chosen.kind, 0) if chosen.kind else sum(counted.due.values())
    page, pages = _page(chosen.page, total, size)
    shown = await case_lists.page(reading, places, now, chosen.kind, most=size, skip=page * size)
    faces = await faces_of(reading, world, [one.case.person_id or "" for one in shown])
    lines = [_line(one, faces.get(one.case.person_id or "", Face()), eyes) for one in shown]
    return WorkListShown(tuple(lines), page, pages, total, counted.later, chosen.kind, "")


async def _searched(
    reading: Reading, world: World, places: list[str], chosen: Filter, eyes: _Eyes
) -> WorkListShown:
    """Return a page of those of a village or surname: each that is due is opened for it."""
    found = sorted(await cases.listed(reading, places), key=lambda one: rank(one.weight))
    due = [one for one in found if _is_due(one, eyes.now)]
    fit = [one for one in due if chosen.kind in ("", one.case.kind)]
    faces = await faces_of(reading, world, [one.case.person_id or "" for one in fit])
    meant = [one for one in fit if _is_meant(faces.get(one.case.person_id or ""), chosen.words)]
    page, pages = _page(chosen.page, len(meant), eyes.size)
    shown = meant[page * eyes.size : (page + 1) * eyes.size]
    lines = tuple(_line(one, faces[one.case.person_id or ""], eyes) for one in shown)
    later = len(found) - len(due)
    return WorkListShown(lines, page, pages, len(meant), later, chosen.kind, chosen.words)


async def kinds_of(reading: Reading, world: World, who: Staff, now: datetime) -> Counter[str]:
    """Return how many cases of each kind are to be looked at now."""
    places = looked_after(world.places, who)
    return Counter((await case_lists.counted(reading, places, now)).due)


async def listed_named(reading: Reading, world: World, who: Staff, tag: str) -> Listed | None:
    """Return the open case that a button names, if it is on this account's list."""
    return await case_lists.named(reading, looked_after(world.places, who), tag)


def line_of(who: Staff, one: Listed, face: Face, now: datetime) -> CaseLine:
    """Return how a case is shown, masked."""
    return _line(one, face, _Eyes(who.id, now, PAGE))


def _line(one: Listed, face: Face, eyes: _Eyes) -> CaseLine:
    case, now = one.case, eyes.now
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
        is_taken=held and case.taken_by not in (None, eyes.staff_id),
        case_id=case.id,
    )


def _page(wanted: int, total: int, size: int) -> tuple[int, int]:
    """Return which page is shown, and of how many."""
    pages = max(1, -(-total // size))
    return min(max(wanted, 0), pages - 1), pages


def _is_due(one: Listed, now: datetime) -> bool:
    return one.case.look_at is None or one.case.look_at <= now


def _is_meant(face: Face | None, words: str) -> bool:
    return face is not None and (words in face.village or face.name.startswith(words))
