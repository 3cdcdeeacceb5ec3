"""What a file is checked by: words, divisions and choices, put together for one scope."""

import tomllib
from collections.abc import Sequence
from datetime import datetime
from functools import cache, lru_cache
from typing import Final

from bot.places import FOLDER, Place, Places
from bot.world import World
from conversations.replies.address import Located, read_address
from conversations.roster.checks import Checker
from conversations.roster.choices import Choices
from conversations.roster.choices import choices_of as coded
from conversations.roster.gazetteer import Gazetteer, Township
from conversations.roster.mapping import ColumnMapping
from conversations.roster.words import CODED, Words, words_of
from conversations.scope import PROVINCE
from conversations.xform import Form, Session
from conversations.xform.question import Choice

_FILE: Final = FOLDER / "roster.toml"
_ADDRESSES: Final = 20_000


@cache
def load_words() -> Words:
    """Return what roster files call things."""
    return words_of(tomllib.loads(_FILE.read_text("utf-8")))


@cache
def code_titles() -> tuple[str, ...]:
    """Return the titles of a file of personal codes: name, township, village, code."""
    return tuple(tomllib.loads(_FILE.read_text("utf-8"))["codes"]["titles"])


def gazetteer_of(places: Places, scope_id: str) -> Gazetteer:
    """Return the townships as files name them, those at or below a place apart."""
    townships = [one for one in places.by_id.values() if one.level == "township"]
    inside = [one.id for one in townships if is_inside(places, one, scope_id)]
    return Gazetteer(
        tuple(_township(places, one) for one in townships), frozenset(inside), places.villages
    )


def is_inside(places: Places, place: Place, scope_id: str) -> bool:
    """Tell whether a place is the scope or lies in it."""
    if scope_id in (PROVINCE, place.id):
        return True
    return any(one.id == scope_id for one in places.above(place))


def choices_in(form: Form, now: datetime) -> Choices:
    """Return what the coded columns may hold by this form."""
    session = Session(form, now)
    found: dict[str, Sequence[Choice]] = {
        role: session.question(form.roles[role]).choices for role in CODED if role in form.roles
    }
    return coded(found, load_words())


def checker_of(world: World, mapping: ColumnMapping, scope_id: str, now: datetime) -> Checker:
    """Return what the rows of a file are looked at by."""

    @lru_cache(_ADDRESSES)
    def locate(address: str) -> Located:
        within = (scope_id,) if scope_id != PROVINCE else ()
        return read_address(address, world.atlas, within)

    return Checker(
        mapping=mapping,
        gazetteer=gazetteer_of(world.places, scope_id),
        choices=choices_in(world.shelf.current, now.astimezone(world.zone)),
        today=world.today(now),
        locate=locate,
    )


def _township(places: Places, place: Place) -> Township:
    above = {one.level: one for one in places.above(place)}
    county, city = above["county"], above["city"]
    return Township(place.id, place.code, place.name, county.id, county.name, county.code, city.id)
