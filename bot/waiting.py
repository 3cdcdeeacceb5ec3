"""The list of those who have not confirmed this year, as the staff see it."""

from dataclasses import dataclass, field
from typing import Final

from bot.desk import Desk
from bot.faces import Face, face_in
from bot.whereabouts import shared_with
from conversations.cases import masked_name
from conversations.lobby.entry import MissingLine
from conversations.lobby.wishes import tag_of
from conversations.record import by_role
from storage import missing
from storage.missing import START, Missing
from storage.staff import Staff

PAGE: Final = 6
_SEARCHED: Final = 500
# A search that finds too little goes on from there with the next page.
_MOST_SEARCHED: Final = 20_000
_LAST_DIGITS: Final = 4


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


async def waited_for(
    desk: Desk, who: Staff, words: str = "", cursor: str = START, most: int = PAGE
) -> Found:
    """Return who comes after a cursor and fits the words: village, name or last four digits."""
    scopes = [mandate.scope_id for mandate in who.mandates]
    shared = (place for one in scopes for place in shared_with(desk.world.places, one))
    places = list(dict.fromkeys(shared))
    today = desk.now.astimezone(desk.world.zone).date()
    found: list[Waited] = []
    size, searched = _SEARCHED if words else most + 1, 0
    while searched < _MOST_SEARCHED:
        people = await missing.after(desk.tx, places, cursor, today, size)
        for one in people:
            waited = await _waited(desk, one, words)
            if waited is not None and len(found) == most:
                return Found(tuple(found), cursor)
            found += [waited] if waited else []
            cursor = one.cursor
        searched += len(people)
        if len(people) < size:
            return Found(tuple(found))
    return Found(tuple(found), cursor)


async def next_waited(
    desk: Desk, who: Staff, words: str, cursor: str, person_id: str
) -> Waited | None:
    """Return who comes after somebody, at the end from the beginning; None for nobody."""
    for start in (cursor or START, START):
        found = await waited_for(desk, who, words, start, 2)
        others = [one for one in found.people if one.person_id != person_id]
        if others:
            return others[0]
    return None


async def _waited(desk: Desk, one: Missing, words: str) -> Waited | None:
    values = one.answers
    if one.form_hash:
        values = by_role(await desk.world.shelf.get(desk.tx, one.form_hash), values)
    face = face_in(values)
    if words and not _fits(face, values.get("id_number", ""), words):
        return None
    name = masked_name(face.name)
    tag = tag_of(one.person_id)
    line = MissingLine(tag, name, face.village, one.birth_year, bool(one.form_hash))
    return Waited(one.person_id, one.cursor, line)


def _fits(face: Face, id_number: str, words: str) -> bool:
    if len(words) >= _LAST_DIGITS and words[:-1].isdecimal():
        return face.phone.endswith(words) or id_number.endswith(words.upper())
    return words in face.village or words in face.name
