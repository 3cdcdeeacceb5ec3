"""The list of those who have not confirmed this year, as the staff see it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from bot.desk import Desk
from bot.faces import Face, face_in
from bot.whereabouts import shared_with
from bot.world import World
from conversations.cases import masked_name
from conversations.lobby.entry import MissingLine
from conversations.lobby.wishes import tag_of
from conversations.record import by_role
from storage import missing
from storage.missing import START, Missing
from storage.staff import Staff
from storage.transaction import Reading

PAGE: Final = 6
# So many are opened at once in a search; one that finds too little goes on with the next page.
_AT_ONCE: Final = 2_000
_MOST_SEARCHED: Final = 20_000
# How far the next one is looked for within a turn, which holds up other writers.
_NEAR: Final = 500
_LAST_DIGITS: Final = 4


@dataclass(frozen=True, slots=True)
class Waiting:
    """Whom of the list is looked for.

    Args of the constructor, where not plain:
        words: a village, a name or the last four digits of a number; "" for everybody.
        today: the cycle is its year.
    """

    places: tuple[str, ...]
    words: str = field(repr=False)
    today: date


@dataclass(frozen=True, slots=True)
class Waited:
    """Somebody on the list, with where to go on after them."""

    person_id: str
    cursor: str
    line: MissingLine


@dataclass(frozen=True, slots=True)
class Found:
    """Some of the list; `end` is where to go on, "" when it is over."""

    people: tuple[Waited, ...]
    end: str = field(default="", repr=False)


def waiting_for(desk: Desk, who: Staff, words: str = "") -> Waiting:
    """Return whom an account of the staff looks for: people of the places that it looks after."""
    scopes = [mandate.scope_id for mandate in who.mandates]
    shared = (place for one in scopes for place in shared_with(desk.world.places, one))
    today = desk.now.astimezone(desk.world.zone).date()
    return Waiting(tuple(dict.fromkeys(shared)), words, today)


async def waited_for(
    reading: Reading,
    world: World,
    whom: Waiting,
    cursor: str = START,
    *,
    most: int = PAGE,
    reach: int = _MOST_SEARCHED,
) -> Found:
    """Return who comes after a cursor and fits the words.

    Args:
        most: how many are wanted.
        reach: how many are looked at, for each has to be opened.
    """
    found: list[Waited] = []
    size, searched = min(_AT_ONCE, reach) if whom.words else most + 1, 0
    while searched < reach:
        looked = await missing.look(
            reading, whom.places, cursor, whom.today, size, words=tuple(_needles(whom.words))
        )
        for one in looked.people:
            waited = await _waited(reading, world, one, whom.words)
            if waited is not None and len(found) == most:
                return Found(tuple(found), found[-1].cursor)
            found += [waited] if waited else []
        if looked.is_end:
            return Found(tuple(found))
        cursor = looked.cursor
        searched += size
    return Found(tuple(found), cursor)


async def next_waited(
    desk: Desk, who: Staff, words: str, cursor: str, person_id: str
) -> Waited | None:
    """Return who comes soon after somebody, at the end from the beginning; None for nobody."""
    whom = waiting_for(desk, who, words)
    for start in (cursor or START, START):
        found = await waited_for(desk.tx, desk.world, whom, start, most=2, reach=_NEAR)
        others = [one for one in found.people if one.person_id != person_id]
        if others:
            return others[0]
    return None


async def _waited(reading: Reading, world: World, one: Missing, words: str) -> Waited | None:
    values = one.answers
    if one.form_hash:
        values = by_role(await world.shelf.get(reading, one.form_hash), values)
    face = face_in(values)
    if words and not _fits(face, values.get("id_number", ""), words):
        return None
    name = masked_name(face.name)
    tag = tag_of(one.person_id)
    line = MissingLine(tag, name, face.village, one.birth_year, bool(one.form_hash))
    return Waited(one.person_id, one.cursor, line)


def _needles(words: str) -> Iterator[str]:
    """Yield what stands somewhere in the answers of whoever fits these words."""
    if words:
        yield words
    if words.upper() != words:
        yield words.upper()


def _fits(face: Face, id_number: str, words: str) -> bool:
    if len(words) >= _LAST_DIGITS and words[:-1].isdecimal():
        return face.phone.endswith(words) or id_number.endswith(words.upper())
    return words in face.village or words in face.name
